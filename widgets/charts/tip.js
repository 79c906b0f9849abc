// What a mark of the picture says when the pointer rests on it. The text twin says it to everybody else.
import { h, placeChildren } from "../common/dom.js";

/** {element, show}: `show` is a Vega tooltip handler, called with the mark's {title: text} or nothing. */
export function makeTip(box) {
  const element = h("dl", { class: "tip", "aria-hidden": "true", hidden: true });
  return {
    element,
    show(_, event, __, value) {
      element.hidden = !value;
      if (!value) return;
      placeChildren(element, Object.entries(value).map(([term, said]) => h("div", {}, h("dt", {}, term), h("dd", { dir: "auto" }, said))));
      const { left, top, width } = box.parentElement.getBoundingClientRect();
      const right = event.clientX - left > width / 2;
      element.style.left = right ? "auto" : `${event.clientX - left + 12}px`;
      element.style.right = right ? `${left + width - event.clientX + 12}px` : "auto";
      element.style.top = `${event.clientY - top + 12}px`;
    },
  };
}
