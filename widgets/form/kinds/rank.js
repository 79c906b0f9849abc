// Questions whose choices are put in order: what is in order first, the rest below.
import { h, makeButton, makeList, setAttr, setText } from "../../common/dom.js";
import { makeDraggable } from "../../common/drag.js";
import { choiceLabels } from "./choice.js";
/** @import { QuestionKind } from "./base.js" */

/** The value is the ids that are in order. */
function makeRank(_, { changed, options, say, announce }) {
  let order = [];
  const list = h("ol", { class: "ranked" }), rest = h("ul", { class: "unranked" });
  const hint = h("p", { class: "small" }, say("rank_hint")), heading = h("p", { class: "small" }, say("rank_rest"));
  const zone = h("div", { class: "rank-zone" }, hint, list);
  const element = h("div", { class: "rank" }, zone, heading, rest);
  const act = { put, step, drag: { move: aim, drop: drop, end: () => aim(null) } };
  const inOrder = makeList(list, (item) => rankedItem(item, act, say));
  const others = makeList(rest, (item) => otherItem(item, act, say));

  function draw() {
    const choices = new Map(options().map((choice) => [choice.id, { ...choice, key: choice.id }]));
    const known = order.filter((id) => choices.has(id));
    const left = [...choices.values()].filter(({ id }) => !order.includes(id));
    inOrder.sync(known.map((id, place) => ({ ...choices.get(id), first: place === 0, last: place === known.length - 1 })));
    others.sync(left);
    hint.hidden = known.length > 0;
    heading.hidden = left.length === 0;
  }

  /** Put `item` at `place` of the order; null takes it out. */
  function put({ id, label }, place) {
    const next = order.filter((other) => other !== id);
    if (place !== null) next.splice(place, 0, id);
    order = next;
    draw();
    changed(read(), 0);
    (inOrder.get(id) ?? others.get(id)).focus();
    const count = order.length;
    announce(place === null ? say("rank_is_out", { name: label }) : say("row_moved", { row: label, place: order.indexOf(id) + 1, count }));
  }

  function step(item, by) {
    const place = order.indexOf(item.id) + by;
    if (place >= 0 && place < order.length) put(item, place);
  }

  /** Where in the order something let go at height `y` comes to stand; null: outside of it. */
  function placeAt(y, moving) {
    const { top, bottom } = (order.length ? list : zone).getBoundingClientRect();
    const half = list.lastElementChild ? list.lastElementChild.offsetHeight / 2 : 0;
    if (y > bottom + half || y < top - half) return null;
    const middle = (child) => { const box = child.getBoundingClientRect(); return box.top + box.height / 2; };
    return [...list.children].filter((child) => child !== moving && middle(child) < y).length;
  }

  function aim(at, moving) {
    const place = at && placeAt(at.y, moving);
    const others = [...list.children].filter((child) => child !== moving);
    others.forEach((child, number) => {
      child.classList.toggle("before", number === place);
      child.classList.toggle("after", number === others.length - 1 && place === others.length);
    });
    zone.classList.toggle("over", place !== null);
  }

  function drop(at, moving, item) {
    const place = placeAt(at.y, moving);
    const was = order.indexOf(item.id);
    if (place !== (was < 0 ? null : was)) put(item, place);
  }

  function read() {
    return order.length ? order : null;
  }

  draw();
  return {
    element, read, grouped: "group",
    write: (value) => { order = value ?? []; draw(); },
    focus: () => element.querySelector("button")?.focus(),
    mark: (_error, described, group) => setAttr(group, "aria-describedby", described),
  };
}

function rankedItem(item, { put, step, drag }, say) {
  const text = h("span", { dir: "auto" });
  const button = (key, sign, run) => makeButton("move", run, h("span", { "aria-hidden": "true" }, sign),
    h("span", { class: "visually-hidden" }, say(key, { name: item.label })));
  const up = button("rank_up", "↑", () => step(item, -1)), down = button("rank_down", "↓", () => step(item, 1));
  const out = button("rank_out", "×", () => put(item, null));
  const element = h("li", {}, dragGrip(), rankName(text, item), h("span", { class: "moves" }, up, down, out));
  followPointer(element, item, drag);
  return {
    element,
    focus: () => { if (!element.contains(document.activeElement)) up.focus(); },
    update: ({ label, first, last }) => {
      setText(text, label);
      // Not disabled: the button that was just pressed keeps the focus.
      setAttr(up, "aria-disabled", first && "true");
      setAttr(down, "aria-disabled", last && "true");
    },
  };
}

function otherItem(item, { put, drag }, say) {
  const text = h("span", { dir: "auto" });
  const name = say("rank_in", { name: item.label });
  const button = makeButton("put", () => put(item, Infinity), dragGrip(), rankName(text, item));
  const element = h("li", {}, button);
  setAttr(button, "aria-label", name);
  followPointer(element, item, drag);
  return { element, focus: () => button.focus(), update: ({ label }) => setText(text, label) };
}

const rankName = (text, { hint }) => h("span", { class: "rank-name" }, text, hint && h("span", { class: "small" }, hint));

/** What a finger takes hold of; anywhere else it scrolls the page. */
const dragGrip = () => h("span", { class: "grip", "aria-hidden": "true" }, "⠿");

function followPointer(element, item, { move, drop, end }) {
  makeDraggable(element, {
    move: (at) => {
      element.classList.add("dragged");
      element.style.translate = `0 ${at.dy}px`;
      move(at, element);
    },
    drop: (at) => drop(at, element, item),
    end: () => {
      element.classList.remove("dragged");
      element.style.translate = "";
      end();
    },
  });
}

/** @type {QuestionKind} */
export const RANK = {
  control: makeRank,
  text: (value, by) => choiceLabels(value, by).map((label, at) => `${at + 1}. ${label}`).join(", "),
};
