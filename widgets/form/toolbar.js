// What can be done with the worksheet as a whole: name, switch, undo, history, files, erasing.
import { h, makeButton, newId, setAttr, setText } from "../common/dom.js";
import { askText, makeMenu, showDialog } from "../common/dialog.js";
import { base64Of, giveFile } from "../common/link.js";
/** @import { Context } from "./context.js" */

// Bytes; a bigger message would close the connection. In a class it has 512 kB at most; My place takes more.
const IMPORT_LIMIT = 9_000_000, IMPORT_LIMIT_IN_CLASS = 250_000;
const MEGABYTE = 1_000_000;

/** The bar of one worksheet: {element, update()}. */
export function makeToolbar(/** @type {Context} */ ctx) {
  const { say } = ctx;
  const name = h("span", { dir: "auto" });
  const label = h("span", { class: "visually-hidden" }, say("worksheet"));
  const sheets = makeMenu({ class: "button-like worksheets" }, label, name);
  const more = makeMenu({ class: "button-like more" }, say("more"));
  const what = h("span", { class: "visually-hidden" });
  const undo = makeButton("button quiet", () => ctx.state.can_undo && ctx.undo(), say("undo"), what);
  const again = h("span", { class: "visually-hidden" });
  const redo = makeButton("button quiet", () => ctx.state.can_redo && ctx.op("redo", {}), say("redo"), again);
  const past = makeButton("button quiet", () => attempt(ctx, showHistory), say("history"));
  const element = h("div", { class: "toolbar", role: "group", "aria-label": say("toolbar") },
    sheets.element, h("span", { class: "buttons" }, undo, redo, past, more.element));
  more.set(moreItems(ctx));

  function update() {
    const { worksheet, worksheets, can_undo: last, can_redo: next } = ctx.state;
    setText(name, worksheet.name);
    sheets.set([...worksheets.map((one) => sheetItem(ctx, one)), ...sheetActions(ctx, worksheets.length > 1)]);
    // Not disabled, nor hidden under the focus: who presses it again and again must not land on another.
    setAttr(undo, "aria-disabled", !last && "true");
    setText(what, last ? ` ${last}` : "");
    setAttr(redo, "aria-disabled", !next && "true");
    redo.hidden = !next && document.activeElement !== redo;
    setText(again, next ? ` ${next}` : "");
  }
  return { element, update };
}

/** Run an action and show, in one sentence, what kept it from being done. */
async function attempt(/** @type {Context} */ ctx, action) {
  try {
    await action(ctx);
  } catch (error) {
    ctx.view.notice(error.message, true);
  }
}

function sheetItem(/** @type {Context} */ ctx, { id, name, changed }) {
  const current = id === ctx.state.worksheet.id;
  const run = () => current || attempt(ctx, () => ctx.ask("open", { worksheet: id }));
  const note = ctx.state.counts?.id === id ? `${ctx.say("counts")} · ${changed}` : changed;
  return { key: `open-${id}`, label: name, note, current, run };
}

function sheetActions(/** @type {Context} */ ctx, several) {
  const { say } = ctx;
  const item = (key, action) => ({ key, label: say(key), run: () => attempt(ctx, action) });
  return [
    { key: "heading", label: say("this_worksheet") },
    item("rename", () => named(ctx, "rename", ctx.state.worksheet.name)),
    item("duplicate", () => named(ctx, "duplicate", say("copy_name", { name: ctx.state.worksheet.name }))),
    item("new", () => named(ctx, "new", "")),
    mayCount(ctx) && { key: "let_count", label: say("let_count"), run: () => letCount(ctx) },
    several && item("compare", compareWith),
  ].filter(Boolean);
}

/** Whether this worksheet could count instead of the one that does. */
export const mayCount = (/** @type {Context} */ ctx) => {
  const { counts, worksheet, label } = ctx.state;
  return Boolean(counts && counts.id !== worksheet.id && !label && !ctx.isBlank());
};
export const letCount = (ctx) => ctx.op("count", {});

async function named(/** @type {Context} */ ctx, what, value) {
  const words = { title: ctx.say(what), label: ctx.say("name"), ok: ctx.say(`${what}_ok`), close: ctx.say("cancel") };
  const name = await askText(ctx.root, { ...words, value });
  if (name) await ctx.ask(what, { name });
}

function moreItems(/** @type {Context} */ ctx) {
  const { say } = ctx;
  const item = (key, action) => ({ key, label: say(key), run: () => attempt(ctx, action) });
  return [
    item("load_example", (ctx) => loadExample(ctx)),
    ...ctx.sheet.stories.map((story) => ({ key: story.id, label: story.offer, run: () => tryExample(ctx, story) })),
    { key: "take", label: say("take_away") },
    item("html", savePage),
    item("print", printSheet),
    item("export", exportAll),
    item("import", importFile),
    { key: "erase", label: say("erase") },
    item("erase_worksheet", eraseWorksheet),
    item("erase_everything", eraseEverything),
  ];
}

async function savePage(/** @type {Context} */ ctx) {
  const choice = await askPrivate(ctx, "html");
  if (choice) giveFile((await ctx.ask("html", choice)).file);
}

async function printSheet(/** @type {Context} */ ctx) {
  const choice = await askPrivate(ctx, "print");
  if (!choice) return;
  ctx.root.classList.toggle("with-private", choice.private);
  print();
  ctx.root.classList.remove("with-private");
}

/** Whether private rows go along: {private}, null where somebody would rather not. Asked only where there are any. */
async function askPrivate(/** @type {Context} */ ctx, what) {
  const asks = ({ table, questions }) => questions.some((question) => question.private) && (!table || ctx.rows(table).length > 0);
  if (!ctx.sheet.sections.some(asks)) return { private: false };
  const tick = h("input", { type: "checkbox" });
  const body = [h("p", {}, ctx.say("private_out")), h("label", { class: "tick" }, tick, " ", ctx.say("private_in"))];
  const run = () => ({ private: tick.checked });
  return await showDialog(ctx.root, { title: ctx.say(what), close: ctx.say("cancel"), body, actions: [{ label: ctx.say(what), run }] });
}

async function exportAll(/** @type {Context} */ ctx) {
  giveFile((await ctx.ask("export")).file);
}

/** Fill a blank worksheet with the example; where there are answers, a new one, so that none is lost. */
async function loadExample(/** @type {Context} */ ctx, story = null) {
  if (!ctx.isBlank()) await ctx.ask("new", { name: story ? story.name : ctx.say("example_name") });
  ctx.op("example", story ? { story: story.id } : {});
}

export const startOwn = (ctx) => attempt(ctx, () => ctx.ask("new", {}));
export const tryExample = (ctx, story = null) => attempt(ctx, () => loadExample(ctx, story));
export const tryExport = (ctx) => attempt(ctx, exportAll);

/** In a class others may read what comes in, so that is said before. */
async function importFile(/** @type {Context} */ ctx) {
  if (ctx.state.mode === "cohort" && !(await confirmImport(ctx))) return;
  const input = h("input", { type: "file", accept: ".json,.pdf,application/json,application/pdf" });
  input.addEventListener("change", () => attempt(ctx, async () => {
    const [file] = input.files;
    const size = (file.size / MEGABYTE).toFixed(1);
    const limit = ctx.state.mode === "cohort" ? IMPORT_LIMIT_IN_CLASS : IMPORT_LIMIT;
    if (file.size > limit) throw new Error(ctx.say("import_too_big", { size, limit: limit / MEGABYTE }));
    await takeIn(ctx, await contentOf(file));
  }));
  input.click();
}

/** What the kernel is told of a file: {text} of an export, {pdf} of a brief, which has the same inside. */
async function contentOf(file) {
  const isPdf = file.type === "application/pdf" || /\.pdf$/i.test(file.name);
  return isPdf ? { pdf: await base64Of(file) } : { text: await file.text() };
}

/** Import a file; where a sheet of it has answers here already, say what differs and ask what to do. */
async function takeIn(/** @type {Context} */ ctx, content) {
  const { worksheets } = await ctx.ask("look_into", content);
  const ways = worksheets.some(({ here }) => here) ? await askWays(ctx, worksheets) : worksheets.map(() => "keep");
  if (ways) await ctx.ask("import", { ...content, ways });
}

function askWays(/** @type {Context} */ ctx, worksheets) {
  const parts = worksheets.map((one) => incomingElement(ctx, one));
  const read = () => parts.map(({ way }) => way());
  return showDialog(ctx.root, { title: ctx.say("import"), close: ctx.say("cancel"), wide: true,
    body: [h("p", {}, ctx.say("import_what")), ...parts.map(({ element }) => element)],
    actions: [{ label: ctx.say("import_take"), run: read }] });
}

/** One worksheet of a file: what differs, and what becomes of it: {element, way()}. */
function incomingElement(/** @type {Context} */ ctx, { name, sheet, here, lines }) {
  const title = h("legend", { dir: "auto" }, name === sheet ? name : `${name} (${sheet})`);
  if (!here) return { element: h("fieldset", { class: "incoming" }, title, h("p", {}, ctx.say("import_new"))), way: () => "keep" };
  const group = newId(), usual = lines.length ? "keep" : "skip";
  const ways = { replace: ctx.say("way_replace"), keep: ctx.say("way_keep"), skip: ctx.say("way_skip") };
  const choices = Object.entries(ways).map(([way, text]) => h("label", { class: "choice" },
    h("input", { type: "radio", name: group, value: way, checked: way === usual }), h("span", {}, text)));
  const told = lines.length === 1 ? "import_differs_one" : lines.length ? "import_differs" : "import_same";
  const said = ctx.say(told, { name: here, count: lines.length });
  const element = h("fieldset", { class: "incoming" }, title,
    lines.length ? h("details", {}, h("summary", { dir: "auto" }, said), differences(ctx, [ctx.say("import_here"), ctx.say("import_file")], lines))
      : h("p", { dir: "auto" }, said),
    h("div", { class: "choices" }, choices));
  return { element, way: () => /** @type {any} */ (element.querySelector("input:checked")).value };
}

function confirmImport(/** @type {Context} */ ctx) {
  const lines = [ctx.say("import_told"), ctx.state.privacy];
  return confirmed(ctx, ctx.say("import"), lines, { label: ctx.say("import_ok") });
}

function confirmed(/** @type {Context} */ ctx, title, lines, action) {
  const body = lines.map((line) => h("p", { dir: "auto" }, line));
  return showDialog(ctx.root, { title, close: ctx.say("cancel"), body, actions: [{ run: () => true, ...action }] });
}

// -- comparing

/** Two worksheets of the sheet side by side: first which, then what differs. */
async function compareWith(/** @type {Context} */ ctx) {
  const others = ctx.state.worksheets.filter(({ id }) => id !== ctx.state.worksheet.id);
  const choose = ({ id, name, changed }) => h("li", {}, h("button", { type: "button", class: "link", value: id },
    h("span", { dir: "auto" }, name)), " ", h("span", { class: "small" }, changed));
  const body = [h("p", {}, ctx.say("compare_which")), h("ul", { class: "plain" }, others.map(choose))];
  const worksheet = await showDialog(ctx.root, { title: ctx.say("compare"), close: ctx.say("cancel"), body });
  if (!worksheet) return;
  const { names, lines } = await ctx.ask("compare", { worksheet });
  const shown = lines.length ? differences(ctx, names, lines) : h("p", {}, ctx.say("compare_same"));
  await showDialog(ctx.root, { title: ctx.say("compare"), close: ctx.say("close"), body: shown, wide: true });
}

function differences(/** @type {Context} */ ctx, names, lines) {
  const heads = [ctx.say("compare_what"), ...names];
  const cell = (text, place) => h("td", { role: "cell", "data-label": names[place], dir: "auto" }, text || ctx.say("open_cell"));
  const line = ({ what, values }) => h("tr", { role: "row" }, h("th", { role: "rowheader", scope: "row", dir: "auto" }, what), values.map(cell));
  const head = h("tr", { role: "row" }, heads.map((text) => h("th", { role: "columnheader", scope: "col", dir: "auto" }, text)));
  return h("div", { class: "compare cards" }, h("table", { role: "table" },
    h("thead", { role: "rowgroup" }, head), h("tbody", { role: "rowgroup" }, lines.map(line))));
}

// -- erasing

const confirmErase = (ctx, title, lines, label) => confirmed(ctx, title, lines, { label, danger: true });

/** Ask, then remove one answer, or a row with all of its answers, for good. */
export function eraseField(/** @type {Context} */ ctx, field) {
  return attempt(ctx, async () => {
    const what = ctx.labels.question(field) ? "erase_answer_what" : "erase_row_what";
    const lines = [ctx.labels.field(field), ctx.say(what)];
    if (!(await confirmErase(ctx, ctx.say("erase_answer"), lines, ctx.say("erase_ok")))) return;
    await ctx.ask("erase_field", { field }, () => ctx.queue.forget(field));
  });
}

async function eraseWorksheet(/** @type {Context} */ ctx) {
  const lines = [ctx.say("erase_worksheet_what", { name: ctx.state.worksheet.name })];
  const gone = ctx.state.worksheet.id;
  if (!(await confirmErase(ctx, ctx.say("erase_worksheet"), lines, ctx.say("erase_ok")))) return;
  await ctx.ask("erase_worksheet", {}, () => ctx.queue.drop());
  ctx.names.drop(gone);
}

async function eraseEverything(/** @type {Context} */ ctx) {
  const lines = [ctx.say("erase_everything_what"), ctx.say("erase_everything_first")];
  if (await confirmErase(ctx, ctx.say("erase_everything"), lines, ctx.say("erase_everything_ok")))
    await ctx.ask("erase_everything", {}, () => { ctx.queue.drop(); ctx.view.browser.forget(); });
}

// -- history

const BACK = "back to "; // what a button of the history says before a commit; no field has a blank

async function showHistory(/** @type {Context} */ ctx) {
  const { events, more } = await ctx.ask("history");
  const seen = new Set();
  const gone = (field) => {
    const { table, row, question } = ctx.labels.at(field);
    return row && !question && !ctx.rows(table).includes(row);
  };
  const first = ({ field, erased, value, previous }) => {
    const said = ctx.labels.question(field) ? value || previous : gone(field);
    const erasable = said && !erased && !seen.has(field);
    seen.add(field);
    return erasable;
  };
  const body = [events.length
    ? h("ol", { class: "history" }, events.map((event, place) => historyLine(ctx, event, first(event), place > 0)))
    : h("p", {}, ctx.say("history_none"))];
  if (more) body.push(h("p", {}, ctx.say("history_more")));
  const picked = await showDialog(ctx.root, { title: ctx.say("history"), close: ctx.say("close"), body, wide: true });
  if (picked?.startsWith(BACK)) ctx.op("restore", { seq: Number(picked.slice(BACK.length)) });
  else if (picked) await eraseField(ctx, picked);
}

function historyLine(/** @type {Context} */ ctx, { seq, when, kind, field, what, value, previous, undone }, erasable, past) {
  const { row, table } = ctx.labels.at(field);
  const label = ctx.labels.table(table)?.label; // a row that is gone is known by what it was called
  const named = label && (ctx.rows(table).includes(row) || ctx.value(`${table}/${row}/${label}`) !== null);
  const text = named ? ctx.say("field_of_row", { question: what, row: ctx.labels.row(table, row) }) : what;
  const change = previous && value ? "history_change" : value ? "history_set" : previous && "history_cleared";
  return h("li", {}, h("p", { class: "small" }, when, " · ", kind, undone && ` · ${ctx.say("history_undone")}`),
    h("p", { dir: "auto" }, h("strong", {}, text)),
    change && h("p", { dir: "auto" }, ctx.say(change, { value, previous })),
    h("p", { class: "buttons" },
      past && h("button", { type: "button", class: "link", value: `${BACK}${seq}` }, ctx.say("history_back"), h("span", { class: "visually-hidden" }, ` ${when}`)),
      erasable && h("button", { type: "button", class: "link", value: field }, ctx.say("erase_answer"))));
}
