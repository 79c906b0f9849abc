// A list of people as it was pasted, read in the browser: names are taken out here and never sent.

const NAMES = ["name", "full name", "first name", "last name", "surname", "person", "employee", "e-mail", "email"];
const CODE = "code", MOST_CODE = 20;

/** What `text` says: {rows: [{code, name, question: answer, ...}], columns, left, guarded, named}. `questions` are those
 * that may be answered, `guarded` headings by which nobody should be placed, `taken` codes that are there. */
export function readRoster(text, questions, guarded, taken) {
  const [heads = [], ...lines] = cut(text);
  const columns = heads.map((head) => questionOf(head, questions));
  const kinds = heads.map((head, at) => (isName(head) ? "name" : columns[at] ? "known" : guarded.includes(head.toLowerCase()) ? "guarded" : "left"));
  const pick = (kind) => heads.filter((head, at) => head && kinds[at] === kind);
  const named = pick("name"), known = pick("known");
  const told = { columns: known, left: pick("left"), guarded: pick("guarded"), named };
  if (!named.length && !known.length) return { ...told, rows: [] };
  const used = new Set(taken.map((code) => code.toLowerCase()));
  const rows = lines.map((cells) => personOf(cells, columns, kinds, used));
  return { ...told, rows };
}

function personOf(cells, columns, kinds, used) {
  const person = { name: cells.filter((_, at) => kinds[at] === "name").join(" ").trim() };
  cells.forEach((cell, at) => { if (kinds[at] === "known" && cell) person[columns[at].id] = cell; });
  person[CODE] = freeCode((person[CODE] ?? "").slice(0, MOST_CODE), used);
  used.add(person[CODE].toLowerCase());
  return person;
}

/** The code if nobody has it, else the next number that is free. */
function freeCode(given, used) {
  if (given && !used.has(given.toLowerCase())) return given;
  for (let number = 1; ; number += 1) {
    const code = `P${String(number).padStart(2, "0")}`;
    if (!used.has(code.toLowerCase())) return code;
  }
}

const isName = (head) => NAMES.includes(head.toLowerCase());

function questionOf(head, questions) {
  const said = head.toLowerCase();
  return questions.find(({ id, short, text }) => [id, short, text].some((one) => one?.toLowerCase() === said));
}

/** Lines of cells, cut at whichever of tab, semicolon and comma the first line has most of. */
export function cut(text) {
  const plain = text.replace(/^\uFEFF/, "").replaceAll("\0", "");
  const first = plain.split(/\r?\n/, 1)[0];
  const by = ["\t", ";", ","].reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best));
  const lines = [[""]];
  let quoted = false;
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at], line = lines.at(-1);
    if (quoted && sign === '"' && plain[at + 1] === '"') { line[line.length - 1] += '"'; at += 1; }
    else if (sign === '"' && (quoted || !line.at(-1).trim())) quoted = !quoted;
    else if (!quoted && sign === by) line.push("");
    else if (!quoted && (sign === "\n" || sign === "\r")) { if (plain[at + 1] !== "\n" || sign === "\n") lines.push([""]); }
    else line[line.length - 1] += sign;
  }
  return lines.map((line) => line.map((cell) => cell.trim().replace(/\s+/g, " "))).filter((line) => line.some(Boolean));
}

/** The rows as the form pastes them: headings, and a line a person, without names. */
export function asTable(rows, questions) {
  const used = questions.filter(({ id }) => rows.some((row) => row[id]));
  const line = (cells) => cells.map((cell) => (/["\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t");
  return [line(used.map(({ id }) => id)), ...rows.map((row) => line(used.map(({ id }) => row[id] ?? "")))].join("\n");
}
