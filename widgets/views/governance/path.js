// Five phases on one line with the gates between them: where somebody stands, and which day each has.
import { heightOf, linesOf, makeDrawing, svgLines, svgPart } from "../../common/drawing.js";
import { dateText } from "../../form/kinds/date.js";
/** @import { Context } from "../../form/context.js" */

/** Where each stands on the line; the pilot is the first phase behind a gate. @type {[string, string, number][]} */
const PLACES = [["phase", "discovery", 0], ["phase", "design", 1], ["gate", "pilot", 1.6], ["phase", "pilot", 2.2],
  ["gate", "evaluate", 2.9], ["gate", "scale", 3.6], ["phase", "rollout", 4.2], ["phase", "refine", 5.2]];
const LAST = 5.2, NARROW = 560, SIZE = 12, NAME = 13, LINE_TOP = 62, ROW = 44;

/** The picture above the questions about where somebody stands. */
export function makeView(/** @type {Context} */ ctx, section) {
  const say = (key, values) => ctx.say(`path.${key}`, values);
  const read = () => stopsOf(ctx, say);
  const next = () => {
    const day = ctx.value("next_gate");
    return day ? say("next", { day: dateText(day, ctx) }) : say("next_none");
  };
  const drawing = makeDrawing({
    title: say("title"), name: `${ctx.sheet.id}-${section.id}`, words: ctx.say,
    draw: (width) => (width < NARROW ? drawDown : drawAcross)(read(), next(), width),
  });
  return { element: drawing.element, update: () => drawing.update([next(), ...read().map(({ line }) => line)]) };
}

/** The phases and gates in their order, each with its name, how far it is, and its day. */
export function stopsOf(ctx, say) {
  const phases = choicesOf(ctx, "phase"), gates = choicesOf(ctx, "gate");
  const order = phases.map(({ id }) => id), now = order.indexOf(ctx.value("phase"));
  let behind = -1; // the phase that the line has come past
  return PLACES.map(([kind, id, at]) => {
    if (kind === "phase") behind += 1;
    const reached = kind === "phase" ? behind : behind + (id === "scale" || id === "evaluate" ? 1 : 0.5);
    const state = now < 0 ? "unknown" : reached < now ? "behind" : reached === now && kind === "phase" ? "here" : reached <= now ? "behind" : "ahead";
    const days = kind === "phase" ? daysOf(ctx, "phases", "phase_of", id, "phase_day") : daysOf(ctx, "gates", "gate", id, "gate_day");
    const name = (kind === "phase" ? phases : gates).find((choice) => choice.id === id).label;
    const shown = kind === "gate" ? say("gate_name", { name }) : name;
    const day = days.length ? dateText(days.at(-1), ctx) : "";
    return { kind, at, name: shown, state, day, line: sentence(say, { kind, name, state, day }) };
  });
}

function sentence(say, { kind, name, state, day }) {
  const said = say(`${kind}_${state}`, { name });
  return day ? `${said} ${say(`${kind}_day`, { day })}` : said;
}

function choicesOf(ctx, id) {
  return ctx.sheet.sections.flatMap((one) => one.questions).find((question) => question.id === id).choices;
}

/** The days of the rows that stand there, the first first. */
function daysOf(ctx, table, question, id, day) {
  const rows = ctx.rows(table).filter((row) => ctx.value(`${table}/${row}/${question}`) === id);
  return rows.map((row) => ctx.value(`${table}/${row}/${day}`)).filter(Boolean).sort();
}

const COLOUR = { behind: "var(--brand)", here: "var(--brand)", ahead: "var(--soft)", unknown: "var(--soft)" };

/** A disc for a phase, a lozenge for a gate; filled where it lies behind, with a ring around where somebody stands. */
function marker({ kind, state }, x, y) {
  const filled = state === "behind" || state === "here", fill = filled ? COLOUR[state] : "var(--card)";
  const look = { fill, stroke: COLOUR[state], "stroke-width": 2 };
  const shape = kind === "gate"
    ? svgPart("path", { d: `M${x} ${y - 8}L${x + 8} ${y}L${x} ${y + 8}L${x - 8} ${y}Z`, ...look })
    : svgPart("circle", { cx: x, cy: y, r: 7, ...look });
  if (state !== "here") return [shape];
  return [svgPart("circle", { cx: x, cy: y, r: 12, fill: "none", stroke: COLOUR.here, "stroke-width": 2 }), shape];
}

/** From left to right: gates are named above the line, phases below it. */
function drawAcross(stops, next, width) {
  const edge = 46, step = (width - 2 * edge) / LAST, room = Math.min(104, step * 0.98);
  const head = svgLines([next], 0, 0, { size: NAME, weight: 650 }), y = LINE_TOP + 16;
  const parts = [svgPart("line", { x1: edge, x2: width - edge, y1: y, y2: y, stroke: "var(--line)", "stroke-width": 3 })];
  let bottom = y + 20;
  for (const stop of stops) {
    const x = edge + stop.at * step, above = stop.kind === "gate";
    const named = linesOf(stop.name, room, { size: above ? SIZE : NAME, weight: stop.state === "here" ? 650 : 400 });
    const day = stop.day ? linesOf(stop.day, above ? step * 0.7 : room, { size: SIZE }) : [];
    const nameHeight = heightOf(named, above ? SIZE : NAME), all = nameHeight + heightOf(day, SIZE);
    const top = above ? y - 14 - all : y + 18;
    parts.push(...marker(stop, x, y),
      svgLines(named, x, top, { size: above ? SIZE : NAME, weight: stop.state === "here" ? 650 : 400, anchor: "middle" }),
      svgLines(day, x, top + nameHeight, { size: SIZE, anchor: "middle", fill: "var(--soft)" }));
    if (!above) bottom = Math.max(bottom, top + all);
  }
  return picture(width, bottom + 6, [head, ...parts]);
}

/** On a phone from top to bottom, each with its name and day beside it. */
function drawDown(stops, next, width) {
  const x = 16, from = 30, to = from + (stops.length - 1) * ROW + 16;
  const parts = [svgLines([next], 0, 0, { size: NAME, weight: 650 }),
    svgPart("line", { x1: x, x2: x, y1: from + 16, y2: to, stroke: "var(--line)", "stroke-width": 3 })];
  stops.forEach((stop, place) => {
    const y = from + 16 + place * ROW, named = linesOf(stop.name, width - 40, { weight: stop.state === "here" ? 650 : 400, most: 1 });
    const top = y - (heightOf(named, NAME) + (stop.day ? heightOf([""], SIZE) : 0)) / 2;
    parts.push(...marker(stop, x, y), svgLines(named, 40, top, { size: NAME, weight: stop.state === "here" ? 650 : 400 }),
      svgLines(stop.day ? [stop.day] : [], 40, top + heightOf(named, NAME), { size: SIZE, fill: "var(--soft)" }));
  });
  return picture(width, to + 20, parts);
}

function picture(width, height, parts) {
  return svgPart("svg", { width, height: Math.ceil(height), viewBox: `0 0 ${width} ${Math.ceil(height)}` }, ...parts);
}
