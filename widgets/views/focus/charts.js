// Weekly charts, a card each: the weeks, the usual range of those before, and what is part of a signal. They say that
// something changed and never why. The kernel works them out; a table beside each says the same.
import { h, makeList, newId, setText } from "../../common/dom.js";
import { svgLines, svgPart } from "../../common/drawing.js";
import { makeLatestRequest } from "../../form/latest_request.js";
/** @import { Context } from "../../form/context.js" */

const PAUSE_MS = 150;
const HEIGHT = 150, TOP = 16, FOOT = 22, LEFT = 6, END = 62; // px; END is for the last figure
const SIZE = 12;
const MOST = 6, DECIDES = "decides"; // so many charts are looked at in one go

/** The view of a section of measures: all charts, or those of one group. */
export function makeView(/** @type {Context} */ ctx) {
  const say = (key, values) => ctx.say(`weekly_charts.${key}`, values);
  const said = h("p", { class: "says" }), error = h("p", { class: "error", hidden: true });
  const list = h("ul", { class: "weekly" }), cards = makeList(list, () => makeCard(say));
  const select = h("select", {}), which = h("label", { class: "weekly-which" }, h("span", {}, say("which")), select);
  const legend = h("p", { class: "small" }, say("legend"));
  const element = h("div", { class: "weekly-charts" }, said, which, error, list, legend);
  let charts = [], asked = null, asking = null;

  const request = makeLatestRequest(ctx, "weekly_charts", PAUSE_MS, ({ reply, refusal }) => {
    error.hidden = !refusal;
    setText(error, refusal ?? "");
    if (!reply) return;
    charts = reply.weekly_charts.charts;
    setText(said, charts.length ? reply.weekly_charts.summary : say("none"));
    offer();
    show();
  });
  select.addEventListener("change", () => {
    asking = select.value;
    show();
  });

  /** What to look at alone: the measure that decides, or a group. */
  function offer() {
    const groups = [...new Set(charts.map(({ group }) => group).filter(Boolean))], deciding = charts.filter(({ decides }) => decides).length;
    const few = deciding > 0 && charts.length > MOST; // then those of the measure that decides stand alone first
    const offered = [["", say("which_all")], ...(few ? [[DECIDES, say("which_decides")]] : []), ...groups.map((group) => [`=${group}`, group])];
    const chosen = offered.some(([value]) => value === asking) ? asking : few ? DECIDES : "";
    select.replaceChildren(...offered.map(([value, text]) => h("option", { value }, text)));
    select.value = chosen;
    which.hidden = groups.length < 2 && !few;
  }

  function show() {
    const { value } = select;
    const shown = charts.filter(({ group, decides }) => !value || (value === DECIDES ? decides : `=${group}` === value));
    cards.sync(shown.map((chart) => ({ key: chart.field, ...chart })));
    legend.hidden = !shown.length;
  }

  function update() {
    const now = `${ctx.state.worksheet.id} ${ctx.state.seq}`;
    if (ctx.queue.busy || now === asked) return;
    if (asked === null) setText(said, say("asking"));
    asked = now;
    request.ask();
  }
  which.hidden = legend.hidden = true;
  return { element, update };
}

function makeCard(say) {
  const id = newId(), heading = h("h3", { id }), group = h("p", { class: "small" });
  const box = h("div", { class: "weekly-picture", role: "img" });
  const word = h("span", { class: "weekly-word" }), told = h("p", {}, word, " "), rest = h("span", { dir: "auto" });
  const named = h("p", { class: "small" }), rows = h("tbody", {});
  const heads = ["head_week", "head_value", "head_range", "head_signal"].map((key) => h("th", { scope: "col" }, say(key)));
  const table = h("table", {}, h("thead", {}, h("tr", {}, heads)), rows);
  const twin = h("details", { class: "weekly-twin" }, h("summary", {}, say("table")),
    h("div", { class: "weekly-scroll", tabindex: 0, role: "group", "aria-labelledby": id }, table), named);
  const element = h("li", { class: "card" }, h("article", { "aria-labelledby": id }, heading, group, box, told, twin));
  let chart = null, width = 0;
  told.append(rest);

  const redraw = () => { if (chart && width) box.replaceChildren(drawChart(chart, width, say)); };
  const watch = new ResizeObserver(([{ contentRect }]) => {
    if (Math.floor(contentRect.width) === width) return;
    width = Math.floor(contentRect.width);
    redraw();
  });
  watch.observe(box);

  function update(item) {
    chart = item;
    const range = item.periods.at(-1).shown ?? "", last = item.points.findLast(({ value }) => value !== null);
    setText(heading, item.name);
    setText(group, item.group);
    group.hidden = !item.group;
    box.setAttribute("aria-label", say("picture", { name: [item.name, item.group].filter(Boolean).join(", "), last: last?.shown ?? "", range }));
    word.className = `weekly-word ${item.state}`;
    setText(word, item.word);
    const text = item.sentences.join(" "), head = `${item.word}. `;
    setText(rest, text.startsWith(head) ? text.slice(head.length) : text);
    setText(named, [item.named, ...item.periods.map(({ why }) => why).filter(Boolean)].join(" "));
    const marked = new Set(item.rings);
    rows.replaceChildren(...item.points.map((point, place) => h("tr", {},
      h("th", { scope: "row" }, point.week), h("td", {}, point.shown || "–"),
      h("td", {}, periodAt(item, place)?.shown ?? "–"), h("td", {}, marked.has(place) ? say("marked") : ""))));
    redraw();
  }
  return { element, update, close: () => watch.disconnect() };
}

const periodAt = ({ periods }, place) => periods.findLast(({ first }) => first <= place);

/** The chart in the width it has: bands, mean, target, the pilot's beginning, the weeks, rings, the last figure. */
function drawChart(chart, width, say) {
  const { points, periods, rings, begins, target } = chart;
  const known = points.map(({ value }) => value).filter((value) => value !== null);
  const ends = [...known, ...periods.flatMap(({ lower, upper }) => (lower === undefined ? [] : [lower, upper])), ...(target === null ? [] : [target])];
  const low = Math.min(...ends), high = Math.max(...ends), span = high - low || 1;
  const x = (place) => LEFT + (place * (width - LEFT - END)) / Math.max(points.length - 1, 1);
  const y = (value) => TOP + ((high - value) / span) * (HEIGHT - TOP - FOOT);
  const parts = periods.flatMap((period) => drawRange(period, x, y, points.length));
  if (target !== null) parts.push(across("target", y(target), LEFT, width - END));
  if (begins !== null && begins >= 0 && begins < points.length) {
    parts.push(svgPart("line", { class: "pilot", x1: x(begins), x2: x(begins), y1: TOP - 8, y2: HEIGHT - FOOT }),
      svgLines([say("begins")], Math.min(x(begins) + 5, width - END), HEIGHT - FOOT + 5, { size: SIZE, fill: "var(--soft)" }));
  }
  for (const run of runsOf(points)) parts.push(svgPart("polyline", { class: "weeks", points: run.map((at) => `${x(at)},${y(points[at].value)}`).join(" ") }));
  points.forEach(({ value }, at) => {
    if (value === null || (begins !== null && at < begins)) return;
    const ring = rings.includes(at);
    parts.push(svgPart("circle", { class: ring ? "ring" : "dot", cx: x(at), cy: y(value), r: ring ? 4.5 : 3 }));
  });
  const last = points.findLastIndex(({ value }) => value !== null);
  if (last >= 0) parts.push(svgLines([points[last].brief], x(last) + 9, y(points[last].value) - 8, { size: 14, weight: 650 }));
  return svgPart("svg", { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, "aria-hidden": "true" }, ...parts);
}

function drawRange({ first, end, lower, upper, mean }, x, y, count) {
  if (lower === undefined) return [];
  const from = x(first), to = x(Math.min(end, count) - 1);
  return [svgPart("rect", { class: "usual", x: from, y: y(upper), width: Math.max(to - from, 0), height: y(lower) - y(upper) }),
    across("mean", y(mean), from, to)];
}

const across = (name, y, x1, x2) => svgPart("line", { class: name, x1, x2, y1: y, y2: y });

/** Places in a row that have a figure: over a week without one goes no line. */
function runsOf(points) {
  const runs = [[]];
  points.forEach(({ value }, place) => {
    if (value !== null) runs.at(-1).push(place);
    else if (runs.at(-1).length) runs.push([]);
  });
  return runs.filter((run) => run.length);
}
