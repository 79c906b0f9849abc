// Cards dragged from column to column, by mouse, finger or pen.
import { makeDraggable } from "./drag.js";

/** Let the cards of `board` ([data-row]) be dragged to other columns, which `column` selects. held(event) is what a pointer has
 * hold of, null where it should scroll or press; drop(row, column) hears of the row's id and the column's element. */
export function dragToColumns(board, { column, held, drop }) {
  let card = null;
  const columnAt = ({ x, y }) => board.getRootNode().elementFromPoint(x, y)?.closest(column);
  board.addEventListener("pointerdown", (event) => { card = held(event)?.closest("[data-row]") ?? null; }, true);
  const mark = (over) => board.querySelectorAll(column).forEach((one) => one.classList.toggle("over", one === over));
  makeDraggable(board, {
    move: (at) => {
      if (!card) return;
      card.classList.add("dragged");
      card.style.transform = `translate(${at.dx}px, ${at.dy}px)`;
      mark(columnAt(at));
    },
    drop: (at) => {
      const over = card && columnAt(at);
      if (over) drop(card.dataset.row, over);
    },
    end: () => {
      mark(null);
      card?.classList.remove("dragged");
      if (card) card.style.transform = "";
      card = null;
    },
  });
}
