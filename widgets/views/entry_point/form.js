// The form of a sheet with the view "map".
import { formWith } from "../../form/form.js";
import { makeMap } from "./map.js";

export default formWith({ map: makeMap });
