// The dialog in which a list of people is pasted: what was understood is shown before anything is added.
import { h, newId, setText } from "../../common/dom.js";
import { showDialog } from "../../common/dialog.js";
import { linesOfFile } from "./list_file.js";
import { LEFT, NAME, cut, readRoster } from "./roster.js";
import { FileError } from "./workbook.js";
/** @import { Context } from "../../form/context.js" */

const LEFT_TO_THE_FORM = ["locked", "goal"];
const SHOWN = 5, ASKED = "consulted";

/** Ask for a list; a promise of its rows with codes and names, null when it was closed. `text` is what was pasted elsewhere. */
export function askForPeople(/** @type {Context} */ ctx, say, taken, text = "") {
  const questions = ctx.columns("people").filter(({ id }) => !LEFT_TO_THE_FORM.includes(id)).map((one) => ({ ...one, also: alsoCalled(say, one.id) }));
  const guarded = say("paste_guarded").split(" ");
  const most = ctx.labels.table("people").max_rows - ctx.rows("people").length;
  const id = newId(), hintId = newId(), fileId = newId();
  const told = h("p", { role: "status", class: "small" }), seen = h("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": say("paste_seen"), hidden: true });
  const input = h("textarea", { id, rows: 6, autofocus: true, "aria-describedby": hintId, oninput: () => show(cut(input.value)) });
  const file = h("input", { id: fileId, type: "file", accept: ".csv,.txt,.tsv,.xlsx,text/csv", onchange: load });
  const columns = questions.filter(({ kind }) => kind !== "row").map(({ short }) => short).join(", ");
  let read = readRoster([], questions, guarded, taken), as = {}, table = [];

  function show(lines) {
    if (String(lines[0]) !== String(table[0])) as = {};
    table = lines;
    read = readRoster(lines, questions, guarded, taken, most, as);
    setText(told, lines.length ? inWords(read, say) : "");
    const columns = read.heads.filter(({ head }) => !read.guarded.includes(head));
    seen.hidden = !(read.rows.length || (read.wrong?.key !== "many" && columns.length > 1));
    if (!seen.hidden) seen.replaceChildren(preview(read, columns, questions, say, choose));
  }

  /** A column is read as something else; the focus stays where it was chosen. */
  function choose(head, said, at) {
    as = { ...as, [head]: said };
    show(table);
    seen.querySelectorAll("select")[at]?.focus();
  }

  async function load() {
    const [chosen] = file.files;
    if (!chosen) return;
    input.value = "";
    try {
      show(await linesOfFile(new Uint8Array(await chosen.arrayBuffer())));
      told.scrollIntoView({ block: "start" }); // what was understood stands below the field
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      show([]);
      read.wrong = { key: "file", values: {} };
      setText(told, say(`file_${error.key}`, error.values));
    }
  }

  input.value = text;
  if (text) show(cut(text));
  return showDialog(ctx.root, {
    title: say("paste_title"), close: say("paste_cancel"), wide: true,
    body: [prompt(ctx, say), h("label", { for: id }, say("paste_label")), h("p", { class: "small", id: hintId }, say("paste_hint", { columns })), input,
      h("label", { for: fileId }, say("paste_file")), file, told, seen],
    actions: [{ label: say("paste_ok"), run: () => {
      if (read.rows.length) return { rows: read.rows, questions };
      if (!read.wrong) setText(told, say("paste_none"));
      return undefined;
    } }],
  });
}

/** Before a list is added: whether those who look after people's data were asked. It holds nobody up. */
function prompt(/** @type {Context} */ ctx, say) {
  const question = ctx.labels.question(ASKED), said = ctx.value(ASKED), id = newId();
  if (!question || ["yes", "not_needed"].includes(said)) return null;
  const options = question.choices.map((one) => h("option", { value: one.id }, one.label));
  const select = h("select", { id, onchange: () => ctx.edit(ASKED, select.value || null, 0) }, h("option", { value: "" }, say("paste_choose")), options);
  select.value = said ?? "";
  return h("div", { class: "notice" }, h("p", {}, say("paste_before")), h("label", { for: id }, question.text), select);
}

/** What else a column may be called that answers this question. */
function alsoCalled(say, id) {
  const key = `paste_also.${id}`, said = say(key);
  return said === `workgroups.${key}` ? [] : said.split("|");
}

/** Each column with what it is read as, to be changed, and the first people as they were understood; names are said to stay here. */
function preview({ rows }, columns, questions, say, choose) {
  const used = questions.filter(({ id }) => rows.some((row) => row[id])), names = rows.some(({ name }) => name);
  const options = [[LEFT, say("paste_leave")], [NAME, say("paste_name_column")], ...questions.map(({ id, short }) => [id, short])];
  const fields = columns.map(({ head, as }, at) => {
    const id = newId(), select = h("select", { id, onchange: () => choose(head, select.value, at) }, options.map(([value, text]) => h("option", { value }, text)));
    select.value = as;
    return h("p", { class: "paste-column" }, h("label", { for: id, dir: "auto" }, head), select);
  });
  const heads = [...used.map(({ short }) => short), ...(names ? [say("paste_name_column")] : [])];
  const line = (row) => h("tr", {}, used.map(({ id }) => h("td", { dir: "auto" }, row[id] ?? "")), names && h("td", { dir: "auto" }, row.name));
  const more = rows.length > SHOWN && h("p", { class: "small" }, say("paste_more", { count: rows.length - SHOWN }));
  return h("div", {}, h("fieldset", { class: "paste-columns" }, h("legend", { class: "small" }, say("paste_columns")), fields),
    rows.length > 0 && h("table", {}, h("caption", { class: "small" }, say("paste_seen")), h("thead", {}, h("tr", {}, heads.map((one) => h("th", { scope: "col" }, one)))),
      h("tbody", {}, rows.slice(0, SHOWN).map(line))), more);
}

function inWords({ rows, columns, left, guarded, named, odd, wrong = undefined }, say) {
  if (wrong) return say(`paste_${wrong.key}`, wrong.values);
  if (!rows.length) return say("paste_none");
  const parts = [say("paste_read", { count: rows.length, columns: [...columns, ...named].join(", ") })];
  if (rows.some(({ name }) => name)) parts.push(say("paste_names"));
  if (guarded.length) parts.push(say("paste_protected", { columns: guarded.join(", ") }));
  if (left.length) parts.push(say("paste_left", { columns: left.join(", ") }));
  for (const [heading, count] of Object.entries(odd)) if (count) parts.push(say("paste_odd", { heading, count }));
  return parts.join(" ");
}
