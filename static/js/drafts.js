// Forms with data-draft keep what is typed on this device until it is sent, and wait while there is no connection.
// Nothing here is needed: without it a form is an ordinary form. Signing out clears what is kept.
"use strict";

const OWN = new Set(["csrfmiddlewaretoken", "seen"]);

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(form, more = {}) {
  const fields = [...new FormData(form)].filter(([name, value]) => !OWN.has(name) && typeof value === "string");
  const draft = { fields, seen: form.elements.seen?.value || "", at: Date.now(), ...more };
  try {
    localStorage.setItem(form.dataset.draft, JSON.stringify(draft));
    return true;
  } catch {
    return false; // no room, or a browser that keeps nothing: the form itself still holds every word
  }
}

function fill(form, fields) {
  const given = new Map();
  for (const [name, value] of fields) given.set(name, [...(given.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (OWN.has(field.name) || !given.has(field.name)) continue;
    const chosen = field.type === "radio" || field.type === "checkbox";
    if (chosen) field.checked = given.get(field.name).includes(field.value);
    else field.value = given.get(field.name)[0];
    const folded = field.closest("details");
    const filled = chosen ? field.type === "checkbox" && field.checked : field.type !== "hidden" && field.value;
    if (folded && filled) folded.open = true;
  }
}

function show(name, on = true) {
  const element = document.querySelector(`[data-draft-${name}]`);
  if (element) element.hidden = !on;
}

async function connected() {
  if (!navigator.onLine) return false;
  try {
    await fetch("/health/", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(4000) });
    return true;
  } catch {
    return false;
  }
}

// The page goes on only when the server can be reached; until then the words wait here, and the page says so.
async function send(event) {
  const form = event.target;
  if (!form.dataset.draft || event.defaultPrevented) return;
  event.preventDefault();
  keep(form);
  if (await connected()) return form.submit();
  keep(form, { waits: true });
  delete form.dataset.sent;
  show("kept", false);
  show("waits");
}

async function sendWhatWaits(form) {
  if (!read(form.dataset.draft)?.waits || !(await connected())) return;
  keep(form);
  form.submit();
}

function begin(form) {
  const key = form.dataset.draft;
  const draft = read(key);
  const hasErrors = form.querySelector("[data-error-summary]");
  if (draft && !hasErrors && draft.seen === (form.elements.seen?.value || "")) {
    fill(form, draft.fields);
    show(draft.waits ? "waits" : "kept");
  } else if (draft && !hasErrors) {
    localStorage.removeItem(key);
  }
  let later;
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(() => keep(form), 300);
  });
  addEventListener("online", () => sendWhatWaits(form));
  document.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
    clearTimeout(later);
    localStorage.removeItem(key);
    form.reset();
    show("kept", false);
  });
}

document.addEventListener("submit", send);
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-draft]");
  if (form) begin(form);
  // The page after a form was sent says whose draft is no longer needed.
  document.querySelectorAll("[data-draft-done]").forEach((sent) => localStorage.removeItem(sent.dataset.draftDone));
});
