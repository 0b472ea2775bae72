// What a page does beyond its links and forms. Every line only makes quicker what works without it.
"use strict";

// The summary of errors takes the focus, also when htmx swapped it in.
function focusErrors(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (summary) summary.focus();
}

// A link that names a dialogue opens it; without this script it leads to a page that asks the same.
function openDialogue(event) {
  const opener = event.target.closest("[data-opens]");
  const dialogue = opener && document.getElementById(opener.dataset.opens);
  if (!dialogue || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialogue.showModal();
}

// A second press while the first is on its way does nothing. The server keeps the same promise by the `once` field.
function pressOnce(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "true";
  setTimeout(() => delete form.dataset.sent, 4000);
}

// Somebody who goes back to a form and changes it means a new one; unchanged, it keeps its key and has one effect.
let wentBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

function returned(event) {
  if (!event.persisted) return;
  wentBack = true;
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
}

function renewKey(event) {
  const key = wentBack && event.target.form?.elements.once;
  if (key && crypto.randomUUID) key.value = crypto.randomUUID();
}

// A request that htmx made and that failed would otherwise leave no sign.
function showTrouble() {
  document.querySelector("[data-trouble]").hidden = false;
}

document.addEventListener("DOMContentLoaded", () => focusErrors(document));
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));
document.addEventListener("click", openDialogue);
document.addEventListener("submit", pressOnce);
document.addEventListener("input", renewKey);
document.addEventListener("htmx:responseError", showTrouble);
document.addEventListener("htmx:sendError", showTrouble);
addEventListener("pageshow", returned);

if ("serviceWorker" in navigator && window.isSecureContext) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js"));
}
