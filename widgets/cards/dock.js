// On our own page, a phone has no room beside the form: word and next step wait at the foot of the screen.
import { fill, h, placeChildren, setAttr, setText } from "../common/dom.js";
import { stepLink } from "./step.js";

/** The dock for `card`: {update(payload), remove()}. It steps aside while the card itself is in sight. */
export function makeDock(card) {
  if (!document.body.matches(".pb.page")) return { update() {}, remove() {} };
  const word = h("span", { class: "verdict" }), why = h("span", { class: "visually-hidden" });
  const link = h("a", { class: "dock-word", href: `#${card.id}`, onclick: jump }, word, " ", why);
  const next = h("span", { class: "dock-next" });
  const element = h("aside", { class: "dock", hidden: true }, link, next);
  const sight = new IntersectionObserver(([{ isIntersecting }]) => setAttr(element, "hidden", isIntersecting || !word.textContent));
  let shown = "";
  document.body.append(element);

  function jump(event) {
    event.preventDefault(); // the address belongs to the worksheet
    card.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
    card.focus({ preventScroll: true });
  }

  return {
    update({ verdict: now, next: step, sheet, words }) {
      if (!now) return;
      setAttr(word, "class", `verdict ${now.level}`);
      setText(word, now.word);
      setText(why, words.dock_why);
      setAttr(element, "aria-label", words.dock);
      if (shown !== JSON.stringify(step)) {
        shown = JSON.stringify(step);
        const text = step && h("span", {}, fill(words.dock_next, { step: step.text }));
        placeChildren(next, step ? [stepLink(sheet, step, { class: "button" }, text)] : []);
      }
      sight.unobserve(card); // observing anew reports where the card is now
      sight.observe(card);
    },
    remove() {
      sight.disconnect();
      element.remove();
    },
  };
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
