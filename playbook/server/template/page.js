"use strict";
(() => {
  const LONG_MS = 20000;

  // Voila ends the kernel on beforeunload, even when the person then chooses to stay. pagehide comes only when the page goes.
  const listen = window.addEventListener;
  window.addEventListener = function (type, listener, options) {
    const ends = type === "beforeunload" && String(listener).includes("voila/api/shutdown");
    return listen.call(this, ends ? "pagehide" : type, listener, options);
  };

  // A page that comes back from the browser's memory has lost its kernel.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // The token of the address has done its work once the page is here; it belongs in no bookmark.
  const address = new URL(location.href);
  if (address.searchParams.has("token")) {
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }

  // Voila calls these two while and after the notebook runs.
  let finished = false;
  window.voila_heartbeat = () => {};
  window.voila_finish = () => { finished = true; settle(); };

  const waiting = 'script[type="application/vnd.voila.cell-output+json"], .jp-RenderedWidget:empty, .jupyter-widgets-loading';
  const opening = () => document.querySelector("[data-pb-opening]");
  function settle() {
    const main = document.getElementById("main");
    if (finished && main && !main.querySelector(waiting)) opening()?.remove();
  }

  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(settle).observe(document.getElementById("main"), { childList: true, subtree: true });
    new MutationObserver(nameShell).observe(document.body, { childList: true });
    settle();
  });

  // Voila's empty shell calls itself "main" too; an id may be used once.
  function nameShell() {
    const shell = document.querySelector("body > .jp-LabShell");
    if (shell && shell.id === "main") shell.id = "voila-shell";
  }

  setTimeout(() => {
    const line = opening();
    if (line) line.textContent = "This takes longer than it should. Please load the page again; what you have saved is safe.";
  }, LONG_MS);
})();
