// Dragging with mouse, finger or pen.

const UNDER_WAY = { capture: true, passive: false };
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
  // A finger that is lifted in full flight would set the page going, and Chromium takes the next tap to stop it: a tap lost.
  const still = (event) => dragging && event.cancelable && event.preventDefault();
  element.addEventListener("pointerdown", (event) => {
    if (from || event.button !== 0 || !event.isPrimary || !held(event)) return;
    from = { id: event.pointerId, x: event.clientX, y: event.clientY };
    for (const [name, listen] of Object.entries(listeners)) addEventListener(name, listen, true);
    if (event.pointerType !== "mouse" && neverScrolls(event.target, element)) addEventListener("touchmove", still, UNDER_WAY);
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
    removeEventListener("touchmove", still, UNDER_WAY);
    if (dragging) { dropNextClick(); end(); }
    [from, dragging] = [null, false];
  }
}

/** Whether no finger scrolls the page from `target`, by the style of what lies between it and `element`. */
function neverScrolls(target, element) {
  for (let one = target; one; one = one === element ? null : one.parentElement) if (getComputedStyle(one).touchAction === "none") return true;
  return false;
}

/** The click that follows a drag was not meant as one. */
function dropNextClick() {
  const stop = (event) => { event.stopPropagation(); event.preventDefault(); };
  addEventListener("click", stop, true);
  setTimeout(() => removeEventListener("click", stop, true));
}
