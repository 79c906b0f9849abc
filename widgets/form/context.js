// What every part of the form may know and do: the worksheet as it stands, and the ways to change it.
import { fill, h, same, uuid } from "../common/dom.js";
import { makeLabels } from "./labels.js";
import { project, rowIdOf } from "./queue.js";

const AGAIN_MS = 80; // a live region speaks only of a change

/** The context of one form `view` (which has queue, link, browser, and hears of changes). */
export function makeContext({ sheet, words, view }) {
  const { root, queue, link, browser } = view;
  const say = (key, values) => fill(words[key] ?? key, values ?? {});
  const blanks = new Map(); // table -> op_id of the row that the first answer will make
  let raw = null, projected = null;

  const value = (name) => (queue.draft(name) ?? ctx.state.fields[name])?.value ?? null;
  const rows = (table) => ctx.state.rows[table] ?? [];
  const labels = makeLabels(sheet, say, value, rows);
  const rowKey = (table) => `pb:row:${raw.worksheet.id}:${table}`;

  /** The id of the row that stands in an empty table, and is made by the first answer. */
  function blankRow(table) {
    if (!blanks.has(table)) blanks.set(table, uuid());
    return rowIdOf(blanks.get(table));
  }

  function makeBlankRow({ table, row }) {
    if (!table || rows(table).includes(row) || row !== blankRow(table)) return;
    queue.add("add_row", { table }, blanks.get(table));
    blanks.delete(table);
  }

  function asked(name) {
    const { table, row, question } = labels.at(name);
    const list = ctx.state.asked[table ? `${table}/${row}` : ""] ?? ctx.state.asked[`${table}/`];
    return list?.includes(question) ?? true;
  }

  /** Change an answer on screen now and in the kernel after `wait` milliseconds. */
  function edit(name, given, wait) {
    ctx.refusal = null;
    makeBlankRow(labels.at(name));
    const stored = ctx.state.fields[name];
    if (!queue.pending(name) && same(stored?.value, given)) queue.forget(name);
    else queue.edit(name, given, stored?.rev ?? 0, wait);
    ctx.changed();
  }

  function op(kind, args) {
    ctx.refusal = null;
    queue.flush();
    return queue.add(kind, args);
  }

  /** Show a field's value, unless it is only the echo of what is being typed. */
  function show(control, name) {
    const wanted = value(name);
    if (same(control.read(), wanted)) return;
    const typing = control.element.contains(document.activeElement) && !queue.draft(name);
    if (!(typing && queue.isEcho(name, ctx.state.fields[name]?.rev))) control.write(wanted);
  }

  /** Ask the kernel, once what was typed has arrived there; `before` drops it instead. */
  async function ask(what, args, before) {
    if (before) before();
    else if (link.connected) await queue.settled();
    const reply = await link.ask(what, args);
    if (reply.state) view.onState(reply);
    if (reply.notice) view.notice(reply.notice);
    return reply;
  }

  const ctx = {
    sheet, say, root, queue, labels, value, asked, blankRow, edit, op, show, ask,
    fields: new Map(), // field name -> field on the page
    live: document.querySelector("[data-pb-live]") ?? h("p", { class: "visually-hidden", role: "status" }),
    refusal: null, // the row operation that was refused last: {table, text, pasted}
    removed: null, // the row that was removed last: {table, op, text}
    reveal: () => {}, // bring a field into sight; the page's to know
    get state() { return (projected ??= project(raw, queue.ops)); },
    take(state) {
      if (raw?.worksheet.id !== state.worksheet.id) {
        blanks.clear();
        ctx.removed = ctx.refusal = null;
      }
      [raw, projected] = [state, null];
    },
    changed() {
      projected = null;
      view.changed();
    },
    left(name) {
      queue.submit(name);
      ctx.changed();
    },
    announce(text) {
      ctx.live.textContent = "";
      setTimeout(() => { ctx.live.textContent = text; }, AGAIN_MS);
    },
    focusField(name) {
      ctx.reveal(name);
      ctx.fields.get(name)?.focus();
    },
    notice: (text, bad) => view.notice(text, bad),
    undo: () => op("undo", {}),
    problem: (name) => queue.draft(name)?.error ?? null,
    forgetBrowser: () => browser.forget(),
    remember: (table, row) => browser.tab.set(rowKey(table), row),
    remembered: (table) => browser.tab.get(rowKey(table)),
    isBlank: () => Object.values(ctx.state.fields).every((field) => field.value === null),
    columns: (table) => sheet.sections.filter((section) => section.table === table).flatMap((section) => section.questions),
    rowChoices: (table) => rows(table).map((row) => ({ id: row, label: labels.row(table, row) })),
  };
  return ctx;
}
