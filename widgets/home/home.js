// The pathway: three stages, a tile for each sheet, and one button that goes on where somebody stopped.
import { fill, h, newId, placeChildren } from "../common/dom.js";
import { connectCard, markOf, pageLink, tellKernel } from "../cards/card.js";
import { pageFacts } from "../common/link.js";

function render({ model, el }) {
  const root = h("div", { class: "home" });
  const hello = () => tellKernel(model, { type: "hello", page: pageFacts() });
  const seen = () => { if (document.visibilityState === "visible") hello(); };
  let shown = "";

  function show(payload) {
    const now = JSON.stringify(payload);
    if (now === shown) return;
    shown = now;
    placeChildren(root, homeElements(payload));
  }

  el.classList.add("pb");
  el.append(root);
  const leave = connectCard(model, root, { show });
  hello();
  document.addEventListener("visibilitychange", seen); // another tab may have answered since
  return () => {
    document.removeEventListener("visibilitychange", seen);
    leave();
  };
}

function homeElements({ stages, go_on: goOn, example, privacy, notice, words }) {
  return [
    h(titleLevel(), {}, words.title),
    h("p", { class: "intro" }, words.intro),
    notice && h("p", { class: "notice" }, notice),
    h("p", { class: "buttons" },
      goOn && pageLink(goOn.href, { class: "button", "data-key": "go-on" }, goOn.text),
      example && pageLink(example.href, { class: "button quiet", "data-key": "example" }, example.text)),
    ...stages.map((stage, place) => stageElement(stage, place + 1, words)),
    h("section", { class: "where" }, h("h2", {}, words.where), h("p", {}, privacy)),
  ].filter(Boolean);
}

const titleLevel = () => (document.querySelector("h1:not(.home h1)") ? "h2" : "h1");

function stageElement({ title, question, gate, tiles }, place, words) {
  const id = newId();
  return h("section", { class: "stage", "aria-labelledby": id },
    h("div", { class: "stage-head" },
      h("h2", { id }, `${place} ${title}`),
      h("p", {}, question),
      h("p", { class: "small" }, `${words.gate_label}: `, markOf(gate.mark)),
      h("p", { class: "small" }, gate.text),
      gate.reasons.length > 0 && gateReasons(gate, words),
      gate.href && h("p", { class: "small" }, pageLink(gate.href, { "data-key": `gate-${place}` }, words.gate_decide))),
    h("ul", { class: "tiles" }, tiles.map((tile) => h("li", {}, tileElement(tile, words)))));
}

const gateReasons = ({ reasons }, words) => h("details", {}, h("summary", { class: "small" }, words.gate_why),
  h("ul", { class: "small" }, reasons.map((reason) => h("li", {}, reason))));

/** A tile. Its link covers all of it, so that a finger finds it; other links stand above. */
function tileElement(tile, words) {
  const { title, href, mark, name, text, next, others } = tile;
  return h("article", { class: href ? "tile" : "tile unbuilt" },
    h("h3", {}, href ? pageLink(href, { "data-key": tile.id }, title) : title),
    mark ? h("p", {}, markOf(mark)) : h("p", { class: "small" }, href ? words.fresh : next),
    h("p", {}, text),
    name && name !== title && h("p", { class: "small", dir: "auto" }, name),
    href && h("p", { class: "next" }, next),
    others.length > 0 && othersElement(others, words));
}

function othersElement(others, words) {
  const count = fill(others.length === 1 ? words.others_one : words.others_many, { count: others.length });
  const said = others.every(({ example }) => example) ? words.others_example : count;
  return h("details", { class: "others" }, h("summary", {}, said),
    h("ul", {}, others.map(({ name, href, mark, example }) => h("li", {},
      pageLink(href, { dir: "auto" }, name), " ", markOf(mark), example && h("span", { class: "ours" }, words.example_badge)))));
}

export default { render };
