// One's team, one's card, and what all teams decided, on a phone.
import { h, keepFocus } from "./dom.js";
import { redraw, say } from "./page.js";

/** The team in `place`; where people choose, a button for each. `act("team", {team})` sits somebody down. */
export function drawTeam(place, teams, act) {
  place.hidden = !teams;
  keepFocus(place.parentElement, () => redraw(place, teams, () => teams && [
    yours(teams),
    teams.choose && h("div", { class: "buttons" }, teams.teams.filter(({ id }) => id !== teams.mine).map(({ id, name, full }) => h("button", {
      type: "button", class: "button quiet", dir: "auto", disabled: full, onclick: () => act("team", { team: id }) }, say(full ? "team_full" : "team_sit", { team: name })))),
    teams.role && [h("h2", { dir: "auto" }, say("role", { title: teams.role.title })), h("p", { dir: "auto" }, teams.role.text)],
  ].flat()));
}

/** The team that somebody is in; null for none. */
export const ownTeam = (teams) => teams?.teams.find(({ id }) => id === teams.mine) ?? null;

function yours(teams) {
  const own = ownTeam(teams);
  if (!own) return teams.choose && h("p", { class: "suggests" }, say("team_choose"));
  return [h("p", { class: "suggests", dir: "auto" }, say("team_own", { team: own.name })), h("p", { dir: "auto" }, own.people.join(", "))];
}

/** All teams' decisions in `place`, once they are shown to all. */
export function drawMatrix(place, matrix) {
  place.hidden = !matrix?.revealed;
  redraw(place, matrix, () => matrix?.revealed && [
    h("h2", { dir: "auto" }, matrix.question),
    h("dl", { class: "decisions" }, matrix.rows.map(({ team, decision }) => [h("dt", { dir: "auto" }, team), h("dd", { dir: "auto" }, decision ?? say("decision_none"))])),
  ]);
}
