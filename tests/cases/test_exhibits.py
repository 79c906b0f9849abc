"""An exhibit joins nothing that it has no figure for, and says how sure and how many."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from playbook.cases.drawing import WIDTH, alt, common, drawing, figure
from playbook.cases.exhibits import shown
from playbook.cases.load import case_ids, load_case

EXHIBITS = [(it, exhibit.id) for it in case_ids() for exhibit in load_case(it).exhibits]
JOINS = re.compile(r"<(?:line|path|polyline|polygon)\b")


def drawn(case_id, exhibit_id, framework):
    case = load_case(case_id)
    return shown(case, case.exhibit(exhibit_id), framework)


@pytest.mark.parametrize(("case_id", "exhibit_id"), EXHIBITS)
def test_no_line_runs_across_a_gap_but_on_the_slide_that_nobody_should_make(
    framework, case_id, exhibit_id
):
    exhibit = drawn(case_id, exhibit_id, framework)
    svg = drawing(exhibit, framework.words)
    if exhibit["never"]:
        assert JOINS.search(svg)
        assert "The slide you should not make" in svg
        return
    assert not JOINS.search(svg)
    years = [point["year"] for one in exhibit["series"] for point in one["points"]]
    for series in exhibit["series"]:
        own = [point["year"] for point in series["points"]]
        for before, after in pairwise(own):
            if after - before > 1:
                assert "none found" in svg, f"{before} to {after} is a gap and is not named"
    assert svg.count(">●<") + svg.count(">◔<") + svg.count(">◐<") + svg.count(">◌<") == len(years)


@pytest.mark.parametrize(("case_id", "exhibit_id"), EXHIBITS)
def test_each_series_has_a_scale_of_its_own_from_zero(framework, case_id, exhibit_id):
    exhibit = drawn(case_id, exhibit_id, framework)
    if exhibit["never"]:
        return
    for series in exhibit["series"]:
        alone = drawing({**exhibit, "series": [series]}, framework.words)
        places = [
            float(x) for x in re.findall(r'<text x="([\d.]+)" y="[\d.]+" text-anchor="m', alone)
        ]
        values = [point["value"] for point in series["points"]]
        # from 62 for zero to 236 for the largest, whatever the others are
        assert places == pytest.approx([62 + 174 * it / max(values) for it in values], abs=0.01)
        assert max(places) < WIDTH


def test_years_in_common_are_printed(framework):
    results = drawn("alcoa", "results", framework)
    assert common(results, framework.words) == "Years in common: 2 (1997, 1998)"
    assert "Years in common: 2 (1997, 1998)" in drawing(results, framework.words)
    # rates before and after the purchases have no year in common: 1997, 98 against 2001, 02
    made_of = drawn("alcoa", "made_of", framework)
    assert common(made_of, framework.words) == "Years in common: 0"
    assert common(drawn("alcoa", "share_count", framework), framework.words).startswith(
        "Years in common: 2"
    )


def test_a_screen_reader_hears_what_is_drawn(framework):
    told = alt(drawn("alcoa", "results", framework), framework.words)
    assert told.startswith("Lost workdays and results. Lost-workday rate: 5 points, 1987 to 2002")
    assert told.endswith("Years in common: 2 (1997, 1998).")


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.4, "0.4"), (0.27, "0.27"), (1.86, "1.86"), (1054.1, "1,054.1"), (866, "866")],
)
def test_a_figure_is_written_as_people_write_it(value, written):
    assert figure(value) == written


def test_our_reckoning_of_shares_adds_up():
    # 11 billion dollars at 65 a share; 866,339,457 in January 2001
    assert round(11e9 / 65 / 1e6) == 169
    assert round(866_339_457 / (11e9 / 65), 1) == 5.1
    fact = load_case("alcoa").fact("five_times_shares")
    assert (fact.column, "169" in fact.text, "866" in fact.text) == ("ours", True, True)
