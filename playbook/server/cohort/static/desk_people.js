// The people of the class: who is here, as what, in which team; where the class was made so, the way to what they wrote.
import { h, makeList, newId, setText } from "./dom.js";
import { base, data, find, redraw, say } from "./page.js";

const ROLES = ["participant", "co_trainer", "viewer"];

/** The list in `place`; the function that takes the state. */
export function makePeople(place, act) {
  const list = makeList(place, (person) => makePerson(person, act));
  return ({ people, teams }) => {
    const count = people.filter(({ role }) => role === "participant").length;
    setText(find("people-count"), count ? say("people_count", { count }) : say("people_none"));
    redraw(find("teams"), teams, () => teams.map(({ name }) => h("li", { dir: "auto" }, name)));
    find("no-teams").hidden = teams.length > 0;
    list.sync(people.map((person) => ({ ...person, teams, key: person.id })));
  };
}

function makePerson({ id }, act) {
  const name = h("strong", { dir: "auto" });
  const about = h("span", { class: "small" });
  const summary = h("summary", {}, name, " ", about);
  const team = h("select", { id: newId(), onchange: () => act("seat", { member: id, team: team.value }) });
  const teamLabel = h("label", { for: team.id });
  const roles = ROLES.map((role) => h("button", { type: "button", class: "button quiet", "data-role": role, onclick: () => act("role", { member: id, role }) }, say(`make_${role}`)));
  const link = makeLink(id, act);
  const erase = makeErase(id, act);
  const whose = h("span", { class: "visually-hidden", dir: "auto" });
  const work = h("p", {}, h("a", { href: `${base}desk/${data.cohort}/worksheets/${id}`, target: "_blank" }, say("person_work"), " ", whose));
  const plain = h("p", {});
  const more = h("details", {}, summary, work, h("p", {}, teamLabel, team), h("p", { class: "buttons" }, roles), link.element, erase.element);
  const element = h("li", {}, plain, more);

  return {
    element,
    update(person) {
      const { name: shown, role, teams } = person;
      const fixed = role === "trainer" || (role === "co_trainer" && !data.is_trainer);
      setText(name, shown);
      setText(about, [say(`role_${role}`), teams.find((it) => it.id === person.team)?.name].filter(Boolean).join(" · "));
      plain.hidden = !fixed;
      more.hidden = fixed;
      redraw(plain, [shown, role], () => [h("strong", { dir: "auto" }, shown), " ", h("span", { class: "small" }, say(`role_${role}`))]);
      setText(whose, `(${shown})`);
      work.hidden = !data.sees_answers || role !== "participant";
      setText(teamLabel, say("person_team", { name: shown }));
      team.parentElement.hidden = !teams.length || role !== "participant";
      redraw(team, teams, () => [h("option", { value: "" }, say("no_team")), ...teams.map((it) => h("option", { value: it.id }, it.name))]);
      if (document.activeElement !== team) team.value = person.team ?? "";
      for (const button of roles) button.hidden = button.dataset.role === role || (button.dataset.role === "co_trainer" && !data.is_trainer);
      link.update(shown);
      erase.update(shown);
    },
  };
}

function makeLink(id, act) {
  const label = h("label", { for: newId() });
  const field = h("input", { type: "text", readonly: true, id: label.htmlFor });
  const made = h("p", { hidden: true }, label, field);
  async function make() {
    const told = await act("reissue", { member: id });
    if (!told) return;
    field.value = told.link;
    made.hidden = false;
    field.select();
  }
  const element = h("div", {}, h("p", {}, h("button", { type: "button", class: "button quiet", onclick: make }, say("person_link")), " ",
    h("span", { class: "small" }, say("person_link_lead"))), made);
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
