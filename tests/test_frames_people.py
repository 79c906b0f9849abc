"""People come from a frame, and groups go into one."""

import pandas as pd
import pytest

from playbook import frames, workgroups
from playbook.model import InputError

FRAME = pd.DataFrame(
    {
        "who": [f"P{at}" for at in range(8)],
        "function": ["a", "b", "c", None] * 2,
        "remote": [True, False] * 4,
        "years": [1.0, float("nan"), 3, 4, 5, 6, 7, 8],
    }
)


def test_each_column_is_what_its_type_says():
    people = frames.roster(FRAME, "who")
    assert people.names == tuple(FRAME["who"])
    assert [(one.name, one.kind, one.values[:4]) for one in people.attributes] == [
        ("function", "category", ("a", "b", "c", None)),
        ("remote", "yes_no", (True, False, True, False)),
        ("years", "number", (1.0, None, 3.0, 4.0)),
    ]
    assert frames.roster(FRAME.set_index("who")) == people


def test_groups_go_into_a_frame_with_those_they_are_of():
    people = frames.roster(FRAME, "who")
    found = workgroups.partition(workgroups.gower(people), (4, 4), effort="instant")
    told = frames.groups(found, people)
    assert told["person"].tolist() == list(people.names)
    assert told["group"].value_counts().to_dict() == {1: 4, 2: 4}
    assert [it - 1 for it in told["group"]] == list(found.labels)


def test_what_does_not_fit_is_one_sentence():
    people = frames.roster(FRAME, "who")
    with pytest.raises(InputError, match="The frame has no column name; it has who, function"):
        frames.roster(FRAME, "name")
    with pytest.raises(InputError, match="Two people are called P0"):
        frames.roster(pd.concat([FRAME, FRAME]), "who")
    found = workgroups.score(workgroups.gower(people), [0, 1] * 4)
    with pytest.raises(InputError, match="The groups are of 8 people and the roster has 4"):
        frames.groups(found, frames.roster(FRAME.head(4), "who"))
