// What a view is: a picture that a section is drawn as. It reads and changes the fields of the form through
// the form's context, so that saving, undo, conflicts and two tabs come with it.

/**
 * What a section is drawn as: its element, and update(), called whenever something may have changed.
 * @typedef {{ element: HTMLElement, update: () => void }} View
 */

/**
 * Makes the view of one section, which shows the rows of `table`, or without a table the answers of the section. show(row) turns the form to a row of a
 * table of candidates; elsewhere there is none.
 * @callback MakeView
 * @param {import("./context.js").Context} ctx
 * @param {any} section the section as the content has it: id, title, questions
 * @param {any} table the table that it draws
 * @param {(row: string | null) => void} [show]
 * @returns {View}
 */

export {};
