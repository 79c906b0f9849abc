// What the program found about a pilot: each part with its sentences, and the way to where the figures are.
import { h, newId, placeChildren } from "../common/dom.js";
import { pageLink } from "../common/goto.js";
import { connectCard } from "./card.js";

function render({ model, el }) {
  const id = newId();
  const body = h("div", {}), title = h("h2", { id });
  const root = h("section", { class: "card pb-result", "aria-labelledby": id }, title, body);
  const show = ({ words, found, metric, parts, href }) => {
    title.textContent = words.title;
    placeChildren(body, [
      h("p", { class: "small" }, found ? words.about : words.none),
      metric && h("p", { dir: "auto" }, metric),
      parts.length > 0 && h("dl", {}, parts.flatMap(({ name, said }) => [h("dt", {}, name), ...said.map((one) => h("dd", { dir: "auto" }, one))])),
      href && h("p", { class: "small" }, pageLink(href, {}, words.to_focus)),
    ].filter(Boolean));
  };
  el.classList.add("pb");
  el.append(root);
  return connectCard(model, root, { show });
}

export default { render };
