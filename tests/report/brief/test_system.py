"""The system around the pilot on the pages of Recognise and Create: said where its sheets say it
and the page has room, never at the cost of another line."""

import pytest

from playbook.report.brief.fit import PAGE_LINES, page_lines

from .conftest import lines_of
from .test_formats import long_answers

AROUND = "The system around the pilot: A change of “Approval limits” can reach 9 other parts."
SETTLED = "The system around the pilot: It is settled who decides, owns risks, and is called."


def test_brief_and_charter_tell_of_the_system_around_the_pilot(brief, charter):
    """Of eleven parts on the map nine hang on the approval limits, by hand: not the claim file."""
    assert lines_of(brief, "reason")[-1] == AROUND
    assert lines_of(charter, "days")[-1] == SETTLED
    assert [page_lines(page) <= PAGE_LINES for page in charter.pages] == [True, True]


@pytest.mark.parametrize(
    ("settled", "told"),
    [
        (["decisions"], ["1 of 3 settled (who decides, owns risks, is called)."]),
        (["none"], ["0 of 3 settled (who decides, owns risks, is called)."]),
        (None, []),
    ],
)
def test_it_says_how_much_is_settled_and_nothing_where_nobody_said(
    settled, told, answers, brief_of
):
    given = answers()
    given["governance"] = {
        key: it for key, it in {"settled": settled, "phase": "pilot"}.items() if it
    }
    lines = lines_of(brief_of(given, "create"), "days")
    assert [line.partition(": ")[2] for line in lines if line.startswith("The system")] == told
    del given["system_map"]
    assert not any("can reach" in line for line in lines_of(brief_of(given), "reason"))


def test_what_has_no_room_is_left_out_and_named(answers, brief_of):
    given = long_answers(answers, "Many words that say little. ")
    given["system_map"] = answers()["system_map"]
    found = brief_of(given)
    assert page_lines(found) <= PAGE_LINES
    told = [line for line in lines_of(found, "reason") if line.startswith("The system around")]
    assert told or "The system around the pilot" in found.cut
