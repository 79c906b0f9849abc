"""What the zoom-out sheet's pictures show: data, text twins, and how they come onto a page."""

import json
import re
from datetime import date

import altair
import pytest
import vl_convert
from playwright.sync_api import expect

from playbook.assessing.assess import assess
from playbook.report.zoom_out import shifts
from playbook.worksheet.parse import read_worksheet
from widgets.charts import CHARTS, Chart, palettes
from widgets.charts import portfolio as portfolio_chart

TODAY = date(2027, 1, 4)
PLACED = {
    "objective_now": "efficiency",
    "objective_wanted": "wider",
    "focus_now": "unasked",
    "focus_wanted": "routine",
    "needs_now": "trained",
    "together_wanted": "help",
}
"""Of the requirements it is not said what is wanted, so where they stand is not asked."""

UNDER_WAY = {
    "initiatives": [
        {
            "initiative": "Robots",
            "sort": "streamline",
            "changes_monday": "yes",
            "monday": "No typing.",
        },
        {"initiative": "Agile Bank", "sort": "redefine", "changes_monday": "no", "monday": "Old"},
        {"initiative": "Chat", "sort": "streamline"},
        {"initiative": "A thought"},
        {"sort": "redefine"},
    ]
}
HOSTILE = "{datum.x}'; alert(1)//\u202e</script><img src=x onerror=alert(2)>"
PICTURES = {"portfolio": (portfolio_chart, UNDER_WAY)}
both = pytest.mark.parametrize("name", PICTURES)


@pytest.fixture
def payload(framework, monkeypatch):
    """payload("portfolio", answers): what the picture shows, in the colours of `palette`."""

    def made(name, answers, palette="page"):
        colours = palettes()[palette]
        monkeypatch.setattr(PICTURES[name][0], "palettes", lambda: {"page": colours})
        sheet = framework.sheets["zoom_out"]
        worksheet = read_worksheet(sheet, answers, framework.words)
        assessment = assess(sheet, worksheet, framework, TODAY)
        return CHARTS[name](sheet, worksheet, assessment, framework)

    return made


def data_with(spec, key):
    """The rows of the layer whose data has `key`."""
    layers = [layer["data"]["values"] for layer in spec["layer"]]
    return next(rows for rows in layers if key in rows[0])


# --- The three shifts, and the four sides of the work ---


@pytest.fixture
def placed(framework):
    """What is placed on a zoom-out sheet with the answers of PLACED."""
    sheet = framework.sheets["zoom_out"]
    worksheet = read_worksheet(sheet, PLACED, framework.words)
    return shifts.respects(sheet, worksheet, framework.words.group("shifts"))


@pytest.mark.row("SHIFT-04", "SHIFT-05", "SHIFT-07", "SHIFT-21")
def test_each_respect_of_which_something_is_placed(placed):
    # Points are counted by hand from the order of the anchors on the sheet, from 0.
    assert {one.id: (one.now, one.wanted) for one in placed} == {
        "objective": (1, 4),
        "focus": (3, 0),
        "together": (None, 2),
    }


def test_the_twin_says_where_each_respect_stands_in_the_words_of_its_anchors(placed, framework):
    questions = {q.id: q for q in framework.sheets["zoom_out"].questions()}
    objective, focus, together = shifts.shifts_summary(placed, framework)
    assert questions["objective_now"].choices[1].label in objective
    assert questions["objective_wanted"].choices[4].label in objective
    assert "point 2 of 5" in objective
    assert "point 5 of 5" in objective
    assert questions["focus_wanted"].choices[0].label in focus
    assert questions["together_wanted"].choices[2].label in together
    assert framework.words.text("shifts.line_wanted", **_told(placed[2])) == together


def _told(one):
    return {"name": one.name, "wanted": one.told(one.wanted), "to": one.wanted + 1, "points": 5}


# --- What is under way ---


@pytest.mark.row("SHIFT-02", "APP-08")
def test_a_block_for_each_named_and_sorted_initiative_full_where_monday_is_told(payload):
    blocks = data_with(payload("portfolio", UNDER_WAY, "light")["spec"], "start")
    told = [(block["row"], block["name"], block["fill"] != "transparent") for block in blocks]
    assert told == [
        ("streamline", "Robots", True),
        ("streamline", "Chat", False),
        ("redefine", "Agile Bank", False),
    ]


def test_blocks_of_a_row_stand_side_by_side(payload):
    blocks = data_with(payload("portfolio", UNDER_WAY)["spec"], "start")
    robots, chat = (block for block in blocks if block["row"] == "streamline")
    assert 0 <= robots["start"] < robots["end"] < 1 < chat["start"] < chat["end"] < 2


def test_the_heads_count_and_the_twin_names_all_of_it(payload):
    made = payload("portfolio", UNDER_WAY)
    heads = data_with(made["spec"], "row")
    assert [head["text"] for head in heads] == ["Streamline: 2", "Augment: none", "Redefine: 1"]
    streamline, augment, redefine, unsorted, untold = made["summary"]
    assert streamline == "Streamline: 2 of 4. Robots; Chat."
    assert augment == "Augment: none of 4."
    assert redefine == "Redefine: 1 of 4. Agile Bank."
    assert unsorted.endswith(": A thought.")
    assert untold.endswith(": Agile Bank; Chat.")


def test_thirty_initiatives_of_one_sort_fit_into_their_row(payload):
    many = [{"initiative": f"Robot {n}", "sort": "streamline"} for n in range(30)]
    spec = payload("portfolio", {"initiatives": many}, "light")["spec"] | {"width": 340}
    svg = vl_convert.vegalite_to_svg(spec)
    assert float(re.search(r'width="([\d.]+)"', svg)[1]) == 340
    domains = [
        layer["encoding"]["x"]["scale"]["domain"]
        for layer in spec["layer"]
        if "scale" in layer["encoding"]["x"]
    ]
    assert domains == [[0, 30]]


# --- Both ---


@both
def test_before_something_is_said_there_is_no_picture(name, payload):
    made = payload(name, {"vision": "Somewhere else", "initiatives": [{"initiative": "A thought"}]})
    assert made["spec"] is None
    assert made["summary"] == []


@both
def test_the_spec_is_valid_vega_lite_and_describes_itself_in_the_twins_sentences(name, payload):
    for palette in ("light", "dark", "page"):
        made = payload(name, PICTURES[name][1], palette)
        altair.Chart.from_dict(made["spec"])
        assert made["spec"]["description"] == " ".join(made["summary"])
        assert made["spec"]["width"] == "container"


@both
def test_on_a_phone_every_word_stands_inside_the_picture(name, payload):
    spec = payload(name, PICTURES[name][1], "light")["spec"] | {"width": 340}
    svg = vl_convert.vegalite_to_svg(spec)
    words = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert "Streamline: 2" in words
    assert float(re.search(r'width="([\d.]+)"', svg)[1]) == 340


def test_what_somebody_typed_reaches_data_alone_and_never_an_expression(payload):
    given = {"initiatives": [{"initiative": HOSTILE, "sort": "redefine"}]}
    spec = payload("portfolio", given)["spec"]
    del spec["description"]
    for layer in spec["layer"]:
        layer["data"].pop("values")
    assert "alert" not in json.dumps(spec)


@pytest.mark.browser
@both
@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_drawn_on_a_page_that_is_no_wider_for_it(name, width, payload, show_card):
    chart = Chart()
    chart._make = lambda: payload(name, PICTURES[name][1])
    on = show_card(
        chart,
        meta='<meta name="pb-vega" content="/vega.js">',
        viewport={"width": width, "height": 800},
    )
    first = "Streamline: 2"
    expect(on.page.locator(".picture svg").get_by_text(first, exact=True)).to_be_visible()
    on.page.get_by_text("The same in words").click()
    for sentence in on.card.payload["summary"]:
        expect(on.page.get_by_text(sentence)).to_be_visible()
    assert on.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_hovering_a_block_tells_its_name_its_sort_and_the_label_test(payload, show_card):
    chart = Chart()
    chart._make = lambda: payload(
        "portfolio",
        {
            "initiatives": [
                {"initiative": HOSTILE.replace("\u202e", ""), "sort": "redefine"},
            ]
        },
    )
    on = show_card(chart, meta='<meta name="pb-vega" content="/vega.js">')
    on.page.locator(".picture svg .mark-rect path").hover()
    tip = on.page.locator(".tip")
    expect(tip).to_contain_text(HOSTILE.replace("\u202e", ""))
    expect(tip).to_contain_text("No change named")
    assert on.page.locator("#card img").count() == 0
