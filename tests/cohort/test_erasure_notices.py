"""From announced to erased: counted by a clock that only runs, whatever the other one says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.cohort.erasure_notices import NOTICE, STEP, ErasureNotices, check_due
from playbook.model import StoreError


def test_a_class_is_ripe_after_a_day_of_looks_and_not_before():
    looks = int(NOTICE / STEP)
    assert looks == 1440
    ran = {}
    for number in range(looks + 1):
        found = check_due(ran, ["spring"], STEP)
        assert found.new == (("spring",) if number == 0 else ())
        assert found.ripe == (("spring",) if number == looks else ())
        ran = found.ran


@given(st.lists(st.tuples(st.booleans(), st.floats(-1e9, 1e9)), max_size=40))
def test_no_jump_of_any_clock_shortens_the_notice(looks):
    """However far the clocks jump, each look adds a step at most, and one "not due" ends it."""
    ran, counted = {}, 0
    for is_due, passed in looks:
        found = check_due(ran, ["spring"] if is_due else [], passed)
        counted = counted + 1 if is_due else 0
        assert set(found.ran) == ({"spring"} if is_due else set())
        assert 0 <= found.ran.get("spring", 0) <= STEP * max(0, counted - 1)
        assert found.withdrawn == (("spring",) if ran and not is_due else ())
        ran = found.ran


def test_what_ran_is_there_after_a_restart_and_a_spoilt_file_begins_anew(tmp_path):
    ErasureNotices(tmp_path).check(["spring"], 0)
    ErasureNotices(tmp_path).check(["spring"], 50)
    assert ErasureNotices(tmp_path).read() == {"spring": 50.0}
    (tmp_path / "due.json").write_text("[1")
    assert ErasureNotices(tmp_path).read() == {}
    found = ErasureNotices(tmp_path).check(["spring"], 50)
    assert (found.new, found.ran) == (("spring",), {"spring": 0.0})


def test_what_cannot_be_written_down_is_not_announced(tmp_path):
    home = tmp_path / "gone"
    with pytest.raises(StoreError, match=r"due\.json"):
        ErasureNotices(home).check(["spring"], 0)
