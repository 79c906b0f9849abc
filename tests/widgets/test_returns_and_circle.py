"""The zoom-out sheet’s two illustrations: how wider value comes back, by steps and in a circle."""

import re
from datetime import date
from itertools import pairwise

import altair
import pytest
import vl_convert

from playbook.assessing.assess import assess
from playbook.report.pictures import pictures
from playbook.worksheet.parse import read_worksheet
from widgets.charts import CHARTS, palettes, wider_value
from widgets.charts import circle as circle_chart
from widgets.charts import returns as returns_chart

TODAY = date(2027, 1, 4)
WIDER = {"objective_wanted": "wider"}
MODULES = {"circle": circle_chart, "returns": returns_chart}
both = pytest.mark.parametrize("name", MODULES)


@pytest.fixture
def drawn(framework, monkeypatch):
    """drawn("circle", answers): what the picture shows of them, in light colours."""

    def made(name, answers):
        light = palettes()["light"]
        monkeypatch.setattr(wider_value, "palettes", lambda: {"page": light})
        sheet = framework.sheets["zoom_out"]
        worksheet = read_worksheet(sheet, answers, framework.words)
        assessment = assess(sheet, worksheet, framework, TODAY)
        return CHARTS[name](sheet, worksheet, assessment, framework)

    return made


@both
@pytest.mark.parametrize(
    ("wanted", "shown"),
    [("cost", False), ("efficiency", False), ("both", False), ("value", True), ("wider", True)],
)
def test_it_is_drawn_once_wider_value_is_wanted(name, wanted, shown, drawn):
    made = drawn(name, {"objective_wanted": wanted})
    assert (made["spec"] is not None, bool(made["summary"])) == (shown, shown)
    assert drawn(name, {"chain": "Families stay."})["spec"] is None


@both
def test_the_spec_is_valid_and_describes_itself_in_the_twins_sentences(name, drawn):
    made = drawn(name, WIDER)
    altair.Chart.from_dict(made["spec"])
    assert made["spec"]["description"] == " ".join(made["summary"])


@both
def test_an_illustration_is_no_answer_and_stays_out_of_files(name, framework):
    sheet = framework.sheets["zoom_out"]
    worksheet = read_worksheet(sheet, WIDER, framework.words)
    found = pictures(sheet, worksheet, assess(sheet, worksheet, framework, TODAY), framework)
    title = framework.words.group(f"{name}_chart")["title"]
    assert title not in [picture.title for picture in found]


@pytest.mark.row("SHIFT-09")
def test_each_step_of_saving_brings_less_and_each_step_of_new_value_more():
    steps = [n / 10 for n in range(11)]
    for curve, grows in ((returns_chart.saving, False), (returns_chart.value, True)):
        gains = [after - before for before, after in pairwise(map(curve, steps))]
        assert min(gains) > 0
        assert gains == sorted(gains, reverse=not grows)


@pytest.mark.row("SHIFT-09")
def test_the_curves_carry_no_figures_and_say_that_they_are_an_illustration(drawn):
    made = drawn("returns", WIDER)
    axes = [layer["encoding"][at].get("axis") for layer in made["spec"]["layer"] for at in "xy"]
    assert all(axis is None or not axis["labels"] for axis in axes)
    assert "illustration" in made["title"]
    assert "not a forecast" in made["summary"][-1]


@pytest.mark.row("SHIFT-11", "SHIFT-12")
def test_the_circle_leads_from_each_box_to_the_next_and_back_to_the_first(framework):
    boxes = circle_chart.boxes(framework.words.group("circle_chart"))
    assert [box["name"] for box in boxes] == ["objective", "people", "relationships", "returns"]

    def at(x, y):
        """The box on whose edge a point lies."""
        return next(
            place
            for place, box in enumerate(boxes)
            if box["x"] <= x <= box["x2"] and box["y"] <= y <= box["y2"]
        )

    led = [(at(one["x"], one["y"]), at(one["x2"], one["y2"])) for one in circle_chart.arrows()]
    assert led == [(0, 1), (1, 2), (2, 3), (3, 0)]


@pytest.mark.row("SHIFT-11")
def test_the_persons_own_chain_stands_in_the_words_beside_it(drawn):
    own = "Families who stay bring their neighbours."
    assert own in drawn("circle", WIDER | {"chain": own})["summary"][-1]
    assert len(drawn("circle", WIDER)["summary"]) == 1


def test_on_a_phone_every_line_fits_into_its_box(drawn):
    svg = vl_convert.vegalite_to_svg(drawn("circle", WIDER)["spec"] | {"width": 340})
    assert float(re.search(r'width="([\d.]+)"', svg)[1]) == 340
    for box in circle_chart.boxes({f"box.{name}": "word " * 15 for name in circle_chart.BOXES}):
        assert all(len(line) <= circle_chart.LINE for line in box["text"].split("\n"))
