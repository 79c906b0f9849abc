// Agreed actions as a list: what, who, by when, what became of it.
import { h } from "./dom.js";
import { day, say } from "./page.js";

export const agreedLine = ({ what, owner, due, review }) => [
  h("strong", { dir: "auto" }, what), " ",
  h("span", { class: "small", dir: "auto" }, say("agreed_line", { owner, date: day(due) }), review && ` · ${say(`review_${review}`)}`),
];

export const agreedList = (agreements) => (agreements.length
  ? h("ul", { class: "plain" }, agreements.map((one) => h("li", {}, agreedLine(one))))
  : h("p", { class: "small" }, say("agreed_none")));
