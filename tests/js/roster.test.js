// A pasted list of people: what is understood, and that names are taken out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asTable, cut, readRoster } from "../../widgets/views/workgroups/roster.js";

const QUESTIONS = ["code", "area", "site"].map((id) => ({ id, short: { code: "Code", area: "Area", site: "Place" }[id], text: `Which ${id}?` }));
const read = (text, taken = []) => readRoster(text, QUESTIONS, ["age"], taken);

test("names stay behind, and whoever has no code gets the next one that is free", () => {
  const { rows, columns, named, guarded, left } = read("Name;Code;Area;Age;Shoe\nAnn Lee;H1;Desk;44;39\nBo Yi;;Lab;23;40", ["p01"]);
  assert.deepEqual(rows.map(({ code, name }) => [code, name]), [["H1", "Ann Lee"], ["P02", "Bo Yi"]]);
  assert.deepEqual([columns, named, guarded, left], [["Code", "Area"], ["Name"], ["Age"], ["Shoe"]]);
  assert.equal(asTable(rows, QUESTIONS), "code\tarea\nH1\tDesk\nP02\tLab");
});

test("two people of one code are two people", () => {
  assert.deepEqual(read("Code,Area\nA,x\na,y").rows.map(({ code }) => code), ["A", "P01"]);
});

test("a mark at the start, quotes, empty lines and a person called NA are read", () => {
  assert.deepEqual(cut('\uFEFFCode,Area\r\n\r\nNA,"Claims, ""home"""\r\n'), [["Code", "Area"], ["NA", 'Claims, "home"']]);
});

test("a list without headings that anybody knows has nobody", () => {
  assert.deepEqual(read("x;y\n1;2").rows, []);
  assert.deepEqual(read("").rows, []);
});

test("a cell with a quotation mark is quoted", () => {
  assert.equal(asTable([{ code: "A", area: 'the "lab"' }], QUESTIONS), 'code\tarea\nA\t"the ""lab"""');
});
