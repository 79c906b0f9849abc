// Around JupyterLab's front end, where a notebook needs it: what it does otherwise than our page, and when it is ready.
"use strict";
(() => {
  // Voila ends the kernel on beforeunload, even when the person then chooses to stay. pagehide comes only when the page goes.
  const listen = globalThis.addEventListener;
  globalThis.addEventListener = function (type, listener, options) {
    const ends = type === "beforeunload" && String(listener).includes("voila/api/shutdown");
    return listen.call(this, ends ? "pagehide" : type, listener, options);
  };

  // The token of the address has done its work once the page is here; it belongs in no bookmark.
  const address = new URL(location.href);
  if (address.searchParams.has("token")) {
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }

  // Voila's template calls, while the notebook runs and when it has run.
  let finished = false;
  globalThis.voila_heartbeat = () => {};
  globalThis.voila_finish = () => { finished = true; };

  // An output is a script until Voila takes it, then a panel with a word in it until its widget has come, or can't.
  const WAITING = 'script[type="application/vnd.voila.cell-output+json"], .output > .lm-Panel:not(.jupyter-widgets, :has(*))';
  const FAILED = ".output > .lm-Panel.jupyter-widgets:not(:has(*)), .jupyter-widgets-error-widget";

  function settle() {
    const main = document.getElementById("main");
    if (main.querySelector(FAILED)) globalThis.pbOpening.complain();
    else if (finished && !main.querySelector(WAITING)) globalThis.pbOpening.done();
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
})();
