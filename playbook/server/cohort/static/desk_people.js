// The people of the class: who is here, as what, in which team; where the class was made so, the way to what they wrote.
import { h, makeList, newId, setText } from "./dom.js";
import { base, clock, data, find, redraw, say } from "./page.js";

const ROLES = ["participant", "co_trainer", "viewer"];

/** The list in `place`; the function that takes the state. */
export function makePeople(place, act) {
  const list = makeList(place, (person) => makePerson(person, act));
  return ({ people, all_teams: teams }) => {
    const those = people.filter(({ role }) => role === "participant");
    const count = those.length, here = those.filter((one) => one.here).length;
    setText(find("people-count"), count ? say("people_count", { count, here, away: count - here }) : say("people_none"));
    redraw(find("teams"), teams, () => teams.map(({ name }) => h("li", { dir: "auto" }, name)));
    find("no-teams").hidden = teams.length > 0;
    const asideLast = [...people].sort((one, other) => Number(one.role === "aside") - Number(other.role === "aside"));
    list.sync(asideLast.map((person) => ({ ...person, teams, key: person.id })));
  };
}

function makePerson({ id }, act) {
  const name = h("strong", { dir: "auto" });
  const about = h("span", { class: "small" });
  const summary = h("summary", {}, name, " ", about);
  const team = h("select", { id: newId(), onchange: () => act("seat", { member: id, team: team.value }) });
  const teamLabel = h("label", { for: team.id });
  const roles = ROLES.map((role) => h("button", { type: "button", class: "button quiet", "data-role": role, onclick: () => act("role", { member: id, role }) }, say(`make_${role}`)));
  const aside = h("button", { type: "button", class: "button quiet", onclick: () => act("aside", { member: id, aside: aside.dataset.to === "aside" }, say(`did_aside_${aside.dataset.to}`)) });
  const asideLead = h("p", { class: "small" });
  const link = makeLink(id, act);
  const erase = makeErase(id, act);
  const whose = h("span", { class: "visually-hidden", dir: "auto" });
  const work = h("p", {}, h("a", { href: `${base}desk/${data.cohort}/worksheets/${id}`, target: "_blank" }, say("person_work"), " ", whose));
  const plain = h("p", {});
  const more = h("details", {}, summary, work, h("p", {}, teamLabel, team), h("p", { class: "buttons" }, roles),
    h("details", {}, h("summary", {}, say("person_more")), h("p", {}, aside), asideLead, link.element, erase.element));
  const element = h("li", {}, plain, more);

  return {
    element,
    update(person) {
      const { name: shown, role, teams } = person;
      const fixed = role === "trainer" || (role === "co_trainer" && !data.is_trainer);
      const called = person.twin ? say("twin", { name: shown, number: person.twin }) : shown;
      setText(name, called);
      setText(about, [
        say(`role_${role}`), role === "participant" && say(person.here ? "person_here" : "person_away"),
        person.twin && say("person_came", { time: clock(person.came) }), teams.find((it) => it.id === person.team)?.name,
      ].filter(Boolean).join(" · "));
      const isAside = role === "aside";
      aside.dataset.to = isAside ? "back" : "aside";
      setText(aside, say(isAside ? "person_back" : "person_aside"));
      setText(asideLead, say(person.twin ? "person_twin_lead" : "person_aside_lead"));
      plain.hidden = !fixed;
      more.hidden = fixed;
      redraw(plain, [called, role], () => [h("strong", { dir: "auto" }, called), " ", h("span", { class: "small" }, say(`role_${role}`))]);
      setText(whose, `(${called})`);
      work.hidden = !data.sees_answers || role !== "participant";
      setText(teamLabel, say("person_team", { name: called }));
      team.parentElement.hidden = !teams.length || role !== "participant";
      redraw(team, teams, () => [h("option", { value: "" }, say("no_team")), ...teams.map((it) => h("option", { value: it.id }, it.name))]);
      if (document.activeElement !== team) team.value = person.team ?? "";
      for (const button of roles) button.hidden = isAside || button.dataset.role === role || (button.dataset.role === "co_trainer" && !data.is_trainer);
      link.update(called);
      erase.update(called);
    },
  };
}

function makeLink(id, act) {
  const label = h("label", { for: newId() });
  const field = h("input", { type: "text", readonly: true, id: label.htmlFor });
  const picture = h("img", { class: "qr", alt: say("person_link_qr") });
  const made = h("p", { hidden: true }, label, field, picture);
  async function make() {
    const told = await act("reissue", { member: id });
    if (!told) return;
    field.value = told.link;
    picture.src = told.qr;
    made.hidden = false;
    field.select();
  }
  const element = h("details", {}, h("summary", {}, say("person_link")), h("p", { class: "small" }, say("person_link_lead")),
    h("p", {}, h("button", { type: "button", class: "button quiet", onclick: make }, say("person_link_yes"))), made);
  return { element, update: (name) => setText(label, say("person_link_made", { name })) };
}

function makeErase(id, act) {
  const lead = h("p", { class: "small" });
  const yes = h("button", { type: "button", class: "button", onclick: () => act("erase", { member: id }) });
  const element = h("details", {}, h("summary", {}, say("person_erase")), lead, h("p", {}, yes));
  return {
    element,
    update(name) {
      setText(lead, say("person_erase_lead", { name }));
      setText(yes, say("person_erase_yes", { name }));
    },
  };
}
