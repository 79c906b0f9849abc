// The form of a sheet with the view "tree".
import { formWith } from "../form/form.js";

export default formWith({});
