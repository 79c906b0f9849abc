"""The system around the pilot on the pages of Recognise and Create: said where its sheets say it
and the page has room, never at the cost of another line."""

import pytest

from playbook.report.brief.fit import PAGE_LINES, page_lines

from .conftest import lines_of
from .test_formats import long_answers

AROUND = "Around the pilot, Map: Ready. A change of “Approval limits” can reach 9 other parts."
SETTLED = (
    "Around the pilot, Path and governance: Ready."
    " It is settled who decides, owns risks, and is called."
)
OTHERS = "Other sheets around the pilot: Ready: Map, Flow, Alignment, Scorecard, Seven steps."


def test_brief_and_charter_tell_of_the_system_around_the_pilot(brief, charter):
    """Of eleven parts on the map nine hang on the approval limits, by hand: not the claim file."""
    assert lines_of(brief, "reason")[-1] == AROUND
    assert lines_of(charter, "unsettled")[-1] == OTHERS
    assert lines_of(charter, "days")[-1] == SETTLED
    assert [page_lines(page) <= PAGE_LINES for page in charter.pages] == [True, True]


AROUND_IT = ("system_map", "alignment", "scorecard", "governance")


def test_where_there_is_room_each_sheet_tells_what_it_found_and_what_comes_next(answers, brief_of):
    """What is far from ready comes first, with its next step; what is ready has what it found."""
    given = {name: answers()[name] for name in ("metric_tree", *AROUND_IT)}
    given["metric_tree"] = {}
    given["scorecard"]["touches"] = ["none"]
    found = brief_of(given)
    assert lines_of(found, "reason")[-2:] == [
        "Around the pilot, Scorecard: Stop. The scorecard guards nothing."
        " Next: Add one measure for each of the three.",
        "Other sheets around the pilot: Ready: Map, Alignment, Path and governance.",
    ]
    assert lines_of(found, "system") == [
        "Map. A change of “Approval limits” can reach 9 other parts.",
        "Alignment. Even the weakest pair fits:"
        " People and processes, Processes and technology (3 of 4).",
        "Path and governance. It is settled who decides, owns risks, and is called.",
    ]


@pytest.mark.parametrize(
    ("settled", "told"),
    [
        (
            ["decisions"],
            ["Something that keeps the change safe is missing. Next: Enter the day of"],
        ),
        (["none"], ["Nothing is settled. Next: Write half a page: who decides, who owns each"]),
        (None, []),
    ],
)
def test_it_says_how_much_is_settled_and_nothing_where_nobody_said(
    settled, told, answers, brief_of
):
    given = answers()
    for name in (*AROUND_IT, "flow", "seven_steps"):
        del given[name]
    if settled:
        given["governance"] = {"settled": settled, "phase": "pilot"}
    lines = [line for line in lines_of(brief_of(given, "create"), "days") if "Around" in line]
    says = [line.partition(". ")[2] for line in lines]
    assert len(says) == len(told)
    assert all(one.startswith(wanted) for one, wanted in zip(says, told, strict=True))


def test_what_has_no_room_is_left_out_and_named(answers, brief_of):
    given = long_answers(answers, "Many words that say little. ")
    given["system_map"] = answers()["system_map"]
    found = brief_of(given)
    assert page_lines(found) <= PAGE_LINES
    told = [line for line in lines_of(found, "reason") if line.startswith("Around the pilot")]
    assert told or "The system around the pilot" in found.cut
