// The lanes of the flow: that a case is sent back is seen in every width, also to a step in a band above.
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawBands } from "../../widgets/views/flow/bands.js";

/** As much of an element as a picture in SVG needs. */
class Part {
  /** @type {any[]} */
  children = [];
  /** @type {Record<string, any>} */
  attributes = {};

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  append(...children) {
    this.children.push(...children);
  }

  getContext() {
    return { measureText: (text) => ({ width: text.length * 6 }) };
  }

  get text() {
    return this.children.map((one) => (typeof one === "string" ? one : one.text)).join(" ");
  }

  count(attribute) {
    return Number(attribute in this.attributes) + this.children.reduce((sum, one) => sum + (one instanceof Part ? one.count(attribute) : 0), 0);
  }
}

const make = () => new Part();
Object.assign(globalThis, { document: { createElement: make, createElementNS: make, querySelector: () => null, body: null }, getComputedStyle: () => ({ fontFamily: "sans" }) });

const BLANK = { who: "A", kind: "", wait: "", work: "", tool: "", data: "", decision: "", check: "", longest: false };
const steps = ["First", "Second", "Third", "Fourth"].map((step, place) => ({ ...BLANK, step, to: place === 3 ? 0 : -1 }));

test("a way back is a line where both steps stand side by side, and is told where they don’t", () => {
  const wide = drawBands(steps, { back: "Back to" }, 700), narrow = drawBands(steps, { back: "Back to" }, 330);
  assert.equal(wide.count("stroke-dasharray"), 1);
  assert.doesNotMatch(wide.text, /Back to/);
  assert.equal(narrow.count("stroke-dasharray"), 0);
  assert.match(narrow.text, /Back to 1/);
});
