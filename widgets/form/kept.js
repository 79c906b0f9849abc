// How what is typed and not saved yet is kept in a browser's storage, for whoever puts it there or takes it up.

/** Where operations wait: this, the worksheet, ":", the op_id. */
export const OPS = "pb:op:";
/** Where drafts of fields wait: this, the worksheet, ":", the field. */
export const DRAFTS = "pb:draft:";

/** Where a tab keeps which worksheet of a sheet it shows. */
export const lastOf = (sheet) => `pb:last:${sheet}`;

/** The id of the row that an operation makes. */
export const rowIdOf = (opId) => `r${opId.replaceAll("-", "").slice(0, 12)}`;

/** Tells, on the form's own element, that a form is drawn with its first state. What stood for it goes then. */
export const FORM_DRAWN = "playbook:form-drawn";
