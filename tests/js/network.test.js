// Where the picture of groups puts everybody.
import assert from "node:assert/strict";
import { test } from "node:test";
import { placed } from "../../widgets/views/workgroups/network.js";

const PEOPLE = Array.from({ length: 31 }, (_, at) => ({ code: `H${at}`, group: at % 5 }));

test("everybody stands once, inside their own group, and no two on one spot, however wide it is", () => {
  for (const width of [240, 390, 760, 1400]) {
    const { groups, height } = placed(PEOPLE, width);
    assert.deepEqual(groups.map(({ number }) => number), [0, 1, 2, 3, 4]);
    assert.deepEqual(groups.flatMap(({ people }) => people.map(({ person }) => person.code)).sort(), PEOPLE.map(({ code }) => code).sort());
    for (const { number, x, y, width: wide, height: tall, people } of groups) {
      assert.ok(x >= 0 && x + wide <= width && y + tall <= height, `group ${number} at ${width}`);
      for (const one of people) assert.ok(one.person.group === number && one.x > x && one.x < x + wide && one.y > y && one.y < y + tall);
    }
    const spots = groups.flatMap(({ people }) => people.map((one) => `${one.x} ${one.y}`));
    assert.equal(new Set(spots).size, PEOPLE.length);
  }
});

test("nobody makes no picture", () => assert.deepEqual(placed([], 400), { groups: [], height: 0 }));
