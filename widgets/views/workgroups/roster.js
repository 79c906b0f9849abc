// A list of people as it was pasted, read in the browser: names are taken out here and never sent.
import { freeCode, isCode, withCodes } from "../../form/names.js";

const NAMES = ["name", "names", "full name", "first name", "last name", "given name", "family name", "surname", "person", "employee", "e-mail",
  "email", "mail", "login", "phone", "vorname", "nachname", "nom", "prénom", "nombre", "apellido"];
const CODE = "code", SEPARATORS = ["\t", ";", ",", "|"];

/** What the cells of a list say: {rows: [{code, name, question: answer, ...}], columns, left, guarded, named}, and `wrong` where it can't be read.
 * `questions` are those that may be answered, `guarded` headings by which nobody should be placed, `taken` codes that are there, `most` people fit.
 * @returns {{ rows: any[], columns: string[], left: string[], guarded: string[], named: string[], wrong?: { key: string, values: any } }} */
export function readRoster([heads = [], ...lines], questions, guarded, taken, most = Infinity) {
  const columns = heads.map((head) => questionOf(head, questions));
  const kinds = heads.map((head, at) => (isName(head) ? "name" : columns[at] ? "known" : guarded.includes(head.toLowerCase()) ? "guarded" : "left"));
  const pick = (kind) => heads.filter((head, at) => head && kinds[at] === kind);
  const named = pick("name"), known = pick("known");
  const told = { columns: known, left: pick("left"), guarded: pick("guarded"), named };
  const wrong = wrongIn(heads, lines, columns, most);
  if (wrong || !(named.length || known.length)) return { ...told, rows: [], wrong };
  const used = new Set(taken.map((code) => code.toLowerCase()));
  const rows = lines.map((cells) => personOf(cells, columns, kinds, used));
  rows.forEach((row) => hideNames(row, rows, questions));
  return { ...told, rows };
}

/** What is wrong with the list: {key, values} of a sentence; undefined where nothing is. */
function wrongIn(heads, lines, columns, most) {
  const twice = columns.find((one, at) => one && columns.indexOf(one) !== at);
  if (twice) return { key: "twice", values: { heading: twice.short } };
  if (lines.length > most) return { key: "many", values: { count: lines.length, most } };
  const wide = lines.findIndex((cells) => cells.slice(heads.length).some(Boolean));
  if (wide >= 0) return { key: "wide", values: { line: wide + 2, cells: lines[wide].length, headings: heads.length } };
  return undefined;
}

/** One person. What stands where a code should, and is none, is their name. So is an address of mail. */
function personOf(cells, columns, kinds, used) {
  const /** @type {Record<string, string>} */ person = {}, name = cells.filter((_, at) => kinds[at] === "name");
  cells.forEach((cell, at) => { if (kinds[at] === "known" && cell) person[columns[at].id] = cell; });
  for (const [id, said] of Object.entries(person)) if ((id === CODE && !isCode(said)) || said.includes("@")) {
    if (!name.some(Boolean)) name.push(said);
    delete person[id];
  }
  person.name = name.filter(Boolean).join(" ");
  if (!person[CODE] || used.has(person[CODE].toLowerCase())) person[CODE] = freeCode(used);
  used.add(person[CODE].toLowerCase());
  return person;
}

/** Codes in place of names, wherever a cell has one; whom nobody on the list is called is left out where a person is asked for. */
function hideNames(row, rows, questions) {
  const names = Object.fromEntries(rows.filter(({ name }) => name).map(({ code, name }) => [code, name]));
  for (const { id, kind } of questions) {
    if (!row[id] || id === CODE) continue;
    if (kind !== "row") row[id] = withCodes(row[id], names);
    else row[id] = rows.find((one) => [one.code, one.name].some((said) => said.toLowerCase() === row[id].toLowerCase()))?.code;
  }
}

const isName = (head) => NAMES.includes(head.toLowerCase());

function questionOf(head, questions) {
  const said = head.toLowerCase();
  return questions.find(({ id, short, text }) => [id, short, text].some((one) => one?.toLowerCase() === said));
}

/** Lines of cells, cut at whichever separator makes most lines as wide as the first. */
export function cut(text) {
  const plain = text.replace(/^\uFEFF/, "").replaceAll("\0", "");
  const tables = SEPARATORS.map((by) => cutAt(plain, by));
  return tables.reduce((best, one) => (evenness(one) > evenness(best) ? one : best));
}

function evenness(table) {
  const width = table[0]?.length ?? 0;
  return width < 2 ? 0 : table.filter((line) => line.length === width).length / table.length + width / 1_000;
}

/** A quotation mark that is never closed is taken as it stands. */
function cutAt(plain, by, quotes = true) {
  const lines = [[""]];
  let quoted = false;
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at], line = lines.at(-1);
    if (quoted && sign === '"' && plain[at + 1] === '"') { line[line.length - 1] += '"'; at += 1; }
    else if (quotes && sign === '"' && (quoted || !line.at(-1).trim())) quoted = !quoted;
    else if (!quoted && sign === by) line.push("");
    else if (!quoted && (sign === "\n" || sign === "\r")) { if (plain[at + 1] !== "\n" || sign === "\n") lines.push([""]); }
    else line[line.length - 1] += sign;
  }
  if (quoted) return cutAt(plain, by, false);
  return lines.map((line) => line.map((cell) => cell.trim().replace(/\s+/g, " "))).filter((line) => line.some(Boolean));
}

/** The rows as the form pastes them: headings, and a line a person, without names. */
export function asTable(rows, questions) {
  const used = questions.filter(({ id }) => rows.some((row) => row[id]));
  const line = (cells) => cells.map((cell) => (/["\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t");
  return [line(used.map(({ id }) => id)), ...rows.map((row) => line(used.map(({ id }) => row[id] ?? "")))].join("\n");
}
