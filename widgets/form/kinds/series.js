// Questions that are answered by numbers by date: pasted rows, or a file.
import { h, makeButton, newId, placeChildren, setAttr, setText } from "../../common/dom.js";
import { base64Of } from "../../common/link.js";
import { makeSpark } from "../../common/spark.js";
import { EXACT_WAIT_MS, localNumber } from "./base.js";
import { dateText } from "./date.js";
/** @import { QuestionKind } from "./base.js" */

const SERIES_LIMITS = { text: 200_000, workbook: 5_000_000 }; // bytes; a bigger message could close the connection
const SMALL_WORKBOOK = 300_000; // the same in a class, where a message has 512 kB at most

/** `workbook({name, base64})` reads a spreadsheet's file where the kernel can, else it is null; `small()`:
 * whether it has to be. */
function makeSeries(_, { changed, say, shown, workbook, small }) {
  const id = newId(), hint = newId();
  const input = h("textarea", { id, rows: 6, dir: "ltr", spellcheck: "false" });
  const rows = h("details", { class: "series-rows" }, h("summary", {}, say("series_show")),
    h("label", { for: id }, say("series_rows")), input, h("p", { class: "small", id: hint }, say("series_hint")));
  const said = h("p", { class: "error", role: "status" });
  const summary = makeSeriesSummary(say);
  const choose = makeButton("button quiet", () => pick(), say("series_file"));
  const element = h("div", { class: "series" }, summary.element, rows, h("p", { class: "buttons" }, choose), said);

  input.addEventListener("input", () => { setText(said, ""); changed(input.value || null, EXACT_WAIT_MS); });
  input.addEventListener("blur", () => changed(null, null));

  function pick() {
    const file = h("input", { type: "file", accept: workbook ? ".csv,.txt,.tsv,.xlsx" : ".csv,.txt,.tsv" });
    file.addEventListener("change", () => take(file.files[0]));
    file.click();
  }

  async function take(file) {
    const kind = workbook && /\.xlsx$/i.test(file.name) ? "workbook" : "text";
    setText(said, "");
    try {
      checkFileSize(file, small() && kind === "workbook" ? SMALL_WORKBOOK : SERIES_LIMITS[kind], say);
      input.value = await (kind === "text" ? file.text() : workbookRows(file, workbook));
      changed(input.value || null, 0);
    } catch (problem) {
      setText(said, problem.message);
    }
  }

  return {
    element, input, grouped: "group",
    draw: (value) => {
      summary.update(value, value && shown(value));
      if (summary.element.hidden) rows.open = true;
    },
    read: () => input.value || null,
    write: (value) => { input.value = value ?? ""; },
    focus: () => { rows.open = true; input.focus(); },
    mark: (error, described, group) => {
      setAttr(group, "aria-describedby", described);
      setAttr(input, "aria-invalid", error && "true");
      setAttr(input, "aria-describedby", [hint, described].filter(Boolean).join(" "));
      if (error) rows.open = true;
    },
  };
}

function checkFileSize({ size }, limit, say) {
  const megabytes = (bytes) => (bytes / 1_000_000).toFixed(1);
  if (size > limit) throw new Error(say("series_too_big", { size: megabytes(size), limit: megabytes(limit) }));
}

async function workbookRows(file, workbook) {
  return (await workbook({ name: file.name, base64: await base64Of(file) })).series_text;
}

/** How many values there are, how they went, and the same in words. Hidden while there are none. */
function makeSeriesSummary(say) {
  const text = h("p", {}), range = h("p", { class: "small" }), place = h("div", {});
  const element = h("div", { class: "series-summary" }, place, h("div", {}, text, range));
  let drawn = null;
  function update(value, words) {
    if (value === drawn) return;
    drawn = value;
    const points = storedPoints(value);
    element.hidden = points.length === 0;
    placeChildren(place, points.length > 1 ? [makeSpark(points)] : []);
    setText(text, element.hidden ? "" : words);
    setText(range, points.length > 1 ? say("series_range", seriesEnds(points)) : "");
  }
  element.hidden = true;
  return { element, update };
}

/** The points of a series as it is stored; none of what is still being typed. */
function storedPoints(value) {
  const lines = (value ?? "").split("\n").map((line) => /^(\d{4}-\d\d-\d\d) (-?\d+(?:\.\d+)?)$/.exec(line));
  return lines.every(Boolean) ? lines.map(([, day, number]) => ({ day, value: Number(number) })) : [];
}

function seriesEnds(points) {
  const values = points.map(({ value }) => value);
  const all = { first: values[0], last: values.at(-1), low: Math.min(...values), high: Math.max(...values) };
  return Object.fromEntries(Object.entries(all).map(([name, number]) => [name, localNumber(number)]));
}

/** How many values there are, and from when the last one is. */
function seriesText(value, { say }) {
  const lines = value.split("\n");
  const day = dateText(lines.at(-1).split(" ")[0], { say });
  return say(lines.length === 1 ? "series_one" : "series_many", { count: lines.length, day });
}

/** @type {QuestionKind} */
export const SERIES = { control: makeSeries, text: seriesText };
