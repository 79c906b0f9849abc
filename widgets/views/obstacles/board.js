// The board of obstacles: a column a state, moved by dragging, arrows and keys; the same as a table; kinds and what they block.
import { dragToColumns } from "../../common/columns.js";
import { h, makeButton, makeList, newId, setText } from "../../common/dom.js";
import { makeLatestRequest } from "../../form/latest_request.js";
import { makeCard } from "./card.js";
import { STATES, TABLE, byKind, choicesOf, fieldOf, readObstacles } from "./obstacles.js";
import { makeGrid, makeObstacleTable } from "./table.js";
/** @import { Context } from "../../form/context.js" */

const PAUSE_MS = 100;

/** The board in place of the questions of its section. */
export function makeView(/** @type {Context} */ ctx) {
  const say = (key, values) => ctx.say(`obstacles.${key}`, values);
  const desk = makeDesk(ctx, say), columns = h("div", { class: "obstacle-columns" });
  const lists = makeList(columns, ({ key }) => makeColumn(key, desk));
  const empty = h("p", { class: "small" }, say("empty")), hint = h("p", { class: "small" }, say("help"));
  const buttons = h("p", { class: "buttons" }, makeButton("button quiet mini", () => desk.add(), say("add")), makeButton("button quiet mini", () => ctx.undo(), say("undo")));
  let told, asked = null; // what the kernel said of ages, and for which state
  const table = makeObstacleTable(ctx, say), kinds = makeKinds(ctx, say);
  const element = h("div", { class: "obstacle-board" }, empty, columns, buttons, hint, table.element, kinds.element);
  dragToColumns(columns, {
    column: "[data-state]",
    held: ({ pointerType, target }) => (pointerType === "mouse" ? !target.closest(".tool, .link") && target : target.closest(".handle")) || null,
    drop: (row, { dataset }) => desk.move(row, dataset.state),
  });

  const facts = makeLatestRequest(ctx, "obstacle_ages", PAUSE_MS, ({ reply }) => {
    if (!reply) return; // without a server the ages stay as they were
    told = reply;
    update();
  });

  function update() {
    if (!ctx.state) return;
    const all = desk.take(readObstacles(ctx, told));
    const shown = all.some(({ state }) => !state) ? ["", ...STATES] : STATES;
    lists.sync(all.length ? shown.map((key) => ({ key, obstacles: all.filter(({ state }) => state === key) })) : []);
    desk.followFocus(lists);
    empty.hidden = all.length > 0;
    for (const part of [columns, hint, table.element, kinds.element]) part.hidden = !all.length;
    table.update(all);
    kinds.update(all);
    const { connected } = ctx.view.link, now = `${ctx.state.worksheet.id} ${ctx.state.seq} ${connected}`;
    if (ctx.queue.busy || !connected || now === asked) return;
    asked = now;
    facts.ask();
  }
  return { element, update };
}

/** What the cards share: how far each obstacle is, and what can be done with it. */
function makeDesk(/** @type {Context} */ ctx, say) {
  const names = Object.fromEntries(choicesOf(ctx, "state").map(({ id, label }) => [id, label]));
  let obstacles = [], focus = null;
  const desk = {
    say,
    nameOf: (state) => names[state] ?? say("no_state"),
    take(all) {
      obstacles = all;
      return all;
    },
    move(row, state) {
      const one = obstacles.find(({ key }) => key === row);
      if (!one || one.state === state || !STATES.includes(state)) return;
      focus = row;
      ctx.edit(fieldOf(row, "state"), state, 0);
      ctx.announce(say("moved", { what: one.name, state: names[state] }));
    },
    open: (row) => ctx.goTo(fieldOf(row, "what")),
    add() {
      const [row] = ctx.rows(TABLE).filter((one) => ctx.value(fieldOf(one, "what")) === null);
      if (!row) ctx.op("add_row", { table: TABLE });
      const last = row ?? ctx.rows(TABLE).at(-1);
      setTimeout(() => desk.open(last));
    },
    followFocus(lists) {
      const row = focus, one = obstacles.find(({ key }) => key === row);
      focus = null;
      if (one) lists.get(one.state)?.focus(row);
    },
  };
  return desk;
}

/** One state with its obstacles. */
function makeColumn(state, desk) {
  const id = newId(), list = h("ul", {}), none = h("p", { class: "small" }, desk.say("column_empty")), count = h("span", { class: "small" });
  const cards = makeList(list, (obstacle) => makeCard(obstacle, desk));
  const element = h("section", { class: "column", "aria-labelledby": id, "data-state": state }, h("header", {}, h("h3", { id }, desk.nameOf(state)), " ", count), none, list);
  function update({ obstacles }) {
    cards.sync(obstacles);
    setText(count, desk.say("in_column", { count: obstacles.length }));
    none.hidden = obstacles.length > 0;
  }
  return { element, update, focus: (row) => cards.get(row)?.focus() };
}

/** Kinds by how many are open, and what they block, as a table. */
function makeKinds(/** @type {Context} */ ctx, say) {
  const place = h("div", {}), element = h("details", { class: "twin" }, h("summary", {}, say("kinds")), h("p", { class: "small" }, say("kinds_hint")), place);
  const blocks = choicesOf(ctx, "blocks"), names = Object.fromEntries(choicesOf(ctx, "kind").map(({ id, label }) => [id, label]));
  const heads = [say("kinds_kind"), say("kinds_count"), ...blocks.map(({ label }) => label)];
  let drawn = "";
  function update(obstacles) {
    const lines = byKind(obstacles).map((one) => [names[one.kind] ?? say("no_kind"), String(one.count), ...blocks.map(({ id }) => String(one.blocks[id] ?? 0))]);
    const now = JSON.stringify(lines);
    if (now === drawn) return;
    drawn = now;
    place.replaceChildren(makeGrid(say("kinds"), heads, lines));
  }
  return { element, update };
}
