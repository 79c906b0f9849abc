"use strict";
{
  const LONG_MS = 20000, SOON_MS = 8000;
  let line; // the sentence that says it opens, kept because it may have to come back
  const opening = () => (line ??= document.querySelector("[data-pb-opening]"));

  /** The form that the server sent along: people need not wait for what is missing.
   * @returns {HTMLElement | null} */
  const plain = () => document.querySelector("form[data-pb-plain]");

  /** Say that something is missing. */
  const complain = () => {
    if (!opening() || line.dataset.late) return;
    line.dataset.late = "yes";
    line.textContent = plain()?.dataset.late ?? "This takes longer than it should. Please load the page again; what you have saved is safe.";
    document.getElementById("main").prepend(line);
  };
  globalThis.pbOpening = { complain, done: () => opening()?.remove() };
  setTimeout(() => { if (opening()?.isConnected) complain(); }, LONG_MS); // also while the server still sends

  setTimeout(() => { if (plain() && opening()?.isConnected) complain(); }, SOON_MS);

  // A page that comes back from the browser's memory has lost its kernel.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
