"""What makes one worksheet say what another says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from playbook.model.storage import FieldState, Set, Stored


def become(
    fields: Mapping[str, FieldState], new: Mapping[str, Stored], held: Collection[str]
) -> Iterator[Set]:
    """What makes `fields` say what `new` says and nothing else; those of `held` stay."""
    there = {field for field, state in fields.items() if state.value is not None}
    yield from (Set(field, None, None) for field in sorted(there - new.keys() - set(held)))
    for field, value in new.items():
        state = fields.get(field)
        if field not in held and (state.value if state else None) != value:
            yield Set(field, value, None)
