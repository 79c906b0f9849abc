// A metric taken by mouse or finger and let go over another one; what is shown follows once a frame.
import { makeDraggable } from "../../common/drag.js";

const EDGE_SHARE = 0.28; // of a card's height: above it means before, below it after
const NEAR_PX = 32;
const SCROLL_PX = 12;

/** Let the cards of `list`, inside the scrolling `box`, be dragged. `may(row, target, where)` says whether
 * a drop is allowed, `drop(row, target, where)` does it; `zoom()` is the size the list is drawn in. */
export function dragCards(list, box, { may, drop, zoom }) {
  let card = null, at = null, spot = null, frame = 0, scrolled = null;

  function held({ pointerType, target }) {
    const grip = pointerType === "mouse" ? !target.closest("[data-toggle]") : target.closest("[data-grip]");
    card = grip ? target.closest("[data-row]") : null; // elsewhere a finger scrolls
    return Boolean(card);
  }

  function move(place) {
    at = place;
    if (frame) return;
    scrolled = { x: box.scrollLeft, y: box.scrollTop };
    card.classList.add("dragged");
    list.classList.add("dragging");
    const draw = () => { follow(); frame = requestAnimationFrame(draw); };
    draw();
  }

  function follow() {
    scrollNear(box, at);
    const x = at.dx + box.scrollLeft - scrolled.x, y = at.dy + box.scrollTop - scrolled.y;
    card.style.transform = `translate(${x / zoom()}px, ${y / zoom()}px)`;
    mark(spotAt(list, card, at, may));
  }

  function mark(found) {
    if (found?.card === spot?.card && found?.where === spot?.where) return;
    spot?.card.removeAttribute("data-drop");
    found?.card.setAttribute("data-drop", found.allowed ? found.where : "no");
    spot = found;
  }

  function end() {
    cancelAnimationFrame(frame);
    frame = 0;
    mark(null);
    card.style.transform = "";
    card.classList.remove("dragged");
    list.classList.remove("dragging");
  }

  const letGo = (place) => {
    const found = spotAt(list, card, place, may); // where it is now, not at the last frame
    if (found) drop(card.dataset.row, found.card.dataset.row, found.where);
  };
  makeDraggable(list, { held, move, drop: letGo, end });
}

/** Near its edges, or those of the window, the box scrolls on. */
function scrollNear(box, at) {
  const place = box.getBoundingClientRect();
  const left = Math.max(place.left, 0), right = Math.min(place.right, innerWidth);
  const top = Math.max(place.top, 0), bottom = Math.min(place.bottom, innerHeight);
  const pull = (low, high, here) => (here < low + NEAR_PX ? -SCROLL_PX : here > high - NEAR_PX ? SCROLL_PX : 0);
  const x = pull(left, right, at.x), y = pull(top, bottom, at.y);
  if (x || y) box.scrollBy({ left: x, top: y, behavior: "instant" });
}

function spotAt(list, card, at, may) {
  const target = list.getRootNode().elementFromPoint(at.x, at.y)?.closest("[data-row]");
  if (!target || target === card || !list.contains(target)) return null;
  const { top, height } = target.getBoundingClientRect(), share = (at.y - top) / height;
  const where = share < EDGE_SHARE ? "before" : share > 1 - EDGE_SHARE ? "after" : "onto";
  return { card: target, where, allowed: may(card.dataset.row, target.dataset.row, where) };
}
