// Questions to the kernel: after a pause, the last one counts, and an answer that comes late is dropped.

/** @import { Context } from "../../form/context.js" */

/** ask(args) asks `what` after `wait` milliseconds; show({reply, refusal}) hears of it, once for the last. */
export function makeLatestRequest(/** @type {Context} */ ctx, what, wait, show) {
  let turn = 0, timer;
  async function send(args, mine) {
    const answer = await ctx.ask(what, args).then((reply) => ({ reply }), (error) => ({ refusal: error.message }));
    if (mine === turn) show(answer);
  }
  function drop() {
    turn += 1;
    clearTimeout(timer);
  }
  function ask(args = {}) {
    drop();
    timer = setTimeout(send, wait, args, turn);
  }
  return { ask, drop };
}

const SAVED_PAUSE_MS = 250;

/** What the kernel works out of the tree, asked anew when something was saved: {of(row), refusal, text,
 * update(shown)}. changed() hears when there is news. */
export function makeFacts(/** @type {Context} */ ctx, changed) {
  let known = { nodes: {}, problems: [] }, refusal = "", asked = null;
  const request = makeLatestRequest(ctx, "tree", SAVED_PAUSE_MS, (answer) => {
    known = answer.reply?.tree ?? known;
    refusal = answer.refusal ?? "";
    changed();
  });
  function update(shown) {
    const { link } = ctx.view, now = `${ctx.state.worksheet.id} ${ctx.state.seq} ${link.connected}`;
    if (!shown || ctx.queue.busy || !link.connected || now === asked) return;
    asked = now;
    request.ask();
  }
  return {
    update,
    of: (row) => known.nodes[row],
    get refusal() { return refusal; },
    get problems() { return known.problems; },
  };
}
