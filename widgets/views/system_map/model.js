// The map as the form has it, and the ways to change it: picture, matrix and panel all go through these.
import { rowIdOf } from "../../form/kept.js";
/** @import { Context } from "../../form/context.js" */

export const PARTS = "parts";
export const LINKS = "links";
export const PLACES = ["customers", "people", "processes", "information", "technology", "governance", "infrastructure", "offering"]; // as they stand in the picture
const EFFECTS = ["helps", "unsure", "harms"]; // as a press on a cell goes on

export const partField = (row, question) => `${PARTS}/${row}/${question}`;
export const linkField = (row, question) => `${LINKS}/${row}/${question}`;

/** {parts: [{key, name, block}], links: [{key, from, to, effect, chance, note}]}: links between two parts that stand on the map, each once. */
export function readMap(/** @type {Context} */ ctx) {
  const said = (field) => String(ctx.value(field) ?? "").trim();
  const parts = ctx.rows(PARTS).map((key) => ({ key, name: said(partField(key, "part")), block: said(partField(key, "block")) })).filter(({ name, block }) => name || block);
  const known = new Set(parts.map(({ key }) => key)), seen = new Set(), links = [];
  for (const key of ctx.rows(LINKS)) {
    const from = said(linkField(key, "source")), to = said(linkField(key, "target")), ends = `${from} ${to}`;
    if (!known.has(from) || !known.has(to) || from === to || seen.has(ends)) continue;
    seen.add(ends);
    links.push({ key, from, to, effect: said(linkField(key, "effect")) || "unsure", chance: said(linkField(key, "chance")), note: said(linkField(key, "link_note")) });
  }
  return { parts, links };
}

/** The part that a name means: capitals and spaces make no difference, as in the analysis. */
export function partCalled(parts, name) {
  const plain = (one) => one.trim().replace(/\s+/g, " ").toLowerCase();
  return parts.find((part) => plain(part.name) === plain(name)) ?? null;
}

/** What a press on a link's cell makes of it: no link, then one that helps, is unsure, harms, and none again. */
export const nextEffect = (effect) => (effect ? EFFECTS[EFFECTS.indexOf(effect) + 1] ?? null : EFFECTS[0]);

/** The changes; each is an operation of the form, so that undo takes it back. */
export function makeChanges(/** @type {Context} */ ctx, say) {
  const isFull = (table) => ctx.rows(table).length >= ctx.labels.table(table).max_rows;
  const linkAt = (from, to) => readMap(ctx).links.find((link) => link.from === from && link.to === to);
  const nameOf = (row) => ctx.labels.row(PARTS, row);

  /** The row of the part, new or not: of two called the same, nobody could say which one a link means. */
  function add(name, block) {
    const there = partCalled(readMap(ctx).parts, name);
    if (there) {
      ctx.announce(say("there", { part: there.name, block: say(there.block ? `blocks.${there.block}` : "no_block") }));
      return there.key;
    }
    if (isFull(PARTS)) return ctx.announce(say("full"));
    const row = rowIdOf(ctx.op("add_row", { table: PARTS, answers: { part: name, block } }));
    ctx.announce(say("added", { part: name }));
    return row;
  }

  function move(row, block) {
    if (!PLACES.includes(block) || ctx.value(partField(row, "block")) === block) return;
    ctx.edit(partField(row, "block"), block, 0);
    ctx.announce(say("moved", { part: nameOf(row), block: say(`blocks.${block}`) }));
  }

  function link(from, to) {
    if (from === to || linkAt(from, to)) return;
    setEffect(from, to, "helps");
    ctx.announce(say("linked", { part: nameOf(from), other: nameOf(to) }));
  }

  function unlink(keys) {
    const [row, ...more] = keys;
    if (row) ctx.op("remove_row", { table: LINKS, row, with: more });
  }

  /** The effect of a link; null takes it away, and where there is none it is made. */
  function setEffect(from, to, effect) {
    const there = linkAt(from, to);
    if (there && effect) ctx.edit(linkField(there.key, "effect"), effect, 0);
    else if (there) unlink([there.key]);
    else if (effect && isFull(LINKS)) ctx.announce(say("full"));
    else if (effect) ctx.op("add_row", { table: LINKS, answers: { source: from, target: to, effect } });
  }

  /** A part goes with the links that hang on it, as one change: undo brings back both. */
  function remove(row) {
    const name = nameOf(row);
    const hanging = readMap(ctx).links.filter(({ from, to }) => [from, to].includes(row)).map(({ key }) => `${LINKS}/${key}`);
    ctx.op("remove_row", { table: PARTS, row, with: hanging });
    ctx.announce(say("removed", { part: name }));
  }
  return { add, move, link, unlink, setEffect, remove, linkAt };
}
