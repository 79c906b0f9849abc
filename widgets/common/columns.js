// Cards dragged from column to column, by mouse, finger or pen.
import { makeDraggable } from "./drag.js";

/** Let the cards of `board` ([data-row]) be dragged to other columns, which `column` selects. held(event) is what a pointer has
 * hold of, null where it should scroll or press; drop(row, column) hears of the row's id and the column's element. */
export function dragToColumns(board, { column, held, drop }) {
  let card = null;
  const columnAt = ({ x, y }) => board.getRootNode().elementFromPoint(x, y)?.closest(column);
  const mark = (over) => board.querySelectorAll(column).forEach((one) => one.classList.toggle("over", one === over));
  makeDraggable(board, {
    held: (event) => Boolean(card = held(event)?.closest("[data-row]") ?? null),
    move: (at) => {
      card.classList.add("dragged");
      card.style.transform = `translate(${at.dx}px, ${at.dy}px)`;
      mark(columnAt(at));
    },
    drop: (at) => {
      const over = columnAt(at);
      if (over) drop(card.dataset.row, over);
    },
    end: () => {
      mark(null);
      card.classList.remove("dragged");
      card.style.transform = "";
    },
  });
}
