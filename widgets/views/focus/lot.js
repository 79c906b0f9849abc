// The lot: what it can show is said first; then the fingerprint, a word from somebody else, the draw, and how anybody
// draws it again. The seed stays out of sight until it is drawn.
import { showDialog } from "../../common/dialog.js";
import { h, makeButton, newId, placeChildren, setText } from "../../common/dom.js";
import { makeLatestRequest } from "../../form/latest_request.js";
/** @import { Context } from "../../form/context.js" */

const PAUSE_MS = 150;
const TABLE = "lots";
const WORD_WAIT_MS = 600;

/** The view of the lot's table, which has one row. */
export function makeView(/** @type {Context} */ ctx) {
  const say = (key, values) => ctx.say(`lot.${key}`, values);
  const before = h("div", {}), error = h("p", { class: "error", role: "status" });
  const shown = h("p", { class: "lot-print", dir: "auto" }), hint = h("p", {}, say("prepared"));
  const id = newId(), word = h("input", { id, type: "text", maxlength: 80, autocomplete: "off" });
  const asked = h("div", { class: "lot-word" }, h("label", { for: id }, say("word_label")), word);
  const prepare = makeButton("button quiet", () => preparing.ask(), say("prepare"));
  const draw = makeButton("button quiet", () => askToDraw(), say("draw"));
  const anew = makeButton("link", () => ctx.op("remove_row", { table: TABLE, row: row() }), say("anew"));
  const result = makeResult(say);
  const element = h("div", { class: "draw-lot" }, before, shown, hint, asked, h("p", { class: "buttons" }, prepare, draw, anew), error, result.element);
  let seen = null;

  const row = () => ctx.rows(TABLE)[0] ?? null;
  const looking = makeLatestRequest(ctx, "lot_view", PAUSE_MS, ({ reply, refusal }) => {
    setText(error, refusal ?? "");
    if (reply) show(reply.lot_view);
  });
  const preparing = makeLatestRequest(ctx, "lot_prepare", 0, ({ reply, refusal }) => {
    setText(error, refusal ?? "");
    if (!reply) return;
    ctx.op("add_row", { table: TABLE, answers: reply.lot_row });
    ctx.announce(say("prepared"));
  });
  word.addEventListener("input", () => { if (row()) ctx.edit(`${TABLE}/${row()}/word`, word.value || null, WORD_WAIT_MS); });
  word.addEventListener("blur", () => { if (row()) ctx.left(`${TABLE}/${row()}/word`); });

  async function askToDraw() {
    ctx.left(`${TABLE}/${row()}/word`);
    const words = { title: say("draw_ask"), close: ctx.say("cancel"), body: [h("p", {}, say("draw_hint"))] };
    const sure = await showDialog(ctx.root, { ...words, actions: [{ label: say("draw"), run: () => true, danger: true }] });
    if (!sure) return;
    const told = { seed_told: ctx.value(`${TABLE}/${row()}/seed`) };
    ctx.op("answer_rows", { table: TABLE, rows: { [row()]: told } });
    ctx.op("seal", { table: TABLE, row: row() });
  }

  function show({ can, before: lines, lot }) {
    placeChildren(before, lines.map((line) => h("p", { dir: "auto" }, line)));
    const drawn = lot?.drawn ?? null, waits = Boolean(lot) && !drawn;
    prepare.hidden = !can || Boolean(row());
    draw.hidden = anew.hidden = asked.hidden = hint.hidden = !waits;
    anew.hidden = drawn !== null || !row();
    shown.hidden = !lot;
    setText(shown, lot?.said ?? "");
    if (document.activeElement !== word) word.value = lot?.word ?? "";
    result.update(drawn);
  }

  function update() {
    setText(error, ctx.refusal?.table === TABLE ? ctx.refusal.text : error.textContent);
    const now = `${ctx.state.worksheet.id} ${ctx.state.seq}`;
    if (ctx.queue.busy || now === seen) return;
    seen = now;
    looking.ask();
  }
  show({ can: false, before: [], lot: null });
  return { element, update };
}

/** Who starts when, and how to repeat it. */
function makeResult(say) {
  const id = newId(), title = h("h3", { id }), rows = h("tbody", {}), lines = h("div", {});
  const heads = ["head_group", "head_start", "head_hash"].map((key) => h("th", { scope: "col" }, say(key)));
  const table = h("table", { "aria-labelledby": id }, h("thead", {}, h("tr", {}, heads)), rows);
  const element = h("div", { hidden: true }, title, h("div", { class: "weekly-scroll", tabindex: 0, role: "group", "aria-labelledby": id }, table),
    h("details", {}, h("summary", {}, say("repeat")), lines));
  function update(drawn) {
    element.hidden = !drawn;
    if (!drawn) return;
    setText(title, drawn.title);
    rows.replaceChildren(...drawn.rows.map(({ group, start, digest }) =>
      h("tr", {}, h("th", { scope: "row", dir: "auto" }, group), h("td", {}, start), h("td", { dir: "ltr" }, h("code", {}, `${digest} …`)))));
    placeChildren(lines, drawn.lines.map((line) => h("p", { class: "lot-print", dir: "auto" }, line)));
  }
  return { element, update };
}
