// The dialog in which a list of people is pasted: what was understood is shown before anything is added.
import { h, newId, setText } from "../../common/dom.js";
import { showDialog } from "../../common/dialog.js";
import { readRoster } from "./roster.js";
/** @import { Context } from "../../form/context.js" */

const LEFT_TO_THE_FORM = ["locked", "boss", "goal"];
const ZIP = "PK";

/** Ask for a list; a promise of its rows with codes and names, null when it was closed. */
export function askForPeople(/** @type {Context} */ ctx, say, taken) {
  const questions = ctx.columns("people").filter(({ id }) => !LEFT_TO_THE_FORM.includes(id));
  const guarded = say("paste_guarded").split(" ");
  const id = newId(), hintId = newId(), fileId = newId();
  const told = h("p", { role: "status", class: "small" });
  const input = h("textarea", { id, rows: 8, autofocus: true, "aria-describedby": hintId, oninput: show });
  const file = h("input", { id: fileId, type: "file", accept: ".csv,.txt,.tsv,text/csv", onchange: load });
  const columns = questions.map(({ short }) => short).join(", ");
  let read = readRoster("", questions, guarded, taken), trouble = "";

  function show() {
    read = readRoster(input.value, questions, guarded, taken);
    trouble = "";
    setText(told, input.value.trim() ? inWords(read, say) : "");
  }

  async function load() {
    const [chosen] = file.files;
    if (!chosen) return;
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    trouble = isZip(bytes) ? say("paste_xlsx") : "";
    input.value = trouble ? "" : decoded(bytes);
    if (trouble) setText(told, trouble);
    else show();
  }

  return showDialog(ctx.root, {
    title: say("paste_title"), close: say("paste_cancel"), wide: true,
    body: [h("label", { for: id }, say("paste_label")), h("p", { class: "small", id: hintId }, say("paste_hint", { columns })), input,
      h("label", { for: fileId }, say("paste_file")), file, told],
    actions: [{ label: say("paste_ok"), run: () => {
      if (read.rows.length) return { rows: read.rows, questions };
      setText(told, trouble || say("paste_none"));
      return undefined;
    } }],
  });
}

const isZip = (bytes) => String.fromCharCode(...bytes.slice(0, 2)) === ZIP;

/** A file's text: UTF-8, UTF-16 by its mark, else Windows-1252. */
function decoded(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function inWords({ rows, columns, left, guarded, named }, say) {
  if (!rows.length) return say("paste_none");
  const parts = [say("paste_read", { count: rows.length, columns: [...columns, ...named].join(", ") })];
  if (named.length) parts.push(say("paste_names"));
  if (guarded.length) parts.push(say("paste_protected", { columns: guarded.join(", ") }));
  if (left.length) parts.push(say("paste_left", { columns: left.join(", ") }));
  return parts.join(" ");
}
