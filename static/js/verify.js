// Checks a file without sending it: the browser makes its fingerprint, and opens the names that only the file opens.
// Without this script, or on an address without HTTPS, the file is sent, looked at while it arrives, and forgotten.
"use strict";

const PREFIX = "Alongside names\n"; // mentoring/documents/names.py has the same
const PLAIN = /\/ID\s*\[\s*\(SIDE([0-9A-Z]{12})\)/;
const HEXADECIMAL = /\/ID\s*\[\s*<53494445([0-9a-f]{24})>/i;

const hexadecimal = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytesOf = (digits) => Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));

function codeIn(content) {
  const text = new TextDecoder("latin1").decode(content);
  const found = PLAIN.exec(text);
  if (found) return found[1];
  const coded = HEXADECIMAL.exec(text);
  return coded ? new TextDecoder("latin1").decode(bytesOf(coded[1])) : "";
}

async function namesKey(content) {
  const prefix = new TextEncoder().encode(PREFIX);
  const joined = new Uint8Array(prefix.length + content.byteLength);
  joined.set(prefix);
  joined.set(new Uint8Array(content), prefix.length);
  return hexadecimal(await crypto.subtle.digest("SHA-256", joined));
}

async function describe(form) {
  const content = await form.elements.file.files[0].arrayBuffer();
  const sha256 = hexadecimal(await crypto.subtle.digest("SHA-256", content));
  sessionStorage.setItem("names " + sha256, await namesKey(content));
  form.elements.sha256.value = sha256;
  form.elements.said_to_be.value = codeIn(content);
  form.elements.file.value = "";
  form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-check]") || !form.elements.file.files.length || !window.crypto?.subtle) return;
  event.preventDefault();
  describe(form).catch(() => form.submit());
});

async function openNames(place) {
  const key = sessionStorage.getItem("names " + place.dataset.sha256);
  if (!key) return;
  const locked = Uint8Array.from(atob(place.dataset.names), (letter) => letter.charCodeAt(0));
  const opener = await crypto.subtle.importKey("raw", bytesOf(key), "AES-GCM", false, ["decrypt"]);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: locked.slice(0, 12) }, opener, locked.slice(12));
  show(place, JSON.parse(new TextDecoder().decode(plain)));
}

function show(place, names) {
  place.querySelector("[data-organisation]").textContent = names.organisation;
  const people = place.querySelector("[data-people]");
  for (const one of names.people) {
    const line = document.createElement("div");
    line.textContent = `${one.name}, ${one.role}, on ${one.on}`;
    people.querySelector("dd").append(line);
  }
  people.hidden = !names.people.length;
  place.hidden = false;
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-names]").forEach(openNames);
  Object.keys(sessionStorage).filter((key) => key.startsWith("names ")).forEach((key) => sessionStorage.removeItem(key));
});
