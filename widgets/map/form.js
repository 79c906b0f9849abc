// The form of a sheet with the view "map".
import { formWith } from "../form/form.js";

export default formWith({});
