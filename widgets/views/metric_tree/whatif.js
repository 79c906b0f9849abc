// What if: the measures of the front line moved by sliders, and what would become of the rest.
import { h, makeButton, makeList, newId, setText } from "../../common/dom.js";
import { makeLatestRequest } from "../../form/latest_request.js";
import { drawBars, makeAnswer } from "./blocks.js";
import { figure, planOf, standing } from "./figures.js";
/** @import { Context } from "../../form/context.js" */

const PAUSE_MS = 150;
const REACH = 50; // percent either way, further where a plan goes further
const FEW = 8;

/** The what-if: {element, update(fronts), effect(row)}. changed() hears when the effects are others. */
export function makeWhatIf(/** @type {Context} */ ctx, changed) {
  const say = (key, values) => ctx.say(`tree.if.${key}`, values);
  const changes = new Map(); // row -> percent, for those that are moved
  let effects = {}, all = false, fronts = [], seq = null;
  const outcome = makeOutcome(say), numbers = makeAnswer();
  const request = makeLatestRequest(ctx, "what_if", PAUSE_MS, ({ reply, refusal }) => {
    effects = reply?.what_if.nodes ?? {};
    outcome.show(reply?.what_if, refusal);
    changed();
  });
  const more = makeLatestRequest(ctx, "numbers", 0, numbers.show);
  const list = h("ul", { class: "tree-sliders" });
  const sliders = makeList(list, ({ key }) => makeSlider(say, (percent) => set(key, percent)));
  const showAll = makeButton("link", () => { all = true; sync(); });
  const none = h("p", { class: "small" }, say("no_fronts"));
  const ask = makeButton("button quiet", () => { numbers.say(say("asking")); more.ask(asked()); }, say("numbers"));
  const buttons = h("p", { class: "buttons" }, makeButton("button quiet", usePlans, say("plan")), makeButton("button quiet", reset, say("reset")), ask);
  const element = h("details", { class: "tree-more", "data-part": "what-if" }, h("summary", {}, h("h3", {}, say("title"))),
    h("p", { class: "intro" }, say("intro")), none, list, showAll, buttons, outcome.element, numbers.element);

  const asked = () => ({ changes: Object.fromEntries(changes) });

  function set(row, percent) {
    if (percent) changes.set(row, percent);
    else changes.delete(row);
    ran();
  }

  function usePlans() {
    for (const { key } of fronts) if (planOf(ctx, key)) changes.set(key, planOf(ctx, key));
    ran();
  }

  function reset() {
    changes.clear();
    ran();
  }

  function ran() {
    numbers.clear();
    sync();
    if (changes.size) return request.ask(asked());
    request.drop();
    effects = {};
    outcome.show(null);
    changed();
  }

  function sync() {
    const shown = all ? fronts : fronts.slice(0, FEW);
    sliders.sync(shown.map(({ key, name }) => ({ key, name, percent: changes.get(key) ?? 0, plan: planOf(ctx, key), ...standing(ctx, key) })));
    showAll.hidden = shown.length === fronts.length;
    setText(showAll, say("more", { count: fronts.length }));
    none.hidden = fronts.length > 0;
    buttons.hidden = !fronts.length;
  }

  function update(now) {
    fronts = now;
    for (const row of changes.keys()) if (!now.some(({ key }) => key === row)) changes.delete(row);
    sync();
    const again = seq !== null && seq !== ctx.state.seq && changes.size && !ctx.queue.busy;
    if (!ctx.queue.busy) seq = ctx.state.seq;
    if (again) request.ask(asked());
  }
  outcome.show(null);
  return { element, update, effect: (row) => effects[row]?.shown };
}

const signed = (percent) => `${percent > 0 ? "+" : percent < 0 ? "−" : ""}${Number(Math.abs(percent).toFixed(1))}`;

function makeSlider(say, moved) {
  const id = newId(), name = h("span", { id, dir: "auto" });
  const range = h("input", { type: "range", step: 1, "aria-labelledby": id });
  const number = h("input", { type: "number", step: "any", min: -100, max: 1000 });
  const shown = h("output", { "aria-hidden": "true" });
  range.addEventListener("input", () => moved(range.valueAsNumber));
  number.addEventListener("input", () => { if (number.value !== "") moved(number.valueAsNumber); });
  const element = h("li", { class: "tree-slider" }, name, range, number, shown);
  function update(item) {
    const { now, unit, percent } = item;
    const reach = Math.ceil(Math.max(REACH, Math.abs(item.plan), Math.abs(percent)) / 10) * 10;
    [range.min, range.max] = [Math.max(-reach, -100), reach];
    const change = say("change", { percent: signed(percent) });
    const level = now === null ? "" : say("level", { from: figure(now, unit), to: figure(now * (1 + percent / 100), unit) });
    setText(name, item.name);
    number.setAttribute("aria-label", say("slider", item));
    range.setAttribute("aria-valuetext", [level, change].filter(Boolean).join(", "));
    setText(shown, [level, change].filter(Boolean).join(" · "));
    range.value = percent;
    if (number.valueAsNumber !== percent && document.activeElement !== number) number.value = Number(percent.toFixed(1));
  }
  return { element, update };
}

/** Whether leaders would notice, in a word and a sentence. */
function makeOutcome(say) {
  const LOOK = { yes: "pass", perhaps: "warn", no: "warn", worse: "warn", unset: "unknown" };
  const word = h("strong", {}), sentence = h("span", { dir: "auto" }), error = h("p", { class: "error" });
  const bars = h("div"), added = h("section", { class: "tree-block", hidden: true }, h("h4", {}, say("parts")), h("p", { class: "small" }, say("parts_hint")), bars);
  const element = h("div", { class: "tree-outcome" }, h("div", { role: "status" }, h("p", {}, word, " ", sentence), error), added);
  function show(what, refusal = "") {
    word.className = what ? `verdict ${LOOK[what.noticed]}` : "";
    setText(word, what ? say(`says.${what.noticed}`) : "");
    setText(sentence, what ? what.sentence : refusal ? "" : say("still"));
    setText(error, refusal);
    error.hidden = !refusal;
    added.hidden = !what?.parts.length;
    bars.replaceChildren(...(added.hidden ? [] : [drawBars(what.parts)]));
  }
  return { element, show };
}
