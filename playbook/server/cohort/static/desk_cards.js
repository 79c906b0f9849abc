// What came of the cards weeks after the class: how many sent one, and shares from five people on.
import { h } from "./dom.js";
import { day, find, redraw, say } from "./page.js";
import { resultView } from "./result.js";

/** The cards in `place`; the function that takes the state. */
export function makeCards(place) {
  return ({ cards }) => {
    find("cards-part").hidden = !cards.length;
    redraw(place, cards, () => [...new Set(cards.map(({ card }) => card))].map((id) => drawn(cards.filter(({ card }) => card === id))));
  };
}

function drawn(questions) {
  const [{ about, due, answered, of: all }] = questions;
  const told = questions.filter(({ result }) => result);
  return h("article", { class: "card" }, h("h3", {}, `${about}: ${day(due)}`), h("p", {}, say("cards_sent", { answered, all })),
    told.map((one) => [h("h4", { dir: "auto" }, one.text), one.right && h("p", { class: "small" }, say("cards_right", { label: label(one) })), resultView(one)]));
}

const label = ({ choices, right }) => choices.find(({ id }) => id === right)?.label ?? "";
