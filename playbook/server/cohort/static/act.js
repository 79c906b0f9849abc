// Ask the server to do something, and say on the page when it did not.
import { send } from "./ask.js";
import { notice, say } from "./page.js";

/** act(name, given) does place/name; its answer, or null when it did not work, which is told. `after` is called either way. */
export const makeAct = (place, after) => async (name, given = {}) => {
  try {
    const told = await send(`${place}/${name}`, given);
    notice("wrong", null);
    return told;
  } catch (error) {
    notice("wrong", whyNot(error));
    return null;
  } finally { after(); }
};

/** The sentence for an error of `send`. */
export const whyNot = ({ status, message }) => (status === undefined ? say("not_sent") : message || say(status === 404 ? "gone" : "failed"));
