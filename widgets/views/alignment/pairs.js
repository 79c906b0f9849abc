// Three corners and the lines between them: the better two fit, the thicker their line. The weakest says so in a word.
import { heightOf, linesOf, makeDrawing, svgLines, svgPart } from "../../common/drawing.js";
/** @import { Context } from "../../form/context.js" */

const CORNERS = { people: [0.5, 0], process: [0, 1], technology: [1, 1] };
const PAIRS = [["people", "process"], ["people", "technology"], ["process", "technology"]];
const WIDE = 132, TALL = 38, RISE = 150, MOST_WIDE = 560, SIZE = 13;

/** The picture above the three questions. */
export function makeView(/** @type {Context} */ ctx, section) {
  const say = (key, values) => ctx.say(`pairs.${key}`, values);
  const names = Object.fromEntries(Object.keys(CORNERS).map((id) => [id, say(id)]));
  const drawing = makeDrawing({
    title: say("title"), name: `${ctx.sheet.id}-${section.id}`, words: ctx.say,
    draw: (width) => drawAll(read(), { names, say }, width),
  });

  function read() {
    const pairs = PAIRS.map((ends) => {
      const { id, choices } = section.questions.find((question) => question.id === ends.join("_"));
      const level = choices.findIndex((choice) => choice.id === ctx.value(id));
      return { ends, level, says: choices[level]?.label ?? "" };
    });
    const known = pairs.map(({ level }) => level).filter((level) => level >= 0), least = Math.min(...known);
    return pairs.map((pair) => ({ ...pair, weakest: known.length > 0 && pair.level === least }));
  }

  function inWords({ ends, level, says, weakest }) {
    const [one, other] = ends.map((end) => names[end]);
    return say(level < 0 ? "open" : weakest ? "line_weakest" : "line", { one, other, level, says });
  }
  return { element: drawing.element, update: () => drawing.update(read().map(inWords)) };
}

function drawAll(pairs, { names, say }, width) {
  const across = Math.min(width, MOST_WIDE), left = (width - across) / 2;
  const at = (end) => ({ x: left + WIDE / 2 + 2 + CORNERS[end][0] * (across - WIDE - 4), y: TALL / 2 + 3 + CORNERS[end][1] * RISE });
  const height = RISE + TALL + 28;
  const lines = pairs.flatMap((pair) => drawPair(pair, pair.ends.map(at), say));
  const corners = Object.keys(CORNERS).map((end) => corner(names[end], at(end)));
  return svgPart("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, ...lines, ...corners);
}

function drawPair({ level, weakest }, [from, to], say) {
  const colour = weakest ? "var(--warn)" : "var(--brand)", middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const look = level < 0 ? { "stroke-width": 1.5, "stroke-dasharray": "3 5", stroke: "var(--soft)" } : { "stroke-width": 1.5 + 2 * level, stroke: colour };
  const line = svgPart("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, ...look, ...(level === 0 ? { "stroke-dasharray": "8 5" } : {}) });
  const text = level < 0 ? say("unknown") : say("of", { level });
  const said = [text, ...(weakest ? [say("weakest")] : [])], tall = heightOf(said, SIZE) + 6;
  const back = svgPart("rect", { x: middle.x - 34, y: middle.y - tall / 2, width: 68, height: tall, rx: 6, fill: "var(--card)" });
  return [line, back, svgLines(said, middle.x, middle.y - tall / 2 + 2, { size: SIZE, weight: weakest ? 700 : 500, anchor: "middle", fill: weakest ? "var(--warn)" : "var(--ink)" })];
}

function corner(name, { x, y }) {
  const lines = linesOf(name, WIDE - 12, { size: SIZE, weight: 650 });
  return svgPart("g", {}, svgPart("rect", { x: x - WIDE / 2, y: y - TALL / 2, width: WIDE, height: TALL, rx: 8, fill: "var(--card)", stroke: "var(--brand)", "stroke-width": 2 }),
    svgLines(lines, x, y - heightOf(lines, SIZE) / 2 - 1, { size: SIZE, weight: 650, anchor: "middle" }));
}
