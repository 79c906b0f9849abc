// The page that the service worker gives where there is no connection: the form as this tab saw it last, what is typed
// into it kept as ever, and the real page as soon as the server answers again. That page sends what was kept.

const LOOK_MS = 3_000;
const TYPING_MS = 2_000; // nobody's page is loaded again under the fingers

const { base, core } = document.body.dataset;
let reload = () => location.reload(), typed = 0;

/** What a form takes for its model: it has what was shown, and says of everything else that nobody answers.
 * @param {{ content: any, state: any }} shown */
function silentModel({ content, state }) {
  let hear = (_message) => {};
  return {
    get: (name) => (name === "content" ? content : undefined),
    on: (_name, run) => { hear = run; },
    off: () => { hear = () => {}; },
    send: ({ type }) => queueMicrotask(() => {
      if (type === "hello") hear({ type: "state", state });
      hear({ type: "offline" });
    }),
    back: () => hear({ type: "back" }),
  };
}

/** Draw what this tab remembers of the page; whether there was anything. */
async function draw() {
  const { $modules } = await import(new URL(core, location.href).href);
  const shown = $modules["form/shown.js"].shownBefore();
  if (!shown) return false;
  const model = silentModel(shown), el = document.createElement("div");
  el.className = "pb-sheet";
  document.getElementById("main").append(el);
  $modules["form/form.js"].formWith({}).render({ model, el });
  reload = model.back; // by the form, which knows that nothing is lost
  return true;
}

async function look() {
  const answers = await fetch(`${base}health`, { cache: "no-store" }).then(({ ok }) => ok, () => false);
  if (answers && Date.now() - typed > TYPING_MS) reload();
}

draw().catch(() => false).then((drawn) => {
  for (const part of document.querySelectorAll("[data-pb-away]")) part.toggleAttribute("hidden", drawn !== part.matches("[data-pb-away=kept]"));
});
addEventListener("input", () => { typed = Date.now(); });
addEventListener("online", look);
setInterval(look, LOOK_MS * (0.5 + Math.random()));
