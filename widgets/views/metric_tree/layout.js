// Where the cards of a tree stand: pure, and the same for the same tree.

/** The sizes of a drawing, in its own pixels. */
export const SIZE = { width: 224, height: 122, across: 44, down: 14, apart: 30 };

/** Places for `roots` ({key, children}, children in order): {places: Map key -> {x, y}, width, height}.
 *
 * Left to right, a column for each step from the root. The cards at the ends stand one below the
 * other, each card above them halfway down its own children: so every subtree has a band of its own. */
export function layout(roots, size = SIZE) {
  const places = new Map();
  let foot = 0, columns = 0;
  const take = () => { const y = foot; foot += size.height + size.down; return y; };

  function place({ key, children }, column) {
    columns = Math.max(columns, column + 1);
    const under = children.map((child) => place(child, column + 1));
    const y = under.length ? (under[0] + under.at(-1)) / 2 : take();
    places.set(key, { x: column * (size.width + size.across), y });
    return y;
  }

  for (const root of roots) {
    if (foot) foot += size.apart - size.down;
    place(root, 0);
  }
  return { places, width: columns && columns * (size.width + size.across) - size.across, height: foot && foot - size.down };
}

/** The line from a card to the one to its left that it moves, as an SVG path. */
export function edgePath(from, to, size = SIZE) {
  const x = to.x + size.width, y = to.y + size.height / 2;
  const endX = from.x, endY = from.y + size.height / 2;
  const bend = (x + endX) / 2;
  return `M${endX} ${endY}C${bend} ${endY} ${bend} ${y} ${x} ${y}`;
}
