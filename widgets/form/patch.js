// The state with what changed in it; widgets/form/feed.py says what a patch is.

/** `state` as `patch` makes it, a new object; null when the patch belongs to another state. */
export function patched(state, patch) {
  if (!state || state.turn !== patch.after) return null;
  const made = { ...state, ...patch.state };
  for (const [part, changes] of Object.entries(patch.entries)) {
    made[part] = { ...made[part], ...changes };
    for (const [name, entry] of Object.entries(changes)) if (entry === null) delete made[part][name];
  }
  return made;
}
