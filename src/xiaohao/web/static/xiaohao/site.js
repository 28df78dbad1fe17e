// D8 现场核查: what is typed and photographed at a site is kept on the phone (IndexedDB) until the server has received it, and is then deleted there.
// Without this script the form is sent as it stands. Everything goes out under the form's own key, so that sending twice files once.
// form[data-site]: the visit; data-person: whose draft; data-pieces: the address that takes photographs in pieces; its other data-* are words.
"use strict";
(() => {
  const PIECE = 256 * 1024;
  const AGAIN_MS = 10000;
  const marked = document.querySelector("[data-site], [data-site-done]");
  if (!marked || !window.indexedDB) { return; }
  const mine = `${marked.dataset.person} ${marked.dataset.site || marked.dataset.siteDone}`;

  // The phone's own shelf ---------------------------------------------------------------------------------------------------------
  const shelf = new Promise((done, failed) => {
    const opening = indexedDB.open("xiaohao-site", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("drafts", { keyPath: "id" });
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  const on = async (mode, act) => {
    const db = await shelf;
    return new Promise((done, failed) => {
      const doing = db.transaction("drafts", mode);
      const asked = act(doing.objectStore("drafts"));
      doing.oncomplete = () => done(asked.result);
      doing.onerror = () => failed(doing.error);
      doing.onabort = () => failed(doing.error);
    });
  };
  const kept = () => on("readonly", (drafts) => drafts.get(mine));
  const forget = () => on("readwrite", (drafts) => drafts.delete(mine));

  if (marked.dataset.siteDone) { forget(); return; }

  const form = marked;
  const words = form.dataset;
  const state = form.querySelector("[data-state]");
  const list = form.querySelector("[data-photos]");
  const clear = form.querySelector("[data-clear]");
  let draft = { id: mine, fields: {}, photos: [], arrived: null, sending: false };
  let busy = false;
  let keeping = Promise.resolve();
  let again = null;

  const say = (text) => { state.hidden = !text; state.textContent = text; };
  const keep = () => {
    clear.hidden = false;
    keeping = keeping.then(() => on("readwrite", (drafts) => drafts.put(draft))).catch(() => say(words.unkept));
    return keeping;
  };
  const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

  // Fields and photographs --------------------------------------------------------------------------------------------------------
  const typed = () => {
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") { fields[name] = value; }
    }
    return fields;
  };
  const fill = (fields) => {
    for (const control of form.elements) {
      if (!control.name || !(control.name in fields) || control.type === "file" || control.name === "csrfmiddlewaretoken") { continue; }
      if (control.type === "radio" || control.type === "checkbox") { control.checked = control.value === fields[control.name]; }
      else { control.value = fields[control.name]; }
    }
  };
  const draw = () => {
    list.textContent = "";
    for (const photo of draft.photos) {
      const line = document.createElement("li");
      const said = document.createElement("span");
      said.textContent = `${photo.name} · ${Math.ceil(photo.blob.size / 1024)} KB · ${photo.held ? words.received : words.kept} `;
      line.append(said);
      if (!draft.sending) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn";
        button.textContent = `${words.remove} ${photo.name}`;
        button.addEventListener("click", () => {
          draft.photos = draft.photos.filter((one) => one !== photo);
          keep();
          draw();
        });
        line.append(button);
      }
      list.append(line);
    }
  };
  const take = async (input) => {
    for (const file of input.files) {
      const name = hex(crypto.getRandomValues(new Uint8Array(16)));
      // The bytes themselves, not the phone's pointer to them: the camera's own file may be gone when they are sent.
      draft.photos.push({ piece: name, name: file.name, blob: new Blob([await file.arrayBuffer()], { type: file.type }), held: "" });
    }
    input.value = "";
    draft.fields = typed();
    draw();
    await keep();
    say(words.ready);
  };

  // Sending -----------------------------------------------------------------------------------------------------------------------
  const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
  const refused = (text) => {
    draft.sending = false;
    keep();
    draw();
    say(words.refused + text);
    state.scrollIntoView({ block: "center" });
  };
  class Stop extends Error {}

  const sendPhoto = async (photo) => {
    const address = words.pieces + photo.piece;
    const looked = await fetch(address, { headers: { Accept: "application/json" } });
    if (!looked.ok || looked.redirected) { throw new Stop(words.sign); }
    let offset = (await looked.json()).received;
    while (!photo.held) {
      const headers = { "X-CSRFToken": token(), "X-Offset": offset, "X-Size": photo.blob.size, "X-Name": encodeURIComponent(photo.name),
        "Content-Type": "application/octet-stream", Accept: "application/json" };
      const answer = await fetch(address, { method: "POST", headers, body: photo.blob.slice(offset, offset + PIECE) });
      if (answer.status === 403) { throw new Stop(words.sign); }
      if (answer.status >= 500) { throw new TypeError(String(answer.status)); }
      const told = await answer.json();
      if (answer.status !== 200 && answer.status !== 409) { throw new Stop(`${words.refused}${told.error || answer.status}`); }
      offset = told.received ?? offset;
      if (told.held) { photo.held = told.held; }
    }
    await keep();
    draw();
  };

  const sendForm = async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries(draft.fields)) { body.set(name, value); }
    body.set("csrfmiddlewaretoken", token());
    body.set("held", draft.photos.map((photo) => photo.held).join(" "));
    body.set("pieces", String(draft.photos.length));
    body.set("arrived_ago", draft.arrived === null ? "" : String(Math.max(0, Math.round((Date.now() - draft.arrived) / 1000))));
    return fetch(location.pathname, { method: "POST", headers: { Accept: "application/json" }, body });
  };

  const send = async () => {
    if (busy || !draft.sending) { return; }
    busy = true;
    clearTimeout(again);
    say(words.sending);
    try {
      for (const photo of draft.photos) { if (!photo.held) { await sendPhoto(photo); } }
      const answer = await sendForm();
      if (answer.status === 201) {
        await forget();
        say(words.done);
        location.replace(location.pathname);
        return;
      }
      if (answer.status === 403 || answer.redirected) { throw new Stop(words.sign); }
      if (answer.status >= 500) { throw new TypeError(String(answer.status)); }
      const told = await answer.json();
      if (told.again) { draft.photos.forEach((photo) => { photo.held = ""; photo.piece = hex(crypto.getRandomValues(new Uint8Array(16))); }); }
      const why = (told.errors || told.unmet || []).map((one) => one.words || `${one.fact}：${one.way}`).join(" ");
      if (told.again && (told.errors || []).length === 1) { throw new TypeError("again"); }
      refused(why || told.title || String(answer.status));
    } catch (wrong) {
      if (wrong instanceof Stop) { draft.sending = false; await keep(); draw(); say(wrong.message); }
      else { say(words.line); again = setTimeout(() => { busy = false; send(); }, AGAIN_MS); }
    } finally { busy = false; }
  };

  // What a person does ------------------------------------------------------------------------------------------------------------
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") { return; }
    draft.fields = typed();
    keep();
    if (!draft.sending) { say(navigator.onLine ? words.ready : words.line); }
  });
  form.addEventListener("change", (event) => { if (event.target.type === "file" && event.target.files.length) { take(event.target); } });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    draft.fields = typed();
    draft.sending = true;
    draw();
    await keep();
    send();
  });
  clear.querySelector("button").addEventListener("click", async () => {
    await keeping;
    await forget();
    location.reload();
  });
  window.addEventListener("online", send);
  window.addEventListener("offline", () => say(words.line));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") { send(); } });

  const arriving = document.querySelector("form[data-arrive]");
  const noted = document.querySelector("[data-arrived]");
  const showArrival = () => {
    if (!arriving || draft.arrived === null) { return; }
    arriving.hidden = true;
    noted.hidden = false;
    noted.textContent = `${words.arrived}${new Date(draft.arrived).toLocaleTimeString()}`;
  };
  arriving?.addEventListener("submit", async (event) => {
    event.preventDefault();
    draft.arrived = Date.now();
    draft.fields = typed();
    await keep();
    showArrival();
    // With a line the server hears of it at once; without one it comes with the result.
    try {
      const answer = await fetch(arriving.action, { method: "POST", headers: { Accept: "application/json" }, body: new FormData(arriving) });
      if (answer.status === 201) { noted.textContent = `${noted.textContent} · ${words.received}`; }
    } catch { say(words.line); }
  });

  kept().then((found) => {
    if (found) {
      draft = found;
      fill(draft.fields);
      clear.hidden = false;
      draw();
      showArrival();
    }
    say(navigator.onLine ? words.ready : words.line);
    send();
  }).catch(() => say(words.unkept));
})();
