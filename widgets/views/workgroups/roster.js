// A list of people as it was pasted, read in the browser: names are taken out here and never sent.
import { freeCode, isCode, withCodes } from "../../form/names.js";

const NAMES = ["name", "names", "full name", "first name", "last name", "given name", "family name", "surname", "person", "employee", "vorname",
  "nachname", "nom", "prénom", "nombre", "apellido"];
const CONTACTS = ["e-mail", "email", "mail", "login", "phone"]; // a name where there is no other, and else of no use
export const NAME = "name"; // what a column may be read as, beside a question: a name, or nothing
export const LEFT = "";
const MOST_SIGNS = 1_000; // in one cell; what is longer is no answer about a person
const CODE = "code", SEPARATORS = ["\t", ";", ",", "|"];

/** What the cells of a list say: {rows: [{code, name, question: answer, ...}], columns, left, guarded, named, heads}, and `wrong` where it can't be
 * read. `questions` are those that may be answered (`also`: what else a column may be called), `guarded` headings by which nobody should be placed,
 * `taken` codes that are there, `most` people fit, `as` has the question, NAME or LEFT that somebody chose for a heading. `heads`: each heading
 * with what its column is read as; `odd`: answers that a question does not offer, by heading.
 * @returns {{ rows: any[], columns: string[], left: string[], guarded: string[], named: string[], heads: { head: string, as: string }[],
 *   odd: Record<string, number>, wrong?: { key: string, values: any } }} */
export function readRoster([heads = [], ...lines], questions, guarded, taken, most = Infinity, as = {}) {
  const columns = columnsOf(heads, questions, guarded, as);
  const kinds = heads.map((head, at) => (guarded.includes(head.toLowerCase()) ? "guarded" : columns[at] === NAME ? "name" : columns[at] ? "known" : "left"));
  const pick = (kind) => heads.filter((head, at) => head && kinds[at] === kind);
  const named = pick("name"), known = pick("known"), /** @type {Record<string, number>} */ odd = {};
  const told = { columns: known, left: pick("left"), guarded: pick("guarded"), named, odd,
    heads: heads.map((head, at) => ({ head, as: kinds[at] === "known" ? columns[at].id : kinds[at] === "name" ? NAME : LEFT })).filter(({ head }) => head) };
  const wrong = wrongIn(heads, lines, columns, most);
  if (wrong || !(named.length || known.length)) return { ...told, rows: [], wrong };
  const used = new Set(taken.map((code) => code.toLowerCase()));
  const rows = lines.map((cells) => personOf(cells, columns, kinds, used));
  heads.forEach((head, at) => { if (kinds[at] === "known") odd[head] = takeOnlyOffered(rows, columns[at]); });
  rows.forEach((row) => hideNames(row, rows, questions));
  return { ...told, rows };
}

/** What is wrong with the list: {key, values} of a sentence; undefined where nothing is. */
function wrongIn(heads, lines, columns, most) {
  const twice = columns.find((one, at) => one && one !== NAME && columns.indexOf(one) !== at);
  if (twice) return { key: "twice", values: { heading: twice.short } };
  if (lines.length > most) return { key: "many", values: { count: lines.length, most } };
  const fitting = (at) => (columns[at]?.max_length && columns[at].id !== CODE ? columns[at].max_length : MOST_SIGNS);
  const long = lines.findIndex((cells) => cells.some((cell, at) => cell.length > fitting(at)));
  if (long >= 0) {
    const at = lines[long].findIndex((cell, place) => cell.length > fitting(place));
    return { key: "long", values: { line: long + 2, heading: heads[at], most: fitting(at) } };
  }
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

/** What each column is: a question, NAME, or undefined. Who chose decides, then what a question is called, then what else it may be called. */
function columnsOf(heads, questions, guarded, as) {
  const said = heads.map((head) => head.toLowerCase()), chosen = (at) => Object.hasOwn(as, heads[at]);
  const found = heads.map((head, at) => {
    if (guarded.includes(said[at])) return undefined;
    if (chosen(at)) return as[head] === NAME ? NAME : questions.find(({ id }) => id === as[head]);
    if (NAMES.includes(said[at]) || (CONTACTS.includes(said[at]) && !said.some((one) => NAMES.includes(one)))) return NAME;
    return questions.find(({ id, short, text }) => [id, short, text].some((one) => one?.toLowerCase() === said[at]));
  });
  said.forEach((head, at) => {
    if (!found[at] && head && !chosen(at) && !guarded.includes(head)) found[at] = questions.find((one) => one.also?.includes(head) && !found.includes(one));
  });
  return found;
}

/** Leave out what a question does not offer, and say how many answers that were. */
function takeOnlyOffered(rows, { id, kind, choices = [] }) {
  const offered = new Set(choices.flatMap((one) => [one.id, one.label].map((name) => name.toLowerCase())));
  const fits = (said) => (kind === "number" ? /^\d+$/.test(said) : !choices.length || offered.has(said.toLowerCase()));
  const odd = rows.filter((row) => row[id] && !fits(row[id]));
  odd.forEach((row) => delete row[id]);
  return odd.length;
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
