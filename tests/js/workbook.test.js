// A workbook read in the browser: what stands in it, and what is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_UNPACKED, readWorkbook } from "../../widgets/views/workgroups/workbook.js";

const LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const BOOK = '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId7"/><sheet name="B" sheetId="2" r:id="rId8"/></sheets></workbook>';
const LINKS = `<Relationships><Relationship Id="rId8" Type="${LINK}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId7" Target="/xl/first.xml"/></Relationships>`;
const STRINGS = '<sst><si><t>Code</t></si><si><r><t>A</t></r><r><t xml:space="preserve">rea</t></r><rPh><t>kana</t></rPh></si><si/>'
  + "<si><t>R &amp; D &#x1F600;</t></si></sst>";
const STYLES = '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[Red]0.0"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>';
const sheet = (rows) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

async function deflated(bytes) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer());
}

/** A zip archive of these parts; `stored` leaves them as they are. */
async function zip(parts, stored = false) {
  const pieces = [], entries = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const path = new TextEncoder().encode(name), plain = typeof text === "string" ? new TextEncoder().encode(text) : text;
    const packed = stored ? plain : await deflated(plain);
    const start = new Uint8Array(30 + path.length), entry = new Uint8Array(46 + path.length);
    const [head, end] = [new DataView(start.buffer), new DataView(entry.buffer)];
    head.setUint32(0, 0x04034b50, true); head.setUint16(26, path.length, true); start.set(path, 30);
    end.setUint32(0, 0x02014b50, true); end.setUint16(10, stored ? 0 : 8, true); end.setUint32(20, packed.length, true);
    end.setUint32(24, 10, true); end.setUint16(28, path.length, true); end.setUint32(42, at, true); entry.set(path, 46); // its size is a lie
    pieces.push(start, packed);
    entries.push(entry);
    at += start.length + packed.length;
  }
  const last = new DataView(new ArrayBuffer(22));
  last.setUint32(0, 0x06054b50, true); last.setUint16(10, entries.length, true); last.setUint32(16, at, true);
  return new Uint8Array(await new Blob([...pieces, ...entries, last.buffer]).arrayBuffer());
}

const book = (rows, more = {}, stored = false) => zip({ "xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": LINKS, "xl/first.xml": sheet(rows),
  "xl/sharedStrings.xml": STRINGS, "xl/styles.xml": STYLES, ...more }, stored);
const HEADS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>';

test("the first sheet is read: shared and own texts, gaps, numbers, yes and no, days", async () => {
  const rows = `${HEADS}<row r="4"><c r="A4" t="inlineStr"><is><t>H1</t></is></c><c r="B4"><v>0.30000000000000004</v></c><c r="C4" t="s"><v>3</v></c>
    <c r="D4" t="b"><v>1</v></c><c r="E4" s="1"><v>46371</v></c><c r="F4" s="2"><v>3.5</v></c><c r="G4" t="e"><v>#REF!</v></c></row><row r="5"/>`;
  for (const stored of [false, true])
    assert.deepEqual(await readWorkbook(await book(rows, {}, stored)), [["Code", "", "Area"], ["H1", "0.3", "R & D \u{1F600}", "yes", "2026-12-15", "3.5", ""]]);
});

test("a formula counts with its result, and without one its row is told", async () => {
  const cell = (inside) => `${HEADS}<row r="2"><c r="A2" t="str"><f>A1</f>${inside}</c></row>`;
  assert.deepEqual((await readWorkbook(await book(cell("<v>H2</v>"))))[1], ["H2"]);
  await assert.rejects(async () => readWorkbook(await book(cell(""))), { key: "formula", values: { row: 2 } });
  const number = `${HEADS}<row r="3"><c r="A3"><f>A1</f><v></v></c></row>`;
  await assert.rejects(async () => readWorkbook(await book(number)), { key: "formula", values: { row: 3 } });
});

test("what unpacks to far more than it says is left as soon as that is seen", async () => {
  const bomb = await book("", { "xl/first.xml": new Uint8Array(4 * MOST_UNPACKED) });
  assert.ok(bomb.length < 100_000);
  await assert.rejects(() => readWorkbook(bomb), { key: "unpacked" });
  const many = await book("", { "xl/styles.xml": new Uint8Array(MOST_UNPACKED * 0.6), "xl/first.xml": new Uint8Array(MOST_UNPACKED * 0.6) });
  await assert.rejects(() => readWorkbook(many), { key: "unpacked" });
});

test("entities that a file declares are not followed", async () => {
  const own = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${sheet('<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>')}`;
  assert.deepEqual(await readWorkbook(await book("", { "xl/first.xml": own })), [["&b;"]]);
});

test("whatever is cut off or is no workbook is told so", async () => {
  const whole = await book(HEADS);
  for (const part of [whole.slice(0, 200), whole.slice(0, -30), new Uint8Array(30)]) await assert.rejects(() => readWorkbook(part), { key: "broken" });
  const damaged = whole.slice();
  damaged.fill(255, 60, 140);
  await assert.rejects(() => readWorkbook(damaged), { key: "broken" });
  await assert.rejects(async () => readWorkbook(await zip({ "word/document.xml": "x" })), { key: "broken" });
  await assert.rejects(() => readWorkbook(new Uint8Array(6_000_000)), { key: "large" });
});
