// Security keys (WebAuthn): asks the browser for a key that is there, or to make one, and sends what it answers with the form. Without this script
// the buttons stay hidden and codes are typed.
"use strict";
const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const textOf = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(question) {
  const wanted = JSON.parse(question).publicKey;
  wanted.challenge = bytesOf(wanted.challenge);
  if (wanted.user) { wanted.user.id = bytesOf(wanted.user.id); }
  for (const list of [wanted.excludeCredentials, wanted.allowCredentials]) {
    for (const one of list || []) { one.id = bytesOf(one.id); }
  }
  return wanted;
}

function answered(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) { response[name] = textOf(made.response[name]); }
  }
  return JSON.stringify({ id: made.id, rawId: textOf(made.rawId), type: made.type, response, clientExtensionResults: {} });
}

for (const part of document.querySelectorAll("[data-key]")) {
  const form = part.closest("form") || part.querySelector("form");
  part.hidden = !(form && window.PublicKeyCredential);
  part.querySelector("[data-key-go]").addEventListener("click", async () => {
    const none = part.querySelector("[data-key-none]");
    none.hidden = true;
    try {
      const made = await navigator.credentials[part.dataset.key]({ publicKey: asked(part.dataset.question) });
      form.querySelector("[name=key_answer]").value = answered(made);
      form.submit();
    } catch (wrong) {
      none.hidden = false;
    }
  });
}
