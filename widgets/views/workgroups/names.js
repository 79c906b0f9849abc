// Names as this browser keeps them: shown or not, saved as a file and loaded again, forgotten.
import { h, makeButton, newId, setText } from "../../common/dom.js";
import { giveFile } from "../../common/link.js";
import { isCode } from "../../form/names.js";
import { linesOfFile } from "./list_file.js";
import { FileError } from "./workbook.js";
/** @import { Context } from "../../form/context.js" */

const FORMULA = /^[=+\-@\t]/; // a spreadsheet would carry it out

/** The key as CSV: a code and a name a line. */
export function keyText(names) {
  const cell = (text) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return ["code,name", ...Object.entries(names).map(([code, name]) => `${cell(code)},${cell(name)}`)].join("\r\n");
}

/** Names by code in the lines of a key; none where it is no key. */
export function keyOf([heads = [], ...lines]) {
  if (String(heads.slice(0, 2)).toLowerCase() !== "code,name") return {};
  const names = lines.map(([code, name = ""]) => [code, name.replace(/^'(?=[=+\-@])/, "")]);
  return Object.fromEntries(names.filter(([code, name]) => name && isCode(code)));
}

/** {element, update()}: what can be done with the names; `changed` hears of it. */
export function makeNamesPanel(/** @type {Context} */ ctx, say, changed) {
  const { names } = ctx, fileId = newId();
  const told = h("p", { class: "small", role: "status" });
  const save = makeButton("button quiet mini", () => {
    giveFile({ name: `${say("key_file")}.csv`, mime: "text/csv", text: `\uFEFF${keyText(names.all())}` });
    tell("key_saved");
  }, say("key_save"));
  const forget = makeButton("button quiet mini", () => { names.forget(Object.keys(names.all())); tell("key_forgotten"); }, say("key_forget"));
  const file = h("input", { id: fileId, type: "file", accept: ".csv,text/csv,.xlsx", onchange: load });
  const element = h("div", { class: "groups-names" }, h("p", {}, say("names_where")), h("p", {}, say("names_identify")),
    h("p", { class: "buttons" }, save, forget), h("label", { for: fileId }, say("key_load")), file, told);

  function tell(key, values) {
    setText(told, say(key, values));
    changed();
  }

  async function load() {
    const [chosen] = file.files;
    if (!chosen) return;
    try {
      const found = keyOf(await linesOfFile(new Uint8Array(await chosen.arrayBuffer()))), count = Object.keys(found).length;
      names.add(found);
      tell(count ? "key_loaded" : "key_none", { count });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      tell(`file_${error.key}`, error.values);
    }
    file.value = "";
  }
  return { element, update: () => { save.disabled = forget.disabled = !names.any(); } };
}
