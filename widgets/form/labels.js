// What fields, rows and values are called on screen.
import { KINDS } from "./kinds/index.js";

/** Labels for `sheet`; `value(field)` and `rows(table)` say how the worksheet stands. */
export function makeLabels(sheet, say, value, rows) {
  const questions = new Map();
  for (const section of sheet.sections)
    for (const question of section.questions) questions.set(`${section.table ?? ""}/${question.id}`, question);
  const table = (id) => sheet.tables.find((one) => one.id === id);
  const at = (field) => {
    const parts = field.split("/");
    return parts.length === 1 ? { question: parts[0] } : { table: parts[0], row: parts[1], question: parts[2] };
  };

  /** The question that a field answers; undefined for a row's own field. */
  function question(field) {
    const place = at(field);
    return questions.get(`${place.table ?? ""}/${place.question}`);
  }

  /** A row by what it was called, else by its place. */
  function row(tableId, rowId) {
    const { label, row_name: name } = table(tableId);
    const given = shown(questions.get(`${tableId}/${label}`), value(`${tableId}/${rowId}/${label}`));
    return shortened(given) || placeName(name, rows(tableId).indexOf(rowId));
  }

  /** A row by its place: "Candidate 2". A row that is not there yet is the first. */
  function placeName(name, place) {
    return say("row_unnamed", { name: capital(name), place: Math.max(place, 0) + 1 });
  }

  /** A value in the words of its question; "" when there is none. */
  function shown(asked, given) {
    if ((given ?? null) === null) return "";
    const rowName = (id) => (rows(asked.table).includes(id) ? row(asked.table, id) : "");
    return asked ? KINDS[asked.kind].text(given, { question: asked, say, rowName }) : [given].flat().join(", ");
  }

  /** A field: its question, and the row it stands in. */
  function field(name) {
    const place = at(name), asked = question(name);
    const text = asked ? asked.text : name;
    if (!place.row || !table(place.table)) return text;
    const rowText = row(place.table, place.row);
    return asked ? say("field_of_row", { question: text, row: rowText }) : rowText;
  }

  return { at, question, row, placeName, shown, field, table };
}

/** "candidate" as the first word of a line. */
export const capital = (text) => text[0].toUpperCase() + text.slice(1);

const LABEL_LENGTH = 60;

function shortened(text) {
  const letters = [...text];
  return letters.length > LABEL_LENGTH ? `${letters.slice(0, LABEL_LENGTH - 1).join("").trimEnd()}…` : text;
}
