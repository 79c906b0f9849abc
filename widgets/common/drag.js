// Dragging with mouse, finger or pen.

const SLOP_PX = 4; // less is a click with an unsteady hand

/** Let `element` be dragged: move(at) and drop(at) hear where to, {x, y, dx, dy} in pixels of the window
 * and from the start; end() hears that it is over, dropped or not. Escape ends it. A finger that scrolls
 * the page ends it too: what is to be dragged by any finger has `touch-action: none`. held(event) says
 * whether a pointer has hold of something; where it has not, a click stays one, however unsteady the hand. */
export function makeDraggable(element, { move, drop, end, held = (/** @type {PointerEvent} */ _) => true }) {
  let from = null, dragging = false;
  const place = ({ clientX: x, clientY: y }) => ({ x, y, dx: x - from.x, dy: y - from.y });
  /** @type {Record<string, (event: any) => void>} */
  const listeners = { pointermove: moved, pointerup: dropped, pointercancel: over, keydown: escaped };
  element.addEventListener("pointerdown", (event) => {
    if (from || event.button !== 0 || !event.isPrimary || !held(event)) return;
    from = { id: event.pointerId, x: event.clientX, y: event.clientY };
    for (const [name, listen] of Object.entries(listeners)) addEventListener(name, listen, true);
  });

  function moved(event) {
    if (event.pointerId !== from.id) return;
    const at = place(event);
    dragging ||= Math.hypot(at.dx, at.dy) > SLOP_PX;
    if (dragging) move(at);
  }

  function dropped(event) {
    if (event.pointerId !== from.id) return;
    if (dragging) drop(place(event));
    over(event);
  }

  function escaped(event) {
    if (event.key !== "Escape" || !dragging) return;
    event.stopPropagation();
    over({ pointerId: from.id });
  }

  function over({ pointerId }) {
    if (pointerId !== from.id) return;
    for (const [name, listen] of Object.entries(listeners)) removeEventListener(name, listen, true);
    if (dragging) { dropNextClick(); end(); }
    [from, dragging] = [null, false];
  }
}

/** The click that follows a drag was not meant as one. */
function dropNextClick() {
  const stop = (event) => { event.stopPropagation(); event.preventDefault(); };
  addEventListener("click", stop, true);
  setTimeout(() => removeEventListener("click", stop, true));
}
