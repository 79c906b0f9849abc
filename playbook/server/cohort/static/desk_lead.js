// Leading a class through its plan: the rundown, the running step, Next and Back by button, key and clicker.
import { h, makeList, setAttr, setText } from "./dom.js";
import { makeTray } from "./desk_tray.js";
import { announce, clock, data, find, redraw, say } from "./page.js";
import { canShow, sceneOf } from "./wall_scene.js";

const MINUTE = 60;
const CHOICES = ["one", "many", "scale", "order"];
const OWN_KEYS = "input, textarea, select, [contenteditable], iframe";

/** The part in the middle and the rundown beside it; the function that takes the state. */
export function makeLead(act) {
  let told = null, busy = false, led = null;
  const steps = makeList(find("steps"), (step) => makeStep(step, act));

  /** Next and Back name the step and phase that they leave, so that two presses do it once. */
  async function go(name, more = {}) {
    if (!told || busy) return;
    const { blocked } = told.next;
    if (name === "go_on" && blocked && !more.skip) { announce(blocked); return; }
    busy = true;
    await act(name, { ...told.at, ...more });
    busy = false;
  }

  find("next").addEventListener("click", () => go("go_on"));
  find("back").addEventListener("click", () => go("go_back"));
  find("skip").addEventListener("click", () => go("go_on", { skip: true }));
  find("minute").addEventListener("click", () => act("more_time", { seconds: MINUTE }));
  find("cut").addEventListener("click", () => cut(told.cut, true));
  find("uncut").addEventListener("click", () => cut(told.steps.findLast((step) => step.is_cut && step.can_cut), false));
  const cut = (step, out) => act("cut", { step: step.id, cut: out }, out ? say("did_cut", { instead: step.instead }) : say("did_uncut"));

  listen({
    " ": () => go("go_on"), ArrowRight: () => go("go_on"), PageDown: () => go("go_on"),
    ArrowLeft: () => go("go_back"), PageUp: () => go("go_back"),
    b: () => find("blank").click(), j: () => find("large-code").click(),
  }, () => told !== null);
  const tray = makeTray(act);
  find("tray-now").append(tray.element);
  makePlan(act);
  makeAdd(act);
  setInterval(showClock, 1_000);
  showClock();

  return (state) => {
    told = state.rundown;
    if (led !== Boolean(told)) { // with a plan the rest is folded
      led = Boolean(told);
      for (const part of ["plan-part", "own-part"]) find(part).open = !led;
    }
    find("no-plan").hidden = Boolean(told);
    find("nextbar").hidden = !told;
    find("add-part").hidden = !told;
    const place = told ? find("columns") : find("free");
    if (find("work").parentElement !== place) place.prepend(find("work")); // without a plan one leads from there
    document.body.classList.toggle("led", Boolean(told));
    steps.sync((told?.steps ?? []).map((step) => ({ ...step, key: step.id })));
    drawRoom(state);
    drawStep(state, told);
    if (!told) { tray.update([]); find("late").hidden = true; setText(find("planned"), ""); return; }
    drawNext(told);
    drawSittings(told, act);
    drawLate(told);
    tray.update(ofTheWall(state));
  };
}

/** The texts of what the wall shows, and of what was asked beside it. */
function ofTheWall({ votes, tray, wall: { poll } }) {
  const vote = votes.find(({ id, parts }) => id === poll || parts.some((part) => part.id === poll));
  return (vote ? [vote, ...vote.parts] : []).flatMap(({ id }) => tray[id] ?? []);
}

function drawStep({ step, votes, turnout, sheet, case: known }, told) {
  const now = told?.steps[told.now];
  setText(find("now-h"), step?.title ?? (told ? told.title : say("no_plan_yet")));
  setText(find("where"), told ? (now ? say("step_of", { number: told.now + 1, all: told.steps.length, plan: told.title }) : say("not_begun")) : "");
  redraw(find("phases"), now?.phases ?? [], (phases) => phases.map(phaseView));
  redraw(find("replies"), told?.replies ?? [], (replies) => replies.map((reply) => h("div", {}, h("dt", {}, say("if_says", { says: reply.if })), h("dd", {}, reply.ask))));
  setText(find("lead-on"), told?.lead_on ? say("lead_on", { text: told.lead_on }) : "");
  const vote = votes.findLast((one) => one.state === "open") ?? votes.at(-1);
  const says = step?.say || known?.situation;
  const critics = told?.critics ? say("critics", { count: told.critics }) : "";
  redraw(find("running"), { vote: told && vote && vote.state !== "revealed" ? [vote.id, vote.text, vote.state, turnout[vote.id]] : null, says, critics, sheet },
    () => [
      says && h("p", { dir: "auto", class: "said" }, says),
      critics && h("p", { class: "small" }, critics),
      told && vote && vote.state !== "revealed" && meter(vote, turnout[vote.id]),
    ]);
}

const meter = ({ text, state }, { answered, of }) => h("div", { class: "count" },
  h("strong", {}, say("answered_of", { answered, all: of })),
  h("span", { class: "amount", "aria-hidden": "true", style: `--share: ${of ? Math.min(1, answered / of) : 0}` }),
  h("span", { class: "small" }, `${say(`state_${state}`)} · `, h("a", { href: "#h-votes", title: text }, say("to_votes"))));

function phaseView({ do: what, minutes, state }) {
  const name = say(`phase_${what}`);
  return h("li", { class: state, "aria-current": state === "now" && "step", style: `--part: ${Math.max(1, minutes)}` },
    minutes ? say("phase_told", { name, minutes }) : name,
    state === "done" && h("span", {}, " ", h("span", { "aria-hidden": "true" }, "✓"), h("span", { class: "visually-hidden" }, say("step_done"))));
}

function drawNext({ next, at }) {
  const button = find("next");
  setAttr(button, "aria-disabled", next.blocked ? "true" : null);
  setText(find("says"), next.wall ? say("next_told", { says: next.says }) : next.says);
  setText(find("does"), next.does.join(" · "));
  setText(find("why"), next.blocked ?? "");
  find("back").disabled = at.phase < 0;
  find("skip-part").hidden = !(next.blocked && next.skips);
}

/** Once a plan is done: the plan of the next meeting, where the programme has one. */
function drawSittings({ title, next }, act) {
  const place = find("sittings"), then = next.wall === null ? data.sittings[title] ?? [] : [];
  place.hidden = !then.length;
  redraw(place, then, (all) => all.map(([programme, name]) => h("button", { type: "button", class: "button quiet", onclick: () => act("plan", { programme }, say("did_sitting", { title: name })) }, say("sitting_take", { title: name }))));
}

function drawLate({ over, end, planned_end: planned, steps, cut, minutes, now }) {
  const began = steps[0]?.at;
  setText(find("planned"), now < 0 ? say("planned_length", { minutes }) : say("planned", { from: clock(began), to: clock(planned) }));
  find("late").hidden = now < 0;
  find("late").dataset.over = String(Math.sign(over));
  const key = over > 0 ? "over" : over < 0 ? "under" : "on_time";
  setText(find("over"), say(key, { minutes: Math.abs(over), end: clock(end) }));
  find("cut").hidden = !(cut && over > 0);
  if (cut) setText(find("cut"), say("cut", { title: cut.title, minutes: cut.saves }));
  const back = steps.findLast((step) => step.is_cut && step.can_cut);
  find("uncut").hidden = !back;
  if (back) setText(find("uncut"), say("uncut", { title: back.title }));
}

function drawRoom({ people, door }) {
  const those = people.filter(({ role }) => role === "participant");
  const here = those.filter((one) => one.here).length;
  const isOpen = door.open && door.code;
  setText(find("roomline"), say(isOpen ? "roomline_open" : "roomline_closed", { here, count: those.length, code: door.code ?? "" }));
}

function makeStep({ id }, act) {
  const time = h("time", {}), title = h("span", { dir: "auto" }), minutes = h("span", { class: "m" }), state = h("span", { class: "visually-hidden" });
  const cut = h("button", { type: "button", class: "button quiet small" });
  cut.addEventListener("click", () => act("cut", { step: id, cut: cut.dataset.to === "cut" }, say(cut.dataset.to === "cut" ? "did_cut_added" : "did_uncut")));
  const element = h("li", {}, time, h("span", {}, title, " ", state), minutes, cut);
  return {
    element,
    update(step) {
      element.className = step.state;
      setAttr(element, "aria-current", step.state === "now" ? "step" : null);
      setText(time, clock(step.at));
      setText(title, step.title);
      setText(minutes, step.state === "done" ? "✓" : say("minutes_short", { minutes: step.minutes }));
      setText(state, say(`step_${step.state}`));
      cut.hidden = !step.can_cut;
      cut.dataset.to = step.is_cut ? "back" : "cut";
      setText(cut, say(step.is_cut ? "step_uncut" : "step_cut_it"));
      cut.setAttribute("aria-label", `${cut.textContent}: ${step.title}`);
    },
  };
}

/** Keys act where nobody types or picks, once a press, and only while the box for them is ticked. */
function listen(keys, isLed) {
  const box = find("keys");
  box.checked = localStorage.getItem("pb-desk-keys") !== "off";
  box.addEventListener("change", () => localStorage.setItem("pb-desk-keys", box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run || !isLed() || !box.checked || event.repeat || event.ctrlKey || event.metaKey || event.altKey || target.closest(OWN_KEYS)) return;
    if (event.key === " " && target.closest("button, a, summary")) return; // it presses what has the focus
    event.preventDefault();
    run();
  });
}

const showClock = () => setText(find("clock"), clock(Date.now()));

function makePlan(act) {
  const form = find("plan");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const programme = form.elements.programme.value;
    if (await act("plan", { programme }, say(programme ? "did_plan" : "did_plan_none"))) find("plan-part").open = !programme;
  });
}

function makeAdd(act) {
  const form = find("add");
  const text = (name) => form.elements[name].value;
  const draw = () => {
    find("add-question").hidden = text("kind") === "talk";
    find("add-choices-part").hidden = !CHOICES.includes(text("form"));
  };
  form.addEventListener("change", draw);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = { title: text("title"), kind: text("kind"), minutes: Number(text("minutes")), form: text("form"), text: text("text"), choices: text("choices").split("\n") };
    if (!(await act("add_step", given))) return;
    form.reset();
    draw();
    find("add-part").open = false;
  });
  draw();
}

/** What a desk shows of the wall: the page itself, made small. */
export function makeWall(act) {
  const frame = find("wall-frame").parentElement;
  new ResizeObserver(() => frame.style.setProperty("--k", String(frame.clientWidth / data.wall))).observe(frame);
  let kind = null;
  const toggle = (what) => (kind === what ? put("", "did_wall_off") : put(what));
  const put = (what, done = "did_wall") => act("wall", { kind: what }, say(done));
  find("blank").addEventListener("click", () => toggle("blank"));
  find("large-code").addEventListener("click", () => toggle("join"));
  const others = ["note", "teams", "matrix", "gallery", "agreed"];
  const buttons = others.map((what) => h("button", { type: "button", class: "button quiet small", onclick: () => put(what) }, say("wall_put", { wall: say(`wall_${what}`) })));
  find("wall-kinds").append(...buttons);
  return (state) => {
    const { wall, rundown, wall_put: isPut } = state;
    kind = isPut ? wall.kind : null;
    setText(find("wall-now"), say(`wall_${sceneOf(state).kind}`)); // what is drawn, where nothing of that kind is there
    buttons.forEach((button, place) => button.disabled = !canShow(state, others[place]));
    setText(find("wall-then"), rundown?.next.wall ? say("wall_then", { wall: say(`wall_${rundown.next.wall}`) }) : "");
    setText(find("blank"), say(kind === "blank" ? "blank_off" : "blank"));
    setText(find("large-code"), say(kind === "join" ? "large_code_off" : "large_code"));
  };
}
