// Swim lanes: a box a step in the lane of who does it, and below it time, tool, data and decision. Long work goes on in
// a second band, so that a phone and paper read the same picture. Its twin is a table.
import { h, placeChildren } from "../../common/dom.js";
import { makeDrawing } from "../../common/drawing.js";
import { drawBands } from "./bands.js";
/** @import { Context } from "../../form/context.js" */

const TABLE = "steps", COLUMNS = ["step", "who", "moment", "wait", "work", "tool", "data", "decision", "check", "back"];

/** The picture above the first question; it reads the table of steps. */
export function makeView(/** @type {Context} */ ctx, section) {
  const say = (key, values) => ctx.say(`swim_lanes.${key}`, values);
  const words = Object.fromEntries(["wait", "work", "tool", "data", "decision", "check", "back", "longest", "trigger", "delivery", "feedback", "nobody"].map((key) => [key, say(key)]));
  const body = h("tbody", {}), head = h("tr", {}, COLUMNS.map((key) => h("th", { scope: "col" }, say(key))));
  const table = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": say("title") }, h("table", {}, h("thead", {}, head), body));
  const drawing = makeDrawing({
    title: say("title"), name: `${ctx.sheet.id}-${section.id}`, words: ctx.say, table,
    draw: (width) => drawBands(read(), words, width),
  });
  const empty = h("p", { class: "small" }, say("empty"));
  const element = h("div", {}, empty, drawing.element);

  /** The rows that say something, as the picture needs them. */
  function read() {
    const value = (row, id) => ctx.value(`${TABLE}/${row}/${id}`) ?? "";
    const label = (id, chosen) => ctx.columns(TABLE).find((one) => one.id === id).choices.find((one) => one.id === chosen)?.label ?? "";
    const hours = (given) => (given === "" ? "" : say("hours", { hours: given }));
    const rows = ctx.rows(TABLE).filter((row) => ctx.columns(TABLE).some(({ id }) => value(row, id) !== ""));
    const names = new Map(rows.map((row, place) => [row, value(row, "step") || say("unnamed", { place: place + 1 })]));
    const steps = rows.map((row) => ({
      step: names.get(row), who: value(row, "lane").trim(), kind: value(row, "moment"), moment: label("moment", value(row, "moment")),
      wait: hours(value(row, "wait")), work: hours(value(row, "touch")), waits: Number(value(row, "wait")),
      tool: value(row, "tool"), data: value(row, "data"), decision: value(row, "decision"), check: value(row, "check"),
      back: names.get(value(row, "back")) ?? "", to: rows.indexOf(value(row, "back")),
    }));
    const most = Math.max(0, ...steps.filter(({ kind }) => kind !== "feedback").map(({ waits }) => waits));
    const longest = most ? steps.findIndex(({ waits, kind }) => waits === most && kind !== "feedback") : -1;
    return steps.map((step, place) => ({ ...step, longest: place === longest }));
  }

  function update() {
    const steps = read();
    empty.hidden = steps.length > 0;
    drawing.element.hidden = steps.length === 0;
    placeChildren(body, steps.map((step) => h("tr", {}, COLUMNS.map((key) => h("td", { dir: "auto" }, step[key] || say("none"))))));
    drawing.update([]);
  }
  return { element, update };
}
