"""A history is walked through before it is taken in: by hand, undone twice, damaged at random."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.model import InputError
from playbook.store import SqliteStore
from tests.depth import examples

from .conftest import refused, well_used_export


def told(*steps):
    """An export with one worksheet and one field, from (device, undoes, value, base_rev, rev)."""
    at = "2027-01-04T09:00:00+00:00"
    operations = [
        {
            "seq": seq,
            "op_id": f"op-{seq}",
            "device": device,
            "kind": "undo" if undoes else "set",
            "version": 1,
            "at": at,
            "undoes": undoes,
            "settles": None,
            "events": [
                {
                    "field": "breaks",
                    "value": value,
                    "base_rev": base_rev,
                    "rev": rev,
                    "erased": False,
                }
            ],
        }
        for seq, (device, undoes, value, base_rev, rev) in enumerate(steps, 1)
    ]
    worksheet = {
        "id": "w",
        "sheet": "catalyst",
        "name": "Told",
        "created": at,
        "changed": at,
        "seq": len(steps),
        "fields": {"breaks": {"value": steps[-1][2], "rev": steps[-1][4]}},
        "operations": operations,
    }
    return {"format": "redefining-work-playbook", "version": 1, "worksheets": [worksheet]}


def test_a_history_written_by_hand_is_taken(other):
    (info,) = other.import_(
        told(
            ("laptop", None, "yes", 0, 1),
            ("phone", None, "no", 1, 2),
            ("phone", 2, "yes", 2, 3),
            ("laptop", 1, None, 3, 4),
        )
    )
    assert other.load(info.id).fields["breaks"].rev == 4


def test_an_undo_of_what_has_moved_on_is_refused(other):
    moved_on = told(
        ("laptop", None, "yes", 0, 1), ("phone", None, "no", 1, 2), ("laptop", 1, None, 2, 3)
    )
    assert "can't undo" in refused(other, moved_on)


def test_a_second_undo_of_the_same_is_refused(other):
    twice = told(
        ("laptop", None, "yes", 0, 1), ("laptop", 1, None, 1, 2), ("laptop", 1, None, 2, 3)
    )
    assert "can't undo" in refused(other, twice)


def leaves(data, path=()):
    """The path to everything in nested data that is no list or dict."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from leaves(value, (*path, key))


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 12),
    st.integers(),
    st.floats(),
    st.sampled_from(["yes", "no", "laptop", "phone", "a1", "undo", "resolve", "erased", "breaks"]),
    st.text(),
    st.lists(st.text(), max_size=2),
    st.dictionaries(st.text(), st.integers(), max_size=2),
)
MISSING = object()


@given(data=st.data())
@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_export_is_refused_whole_or_means_what_it_says(data):
    damaged = json.loads(well_used_export()[1])
    *above, last = data.draw(st.sampled_from(list(leaves(damaged["worksheets"], ("worksheets",)))))
    place = damaged
    for key in above:
        place = place[key]
    junk = data.draw(st.one_of(JUNK, st.just(MISSING)))
    if junk is MISSING:
        del place[last]
    else:
        place[last] = junk
    other = SqliteStore(None)
    try:
        other.import_(damaged)
    except InputError:
        assert other.worksheets() == []
    else:
        assert other.export() == damaged
        for info in other.worksheets():
            other.load(info.id)
            other.history(info.id)
    finally:
        other.close()
