// Connections as a picture: chosen by mouse, finger and keyboard, with a table that says the same and the measures behind it.
import { h, makeButton, makeList, newId, setAttr, setText } from "../../common/dom.js";
import { makeFiles } from "../../common/drawing.js";
import { makeLatestRequest } from "../../form/latest_request.js";
import { drawNetwork } from "./drawn.js";
import { laidOut, nextTo } from "./layout.js";
import { TABLE, answerOf, pictured, readNetwork } from "./network.js";
import { makeConnectionTable } from "./table.js";
/** @import { Context } from "../../form/context.js" */

const PAUSE_MS = 250;
const ARROWS = { ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 }, ArrowRight: { x: 1, y: 0 }, ArrowLeft: { x: -1, y: 0 } };
const INSIDE = ["within", "across"];

/** The picture of a section with the view "connections". */
export function makeView(/** @type {Context} */ ctx) {
  const say = (key, values) => ctx.say(`connections.${key}`, values);
  const letters = { leader: say("leader"), supervisor: say("supervisor") };
  const drawn = h("div", { class: "drawing", "aria-hidden": "true" }), over = h("div", { class: "over" });
  const stage = h("div", { class: "stage", role: "group" }, drawn, over), reading = makeReading(ctx, say), help = h("p", { class: "small", id: newId() }, say("help"));
  const empty = h("p", { class: "small" }, say("empty")), table = makeConnectionTable(ctx, say), numbers = makeNumbers(ctx, say);
  const keys = [h("p", { class: "small" }, say("key_lines")), h("p", { class: "small alone" }, say("key_alone"))];
  const draw = (width, mine = null) => drawNetwork(what, { heads: headsOf(network, say), letters, picked: mine }, width);
  const files = makeFiles({ name: say("file"), words: ctx.say, draw: (width) => draw(width), place: drawn });
  const shown = h("div", {}, stage, reading.element, keys, help, files, table.element, numbers.element);
  const element = h("div", { class: "connections" }, empty, shown);
  let network = { connections: [], groups: [] }, what = pictured(network), nodes = new Map(), width = 0, picked = null, at = null;

  const marks = makeList(over, ({ key }) => {
    const mark = makeButton("mark", () => pick(key === picked ? null : key));
    mark.addEventListener("focus", () => { if (at !== key) { at = key; tabs(); } });
    mark.addEventListener("keydown", (event) => pressed(event, key));
    setAttr(mark, "aria-describedby", help.id);
    return {
      element: mark,
      focus: () => mark.focus(),
      update: ({ node }) => {
        Object.assign(mark.style, { left: `${node.x}px`, top: `${node.y}px`, width: `${node.width}px`, height: `${node.height}px` });
        setAttr(mark, "aria-label", nameOf(node, say));
        setAttr(mark, "aria-pressed", String(key === picked));
        setAttr(mark, "tabindex", key === at ? "0" : "-1");
      },
    };
  });

  /** One stop for the Tab key; the arrows go on from there. */
  function tabs() {
    for (const key of nodes.keys()) marks.get(key)?.element.setAttribute("tabindex", key === at ? "0" : "-1");
  }

  function pressed(event, key) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && picked) pick(null);
    else if (ARROWS[event.key]) marks.get(nextTo(nodes, key, ARROWS[event.key])).focus();
    else return;
    event.preventDefault();
  }

  function pick(key) {
    picked = key;
    redraw();
  }

  function redraw() {
    if (!nodes.has(picked)) picked = null;
    if (width) {
      nodes = new Map([...laidOut(what, width).nodes].filter(([, { kind }]) => kind !== "groups"));
      if (!nodes.has(at)) at = nodes.keys().next().value ?? null;
      drawn.replaceChildren(draw(width, picked));
      marks.sync([...nodes].map(([key, node]) => ({ key, node })));
    }
    reading.update(picked && nodes.get(picked), what.links.filter(({ from, to }) => [from, to].includes(picked)), what);
  }
  new ResizeObserver(([{ contentRect }]) => {
    if (Math.floor(contentRect.width) === width) return;
    width = Math.floor(contentRect.width);
    redraw();
  }).observe(drawn);

  function update() {
    if (!ctx.state) return;
    network = readNetwork(ctx);
    what = pictured(network);
    const { connections } = network;
    empty.hidden = connections.length > 0;
    shown.hidden = !connections.length;
    keys[1].hidden = !what.boxes.some(({ members }) => members.some(({ alone }) => alone));
    setAttr(stage, "aria-label", say("map", { count: connections.length }));
    redraw();
    table.update(connections);
    numbers.update();
  }
  return { element, update };
}

/** What stands above each band: its name, how many connections, for how many hours. */
function headsOf({ connections }, say) {
  const mine = { customers: ["customers"], inside: INSIDE, outside: ["outside"], unsorted: [""] };
  const told = Object.fromEntries(Object.entries(mine).map(([band, rings]) => {
    const own = connections.filter(({ ring }) => rings.includes(ring)), known = own.filter(({ hours }) => hours !== null);
    const hours = known.reduce((sum, one) => sum + Number(one.hours), 0);
    return [band, say(known.length ? "band_hours" : "band", { name: say(band), count: own.length, hours })];
  }));
  return { ...told, groups: told.inside, inside: say("unsorted_inside") };
}

function nameOf(node, say) {
  if (node.kind === "partner") return say("partner", { name: node.name, ring: node.ring ? say(`ring.${node.ring}`) : say("unsorted") });
  const key = node.alone ? "member_alone" : node.group ? "member" : "member_only";
  return say(key, { code: node.code, group: node.group });
}

/** What is said of the one who is chosen, with a way to each row. */
function makeReading(/** @type {Context} */ ctx, say) {
  const heading = h("strong", { dir: "auto" }), list = h("ul", { class: "plain" });
  const element = h("div", { class: "reading", role: "status", hidden: true }, h("p", {}, heading), list);
  const lines = makeList(list, ({ link }) => {
    const text = h("span", { dir: "auto" });
    const go = makeButton("link", () => ctx.goTo(`${TABLE}/${link.row}/partner`), say("go_to", { name: link.partner || ctx.labels.row(TABLE, link.row) }));
    return { element: h("li", {}, text, " ", go), update: ({ said }) => setText(text, said) };
  });
  const called = (key, what) => {
    const [kind, ...rest] = key.split(" "), name = rest.join(" ");
    if (kind === "groups") return say("the_groups");
    return kind === "member" ? name : Object.values(what.partners).flat().find((one) => one.key === key)?.name ?? name;
  };

  function update(node, links, what) {
    element.hidden = !node;
    if (!node) return;
    const name = node.kind === "partner" ? node.name : node.code, count = new Set(links.map(({ row }) => row)).size;
    setText(heading, say(count === 0 ? "said_none" : count === 1 ? "said_one" : "said", { name, count }));
    lines.sync(links.map((link) => {
      const facts = [answerOf(ctx, "tie", link.tie), link.hours !== null && say("hours", { hours: link.hours }), answerOf(ctx, "led_by", link.led)];
      const told = { member: called(link.from, what), other: called(link.to, what), facts: facts.filter(Boolean).join(", ") };
      return { key: `${link.row} ${link.from} ${link.to}`, link, said: say(told.facts ? "line" : "line_plain", told) };
    }));
  }
  return { element, update };
}

/** The measures, asked of the kernel while they are open. */
function makeNumbers(/** @type {Context} */ ctx, say) {
  const says = h("div", {}), list = h("ul", {}), trouble = h("p", { class: "small", hidden: true });
  const element = h("details", { class: "twin", ontoggle: () => update() }, h("summary", {}, say("numbers")), says, h("p", { class: "small" }, say("numbers_about")), list, trouble);
  let asked = "";
  const latest = makeLatestRequest(ctx, "network", PAUSE_MS, ({ reply, refusal }) => {
    trouble.hidden = !refusal;
    setText(trouble, refusal ?? "");
    if (!reply) return;
    says.replaceChildren(...reply.says.map((one) => h("p", {}, one)));
    list.replaceChildren(...reply.numbers.map((one) => h("li", {}, one)));
  });
  function update() {
    const { connected } = ctx.view.link, now = `${ctx.state.worksheet.id} ${ctx.state.seq} ${connected}`;
    if (!element.open || ctx.queue.busy || now === asked) return;
    if (!connected) {
      trouble.hidden = false;
      return setText(trouble, say("numbers_offline"));
    }
    asked = now;
    latest.ask();
  }
  return { element, update };
}
