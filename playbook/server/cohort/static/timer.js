// The timer: seen by the second, heard at the start, at half the time, a minute before the end, at the end.
import { h, setText } from "./dom.js";
import { clock, say } from "./page.js";

const MINUTE = 60_000;

/** A timer in `place`; update(ends, now) takes the server's times as ISO text, ends null for none. */
export function makeTimer(place, announce) {
  const face = h("span", { class: "face" });
  const until = h("span", { class: "small" });
  place.append(h("p", { class: "timer", role: "timer", "aria-label": say("time_left") }, face, " ", until));
  place.hidden = true;
  let ends = null, offset = 0, half = 0, said = new Set(), first = true;
  const left = () => ends - (Date.now() + offset);

  function once(what) {
    if (said.has(what)) return;
    said.add(what);
    announce(say(`timer_${what}`));
  }

  function show() {
    if (ends === null) return;
    const seconds = Math.max(0, Math.ceil(left() / 1000));
    setText(face, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    setText(until, seconds ? say("until", { time: clock(ends) }) : say("time_over"));
    if (seconds === 0) once("over");
    else if (left() <= MINUTE) once("minute");
    else if (left() <= half) once("half");
  }

  function start(moment) {
    const before = ends;
    ends = moment;
    place.hidden = ends === null;
    said = new Set();
    if (ends === null) { if (!first) announce(say("timer_stopped")); return; }
    half = left() / 2;
    if (left() <= MINUTE) said.add("minute");
    if (left() <= 0) said.add("over"); // it was before this page opened
    if (!first && left() > 0) announce(say(before === null ? "timer_starts" : "timer_more", { time: clock(ends) }));
  }

  setInterval(show, 1_000);
  return {
    update(iso, now) {
      offset = Date.parse(now) - Date.now();
      const moment = iso ? Date.parse(iso) : null;
      if (moment !== ends) start(moment);
      first = false;
      show();
    },
  };
}
