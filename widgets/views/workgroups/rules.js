// The rules under the board: each as a sentence, whether it is kept, and what it costs.
import { h, makeButton, makeList, newId, setText } from "../../common/dom.js";

const WORDS = { kept: "rule_kept", broken: "rule_broken", open: "rule_waits" };
const LEVELS = { kept: "pass", broken: "warn", open: "unknown" };

/** {element, update(rules, people)} of what the kernel says of each rule; `add()` leads to where rules are made. */
export function makeRules(say, add) {
  const id = newId(), list = h("ul", { class: "groups-rules" });
  const lines = makeList(list, () => {
    const state = h("span", {}), text = h("span", { dir: "auto" }), cost = h("span", { class: "small" });
    const update = (rule) => {
      state.className = `verdict ${LEVELS[rule.state]}`;
      setText(state, say(WORDS[rule.state]));
      setText(text, rule.problem ? `${rule.text} ${rule.problem}` : rule.text);
      setText(cost, rule.cost);
    };
    return { element: h("li", {}, state, " ", text, " ", cost), update };
  });
  const hint = h("p", { class: "small" }, say("rules_hint"));
  const element = h("section", { "aria-labelledby": id, hidden: true }, h("h3", { id }, say("rules_title")), list, hint,
    h("p", { class: "buttons" }, makeButton("button quiet mini", add, say("rules_add"))));
  function update(rules, people) {
    lines.sync(rules.map((rule) => ({ ...rule, key: rule.row })));
    element.hidden = !people.length;
    hint.hidden = !rules.some(({ cost }) => cost);
  }
  return { element, update };
}
