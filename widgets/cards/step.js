// The next step as a link, in the card and at the foot of a phone.
import { h } from "../common/dom.js";
import { fieldLink, pageLink } from "../common/goto.js";

/** A link to where a step is done: a field of `sheet`, or another sheet; the bare words where that is not built. */
export function stepLink(sheet, { field, href }, props, ...children) {
  if (href) return pageLink(href, props, ...children);
  return field ? fieldLink(sheet, field, props, ...children) : h("span", {}, children);
}
