// The form of a sheet with the views "chain" and "tree".
import { formWith } from "../../form/form.js";
import { makeChain } from "./chain.js";
import { makeTree } from "./tree.js";

export default formWith({ chain: makeChain, tree: makeTree });
