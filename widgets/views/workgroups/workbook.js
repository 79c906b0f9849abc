// The first sheet of an Excel workbook, read in the browser: it may hold names, and those are never sent.
// Nothing in it is carried out. A formula counts with the result that was saved beside it.

export const MOST_BYTES = 5_000_000;
export const MOST_UNPACKED = 10_000_000; // all that is unpacked of the file
const MOST_COLUMNS = 50, MOST_ROWS = 10_000; // what stands further right or further down is left alone
const END = 0x06054b50, ENTRY = 0x02014b50, LONGEST_COMMENT = 65_557;
const STORED = 0, DEFLATED = 8;
const DAY_MS = 86_400_000, LAST_DAY_MS = 8.64e15, DAYS_TO_1970 = 25_569, DAYS_TO_1904 = 1_462;
const DATES = /^(1[4-9]|2[0-2])$/, OF_DATES = /[dy]/i, QUOTED = /"[^"]*"|\[[^\]]*\]|\\./g;

/** Why a file can't be read: `key` is a sentence under workgroups.file_, `values` what it is filled with. */
export class FileError extends Error {
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/** The rows that hold anything, as texts: [["Code", "Area"], ["H01", "Claims"]]. FileError where they can't be read. */
export async function readWorkbook(bytes) {
  if (bytes.length > MOST_BYTES) throw new FileError("large");
  if (typeof DecompressionStream === "undefined") throw new FileError("old_browser");
  const part = openZip(bytes);
  const book = await part("xl/workbook.xml"), links = linksOf(await part("xl/_rels/workbook.xml.rels"));
  const sheet = [...tags(book)].find(({ name, end }) => name === "sheet" && !end)?.props;
  const path = links.get(sheet?.["r:id"] ?? Object.entries(sheet ?? {}).find(([name]) => name.endsWith(":id"))?.[1]);
  if (!path) throw new FileError("broken");
  const from1904 = [...tags(book)].some(({ name, props }) => name === "workbookPr" && /^(1|true)$/.test(props.date1904 ?? ""));
  const strings = stringsOf(await part("xl/sharedStrings.xml", "")), dates = datesOf(await part("xl/styles.xml", ""));
  return rowsOf(await part(path), strings, dates, from1904 ? DAYS_TO_1904 : 0);
}

/** part(path, otherwise): the text of a part of the zip archive; together they may not be larger than MOST_UNPACKED. */
function openZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), parts = new Map();
  let end = bytes.length - 22, left = MOST_UNPACKED;
  while (end >= Math.max(0, bytes.length - LONGEST_COMMENT) && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0 || view.getUint32(end, true) !== END) throw new FileError("broken");
  try {
    let at = view.getUint32(end + 16, true);
    for (let count = view.getUint16(end + 10, true); count; count -= 1) {
      if (view.getUint32(at, true) !== ENTRY) throw new FileError("broken");
      const [named, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + named));
      const [packed, header] = [20, 42].map((place) => view.getUint32(at + place, true));
      parts.set(name, { locked: view.getUint16(at + 8, true) & 1, method: view.getUint16(at + 10, true), packed, header });
      at += 46 + named + extra + comment;
    }
  } catch (error) {
    throw error instanceof FileError ? error : new FileError("broken"); // it points beyond its end
  }

  return async (path, otherwise) => {
    const found = parts.get(path);
    if (!found && otherwise !== undefined) return otherwise;
    if (!found || found.locked || ![STORED, DEFLATED].includes(found.method) || found.header + 30 > bytes.length) throw new FileError("broken");
    const start = found.header + 30 + view.getUint16(found.header + 26, true) + view.getUint16(found.header + 28, true);
    const packed = bytes.subarray(start, start + found.packed);
    const plain = found.method === STORED ? packed : await inflated(packed, left);
    left -= plain.length;
    if (left < 0) throw new FileError("unpacked");
    return new TextDecoder().decode(plain);
  };
}

/** What was packed, unless it comes to more than `most` bytes: then it is left as soon as that is seen. */
async function inflated(packed, most) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader(), pieces = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => { throw new FileError("broken"); });
    if (done) break;
    size += value.length;
    if (size > most) {
      reader.cancel().catch(() => {});
      throw new FileError("unpacked");
    }
    pieces.push(value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

const TAG = /<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const PROP = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Each tag of a text: {name, end, props, text}; `text` is what stands before it. Entities that a file declares stay as they are. */
function* tags(xml) {
  let from = 0;
  for (const match of xml.matchAll(TAG)) {
    const [whole, close, name, given, alone] = match;
    const props = Object.fromEntries([...given.matchAll(PROP)].map(([, key, one, other]) => [key, plain(one ?? other)]));
    yield { name, end: Boolean(close), alone: Boolean(alone), props, text: plain(xml.slice(from, match.index)) };
    from = match.index + whole.length;
  }
}

const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const plain = (text) => text.replace(/<!\[CDATA\[([\s\S]*?)\]\]>|&(?:#x([\da-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi, (whole, raw, hex, decimal, named) => {
  if (raw !== undefined) return raw;
  if (named) return ENTITIES[named.toLowerCase()];
  const point = hex ? parseInt(hex, 16) : Number(decimal);
  return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
});

/** Where each id of the workbook leads. */
function linksOf(xml) {
  const found = [...tags(xml)].filter(({ name, end }) => name === "Relationship" && !end);
  return new Map(found.map(({ props: { Id, Target = "" } }) => [Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`]));
}

/** The texts that cells point to; how they are read aloud is left out. */
function stringsOf(xml) {
  const found = [];
  let whole = "", aside = false;
  for (const { name, end, alone, text } of tags(xml)) {
    if (name === "rPh") aside = !end && !alone;
    if (name === "si" && !end) whole = "";
    if (name === "t" && end && !aside) whole += text;
    if (name === "si" && (end || alone)) found.push(whole);
  }
  return found;
}

/** The styles with which a number is a date. */
function datesOf(xml) {
  const own = new Map(), found = new Set();
  let inside = false, place = 0;
  for (const { name, end, props } of tags(xml)) {
    if (name === "numFmt" && !end) own.set(props.numFmtId, OF_DATES.test((props.formatCode ?? "").replace(QUOTED, "")));
    if (name === "cellXfs") inside = !end;
    if (name !== "xf" || end || !inside) continue;
    if (own.get(props.numFmtId) ?? DATES.test(props.numFmtId ?? "")) found.add(String(place));
    place += 1;
  }
  return found;
}

function rowsOf(xml, strings, dates, shift) {
  const rows = [];
  let cells = [], number = 0, cell = /** @type {any} */ (null);
  for (const { name, end, alone, props, text } of tags(xml)) {
    if (name === "row" && !end) [cells, number] = [[], Number(props.r ?? number + 1)];
    if (name === "row" && (end || alone) && cells.some(Boolean)) rows.push(Array.from(cells, (one) => one ?? ""));
    if (rows.length > MOST_ROWS) break;
    if (name === "c" && !end) cell = { at: placeOf(props.r) ?? cells.length, type: props.t ?? "n", style: props.s, said: "", formula: false, value: false };
    if (!cell) continue;
    if (name === "f") cell.formula = true;
    if (end && ["v", "t"].includes(name)) [cell.said, cell.value] = [cell.said + text, text !== "" || cell.type === "str"];
    if (name !== "c" || !(end || alone)) continue;
    if (cell.formula && !cell.value) throw new FileError("formula", { row: number });
    if (cell.at < MOST_COLUMNS) cells[cell.at] = told(cell, strings, dates, shift);
    cell = null;
  }
  return rows;
}

/** A cell as people would write it. @param {any} cell */
function told({ type, style, said }, strings, dates, shift) {
  const text = type === "s" ? strings[Number(said)] ?? "" : said;
  if (type === "b") return said === "1" ? "yes" : "no";
  if (type === "e") return "";
  const day = (Number(said) + shift - DAYS_TO_1970) * DAY_MS;
  if (type !== "n" || !said || Number.isNaN(day)) return text.trim().replace(/\s+/g, " ");
  if (dates.has(style) && Math.abs(day) < LAST_DAY_MS) return new Date(day).toISOString().slice(0, 10);
  return String(Number(Number(said).toPrecision(15)));
}

/** "C7" stands third, at 2. */
function placeOf(cell) {
  const letters = /^[A-Z]{1,3}/.exec(cell ?? "")?.[0];
  return letters ? [...letters].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1 : null;
}
