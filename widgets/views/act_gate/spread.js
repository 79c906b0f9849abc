// Where it goes from here, as a tree: waves that are planned, groups that grew out of others, lasting changes.
import { h, makeList, newId, setText } from "../../common/dom.js";
import { heightOf, linesOf, makeDrawing, svgLines, svgPart } from "../../common/drawing.js";
import { dateText } from "../../form/kinds/date.js";
/** @import { Context } from "../../form/context.js" */

const INDENT = 24, MARK = 5, TEXT = 14, GAP = 10, TOP = 4; // px
const SIZE = 13, SMALL = 12, MOST_LINES = 3;

/** The picture of the section; it waits for something to draw. */
export function makeView(/** @type {Context} */ ctx, section) {
  const say = (key, values) => ctx.say(`spread.${key}`, values);
  const read = () => treeOf(ctx, say), waves = makeWaveTable(say);
  const named = { title: say("title"), name: `${ctx.sheet.id}-${section.id}`, words: ctx.say, table: waves.element };
  const drawing = makeDrawing({ ...named, draw: (width) => drawTree(read(), width) });
  return {
    element: drawing.element,
    update: () => {
      const told = read();
      drawing.element.hidden = !told.length;
      waves.update(told.map(({ wave }) => wave).filter(Boolean));
      drawing.update(told.map(({ line }) => line).filter(Boolean));
    },
  };
}

/** The waves in columns: {element, update(waves)}. */
function makeWaveTable(say) {
  const id = newId(), body = h("tbody", { role: "rowgroup" }), heads = ["wave", "begins", "takes", "issues"].map((one) => say(`head_${one}`));
  const rows = makeList(body, () => {
    const cells = heads.map((head, at) => (at ? h("td", { role: "cell", "data-label": head, dir: "auto" }) : h("th", { scope: "row", role: "rowheader", dir: "auto" })));
    return { element: h("tr", { role: "row" }, cells), update: ({ cells: told }) => told.forEach((text, at) => setText(cells[at], text)) };
  });
  const head = h("tr", { role: "row" }, heads.map((one) => h("th", { scope: "col", role: "columnheader" }, one)));
  const table = h("table", { role: "table", "aria-labelledby": id }, h("thead", { role: "rowgroup" }, head), body);
  const element = h("div", { class: "cards" }, h("p", { id }, say("waves")), table);
  return {
    element,
    update(waves) {
      element.hidden = !waves.length;
      rows.sync(waves.map((cells, key) => ({ key, cells })));
    },
  };
}

/** Every line of the tree: {depth, text, note, mark, line, wave}; a heading has no sentence, a wave its cells instead. */
export function treeOf(ctx, say) {
  return [...wavesOf(ctx, say), ...grownOf(ctx, say), ...changesOf(ctx, say)];
}

function wavesOf(ctx, say) {
  const waves = said(ctx, "waves", "wave", ["wave_start", "wave_takes", "wave_issues"]);
  const dated = waves.toSorted((one, other) => (one.wave_start ?? "9").localeCompare(other.wave_start ?? "9"));
  const labels = new Map(ctx.labels.question("waves//wave_issues").choices.map(({ id, label }) => [id, label]));
  const lines = dated.map(({ name, wave_start: day, wave_takes: takes, wave_issues: issues }, place) => {
    const when = day ? dateText(day, ctx) : say("no_day"), open = issues === "open";
    return {
      depth: 1, mark: open ? "warn" : "ring", text: say("wave", { place: place + 1, name }),
      note: [when, takes && say("takes", { takes }), open && say("issues")].filter(Boolean).join(" · "),
      wave: [say("wave", { place: place + 1, name }), when, takes ?? say("not_said"), labels.get(issues) ?? say("not_said")],
    };
  });
  return lines.length ? [{ depth: 0, mark: "disc", text: say("waves") }, ...lines] : [];
}

function grownOf(ctx, say) {
  const grown = said(ctx, "spinoffs", "spin_what", ["spin_from", "spin_sponsor"]);
  const lines = lineage(grown, say("pilot")).map(({ depth, name, from, sponsor }) => (from === undefined
    ? { depth, mark: "disc", text: name }
    : { depth, mark: "ring", text: name, note: sponsor && say("sponsor", { sponsor }), line: say("line_grown", { name, from }) }));
  return lines.length ? [{ depth: 0, mark: "disc", text: say("grown") }, ...lines] : [];
}

/** Groups below the one that they grew out of: another new group, else a group of the pilot, in their own words. */
export function lineage(grown, pilot) {
  const above = new Map(grown.map((one) => [one, grown.find((other) => other !== one && isNamed(other.name, one.spin_from))]));
  const isLoop = (one) => {
    const seen = new Set();
    for (let at = above.get(one); at && !seen.has(at); at = above.get(at)) seen.add(at);
    return seen.has(one);
  };
  for (const one of grown.filter(isLoop)) above.set(one, undefined);
  const below = (parent, depth) => grown.filter((one) => above.get(one) === parent).flatMap((one) => tell(one, parent.name, depth));
  const tell = (one, from, depth) => [{ depth, name: one.name, from, sponsor: one.spin_sponsor }, ...below(one, depth + 1)];
  const origins = new Map(); // the pilot's groups, by how they are written
  for (const one of grown.filter((it) => !above.get(it))) {
    const origin = (one.spin_from ?? "").split(":")[0].trim() || pilot, key = plain(origin);
    origins.set(key, [...(origins.get(key) ?? []), { origin, one }]);
  }
  return [...origins.values()].flatMap((found) => [{ depth: 1, name: found[0].origin }, ...found.flatMap(({ origin, one }) => tell(one, origin, 2))]);
}

const plain = (text) => text.toLowerCase().split(/\s+/).filter(Boolean).join(" ");
const isNamed = (name, text) => Boolean(text) && plain(text).includes(plain(name));

function changesOf(ctx, say) {
  const changes = said(ctx, "areas", "area_change", ["area", "area_owner", "area_day", "area_done"]);
  if (!changes.length) return [];
  const known = ctx.labels.question("areas//area").choices;
  const areas = [...known, { id: null, label: say("no_area") }];
  return [{ depth: 0, mark: "disc", text: say("changes") }, ...areas.flatMap(({ id, label }) => {
    const here = changes.filter(({ area }) => area === id);
    if (!here.length) return id ? [{ depth: 1, mark: "none", text: label, note: say("nothing"), line: say("line_nothing", { area: label }) }] : [];
    return [{ depth: 1, mark: "none", text: label }, ...here.map(({ name, area_owner: owner, area_day: day, area_done: done }) => {
      const when = day ? dateText(day, ctx) : say("no_day"), isDone = Boolean(done?.length);
      const told = { area: label, name, when, owner: owner ?? say("no_owner") };
      return { depth: 2, mark: isDone ? "disc" : "ring", text: name, note: isDone ? say("done") : [owner, when].filter(Boolean).join(" · "), line: say(isDone ? "line_done" : "line_change", told) };
    })];
  })];
}

/** The rows of a table that have a name, with the answers asked for. */
function said(ctx, table, named, questions) {
  return ctx.rows(table).map((row) => {
    const at = (question) => ctx.value(`${table}/${row}/${question}`);
    return { name: at(named)?.replace(/\.$/, ""), ...Object.fromEntries(questions.map((one) => [one, at(one)])) };
  }).filter(({ name }) => name);
}

/** A line below the other, each joined to the one that it belongs to. */
function drawTree(tree, width) {
  const parts = [], open = []; // of each depth, where its line begins
  let top = TOP;
  for (const { depth, mark, text, note } of tree) {
    const x = MARK + 1 + depth * INDENT, room = Math.max(width - x - TEXT, 40), weight = depth ? 400 : 650;
    const lines = linesOf(text, room, { size: SIZE, weight, most: MOST_LINES });
    const small = note ? linesOf(note, room, { size: SMALL, most: MOST_LINES }) : [];
    const middle = top + SIZE * 0.7;
    const above = open[depth - 1];
    if (above) parts.push(svgPart("path", { d: `M${above.x} ${above.y}V${middle}H${x - MARK}`, fill: "none", stroke: "var(--line)", "stroke-width": 1.5 }));
    parts.push(...markAt(mark, x, middle), svgLines(lines, x + TEXT, top, { size: SIZE, weight }),
      svgLines(small, x + TEXT, top + heightOf(lines, SIZE), { size: SMALL, fill: "var(--soft)" }));
    open[depth] = { x, y: middle + MARK };
    open.length = depth + 1;
    top += heightOf(lines, SIZE) + heightOf(small, SMALL) + GAP;
  }
  return svgPart("svg", { width, height: Math.ceil(top), viewBox: `0 0 ${width} ${Math.ceil(top)}` }, ...parts);
}

function markAt(mark, cx, cy) {
  if (mark === "none") return [];
  if (mark === "warn") return [svgPart("path", { d: `M${cx} ${cy - MARK}l${MARK} ${2 * MARK}h${-2 * MARK}z`, fill: "var(--warn)" })];
  const filled = mark === "disc";
  return [svgPart("circle", { cx, cy, r: MARK, fill: filled ? "var(--brand)" : "var(--card)", stroke: "var(--brand)", "stroke-width": 2 })];
}
