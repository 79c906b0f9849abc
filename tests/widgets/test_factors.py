"""The picture of what speaks for and against a place: its data, its text twin, its drawing."""

import json
import re
from datetime import date

import altair
import pytest
import vl_convert
from playwright.sync_api import expect

from playbook.assessing.assess import assess
from playbook.rules.entry_point import FACTORS
from playbook.worksheet.parse import read_worksheet
from widgets.charts import CHARTS, Chart, factors, palettes

pytestmark = pytest.mark.row("ENT-47")
TODAY = date(2027, 1, 4)
FUNCTION = {"id": "pay", "place": "Payments", "unit": "function"}
CORE = {"id": "desk", "place": "The desk", "peripheral": "no"}
NEUTRAL = {"place": "The stores", "free": "yes"}
HOSTILE = "{datum.x}'; alert(1)//</script><img src=x onerror=alert(2)>"


@pytest.fixture
def payload(framework, monkeypatch):
    """payload(row, row, palette="light"): what the picture shows of these places."""

    def made(*candidates, palette="page"):
        colours = palettes()[palette]
        monkeypatch.setattr(factors, "palettes", lambda: {"page": colours})
        sheet = framework.sheets["entry_point"]
        worksheet = read_worksheet(sheet, {"candidates": list(candidates)}, framework.words)
        assessment = assess(sheet, worksheet, framework, TODAY)
        return CHARTS["factors"](sheet, worksheet, assessment, framework)

    return made


def data_with(spec, key):
    """The rows of the layer whose data has `key`."""
    return next(
        layer["data"]["values"] for layer in spec["layer"] if key in layer["data"]["values"][0]
    )


@pytest.mark.row("N-23")
def test_every_row_of_the_seven_factors_belongs_to_one_of_them(framework):
    rows = [row for factor in FACTORS.values() for row in factor]
    assert len(FACTORS) == 7
    assert len(rows) == len(set(rows))
    in_the_chapter = {row for row in framework.rows if re.fullmatch(r"ENT-[234]\d", row)}
    # ENT-47 to ENT-49 are about all factors: no arithmetic, the triple, the aspiration.
    assert in_the_chapter - set(rows) == {"ENT-47", "ENT-48", "ENT-49"}


def test_every_arrow_has_its_words(framework):
    words = framework.words.group("factors")
    for message in framework.sheets["entry_point"].messages.values():
        for arrow in message.arrows:
            direction = "more" if arrow.startswith("+") else "less"
            assert words[f"{direction}.{arrow[1:]}"]
            assert words[f"effect.{arrow[1:]}"]
    assert {f"name.{factor}" for factor in (*FACTORS, "beside")} <= set(words)


@pytest.mark.parametrize("candidates", [(), ({},), (NEUTRAL,)])
def test_there_is_no_picture_while_nothing_speaks_for_or_against(payload, candidates):
    shown = payload(*candidates)
    assert (shown["spec"], shown["summary"]) == (None, [])


@pytest.mark.row("ENT-24", "ENT-25", "X-25")
def test_a_functions_two_arrows_stand_side_by_side_and_are_not_added_up(payload):
    marks = data_with(payload(FUNCTION)["spec"], "shape")
    # ENT-23 + success; ENT-24 + success, - impact; ENT-25 - success, + impact.
    drawn = [(mark["moves"], mark["shape"], mark["fill"] != "transparent") for mark in marks]
    assert drawn == [
        ("success more likely", "triangle-up", True),
        ("success less likely", "triangle-down", False),
        ("more impact", "triangle-up", True),
        ("less impact", "triangle-down", False),
    ]
    assert len({mark["x"] for mark in marks}) == 4
    assert len({mark["y"] for mark in marks}) == 1
    assert marks[0]["reasons"].count(",") == 1


@pytest.mark.row("ENT-42", "ENT-43")
def test_more_cost_points_up_and_speaks_against(payload, framework):
    shown = payload(CORE)
    cost = next(m for m in data_with(shown["spec"], "shape") if m["moves"] == "more cost")
    assert (cost["shape"], cost["fill"]) == ("triangle-up", "transparent")
    assert cost["speaks"] == framework.words.text("factors.tip_against")
    assert "against it, more cost" in shown["summary"][1]


def test_the_twin_names_each_place_each_factor_and_every_reason(payload):
    shown = payload(FUNCTION, CORE, NEUTRAL)
    _, first, second = shown["summary"]
    assert first.startswith("“Payments”, Unit or function: ")
    assert second.startswith("“The desk”, Edge or core: ")
    for mark in data_with(shown["spec"], "shape"):
        line = first if mark["name"] == "Payments" else second
        assert f"{mark['moves']} ({mark['reasons']})" in line


def test_what_belongs_to_no_factor_has_a_line_of_its_own(payload):
    shown = payload({"place": "The desk", "cost": "large"})
    assert [mark["factor"] for mark in data_with(shown["spec"], "shape")] == ["Beside the seven"]


def test_every_mark_lies_inside_the_picture_and_below_its_place(payload):
    spec = payload(FUNCTION, CORE)["spec"]
    names = [row["y"] for row in data_with(spec, "name") if "shape" not in row]
    marks = data_with(spec, "shape")
    assert all(0 < mark["x"] < 1 and names[0] < mark["y"] < spec["height"] for mark in marks)
    assert {mark["name"] for mark in marks if mark["y"] > names[1]} == {"The desk"}


def test_the_spec_is_valid_and_draws_on_a_phone_with_every_word_inside(payload):
    for palette in ("light", "dark", "page"):
        altair.Chart.from_dict(payload(FUNCTION, CORE, palette=palette)["spec"])
    svg = vl_convert.vegalite_to_svg(
        payload(FUNCTION, CORE, palette="light")["spec"] | {"width": 340}
    )
    words = set(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    assert {
        "Payments",
        "The desk",
        "Unit or function",
        "Success",
        "Impact",
        "Spread",
        "Cost",
    } <= words
    assert float(re.search(r'width="([\d.]+)"', svg)[1]) == 340


def test_light_and_dark_differ_in_nothing_but_colours(payload):
    light, dark = (
        json.dumps(payload(FUNCTION, CORE, palette=name)["spec"]) for name in ("light", "dark")
    )
    assert light != dark
    colour = re.compile(r"#[0-9a-f]{6}")
    assert colour.sub("", light) == colour.sub("", dark)


def test_a_place_without_a_name_is_told_by_its_number(payload):
    assert payload({"place": "A"}, {"unit": "function"})["summary"][1].startswith("“Place 2”")


@pytest.mark.row("ENT-44", "ENT-45")
def test_two_reasons_for_the_same_arrow_make_one_mark(payload, framework):
    edge = {"place": "Wellness", "peripheral": "yes", "trend": "yes", "important": "yes"}
    marks = data_with(payload(edge)["spec"], "shape")
    messages = framework.sheets["entry_point"].messages
    both = [messages[f"ENT-{key}"].heading for key in ("44.insulated", "45.bold")]
    assert [(m["moves"], m["reasons"]) for m in marks] == [
        ("success more likely", ", ".join(both)),
        ("harder to spread", messages["ENT-46.foreign"].heading),
    ]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_draws_it_with_its_twin_and_hostile_names_stay_text(
    width, framework, show_card, payload
):
    chart = Chart()
    chart._make = lambda: payload({**FUNCTION, "place": HOSTILE}, CORE)
    on = show_card(
        chart,
        meta='<meta name="pb-vega" content="/vega.js">',
        viewport={"width": width, "height": 900},
    )
    drawing = on.page.locator(".picture svg")
    expect(drawing.get_by_text("Spread", exact=True)).to_be_visible()
    # A function has four marks, the core three.
    expect(drawing.locator(".mark-symbol path")).to_have_count(7)
    on.page.get_by_text(framework.words.text("factors.summary")).click()
    for sentence in on.card.payload["summary"]:
        expect(on.page.get_by_text(sentence)).to_be_visible()
    assert on.page.locator("#card :is(script, img)").count() == 0
    assert on.page.evaluate("document.documentElement.scrollWidth") <= width
