// A case on the wall: its situation, its exhibit, and what is known of what happened in three parts kept apart.
import { h } from "./dom.js";
import { exhibitPicture, inCommon, legend } from "./exhibit.js";
import { say } from "./page.js";
import { picture } from "./wall.js";

const sure = ({ mark, sure: word }) => h("span", { class: "sure" }, h("span", { "aria-hidden": "true" }, mark), ` ${word}`);
const place = ({ address }) => new URL(address).hostname.replace(/^www\./, "");

export function situationScene({ told }) {
  const known = h("ul", { class: "known" }, told.known.map((fact) => h("li", {}, h("span", { dir: "auto" }, fact.text), " ", sure(fact))));
  return {
    title: told.heading,
    lead: say("case_step", { title: told.title, number: told.step, all: told.steps }),
    body: [h("p", { class: "text", dir: "auto" }, told.situation), told.known.length > 0 && known],
    less: () => dropLast(known),
  };
}

export function exhibitScene({ exhibit }) {
  return {
    title: exhibit.title,
    body: [
      picture((width, height) => exhibitPicture(exhibit, width, height)),
      h("p", { class: "common" }, h("strong", {}, inCommon(exhibit)), h("span", { class: "soft" }, legend(exhibit))),
      h("p", { class: "says" }, exhibit.question),
    ],
  };
}

/** Every column stands there, also an empty one; what we added is below, marked as ours. */
export function factsScene({ told, says }) {
  const { headline, opened, hinge, columns, none_found: none, positions } = told.revealed;
  if (columns.every(({ facts }) => !facts.length)) return nothingScene({ headline, none, positions, says });
  const three = columns.slice(0, 3), ours = columns.slice(3);
  const panels = h("div", { class: "apart", style: `--apart: ${three.map(({ facts }) => `minmax(0, ${facts.length ? 2 : 1}fr)`).join(" ")}` }, three.map((column) => panel(column, column.id === "public" ? none : "")));
  const below = ours.map(({ heading, facts }) => h("p", { class: "added" }, h("strong", {}, `${heading}: `), facts.map(({ text, mark }) => `${mark} ${text}`).join(" ")));
  return {
    title: headline,
    lead: opened,
    body: [hinge && h("p", { class: "hinge", dir: "auto" }, hinge), panels, ...below, says && h("p", { class: "says" }, says)],
    less() {
      const longest = [...panels.querySelectorAll("ul")].sort((one, other) => other.offsetHeight - one.offsetHeight).find(({ children }) => children.length > 1);
      return longest ? dropLast(longest) : false;
    },
  };
}

/** Where nothing is known of what happened: what was looked for, and what one can defend. */
function nothingScene({ headline, none, positions, says }) {
  const list = h("ul", { class: "known" }, positions.map((one) => h("li", {}, h("strong", { dir: "auto" }, one.position), " ", h("span", { class: "soft" }, say("case_overturns", { text: one.overturned_by })))));
  return {
    title: headline,
    body: [none && h("p", { class: "text" }, h("strong", {}, `${say("case_none_found")} `), none), h("p", { class: "lead" }, say("case_positions", { count: positions.length })), list, says && h("p", { class: "says" }, says)],
    less: () => dropLast(list),
  };
}

function panel({ id, heading, facts }, none) {
  const list = h("ul", {}, facts.map((fact) => h("li", {}, h("span", { dir: "auto" }, fact.text), " ",
    h("span", { class: "soft" }, sure(fact), fact.places.length > 0 && h("span", {}, ` · ${[...new Set(fact.places.map(place))].join(", ")}`), fact.why && h("span", { class: "why" }, fact.why)))));
  return h("section", { class: `panel ${id}` }, h("h2", {}, heading), facts.length ? list : h("p", { class: "soft" }, say("case_nothing")),
    none && h("p", { class: "none" }, h("strong", {}, `${say("case_none_found")} `), none));
}

/** The last of a list makes place for how many more a phone has. */
function dropLast(list) {
  const more = list.querySelector(".more");
  const facts = [...list.children].filter((one) => one !== more);
  if (facts.length < 2) return false;
  facts.at(-1).remove();
  const line = more ?? h("li", { class: "more soft" });
  const count = Number(line.dataset.count ?? 0) + 1;
  line.dataset.count = String(count);
  line.textContent = say("case_more", { count });
  list.append(line);
  return true;
}
