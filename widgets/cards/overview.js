// A page by itself that gathers from all sheets: home, the weekly page. It is drawn anew whenever what it shows is other.
import { h, placeChildren, setText } from "../common/dom.js";
import { giveFile, pageFacts } from "../common/link.js";
import { connectCard, tellKernel } from "./card.js";

/** The widget of the page `name`.
 *
 * makeDoor(payload, ask) makes the door to its brief, elements(payload, act, door) what it shows; `act` is what it can
 * ask for, own(tell) what this page has of that besides. What is to keep the focus, or stay open, has a data-key. */
export const makeOverview = (name, { own, makeDoor, elements }) => ({
  render({ model, el }) {
    const tell = (message) => tellKernel(model, message);
    const shownHere = h("div", { class: `${name}-shown` }), told = h("p", { class: "visually-hidden", role: "status" });
    const root = h("div", { class: name }, shownHere, told);
    const hello = () => tell({ type: "hello", page: pageFacts() });
    const seen = () => { if (document.visibilityState === "visible") hello(); };
    const act = {
      done: (worksheet, field, done) => tell({ type: "done", worksheet, field, done }),
      calendar: () => tell({ type: "calendar" }),
      ...own(tell),
    };
    let door = null, shown = "";

    function show({ said, ...payload }) {
      if (said) setText(told, said);
      const now = JSON.stringify(payload);
      if (now === shown) return;
      shown = now;
      door = makeDoor(payload, tell);
      keepPlace(shownHere, () => placeChildren(shownHere, elements(payload, act, door)));
    }

    el.classList.add("pb");
    el.append(root);
    const leave = connectCard(model, root, { show, file: ({ file }) => giveFile(file), brief: (reply) => door?.receive(reply) });
    hello();
    document.addEventListener("visibilitychange", seen); // another tab may have answered since
    return () => {
      document.removeEventListener("visibilitychange", seen);
      leave();
    };
  },
});

/** Everything is drawn anew, so what was open stays open, and the focus stays in its place. */
function keepPlace(root, change) {
  const keyed = (key) => root.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const open = [...root.querySelectorAll("details[open]")].map((one) => one.dataset.key);
  const active = root.contains(document.activeElement) ? document.activeElement : null;
  const keys = [active, active?.closest("details")].map((one) => /** @type {HTMLElement | null | undefined} */ (one)?.dataset.key).filter(Boolean);
  change();
  for (const key of open) keyed(key)?.setAttribute("open", "");
  const found = keys.map(keyed).find(Boolean);
  const seen = found?.checkVisibility() ? found : found?.closest("details"); // it may have gone into what is folded
  (seen?.matches("details") ? seen.querySelector("summary") : seen)?.focus({ preventScroll: true });
}

/** The page's own heading: the first where the notebook has none. */
export const titleLevel = (name) => (document.querySelector(`h1:not(.${name} h1)`) ? "h2" : "h1");

/** A box to tick when an action is done; ticked again, it is open again. `label` is what it says, `of` the action. */
export function makeTick(label, of, checked, change, key) {
  const box = h("input", { type: "checkbox", checked, "aria-label": `${label}: ${of}`, "data-key": key, onchange: () => change(box.checked) });
  return h("label", { class: "tick small" }, box, " ", label);
}
