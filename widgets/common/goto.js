// Links to questions and to other sheets. Card and form are two widgets of one page, which share nothing but the
// document: the link says where to go by an event that bubbles there, and the form of that sheet goes.
import { h } from "./dom.js";
import { pageFacts } from "./link.js";

const GO_TO_FIELD = "playbook:go-to-field";

/** A link to `field` of `sheet`; without a form on the page it leads nowhere, as any link to a place that is missing. */
export function fieldLink(sheet, field, props, ...children) {
  const go = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
    const detail = { sheet, field };
    event.target.dispatchEvent(new CustomEvent(GO_TO_FIELD, { bubbles: true, cancelable: true, detail }));
    event.preventDefault(); // the address belongs to the worksheet
  };
  return h("a", { ...props, href: `#${field}`, onclick: go }, children);
}

/** A link to another notebook; JupyterLab opens it beside itself. */
export function pageLink(href, props, ...children) {
  const beside = pageFacts().app === "lab" ? { target: "_blank", rel: "noopener" } : {};
  return h("a", { ...props, ...beside, href }, children);
}

/** Hear where links to fields of `sheet` lead; go(field) says whether it went. The function to stop it. */
export function hearFieldLinks(sheet, go) {
  const hear = (event) => {
    if (!event.defaultPrevented && event.detail.sheet === sheet && go(event.detail.field)) event.preventDefault();
  };
  document.addEventListener(GO_TO_FIELD, hear);
  return () => document.removeEventListener(GO_TO_FIELD, hear);
}

const GO_TO_STEP = "playbook:go-to-step";

/** Ask, from `element`, for the next step of `sheet`; the card on the page knows it and leads there. */
export const askForStep = (element, sheet) => element.dispatchEvent(new CustomEvent(GO_TO_STEP, { bubbles: true, detail: { sheet } }));

/** Hear when the next step of the sheet on screen is asked for: go(sheet). The function to stop it. */
export function hearStepAsked(go) {
  const hear = (event) => go(event.detail.sheet);
  document.addEventListener(GO_TO_STEP, hear);
  return () => document.removeEventListener(GO_TO_STEP, hear);
}

const OPEN_BRIEF = "playbook:open-brief";

/** Ask, from `element`, for the brief of this page's stage; the door on the page opens it. */
export const askForBrief = (element) => element.dispatchEvent(new CustomEvent(OPEN_BRIEF, { bubbles: true }));

/** Hear when the brief is asked for. The function to stop it. */
export function hearBriefAsked(open) {
  document.addEventListener(OPEN_BRIEF, open);
  return () => document.removeEventListener(OPEN_BRIEF, open);
}
