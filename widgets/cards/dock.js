// On our own page, a phone has no room beside the form: the verdict waits at the foot of the screen.
import { h, setAttr, setText } from "../common/dom.js";

/** The dock for `card`: {update(payload), remove()}. It steps aside while the card itself is in sight. */
export function makeDock(card) {
  if (!document.body.matches(".pb.page")) return { update() {}, remove() {} };
  const verdict = h("span", { class: "verdict" });
  const link = h("a", { href: `#${card.id}`, onclick: jump });
  const element = h("aside", { class: "dock", hidden: true }, verdict, link);
  const sight = new IntersectionObserver(([{ isIntersecting }]) => setAttr(element, "hidden", isIntersecting || !link.textContent));
  document.body.append(element);

  function jump(event) {
    event.preventDefault(); // the address belongs to the worksheet
    card.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
    card.focus({ preventScroll: true });
  }

  return {
    update({ verdict: now, words }) {
      if (!now) return;
      setAttr(verdict, "class", `verdict ${now.level}`);
      setText(verdict, now.word);
      setText(link, words.dock);
      setAttr(element, "aria-label", words.label);
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
