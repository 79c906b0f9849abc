// The chain as a picture: what the group moves, what that drives, and the money with its one estimate.
import { heightOf, linesOf, makeDrawing, svgLines, svgPart } from "../../common/drawing.js";
import { makeLatestRequest } from "../../form/latest_request.js";
import { figure, planOf, standing } from "./figures.js";
/** @import { Context } from "../../form/context.js" */

const NARROW = 560, PAUSE_MS = 250;
const PAD = 10, GAP = 12, NAME = 13, FIGURE = 17, SMALL = 12;
const INSET = 26; // px: how far the measures stand in on a phone
const DASHES = { believed: "7 5", hoped: "1 5" };

/** {element, update({money, operating, fronts})} of the chain's metrics as the tree has them, null where one is missing. */
export function makePicture(/** @type {Context} */ ctx) {
  const say = (key, values) => ctx.say(`chain.${key}`, values);
  let chain = { money: null, operating: null, fronts: [] }, estimate = null, asked = null;
  const whatIf = makeLatestRequest(ctx, "what_if", PAUSE_MS, ({ reply }) => {
    estimate = reply?.what_if ?? null;
    show();
  });
  const read = () => readChain(ctx, chain, estimate, say);
  const drawing = makeDrawing({ title: say("label"), name: ctx.sheet.id, words: ctx.say, draw: (width) => drawChain(read(), width) });
  const show = () => drawing.update(read().sentences);

  function update(now) {
    chain = now;
    show();
    const { queue, state, view: { link } } = ctx, version = `${state.worksheet.id} ${state.seq}`;
    if (queue.busy || !link.connected || version === asked) return;
    asked = version;
    const plans = chain.fronts.map(({ key }) => [key, planOf(ctx, key)]).filter(([, percent]) => percent);
    if (plans.length && chain.money) whatIf.ask({ changes: Object.fromEntries(plans) });
    else if (estimate) { whatIf.drop(); estimate = null; show(); }
  }
  return { element: drawing.element, update };
}

/** What is drawn: boxes {name, figure, words, evidence} and the same in sentences. */
function readChain(/** @type {Context} */ ctx, { money, operating, fronts }, estimate, say) {
  const evidence = (node) => (node?.evidence ? ctx.say(`tree.evidence.${node.evidence}`) : "");
  const box = (node, level, to) => ({
    name: node?.given || say(level), figure: node ? levels(ctx, node.key, to, say) : "", kind: node?.evidence ?? "none", words: evidence(node),
  });
  const driven = operating && estimate?.nodes[operating.key]?.likely;
  const boxes = {
    money: { ...box(money, "financial"), told: estimate?.estimate ?? "" },
    operating: box(operating, "operating", driven ? (now) => now * (1 + driven / 100) : null),
    fronts: fronts.map((node) => box(node, "frontline", wantedOf(ctx, node))),
  };
  const line = ({ name, figure: stands, words }) => say("picture_line", { name, figure: stands || ctx.say("blank"), words: words || ctx.say("tree.evidence.none") });
  const sentences = [...boxes.fronts, ...(operating ? [boxes.operating] : [])].map(line);
  return { ...boxes, sentences: [...sentences, money && [boxes.money.name, boxes.money.figure].filter(Boolean).join(": "), boxes.money.told].filter(Boolean) };
}

/** What is wanted of a measure, as a function of where it stands; null where that is not said. */
const wantedOf = (ctx, node) => (planOf(ctx, node.key) ? (now) => now * (1 + planOf(ctx, node.key) / 100) : null);

/** "36%", or "36% → 50%" where it is to go somewhere; "" while today's figure is missing. */
function levels(/** @type {Context} */ ctx, row, to, say) {
  const { now, unit } = standing(ctx, row);
  if (now === null) return "";
  return to ? say("picture_level", { from: figure(now, unit), to: figure(to(now), unit) }) : figure(now, unit);
}

const drawChain = (chain, width) => (width < NARROW ? drawTall : drawWide)(chain, width);

/** From the left to the right: the measures, the operating metric, the money. */
function drawWide({ money, operating, fronts }, width) {
  const [first, second, third] = [0.32, 0.22, 0.26].map((share) => Math.floor(width * share)), gap = (width - first - second - third) / 2;
  const measures = fronts.map((one) => makeBox(one, first)), driven = makeBox(operating, second), result = makeBox(money, third);
  const stacked = measures.reduce((sum, one) => sum + one.height + GAP, -GAP);
  const height = Math.max(stacked, driven.height, result.height) + 4, middle = height / 2;
  const arrows = [];
  let top = middle - stacked / 2;
  const boxes = measures.map((one, place) => {
    const y = top + one.height / 2;
    arrows.push(...arrow(first, y, first + gap, middle, fronts[place]), ...word(fronts[place].words, first + 5, y, y > middle + 1));
    top += one.height + GAP;
    return one.at(0, y - one.height / 2);
  });
  const right = width - third;
  arrows.push(...arrow(first + gap + second, middle, right, middle, operating), ...word(operating.words, first + gap + second + 5, middle));
  return svgPart("svg", { width, height: Math.ceil(height), viewBox: `0 0 ${width} ${Math.ceil(height)}` }, ...arrows, ...boxes,
    driven.at(first + gap, middle - driven.height / 2), result.at(right, middle - result.height / 2));
}

/** From the top to the bottom: the money, what drives it, the measures. */
function drawTall({ money, operating, fronts }, width) {
  const between = 34, result = makeBox(money, width), driven = makeBox(operating, width);
  const parts = [result.at(0, 2)], low = 2 + result.height, second = low + between;
  parts.push(...arrow(INSET / 2, second, INSET / 2, low, operating), ...word(operating.words, INSET, low + between / 2 + 10), driven.at(0, second));
  const bottom = second + driven.height;
  let top = bottom + between / 2;
  for (const one of fronts) {
    const box = makeBox({ ...one, figure: [one.figure, one.words].filter(Boolean).join(" · ") }, width - INSET), y = top + box.height / 2;
    parts.push(svgPart("path", { d: `M${INSET} ${y}H${INSET / 2}`, ...stroke(one) }), ...arrow(INSET / 2, y, INSET / 2, bottom, one), box.at(INSET, top));
    top += box.height + GAP;
  }
  const height = Math.ceil(top - GAP + 4);
  return svgPart("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, ...parts);
}

/** A metric in its frame: {height, at(x, y)}. */
function makeBox({ name, figure: stands, told = "" }, width) {
  const room = width - 2 * PAD, parts = [{ lines: linesOf(name, room, { size: NAME, most: 3 }), look: { size: NAME } }];
  const add = (text, look, most = 2) => parts.push({ lines: linesOf(text, room, { ...look, most }), look });
  if (stands) add(stands, { size: FIGURE, weight: 700 });
  const [likely, ...rest] = told.split(/(?<=\.) /);
  if (likely) add(likely, { size: FIGURE - 2, weight: 700, fill: "var(--brand)" });
  if (rest.length) add(rest.join(" "), { size: SMALL }, 6);
  const height = parts.reduce((sum, { lines, look }) => sum + heightOf(lines, look.size) + 2, 2 * PAD);
  function at(x, y) {
    let top = y + PAD - 2;
    const texts = parts.map(({ lines, look }) => {
      const text = svgLines(lines, x + PAD, top, look);
      top += heightOf(lines, look.size) + 2;
      return text;
    });
    return svgPart("g", {}, svgPart("rect", { x: x + 1, y, width: width - 2, height, rx: 8, fill: "var(--card)", stroke: "var(--soft)" }), ...texts);
  }
  return { height, at };
}

/** How a link is known: measured is a full line, believed and hoped are broken ones. */
const stroke = ({ kind }) => ({
  fill: "none", stroke: kind === "none" ? "var(--line)" : "var(--soft)", "stroke-width": 2, ...(DASHES[kind] ? { "stroke-dasharray": DASHES[kind] } : {}),
});

function arrow(x1, y1, x2, y2, box) {
  const up = x1 === x2, tip = up ? `${x2 - 5} ${y2 + 9}L${x2} ${y2 + 1}L${x2 + 5} ${y2 + 9}` : `${x2 - 9} ${y2 - 5}L${x2 - 1} ${y2}L${x2 - 9} ${y2 + 5}`;
  const bend = up ? `V${y2 + 8}` : `C${(x1 + x2) / 2 + 20} ${y1} ${(x1 + x2) / 2} ${y2} ${x2 - 8} ${y2}`;
  return [svgPart("path", { d: `M${x1} ${y1}${bend}`, ...stroke(box) }), svgPart("path", { d: `M${tip}Z`, fill: "var(--soft)" })];
}

/** A word at the beginning of a line, on the side that the line leaves free. */
const word = (text, x, y, below = false) => (text ? [svgLines([text.toLowerCase()], x, below ? y + 5 : y - SMALL - 6, { size: SMALL, fill: "var(--soft)" })] : []);
