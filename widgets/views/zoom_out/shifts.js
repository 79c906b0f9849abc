// Where work stands today and where it should lead: a line a respect, a ring for today, a disc for what is wanted.
import { heightOf, linesOf, makeDrawing, svgLines, svgPart } from "../../common/drawing.js";
/** @import { Context } from "../../form/context.js" */

const NOW = "_now", WANTED = "_wanted"; // two scales with the same points make a respect
const NARROW = 480, NAMES = 150, EDGE = 14;
const SIZE = 12, GAP = 18; // px: the words at a marker, and how far from the line they stand
const LABEL = 230, APART = 14;

/** The picture above a section of paired scales. */
export function makeView(/** @type {Context} */ ctx, section) {
  const say = (key, values) => ctx.say(`shifts.${key}`, values);
  const pairs = pairsOf(section, say);
  const read = () => pairs.map((pair) => ({ ...pair, wanted: placeOf(ctx, pair.wants), now: placeOf(ctx, pair.has) }));
  const end = (key) => { // a sheet may call the ends of its scales by words of its own
    const own = `ends.${ctx.sheet.id}.${key}`, said = say(own);
    return said.endsWith(own) ? say(key) : said;
  };
  const words = { today: say("today"), wanted: say("wanted"), low: end("low"), high: end("high") };
  const drawing = makeDrawing({
    title: say("title"), name: `${ctx.sheet.id}-${section.id}`, words: ctx.say,
    draw: (width) => drawAll(read(), words, width),
  });
  return { element: drawing.element, update: () => drawing.update(read().map((pair) => inWords(pair, say))) };
}

function pairsOf(section, say) {
  const find = (id) => section.questions.find((question) => question.id === id);
  return section.questions.filter(({ kind, id }) => kind === "scale" && id.endsWith(WANTED)).map((wants) => {
    const id = wants.id.slice(0, -WANTED.length);
    return { name: say(`name.${id}`), wants, has: find(id + NOW), labels: wants.choices.map(({ label }) => label) };
  });
}

/** The chosen point from 0; -1 for none, or while the question is not asked. */
function placeOf(/** @type {Context} */ ctx, question) {
  if (!question || !ctx.asked(question.id)) return -1;
  return question.choices.findIndex(({ id }) => id === ctx.value(question.id));
}

function inWords({ name, labels, wanted, now }, say) {
  const told = { name, wanted: labels[wanted], to: wanted + 1, now: labels[now], at: now + 1, points: labels.length };
  return say(wanted < 0 ? "line_none" : now < 0 ? "line_wanted" : "line_both", told);
}

function drawAll(pairs, words, width) {
  const narrow = width < NARROW, from = narrow ? EDGE : NAMES + EDGE, to = width - EDGE;
  const ends = [svgLines([words.low], from - EDGE, 0, { size: SIZE, fill: "var(--soft)" }),
    svgLines([words.high], width, 0, { size: SIZE, fill: "var(--soft)", anchor: "end" })];
  const parts = [];
  let top = heightOf([words.low], SIZE) + 4;
  for (const pair of pairs) {
    const { element, height } = drawPair(pair, words, { narrow, from, to, top });
    parts.push(element);
    top += height;
  }
  return svgPart("svg", { width, height: Math.ceil(top), viewBox: `0 0 ${width} ${Math.ceil(top)}` }, ...ends, ...parts);
}

/** One respect: its line with the points, what is wanted above it, today below it. */
function drawPair({ name, labels, wanted, now }, words, { narrow, from, to, top }) {
  const at = (point) => from + (point * (to - from)) / (labels.length - 1);
  const two = 2 * heightOf([""], SIZE), named = linesOf(name, narrow ? to : NAMES - EDGE, { weight: 650, most: narrow ? 1 : 2 });
  const head = narrow ? heightOf(named, 13) + 4 : 0, line = top + head + two + GAP;
  const colour = now >= 0 && wanted < now ? "var(--warn)" : "var(--brand)";
  const track = svgPart("line", { x1: at(0), x2: at(labels.length - 1), y1: line, y2: line, stroke: "var(--line)", "stroke-width": 2 });
  const points = labels.map((_, point) => svgPart("circle", { cx: at(point), cy: line, r: 3, fill: "var(--soft)" }));
  const between = now >= 0 && wanted >= 0 && [svgPart("line",
    { x1: at(now), x2: at(wanted), y1: line, y2: line, stroke: colour, "stroke-width": 6, "stroke-linecap": "round", opacity: 0.45 })];
  const ring = now >= 0 && [svgPart("circle", { cx: at(now), cy: line, r: 9, fill: "var(--card)", stroke: colour, "stroke-width": 2.5 }),
    ...label(`${words.today}: ${labels[now]}`, at(now), { from, to, y: line + GAP, rises: false })];
  const disc = wanted >= 0 && [svgPart("circle", { cx: at(wanted), cy: line, r: 5.5, fill: colour }),
    ...label(`${words.wanted}: ${labels[wanted]}`, at(wanted), { from, to, y: line - GAP, rises: true })];
  const heading = svgLines(named, 0, narrow ? top : line - heightOf(named, 13) / 2, { weight: 650 });
  const element = svgPart("g", {}, heading, track, ...points, ...(between || []), ...(ring || []), ...(disc || []));
  return { element, height: head + 2 * (two + GAP) + APART };
}

/** What a marker says, in two lines beside it, kept inside the picture. */
function label(text, x, { from, to, y, rises }) {
  const room = Math.min(LABEL, to - from), lines = linesOf(text, room, { size: SIZE });
  const left = x - from < room / 2, right = to - x < room / 2;
  const place = left ? from - EDGE : right ? to + EDGE : x;
  return [svgLines(lines, place, rises ? y - heightOf(lines, SIZE) : y, { size: SIZE, anchor: left ? "start" : right ? "end" : "middle" })];
}
