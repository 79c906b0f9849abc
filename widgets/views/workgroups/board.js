// The board of workgroups: a column a group, people moved by arrows, keys or dragging, and a search for the best.
import { dragToColumns } from "../../common/columns.js";
import { h, makeButton, makeList, newId, setAttr, setText } from "../../common/dom.js";
import { makeLatestRequest } from "../../form/latest_request.js";
import { makeCard } from "./card.js";
import { makeKept } from "./kept.js";
import { makeLetters, makeLot, makeWhy } from "./letters.js";
import { makeNetwork } from "./network.js";
import { askForPeople } from "./paste.js";
import { makePlans } from "./plans.js";
import { TABLE, answerRows, columnsOf, fieldOf, inCells, readPeople } from "./people.js";
import { asTable } from "./roster.js";
import { makeRules } from "./rules.js";
import { makeSearch } from "./search.js";
import { makeGroupTable } from "./table.js";
/** @import { Context } from "../../form/context.js" */

const PAUSE_MS = 250, COSTS_MS = 1000;
const UNKNOWN = { count: 0, rare: {}, missing: {}, quality: "", feasible: "", compared: "", wishes: "", numbers: [], rules: [] };
const GROUP = "group", CELL = "cell", OF_CELLS = new Set(["column", "nowhere", "move", "moved"]); // sentences that cells have of their own

/** The board in place of the questions of its section. */
export function makeView(/** @type {Context} */ ctx) {
  const say = (key, values) => ctx.say(`workgroups.${key}`, values);
  const search = makeSearch(ctx, say, () => update(), () => { desk.asked = null; update(); });
  const desk = makeDesk(ctx, say, { changed: () => update(), before: () => search.settle(), tell: (text) => setText(note, text) });
  const facts = makeLatestRequest(ctx, "board", PAUSE_MS, ({ reply, refusal }) => {
    if (reply) desk.facts = reply.board;
    if (reply?.board.costing) setTimeout(() => { desk.asked = null; update(); }, COSTS_MS);
    setText(problem, refusal ?? "");
    problem.hidden = !refusal;
    update();
  });
  const shown = h("input", { type: "checkbox", onchange: () => { desk.names.shown = shown.checked; update(); } });
  const showNames = h("label", { class: "small" }, shown, " ", say("names"));
  const buttons = h("p", { class: "buttons" }, search.button, makeButton("button quiet mini", () => paste(), say("paste")),
    makeButton("button quiet mini", () => ctx.undo(), say("undo")), makeButton("button quiet mini", drawCells, say("cells")), showNames);
  const problem = h("p", { class: "error", hidden: true }), note = h("p", { class: "small", role: "status" });
  const wishes = h("p", {}), figures = h("details", { hidden: true }, h("summary", {}, say("numbers_title")), h("ul", {}));
  const quality = h("p", { class: "quality", role: "status" }), empty = h("p", { class: "small" }, say("empty"));
  const columns = h("div", { class: "groups-board" }), rules = makeRules(say, () => ctx.goTo("rules//kind")), table = makeGroupTable(ctx, say);
  const lists = makeList(columns, ({ key }) => makeColumn(key, desk));
  const hint = h("p", { class: "small" }, say("board_hint"));
  const folds = [makeWhy(ctx, say), makePlans(ctx, say), makeLetters(ctx, say), makeLot(ctx, say), makeNetwork(ctx, say), makeKept(ctx, say, () => update())];
  const feasible = h("p", { class: "small" }), compared = h("p", { class: "small" }), byId = newId();
  const by = h("select", { id: byId, onchange: () => { desk.by = by.value; update(); } }, [GROUP, CELL].map((one) => h("option", { value: one }, say(`board_by_${one}`))));
  const choice = h("p", { class: "board-by" }, h("label", { class: "small", for: byId }, say("board_by")), " ", by);
  const element = h("div", { class: "groups" }, buttons, feasible, compared, search.element, note, problem, empty, quality, wishes, figures, choice, columns, hint,
    rules.element, table.element, folds.map((fold) => fold.element));
  dragPeople(columns, desk);
  ctx.pasting.set(TABLE, paste);

  function update() {
    if (!ctx.state) return;
    const everybody = readPeople(ctx, search.preview), { connected } = ctx.view.link;
    choice.hidden = !everybody.some(({ cell }) => cell);
    if (choice.hidden || search.preview) desk.by = GROUP;
    by.value = desk.by;
    const ofCells = desk.by === CELL, { people, count } = ofCells ? inCells(everybody) : { people: everybody, count: columnsOf(ctx, everybody) };
    desk.take(people, count);
    shown.checked = desk.names.shown;
    showNames.hidden = !desk.names.any();
    const outside = people.some(({ group }) => !group);
    const numbers = people.length ? Array.from({ length: count }, (_, at) => at + 1) : [];
    lists.sync([...(outside ? [0] : []), ...numbers].map((key) => ({ key, people: people.filter(({ group }) => group === key) })));
    desk.followFocus(lists);
    for (const part of [columns, hint, table.element]) part.hidden = !people.length;
    for (const part of [quality, wishes]) part.hidden = !people.length || ofCells;
    empty.hidden = people.length > 0;
    setText(quality, desk.facts.quality ? `${desk.facts.quality} ${say("better_means")}` : "");
    setText(wishes, desk.facts.wishes);
    showNumbers(figures, desk.facts.numbers);
    rules.update(desk.facts.rules, people);
    table.update(people, count, desk.by);
    setText(feasible, desk.facts.feasible);
    setText(compared, desk.facts.compared);
    folds.forEach((fold) => fold.update());
    const now = `${ctx.state.worksheet.id} ${ctx.state.seq} ${connected}`;
    if (ctx.queue.busy || !connected || now === desk.asked) return;
    desk.asked = now;
    facts.ask();
  }

  async function paste(text) {
    const given = await askForPeople(ctx, say, readPeople(ctx).map(({ code }) => code), text);
    if (!given) return;
    desk.names.add(Object.fromEntries(given.rows.filter(({ name }) => name).map(({ code, name }) => [code, name])));
    ctx.op("paste_rows", { table: TABLE, text: asTable(given.rows, given.questions) });
    ctx.announce(say("pasted", { count: given.rows.length }));
  }

  async function drawCells() {
    try {
      const { cells, text } = await ctx.ask("cells", {});
      desk.by = CELL;
      answerRows(ctx, Object.fromEntries(Object.entries(cells).map(([row, cell]) => [row, { cell }])));
      setText(note, text);
    } catch (error) {
      setText(note, error.message);
    }
  }
  return { element, update };
}

function showNumbers(part, sentences) {
  part.hidden = !sentences.length;
  const list = part.querySelector("ul"), key = JSON.stringify(sentences);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...sentences.map((one) => h("li", {}, one)));
}

/** What the cards and columns share: people, what is picked, and what can be done. */
function makeDesk(/** @type {Context} */ ctx, words, { changed, before, tell }) {
  const find = (row) => desk.people.find(({ key }) => key === row);
  const say = (key, values) => words(desk.by === CELL && OF_CELLS.has(key) ? `${key}_cell` : key, values);
  const desk = {
    say, by: GROUP, people: [], columns: 0, picked: null, offer: null, facts: UNKNOWN, asked: null, focus: null, why: null, names: ctx.names,
    rare: (row) => desk.facts.rare[row],
    missing: (number) => (desk.by === CELL ? fromGroups(number) : desk.facts.missing[number] ?? ""),
    machines: (group) => ctx.rows("machines").filter((row) => Number(ctx.value(`machines/${row}/machine_group`)) === group)
      .map((row) => ctx.value(`machines/${row}/machine`)).filter(Boolean),
    take(people, columns) {
      [desk.people, desk.columns] = [people, columns];
      if (desk.picked && !find(desk.picked)) [desk.picked, desk.offer] = [null, null];
    },
    move(row, group) {
      const person = find(row);
      if (!person || person.group === group || group < 1 || group > desk.columns) return;
      before();
      [desk.picked, desk.offer, desk.focus] = [null, null, row];
      const told = say("moved", { code: person.code, number: group });
      if (desk.by === GROUP && person.group) void tellCost(told, { row, from: person.group, to: group });
      ctx.edit(fieldOf(row, desk.by), String(group), 0);
      ctx.announce(told);
    },
    lock(row) {
      before();
      ctx.edit(fieldOf(row, "locked"), find(row).locked ? "no" : "yes", 0);
    },
    lockAll(group) {
      before();
      const own = desk.people.filter((one) => one.group === group), all = own.every(({ locked }) => locked);
      answerRows(ctx, Object.fromEntries(own.map(({ key }) => [key, { locked: all ? "no" : "yes" }])));
    },
    pick(row) {
      const first = find(desk.picked), second = find(row);
      desk.offer = null;
      if (first && second && first.group && second.group && first.group !== second.group) offer(first, second);
      else desk.picked = row === desk.picked ? null : row;
      if (desk.picked && !desk.offer) tellWhy(desk.picked);
      changed();
    },
    swap() {
      before();
      const { other } = desk.offer, one = find(desk.picked), two = find(other);
      [desk.picked, desk.offer, desk.focus] = [null, null, one.key];
      answerRows(ctx, { [one.key]: { [desk.by]: String(two.group) }, [two.key]: { [desk.by]: String(one.group) } });
      ctx.announce(say("swapped", { code: one.code, other: two.code }));
    },
    followFocus(lists) {
      const row = desk.focus, person = row && find(row);
      desk.focus = null;
      if (person) lists.get(person.group)?.focus(row);
    },
  };

  /** From which groups the people of a cell come. */
  function fromGroups(number) {
    const own = new Set(desk.people.filter(({ group }) => group === number).map(({ groupOf }) => groupOf).filter(Boolean));
    return own.size ? words("cell_from", { groups: [...own].sort((one, other) => one - other).join(", ") }) : "";
  }

  /** What a move costs and what it breaks, as soon as that is known. */
  async function tellCost(told, move) {
    tell("");
    const cost = await ctx.ask("move", move).then((reply) => reply.move, () => "");
    if (cost) tell(`${told} ${cost}`);
  }

  /** Why the person who is picked is in the group. */
  async function tellWhy(row) {
    desk.why = null;
    if (desk.by === CELL) return;
    const told = await ctx.ask("why", {}).then(({ why }) => why[row], () => null);
    if (desk.picked !== row || !told) return;
    desk.why = { row, text: told.join(" ") };
    changed();
  }

  async function offer(one, two) {
    const asked = desk.by === CELL ? Promise.resolve({ swap: "" }) : ctx.ask("swap", { row: one.key, with: two.key });
    const text = await asked.then(({ swap }) => swap, (error) => error.message);
    if (desk.picked !== one.key) return;
    desk.offer = { code: one.code, other: two.key, text };
    changed();
  }
  return desk;
}

/** One group: its people, the view that it lacks, and a lock for all of them. */
function makeColumn(number, desk) {
  const id = newId(), { say } = desk, list = h("ul", {}), missing = h("p", { class: "small" }), size = h("span", { class: "small" });
  const cards = makeList(list, (person) => makeCard(person, desk));
  const lock = makeButton("button quiet mini", () => desk.lockAll(number), say("lock_all")), machines = h("p", { class: "small", dir: "auto" });
  lock.setAttribute("aria-label", say("lock_group", { number }));
  const title = h("h3", { id });
  const element = h("section", { class: "group", "aria-labelledby": id, "data-group": number },
    h("header", {}, title, " ", size, number > 0 && lock, missing, machines), list);
  function update({ people }) {
    cards.sync(people);
    setText(title, number ? say("column", { number }) : say("nowhere"));
    setText(size, say(people.length === 1 ? "person_in" : "people_in", { count: people.length }));
    setAttr(lock, "aria-pressed", String(people.length > 0 && people.every(({ locked }) => locked)));
    lock.hidden = !people.length || desk.by === CELL;
    setText(missing, desk.missing(number));
    const aided = desk.by === CELL ? [] : desk.machines(number);
    setText(machines, aided.length ? desk.say("machines", { machines: aided.join(", ") }) : "");
    machines.hidden = !aided.length;
  }
  return { element, update, focus: (row) => cards.get(row)?.focus() };
}

/** Let people be dragged from column to column; a finger drags by the code, and scrolls elsewhere. */
function dragPeople(board, desk) {
  dragToColumns(board, {
    column: "[data-group]",
    held: ({ pointerType, target }) => (pointerType === "mouse" ? !target.closest(".tool, .swap") && target : target.closest(".code")) || null,
    drop: (row, column) => desk.move(row, Number(column.dataset.group)),
  });
}
