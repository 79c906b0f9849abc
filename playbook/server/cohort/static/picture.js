// Pictures drawn with SVG, for the wall and for phones.
const SVG = "http://www.w3.org/2000/svg";

/** svg("line", {class: "fact", x1: 0}): an element; null and false among its children are left out. */
export function svg(name, attributes, children = []) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children.flat(Infinity).filter((child) => (child ?? false) !== false));
  return element;
}

/** Words in a picture of that `width`; near an edge they stay inside. */
export function words(x, y, text, width, look = "") {
  const anchor = x > width * 0.75 ? "end" : x < width * 0.25 ? "start" : "middle";
  return svg("text", { x: Math.min(Math.max(x, 4), width - 4), y, "text-anchor": anchor, class: look }, [document.createTextNode(text)]);
}

/** The letter of a choice, as on the paper vote cards: A for the first. */
export const letter = (place) => String.fromCharCode(65 + place);
