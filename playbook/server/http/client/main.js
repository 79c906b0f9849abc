// The page of a notebook: its widgets where they stand, the kernel that answers them, and how both end.
import { Manager } from "./manager.js";
import { standIn } from "./plain_form.js";
import { registerWorker } from "./register.js";

const VIEW = "application/vnd.jupyter.widget-view+json";

/** The line that says it opens (template/opening.js). @type {{ complain: () => void, done: () => void }} */
// @ts-ignore -- the page has it before any script that it asks for
const opening = globalThis.pbOpening;

/** Put a view of its widget where an output stands.
 * @param {Manager} manager
 * @param {Element} output */
async function mount(manager, output) {
  const { data } = JSON.parse(output.textContent);
  await manager.started;
  const view = await manager.create_view(await manager.get_model(data[VIEW].model_id));
  output.replaceWith(view.el);
  await view.drawn;
}

/** The server ends the kernel soon. Browsers send a beacon even while the page goes.
 * @param {string} address of what ends it */
function sayGoodbye(address) {
  const form = new FormData();
  form.append("_xsrf", document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "");
  navigator.sendBeacon(address, form);
}

async function start() {
  const told = document.getElementById("jupyter-config-data");
  const outputs = document.querySelectorAll('script[type="application/vnd.voila.cell-output+json"]');
  /** What the server tells of the page; of one that JupyterLab's front end draws it tells more, and it is not ours.
   * @type {{ baseUrl: string, kernelId: string, states?: string, appUrl?: string }} */
  const { baseUrl: base, kernelId: kernel, states, appUrl } = JSON.parse(told?.textContent ?? '{ "appUrl": "" }');
  const form = standIn(document, opening.done);
  if (appUrl !== undefined) return;
  const manager = new Manager({ base, kernel, states });
  addEventListener("pagehide", () => sayGoodbye(`${base}voila/api/shutdown/${kernel}`));
  const mounted = await Promise.allSettled([...outputs].map((output) => mount(manager, output)));
  const failed = mounted.filter((one) => one.status === "rejected");
  failed.forEach(({ reason }) => reportError(reason));
  if (failed.length) opening.complain();
  else if (!form) opening.done(); // else it is done when the live form is drawn
  registerWorker(base);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
