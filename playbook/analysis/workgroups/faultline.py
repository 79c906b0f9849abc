"""How near a group is to splitting into camps: its faultline strength.

The average silhouette width of the best camps (Meyer and Glenz 2013, Team faultline measures): of
each person, how much nearer they are to their own camp than to the nearest other one. 1 says that
people are alike within camps and differ between them, 0 that no camps can be told apart. Somebody
alone in a camp counts 0.
"""

from __future__ import annotations

from collections.abc import Sequence

CAMPS_MOST = 4
"""In more camps than that a group has no faultline but many people who differ."""

Distances = Sequence[Sequence[float]]


def faultline(distances: Distances) -> tuple[float, tuple[int, ...]]:
    """The strength, and the camp of each person. `distances`: of the people of one group.

    Camps begin as those that merging the nearest two leaves (average linkage), and then one person
    after the other changes camps while that makes them clearer.
    """
    people = len(distances)
    best = (0.0, (0,) * people)
    for camps in _merged(distances):
        found = _clearer(distances, camps)
        if found[0] > best[0] + 1e-12:
            best = found
    return best


def silhouette(distances: Distances, camps: Sequence[int]) -> float:
    """The average silhouette width of these camps."""
    members: dict[int, list[int]] = {}
    for person, camp in enumerate(camps):
        members.setdefault(camp, []).append(person)
    if len(members) < 2:  # noqa: PLR2004  # nobody to be nearer to
        return 0.0
    total = 0.0
    for person, camp in enumerate(camps):
        if len(members[camp]) > 1:
            row = distances[person]
            near = sum(row[it] for it in members[camp]) / (len(members[camp]) - 1)
            others = (own for other, own in members.items() if other != camp)
            far = min(sum(row[it] for it in own) / len(own) for own in others)
            total += (far - near) / max(far, near) if max(far, near) > 0 else 0.0
    return total / len(camps)


def _merged(distances: Distances) -> list[tuple[int, ...]]:
    """Camps by merging the nearest two, again and again: when there are few, and down to two."""
    camps = [[person] for person in range(len(distances))]
    found = []
    while len(camps) > 2:  # noqa: PLR2004
        pairs = [(one, other) for one in range(len(camps)) for other in range(one)]
        one, other = min(pairs, key=lambda it: _between(distances, camps[it[0]], camps[it[1]]))
        camps[other] += camps.pop(one)
        if len(camps) <= CAMPS_MOST:
            label = [0] * len(distances)
            for at, own in enumerate(camps):
                for person in own:
                    label[person] = at
            found.append(tuple(label))
    return found


def _between(distances: Distances, one: Sequence[int], other: Sequence[int]) -> float:
    return sum(distances[a][b] for a in one for b in other) / (len(one) * len(other))


def _clearer(distances: Distances, camps: Sequence[int]) -> tuple[float, tuple[int, ...]]:
    own, width, better = list(camps), silhouette(distances, camps), True
    while better:
        better = False
        for person in range(len(own)):
            for camp in range(max(own) + 1):
                kept, own[person] = own[person], camp
                found = silhouette(distances, own) if camp != kept else width
                if found > width + 1e-12:
                    width, better = found, True
                else:
                    own[person] = kept
    return width, tuple(own)
