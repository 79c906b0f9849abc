// What the wall shows: one thing at a time. Pure: from what the server tells to what is drawn.

/** The scene of a state: {kind, ...} with all that is drawn of it, and nothing else. */
export function sceneOf(state) {
  const { kind, poll } = state.wall ?? followed(state);
  const vote = state.votes.find(({ id }) => id === poll);
  const found = scenes[kind]?.(state, vote);
  return found ? { kind, ...found } : { kind: "join", ...scenes.join(state) };
}

/** kind -> (state, vote) => what is drawn of it; null where that is not there. */
const scenes = {
  join: ({ door, people }) => ({ door: { at: door.at, code: door.code, qr: door.qr, open: door.open, over: door.over }, people }),
  note: ({ sheet, note, step }) => (step || sheet ? { sheet, note, step: step && { title: step.title, say: step.say } } : null),
  vote: ({ turnout }, vote) => vote && { vote: { ...vote, result: null }, turnout: turnout[vote.id] },
  result: (_, vote) => vote?.result && { vote },
  teams: ({ teams }) => teams && { teams: teams.teams },
  matrix: ({ matrix }) => matrix && { matrix },
  gallery: ({ gallery }) => {
    const shown = gallery.filter(({ side }) => side).sort((one, other) => one.side - other.side);
    return shown.length ? { shown: shown.map(({ id, title }) => ({ id, title })) } : null;
  },
  agreed: ({ agreements }) => {
    const open = agreements.filter(({ review }) => !review);
    return open.length ? { agreed: open } : null;
  },
  blank: () => ({}),
};

/** What follows from the room where no desk says what the wall shows. */
function followed({ votes, gallery, sheet, step, agreements }) {
  const again = new Set(votes.map(({ before }) => before));
  const newest = votes.filter(({ id }) => !again.has(id)).reverse();
  const open = newest.find(({ state }) => state === "open");
  if (open) return { kind: "vote", poll: open.id };
  const [last] = newest;
  if (last?.state === "closed") return { kind: "vote", poll: last.id };
  const shown = newest.find(({ state, result }) => state === "revealed" && result);
  if (shown) return { kind: "result", poll: shown.id };
  if (gallery.some(({ side }) => side)) return { kind: "gallery", poll: null };
  if (sheet || step) return { kind: "note", poll: null };
  return { kind: agreements.some(({ review }) => !review) ? "agreed" : "join", poll: null };
}
