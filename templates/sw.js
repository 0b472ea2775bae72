{% load static %}// When a page cannot be fetched, show the page that says so. Nothing of anybody's is kept.
"use strict";
const CACHE = "offline-{{ version }}";
const OFFLINE = "{% url "offline" %}";
const FILES = [OFFLINE, "{% static "css/tokens.css" %}", "{% static "css/base.css" %}", "{% static "css/components.css" %}", "{% static "css/print.css" %}", "{% static "vendor/fonts/public-sans-latin.woff2" %}", "{% static "vendor/fonts/source-serif-4-600-latin.woff2" %}"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
