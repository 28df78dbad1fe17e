// Sends the files of a form in pieces, so that a broken line is taken up where it broke. Without this script the form sends them whole.
// form[data-pieces]: the address that takes the pieces, ending in a slash; its words are in data-waiting, data-done, data-again.
"use strict";
(() => {
  const PIECE = 512 * 1024;
  const TRIES = 60;
  const wait = (ms) => new Promise((go) => setTimeout(go, ms));

  const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

  // One file has one name on this device, so that it goes on after the page was closed.
  const nameOf = (form, file) => {
    const mark = `pieces ${form.dataset.pieces} ${file.name} ${file.size} ${file.lastModified}`;
    let name = localStorage.getItem(mark);
    if (!name) {
      name = hex(crypto.getRandomValues(new Uint8Array(16)));
      localStorage.setItem(mark, name);
    }
    return { mark, name };
  };

  const lineFor = (form, file) => {
    const line = document.createElement("li");
    const bar = document.createElement("progress");
    const words = document.createElement("span");
    bar.max = file.size || 1;
    bar.value = 0;
    words.textContent = ` ${file.name}`;
    line.append(bar, words);
    form.querySelector("[data-lines]").append(line);
    return { bar, say: (text) => { words.textContent = ` ${file.name} ${text}`; } };
  };

  const answered = async (form, file, name, offset) => {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token, "X-Offset": offset, "X-Size": file.size, "X-Name": encodeURIComponent(file.name),
      "Content-Type": "application/octet-stream" };
    const answer = await fetch(form.dataset.pieces + name, { method: "POST", headers, body: file.slice(offset, offset + PIECE) });
    return { status: answer.status, told: await answer.json() };
  };

  const sent = async (form, file, line) => {
    const { mark, name } = nameOf(form, file);
    let offset = 0;
    try { offset = (await (await fetch(form.dataset.pieces + name)).json()).received; } catch { /* asked again below */ }
    for (let tries = 0; tries < TRIES;) {
      try {
        const { status, told } = await answered(form, file, name, offset);
        if (status === 200 || status === 409) {
          offset = told.received;
          line.bar.value = offset;
          tries = 0;
          if (told.held) {
            localStorage.removeItem(mark);
            line.say(told.again ? form.dataset.again : form.dataset.done);
            return told.held;
          }
          continue;
        }
        localStorage.removeItem(mark);
        line.say(told.error || String(status));
        return null;
      } catch {
        tries += 1;
        line.say(form.dataset.waiting);
        await wait(Math.min(1000 * tries, 10000));
      }
    }
    return null;
  };

  const send = async (form, submitter) => {
    const inputs = Array.from(form.querySelectorAll("input[type=file]"));
    const files = inputs.flatMap((input) => Array.from(input.files));
    const held = [];
    for (const file of files) {
      const one = await sent(form, file, lineFor(form, file));
      if (!one) { return; }
      held.push(one);
    }
    const field = form.querySelector("[name=held]");
    field.value = [field.value, ...held].filter(Boolean).join(" ");
    inputs.forEach((input) => { input.value = ""; });
    form.dataset.sent = "1";
    form.requestSubmit(submitter);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const some = form.dataset.pieces && Array.from(form.querySelectorAll("input[type=file]")).some((input) => input.files.length);
    if (!some || form.dataset.sent) { return; }
    event.preventDefault();
    form.querySelector("[data-lines]").textContent = "";
    send(form, event.submitter);
  });
})();
