// The form of a sheet without pictures.
import { formWith } from "./form.js";

export default formWith({});
