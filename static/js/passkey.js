// Joins allauth's passkey scripts to the buttons of a page. A button names its form in allauth's words
// (login, add, authenticate) and the hidden input that takes the answer; the server's question is in #js_data.
"use strict";

function prepare(button) {
  const { passkey, credential, passwordless } = button.dataset;
  button.hidden = !window.PublicKeyCredential;
  window.allauth.webauthn.forms[passkey + "Form"]({ ids: { [passkey]: button.id, credential, passwordless, data: "js_data" } });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-passkey]").forEach(prepare));

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const message = document.querySelector("[data-passkey-error]");
  message.hidden = false;
  message.setAttribute("role", "alert");
});
