// The script that draws, loaded once a page and shared by every chart on it, whatever their kernels.
import { tellKernel } from "../cards/card.js";

const SHARED = Symbol.for("playbook.vega");

/** A promise of vegaEmbed. Our own page names an address; elsewhere the kernel sends the script. */
export function loadVega(model) {
  globalThis[SHARED] ??= fetchVega(model).catch((error) => {
    delete globalThis[SHARED];
    throw error;
  });
  return globalThis[SHARED];
}

async function fetchVega(model) {
  /** @type {HTMLMetaElement | null} */
  const named = document.querySelector('meta[name="pb-vega"]');
  const url = named?.content;
  if (!url || !(await addScript(url))) await importFromKernel(model);
  return globalThis.vegaEmbed;
}

/** Run the module at `url`; whether that worked. As a classic script its names would be everybody's. */
function addScript(url) {
  return new Promise((resolve) => {
    const script = document.createElement("script");
    Object.assign(script, { type: "module", src: url, onload: () => resolve(true), onerror: () => resolve(false) });
    document.head.append(script);
  });
}

async function importFromKernel(model) {
  const url = URL.createObjectURL(new Blob([await askForScript(model)], { type: "text/javascript" }));
  try {
    await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function askForScript(model) {
  return new Promise((resolve) => {
    const receive = (message, buffers) => {
      if (message?.type !== "bundle") return;
      model.off("msg:custom", receive);
      resolve(buffers[0]);
    };
    model.on("msg:custom", receive);
    tellKernel(model, { type: "bundle" });
  });
}
