// What the wall shows: one thing at a time. Pure: from what the server tells to what is drawn.

/** The scene of a state: {kind, ...} with all that is drawn of it, and nothing else. */
export function sceneOf(state) {
  const { kind, poll } = state.wall;
  const vote = state.votes.flatMap((one) => [one, ...(one.parts ?? [])]).find(({ id }) => id === poll);
  const found = scenes[kind]?.(state, vote);
  return found ? { kind, ...found } : { kind: "join", ...scenes.join(state) };
}

/** Whether there is anything of that kind to put on the wall. */
export const canShow = (state, kind) => Boolean(scenes[kind](state));

/** kind -> (state, vote) => what is drawn of it; null where that is not there. */
const scenes = {
  join: ({ door, people }) => ({ door: { at: door.at, code: door.code, qr: door.qr, open: door.open, over: door.over }, people }),
  note: ({ sheet, note, step }) => (step || sheet || note ? { sheet, note, step: step && { title: step.title, say: step.say } } : null),
  vote: ({ turnout }, vote) => vote && { vote: { ...vote, result: null }, turnout: turnout[vote.id] },
  result: (_, vote) => vote?.result && { vote },
  teams: ({ teams }) => teams?.teams.length && { teams: teams.teams },
  matrix: ({ matrix }) => matrix && {
    question: matrix.question, // what a team decided comes here when it is shown to all, and not before
    rows: matrix.rows.map(({ team, decision, decided, shown }) => ({ team, decided, text: matrix.revealed && shown ? decision : null })),
  },
  gallery: ({ gallery }) => {
    const shown = gallery.filter(({ side }) => side).sort((one, other) => one.side - other.side);
    return shown.length ? { shown: shown.map(({ id, title }) => ({ id, title })) } : null;
  },
  agreed: ({ agreements }) => {
    const open = agreements.filter(({ review }) => !review);
    return open.length ? { agreed: open } : null;
  },
  case: (state) => state.case && { told: { ...state.case, revealed: null, exhibits: [] } },
  exhibit: (state) => state.case?.exhibits.length && { exhibit: state.case.exhibits.at(-1) },
  facts: (state) => state.case?.revealed && { told: state.case, says: state.step?.say },
  blank: () => ({}),
};
