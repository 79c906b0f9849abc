// What every card does: hear its kernel, keep its keys to itself, open up on paper.
import { h, keepKeys, openOnPaper } from "../common/dom.js";

/** Tie a card's `root` to its kernel until the returned function is called.
 *
 * handlers: {type: (message, buffers) => ...}, one for each kind of message. */
export function connectCard(model, root, handlers) {
  const receive = (message, buffers) => handlers[message?.type]?.(message, buffers);
  keepKeys(root);
  const forgetPaper = openOnPaper(root);
  model.on("msg:custom", receive);
  tellKernel(model, { type: "ready" });
  return () => {
    model.off("msg:custom", receive);
    forgetPaper();
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
