// Questions to the kernel: after a pause, the last one counts, and an answer that comes late is dropped.

/** @import { Context } from "./context.js" */

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
