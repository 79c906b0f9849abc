// One's own drive on three axes. The answers stay in this tab of the browser: nothing here is a field, and nothing is sent.
import { h, makeButton, newId, setText } from "../../common/dom.js";
import { linesOf, makeDrawing, svgLines, svgPart } from "../../common/drawing.js";
/** @import { Context } from "../../form/context.js" */

const AXES = ["quest", "connect", "impact"], POINTS = ["low", "some", "much", "full"];
const LINE = 64, EDGE = 12, NAME = 13;

/** Three questions and the picture of their answers. */
export function makeView(/** @type {Context} */ ctx) {
  const say = (key, values) => ctx.say(`profile.${key}`, values);
  const { tab } = ctx.view.browser, key = () => `pb:profile:${ctx.state.worksheet.id}`;
  let answers = null, shown = null;
  const drawing = makeDrawing({ title: say("picture"), name: say("picture"), words: ctx.say, draw: (width) => drawProfile(answers ?? {}, say, width) });
  const radios = {}, told = h("p", { class: "small", role: "status" });
  const axes = AXES.map((axis) => {
    const name = newId();
    radios[axis] = POINTS.map((point) => h("input", { type: "radio", name, value: point, onchange: () => choose(axis, point) }));
    return h("fieldset", {}, h("legend", {}, say(axis)), POINTS.map((point, at) => h("label", {}, radios[axis][at], " ", say(point))));
  });
  const clear = makeButton("button quiet mini", () => { answers = {}; tab.remove(key()); show(say("cleared")); }, say("clear"));
  const element = h("div", { class: "own-profile" }, h("p", { class: "small" }, say("about")), axes, drawing.element, h("p", { class: "buttons" }, clear), told);

  function choose(axis, point) {
    answers = { ...answers, [axis]: point };
    tab.set(key(), JSON.stringify(answers));
    show(say(tab.lasting ? "kept" : "blocked"));
  }

  function show(text) {
    setText(told, text);
    for (const axis of AXES) radios[axis].forEach((radio) => { radio.checked = radio.value === answers[axis]; });
    clear.disabled = !Object.keys(answers).length;
    drawing.update(AXES.map((axis) => say("line", { axis: say(axis), point: answers[axis] ? say(answers[axis]) : say("none") })));
  }

  function update() {
    if (!ctx.state || shown === key()) return;
    shown = key();
    answers = read(tab.get(shown));
    show("");
  }
  return { element, update };
}

/** What the tab keeps, as far as it is answers to these questions. */
function read(text) {
  try {
    const kept = JSON.parse(text ?? "{}");
    return Object.fromEntries(AXES.filter((axis) => POINTS.includes(kept?.[axis])).map((axis) => [axis, kept[axis]]));
  } catch {
    return {};
  }
}

function drawProfile(answers, say, width) {
  const height = AXES.length * LINE, at = (point) => EDGE + (POINTS.indexOf(point) * (width - 2 * EDGE)) / (POINTS.length - 1);
  const svg = svgPart("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  AXES.forEach((axis, place) => {
    const top = place * LINE, line = top + 36, given = answers[axis];
    svg.append(svgLines(linesOf([say(axis), given && say(given)].filter(Boolean).join(": "), width, { size: NAME, weight: 650, most: 1 }), 0, top + 4, { size: NAME, weight: 650 }),
      svgPart("line", { x1: at(POINTS[0]), x2: at(POINTS.at(-1)), y1: line, y2: line, stroke: "var(--line)", "stroke-width": 2 }),
      ...POINTS.map((point) => svgPart("circle", { cx: at(point), cy: line, r: 3, fill: "var(--soft)" })));
    if (given) svg.append(svgPart("line", { x1: at(POINTS[0]), x2: at(given), y1: line, y2: line, stroke: "var(--brand)", "stroke-width": 5, "stroke-linecap": "round" }),
      svgPart("circle", { cx: at(given), cy: line, r: 8, fill: "var(--brand)" }));
  });
  return svg;
}
