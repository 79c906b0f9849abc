// A pasted list of people: what is understood, and that names are taken out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isCode, withCodes, withCodesInRows } from "../../widgets/form/names.js";
import { decoded, linesOfFile } from "../../widgets/views/workgroups/list_file.js";
import { keyOf, keyText } from "../../widgets/views/workgroups/names.js";
import { asTable, cut, readRoster } from "../../widgets/views/workgroups/roster.js";

const QUESTIONS = [...["code", "area", "site"].map((id) => ({ id, kind: "text", short: { code: "Code", area: "Area", site: "Place" }[id], text: `Which ${id}?` })),
  { id: "boss", kind: "row", short: "Reports to", text: "Reports to whom?" }];
const read = (text, taken = [], most = 120) => readRoster(cut(text), QUESTIONS, ["age"], taken, most);
const bytesOf = (...numbers) => new Uint8Array(numbers.flat());
const utf16 = (text, little) => bytesOf([...text].flatMap((sign) => (little ? [sign.charCodeAt(0), 0] : [0, sign.charCodeAt(0)])));

test("names stay behind, and whoever has no code gets the next one that is free", () => {
  const { rows, columns, named, guarded, left } = read("Name;Code;Area;Age;Shoe\nAnn Lee;H1;Desk;44;39\nBo Yi;;Lab;23;40", ["p01"]);
  assert.deepEqual(rows.map(({ code, name }) => [code, name]), [["H1", "Ann Lee"], ["P02", "Bo Yi"]]);
  assert.deepEqual([columns, named, guarded, left], [["Code", "Area"], ["Name"], ["Age"], ["Shoe"]]);
  assert.equal(asTable(rows, QUESTIONS), "code\tarea\nH1\tDesk\nP02\tLab");
});

test("two people of one code are two people, and so are two of one name", () => {
  assert.deepEqual(read("Code,Area\nA,x\na,y").rows.map(({ code }) => code), ["A", "P01"]);
  assert.deepEqual(read("Name,Area\nAnn Lee,x\nAnn Lee,y").rows.map(({ code, name }) => [code, name]), [["P01", "Ann Lee"], ["P02", "Ann Lee"]]);
});

test("what stands under Code and is no code is a name, and an address of mail is never sent", () => {
  const { rows } = read("Code,Area,Place\nAnn Lee,Desk,ann.lee@example.org\nNA,Lab,North");
  assert.deepEqual(rows, [{ code: "P01", name: "Ann Lee", area: "Desk" }, { code: "P02", name: "NA", area: "Lab", site: "North" }]);
});

test("a name in another cell becomes the person's code, and a boss who is not listed is left out", () => {
  const { rows } = read("Name;Area;Reports to\nAnn Lee;Team of Bo Yi;Bo Yi\nBo Yi;Lab;Cy Moe");
  assert.deepEqual(rows.map(({ area, boss }) => [area, boss]), [["Team of P02", "P02"], ["Lab", undefined]]);
});

test("a code is short and has a number, or is a letter", () => {
  for (const code of ["H01", "4711", "EMP-12", "P.7", "a", "Ä3"]) assert.equal(isCode(code), true, code);
  for (const name of ["Ann", "NA", "Ann Lee", "", "Henry1", "12 3", "a@b1"]) assert.equal(isCode(name), false, name);
});

test("whole names of two words and more become codes in a text, and nothing else does", () => {
  const names = { H1: "Ann Lee", H2: "Ann Lee-Ford", H3: "May" };
  assert.equal(withCodes("Ask ANN LEE and Ann Lee-Ford by May, not Joann Lee.", names), "Ask H1 and H2 by May, not Joann Lee.");
});

test("a mark at the start, quotes, empty lines and a person called NA are read", () => {
  assert.deepEqual(cut('\uFEFFCode,Area\r\n\r\nNA,"Claims, ""home"""\r\n'), [["Code", "Area"], ["NA", 'Claims, "home"']]);
});

test("semicolons go with decimal commas, and a mark that is never closed is a sign like others", () => {
  assert.deepEqual(cut('Code;Area;Time here\nA;Desk;3,5\nB;Lab;"4,25"'), [["Code", "Area", "Time here"], ["A", "Desk", "3,5"], ["B", "Lab", "4,25"]]);
  assert.deepEqual(cut('Code,Area\nA,"Desk\nB,Lab'), [["Code", "Area"], ["A", '"Desk'], ["B", "Lab"]]);
});

const FORM = [{ id: "code", kind: "text", short: "Code", text: "Which code?", also: ["nr"] }, { id: "area", kind: "text", short: "Area", text: "Which area?", choices: [], also: ["function", "department"] },
  { id: "role", kind: "one", short: "Role", text: "Which role?", choices: [{ id: "front", label: "Front line" }, { id: "manager", label: "Manager" }] },
  { id: "group", kind: "number", short: "Group", text: "Which group?" }];
const formed = (text, as = {}) => readRoster(cut(text), FORM, ["age"], [], 120, as);

test("a column may be called otherwise: what a question is called comes first, and each is one column", () => {
  const list = "Nr;Function;Department;Age\nH1;Desk;Claims;40\nH2;Lab;Sales;30";
  const first = formed(list);
  assert.deepEqual(first.rows.map(({ code, area }) => [code, area]), [["H1", "Desk"], ["H2", "Lab"]]);
  assert.deepEqual([first.left, first.guarded], [["Department"], ["Age"]]);
  assert.deepEqual(first.heads, [{ head: "Nr", as: "code" }, { head: "Function", as: "area" }, { head: "Department", as: "" }, { head: "Age", as: "" }]);
  assert.equal(formed("Function;Area\nx;Desk").rows[0].area, "Desk");
});

test("an address is a name where there is no other, and else is left out", () => {
  assert.deepEqual(formed("E-mail;Area\nann@x.org;Desk").rows.map(({ name }) => name), ["ann@x.org"]);
  const { rows, left } = formed("Name;Phone;Area\nAnn Lee;0113 1;Desk");
  assert.deepEqual([rows[0].name, left], ["Ann Lee", ["Phone"]]);
});

test("somebody may say what a column is, a name or nothing at all; nobody is placed by age all the same", () => {
  const list = "Who;Function;Department;Age\nAnn Lee;Desk;Claims;40";
  const { rows, left, guarded } = formed(list, { Who: "name", Function: "", Department: "area", Age: "area" });
  assert.deepEqual(rows, [{ code: "P01", name: "Ann Lee", area: "Claims" }]);
  assert.deepEqual([left, guarded], [["Function"], ["Age"]]);
  assert.equal(formed(list, { Function: "area", Department: "area" }).wrong.key, "twice");
});

test("an answer that a question does not offer is counted and left out, and the others are taken", () => {
  const { rows, odd } = formed("Area;Role;Group\nDesk;front line;1\nLab;Handler;A\nWard;MANAGER;");
  assert.deepEqual([rows.map(({ role, group }) => [role, group]), odd], [[["front line", "1"], [undefined, undefined], ["MANAGER", undefined]], { Area: 0, Role: 1, Group: 1 }]);
});

test("a formula in text is text", () => {
  assert.deepEqual(read("Code,Area\nA,=SUM(1)\nB,@cmd").rows.map(({ area }) => area), ["=SUM(1)", undefined]);
});

test("a list without headings that anybody knows has nobody", () => {
  assert.deepEqual(read("x;y\n1;2").rows, []);
  assert.deepEqual(read("").rows, []);
});

test("what can't be right is told, and nobody is taken", () => {
  const wrong = (text, most) => { const { rows, wrong: found } = read(text, [], most); assert.deepEqual(rows, []); return found; };
  assert.deepEqual(wrong("Area,Area\na,b"), { key: "twice", values: { heading: "Area" } });
  assert.deepEqual(wrong("Code,Area\nA,Desk\nB,Lab,north"), { key: "wide", values: { line: 3, cells: 3, headings: 2 } });
  assert.deepEqual(wrong(`Code,Area\nA,Desk\nB,${"x".repeat(1_001)}`), { key: "long", values: { line: 3, heading: "Area", most: 1_000 } });
  assert.deepEqual(wrong(`Code,Area\n${"A1,Desk\n".repeat(5_000)}`, 120), { key: "many", values: { count: 5_000, most: 120 } });
});

test("a cell with a quotation mark is quoted", () => {
  assert.equal(asTable([{ code: "A", area: 'the "lab"' }], QUESTIONS), 'code\tarea\nA\t"the ""lab"""');
});

test("text is read in UTF-8, UTF-16 with its mark and without, and as Windows wrote it", async () => {
  const text = "Code,Area\nA,Caf\u00e9";
  const files = [new TextEncoder().encode(text), bytesOf(0xff, 0xfe, [...utf16(text, true)]), bytesOf(0xfe, 0xff, [...utf16(text, false)]),
    utf16(text, true), utf16(text, false), bytesOf([...text].map((sign) => sign.charCodeAt(0)))];
  for (const file of files) assert.deepEqual(await linesOfFile(file), [["Code", "Area"], ["A", "Caf\u00e9"]]);
  assert.throws(() => decoded(bytesOf(7, 0, 0, 0, 9)), { key: "broken" });
  await assert.rejects(() => linesOfFile(bytesOf(0xd0, 0xcf, 0x11, 0xe0, 1)), { key: "old" });
});

test("a key comes back as it was saved, and a spreadsheet carries out nothing in it", () => {
  const names = { H1: 'Ann "Bee" Lee', H2: "=cmd, Bo", H3: "NA" };
  assert.match(keyText(names), /"'=cmd, Bo"/);
  assert.deepEqual(keyOf(cut(`\uFEFF${keyText(names)}`)), names);
  assert.deepEqual(keyOf(cut("name,code\nAnn,H1")), {});
});

test("rules that are pasted have codes in place of names, and whoever is unknown is told and not sent", () => {
  const known = { P01: "Ann Lee", P02: "Bo Yi" };
  const names = { hidden: (said) => withCodes(said, known), codeOf: (said) => Object.keys(known).find((code) => known[code].toLowerCase() === said.toLowerCase()) };
  const columns = [{ id: "kind", short: "Rule", text: "Which rule?" }, { id: "who", short: "People", text: "Which people?", codes: true }, { id: "because", short: "Because", text: "Why?" }];
  const sent = (text) => withCodesInRows(text, columns, names);
  assert.deepEqual(sent("Together\tann lee; P02\tBo Yi asked"), { text: "Together\tP01, P02\tP02 asked", strange: [] });
  assert.deepEqual(sent("Rule\tBecause\tPeople\r\nApart\tA reason\t\"Ann Lee, Bo Yi\"\r\n").text, "Rule\tBecause\tPeople\nApart\tA reason\tP01, P02\n");
  assert.deepEqual(sent("Rule\tPersons\nApart\tWalter Quill"), { text: "Rule\t\nApart\t", strange: [] });
  assert.deepEqual(sent("Together\tWalter Quill, P01").strange, ["Walter Quill"]);
  assert.deepEqual(withCodesInRows("A need\tAnn Lee", [{ id: "need", text: "What?" }], names), { text: "A need\tP01", strange: [] });
});
