// The service worker of our pages. It keeps public files alone: a page that says there is no connection, and the scripts
// by which that page shows what its own tab remembers. A notebook's page is always asked for, and never kept.
// Before this text stands: const $kept = {version, page, files} (server/http/offline.py).

const CACHES = "pb-offline-";
const NO_ANSWER = [502, 504]; // a proxy's, when nothing answers behind it
const { version, page, files } = /** @type {any} */ (globalThis).$kept;
const worker = /** @type {any} */ (globalThis);

async function fill() {
  const cache = await caches.open(CACHES + version);
  await cache.addAll([page, ...files]);
}

/** Nothing of an older version stays, and pages that are open are served from now on. */
async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith(CACHES) && name !== CACHES + version);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

async function pageOf({ request, preloadResponse }) {
  const away = () => caches.match(page);
  try {
    const answer = (await preloadResponse) ?? (await fetch(request));
    return NO_ANSWER.includes(answer.status) ? (await away()) ?? answer : answer;
  } catch (error) {
    const kept = await away();
    if (kept) return kept;
    throw error;
  }
}

const fileOf = async (request) => (await caches.match(request)) ?? fetch(request);

worker.addEventListener("install", (event) => {
  worker.skipWaiting();
  event.waitUntil(fill());
});
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("message", (event) => event.waitUntil(worker.clients.claim())); // of a page that was on its way meanwhile
worker.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET") return;
  if (mode === "navigate") event.respondWith(pageOf(event));
  else if (files.includes(new URL(url).pathname)) event.respondWith(fileOf(event.request));
});
