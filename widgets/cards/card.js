// What every card does: hear its kernel, keep its keys to itself, open up on paper.
import { h } from "../common/dom.js";
import { pageFacts } from "../common/link.js";

/** Tie a card's `root` to its kernel until the returned function is called.
 *
 * handlers: {type: (message, buffers) => ...}, one for each kind of message. */
export function connectCard(model, root, handlers) {
  const receive = (message, buffers) => handlers[message?.type]?.(message, buffers);
  const opened = [];
  const paper = () => root.querySelectorAll("details:not([open])").forEach((one) => { one.open = true; opened.push(one); });
  const screen = () => opened.splice(0).forEach((one) => { one.open = false; });
  // JupyterLab acts on keys that it sees: b inserts a cell, d d deletes this one.
  for (const name of ["keydown", "keypress", "keyup"]) root.addEventListener(name, (event) => event.stopPropagation());
  addEventListener("beforeprint", paper);
  addEventListener("afterprint", screen);
  model.on("msg:custom", receive);
  tellKernel(model, { type: "ready" });
  return () => {
    model.off("msg:custom", receive);
    removeEventListener("beforeprint", paper);
    removeEventListener("afterprint", screen);
    root.remove();
  };
}

/** Send `message` to the kernel. Where the line is closed nobody hears it; the form says so. */
export function tellKernel(model, message) {
  try {
    model.send(message);
  } catch {
    // The form's save bar looks after the line for the whole page.
  }
}

/** A level as shape, colour and word; the shape is the style sheet's. */
export const markOf = ({ level, word }, props) => h("span", { ...props, class: `verdict ${level}` }, word);

/** A link to another notebook; JupyterLab opens it beside itself. */
export function pageLink(href, props, ...children) {
  const beside = pageFacts().app === "lab" ? { target: "_blank", rel: "noopener" } : {};
  return h("a", { ...props, ...beside, href }, children);
}
