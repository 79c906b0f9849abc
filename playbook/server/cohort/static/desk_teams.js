// Teams of a whole class in two clicks, and what they decided.
import { h, makeList, newId, setText } from "./dom.js";
import { find, redraw, say } from "./page.js";

/** The two parts; the function that takes the state. */
export function makeTeams(act) {
  const form = find("make-teams");
  let people = 0;
  const size = () => Math.max(2, Number(form.elements.size.value) || 0);

  function name() {
    const count = people ? Math.ceil(people / size()) : 0;
    const largest = count ? Math.ceil(people / count) : 0, smallest = count ? Math.floor(people / count) : 0;
    const sizes = smallest === largest ? String(largest) : say("teams_sizes", { smallest, largest });
    setText(find("teams-make"), count ? say("teams_make", { count, size: sizes }) : say("teams_make_plain"));
  }

  form.addEventListener("input", name);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const way = form.elements.way.value;
    act("teams", { way, size: size() }, say(way === "random" ? "did_teams" : "did_teams_open"));
  });
  find("fill-teams").addEventListener("click", () => act("fill_teams"));
  const rows = makeList(find("matrix"), (row) => makeRow(row, act));

  return ({ teams, matrix, people: all }) => {
    const those = all.filter(({ role }) => role === "participant");
    people = those.length;
    name();
    const seated = teams?.teams ?? [];
    const left = seated.length ? those.filter(({ team }) => !seated.some(({ id }) => id === team)).length : 0;
    const nobody = teams?.open ? say("teams_open", { count: teams.open }) : say("teams_none_yet");
    setText(find("teams-count"), seated.length ? say("teams_count", { count: seated.length }) : nobody);
    find("fill-teams").hidden = !left;
    redraw(find("seated"), seated, (list) => list.map((team) => h("li", { dir: "auto" }, say("seated", { team: team.name, people: team.people.join(", ") }))));
    find("matrix-part").hidden = !matrix;
    const decided = matrix?.rows.filter((row) => row.decided) ?? [];
    setText(find("matrix-count"), matrix ? say("matrix_count", { count: decided.length, all: matrix.rows.length }) : "");
    rows.sync(decided.map((row) => ({ ...row, vote: matrix.poll, key: row.id })));
  };
}

function makeRow({ id, vote }, act) {
  const words = h("span", { dir: "auto", id: newId() });
  const toggle = h("button", { type: "button", class: "button quiet small", "aria-describedby": words.id });
  toggle.addEventListener("click", () => act("decision", { vote, team: id, shown: toggle.dataset.to === "show" }));
  return {
    element: h("li", {}, words, h("span", { class: "buttons" }, toggle)),
    update({ team, decision, shown }) {
      setText(words, say("seated", { team, people: decision ?? "" }));
      toggle.dataset.to = shown ? "hide" : "show";
      setText(toggle, say(shown ? "matrix_hide" : "matrix_show"));
    },
  };
}
