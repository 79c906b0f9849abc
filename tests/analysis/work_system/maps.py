"""Maps for tests: any small one, and one as large as an organisation draws."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from playbook.analysis.work_system.system_map import PLACES, MapLink, MapPart, SystemMap

CHANCES = st.one_of(
    st.none(), st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), st.floats(1e-9, 1)
)  # of smaller ones a chain's product would be nothing at all


def parts(count):
    """Parts "0", "1", ... called "Part 0", ..., one block after the other."""
    return tuple(MapPart(str(at), f"Part {at}", PLACES[at % len(PLACES)]) for at in range(count))


def links(*told):
    """("0", "1", 0.5) or ("0", "1", 0.5, -1) as links; without a sign it helps."""
    return tuple(MapLink(it[0], it[1], it[3] if len(it) > 3 else 1, it[2]) for it in told)


@st.composite
def any_map(draw, most_links=12, chances=CHANCES):
    drawn = parts(draw(st.integers(1, 7)))
    pairs = [(a.id, b.id) for a in drawn for b in drawn if a is not b]
    chosen = (
        draw(st.lists(st.sampled_from(pairs), max_size=most_links, unique=True)) if pairs else []
    )
    signs = st.sampled_from([-1, 0, 1])
    return SystemMap(drawn, tuple(MapLink(a, b, draw(signs), draw(chances)) for a, b in chosen))


def large_map(count, links_count, seed=5):
    chance = random.Random(seed)
    drawn = parts(count)
    pairs = [(a.id, b.id) for a in drawn for b in drawn if a is not b]
    chosen = chance.sample(pairs, links_count)
    return SystemMap(drawn, tuple(MapLink(a, b, 1, chance.uniform(0.05, 0.6)) for a, b in chosen))
