"""The picture of hours before and after: its bars, its table twin, and how it comes onto a page."""

import json
from datetime import date

import altair
import pytest
import vl_convert
from playwright.sync_api import expect

from playbook.assessing.assess import assess
from playbook.report.capacity import hours as words_of_hours
from playbook.worksheet.parse import read_worksheet
from widgets.charts import CHARTS, Chart, hours, palettes

pytestmark = pytest.mark.row("CAP-05", "CAP-10")
TODAY = date(2027, 1, 4)
HOSTILE = "{datum.x}'; alert(1)//</script><img src=x onerror=alert(2)>"
# Three volunteers with 36 of 40 hours, 6 of them kept. One who stays has 20 hours to spare, a
# newcomer 40: 60 hours are two volunteers' 30 each. So two of three are freed, for 85%.
PEOPLE = [
    {"id": "v", "who": "Volunteers", "contract": 40, "takes_part": "yes", "count": 3},
    {"id": "s", "who": "Who stays", "contract": 40, "takes_part": "no"},
    {"id": "n", "who": "Newcomer", "contract": 40, "takes_part": "temp"},
]
TASKS = [
    {"id": "own", "task": "Own", "doer": "v", "hours": 6, "triage": "keep"},
    {"id": "calls", "task": "Calls", "doer": "v", "hours": 30, "triage": "consolidate"},
    {"id": "desk", "task": "Desk", "doer": "s", "hours": 36, "triage": "simplify", "left": 20},
]
TEAM = {"people": PEOPLE, "tasks": TASKS}


@pytest.fixture
def payload(framework, monkeypatch):
    """payload(answers, "light"): what the picture shows, in the colours of that palette."""

    def made(answers, palette="page"):
        colours = palettes()[palette]
        monkeypatch.setattr(hours, "palettes", lambda: {"page": colours})
        sheet = framework.sheets["capacity"]
        worksheet = read_worksheet(sheet, answers, framework.words)
        assessment = assess(sheet, worksheet, framework, TODAY)
        return CHARTS["hours"](sheet, worksheet, assessment, framework)

    return made


def data_with(spec, *keys):
    """The rows of the layer whose data has all of `keys`."""
    layers = [layer["data"]["values"] for layer in spec["layer"]]
    return next(rows for rows in layers if set(keys) <= rows[0].keys())


def test_bars_are_shares_of_their_own_hours(payload):
    bars = data_with(payload(TEAM, "light")["spec"], "start", "end")
    told = {
        (bar["name"], bar["what"]): (round(bar["start"], 4), round(bar["end"], 4)) for bar in bars
    }
    assert told == {
        ("Volunteers (2 people)", "Tasks today"): (0, 0.9),
        ("Volunteers (2 people)", "Goes on with"): (0, 0.15),
        ("Volunteers", "Tasks today"): (0, 0.9),
        ("Volunteers", "Goes on with"): (0, 0.9),
        ("Who stays", "Tasks today"): (0, 0.9),
        ("Who stays", "Goes on with"): (0, 0.5),
        ("Who stays", "Takes over"): (0.5, 1),
        ("Newcomer", "Takes over"): (0, 1),
    }


def test_the_table_says_what_the_bars_say_and_who_does_what(payload):
    table = payload(TEAM)["table"]
    assert len(table["head"]) == 7
    assert table["rows"] == [
        ["Volunteers (2 people)", "40", "36", "6", "85%", "Own 6 h", "–"],
        ["Volunteers", "40", "36", "36", "10%", "Own 6 h, Calls 30 h", "–"],
        ["Who stays", "40", "36", "40", "0%", "Desk 20 h", "Calls 20 h"],
        ["Newcomer", "40", "0", "40", "0%", "–", "Calls 40 h"],
    ]


def test_the_summary_says_how_many_and_sets_a_slice_beside_it(payload):
    first, second, third = payload(TEAM)["summary"]
    assert first.startswith("2 of 3 volunteers")
    # 3 * 36 + 20 of 200 hours remain: 36% would be free for each.
    assert "36%" in second
    assert "Volunteers (2 of 3 people)" in third


def test_whom_the_plan_frees_by_chance_is_said_to_be_open(payload):
    """One of two volunteers can be freed, and either may be."""
    people = [
        *({**PEOPLE[0], "id": row, "who": f"Volunteer {row}", "count": 1} for row in "ab"),
        {**PEOPLE[2]},
    ]
    tasks = [{**TASKS[1], "id": f"calls{row}", "doer": row, "hours": 36} for row in "ab"]
    summary = payload({"people": people, "tasks": tasks})["summary"]
    assert summary[0].startswith("1 of 2")
    assert "Volunteer a, Volunteer b" in summary[2]


@pytest.mark.parametrize("left_out", ["contract", "takes_part"])
def test_nothing_is_drawn_before_people_and_tasks_are_complete(payload, left_out):
    people = [{key: value for key, value in PEOPLE[0].items() if key != left_out}, *PEOPLE[1:]]
    shown = payload({**TEAM, "people": people})
    assert (shown["spec"], shown["summary"], shown["table"]) == (None, [], None)


def test_a_drawing_is_valid_and_takes_hostile_names_as_they_are(payload):
    people = [{**PEOPLE[0], "who": HOSTILE}, *PEOPLE[1:]]
    spec = payload({**TEAM, "people": people}, "dark")["spec"]
    altair.Chart.from_dict(spec, validate=True)
    svg = vl_convert.vegalite_to_svg(json.dumps({**spec, "width": 340}))
    assert "<img" not in svg
    assert "85% free" in svg


def test_many_rows_are_cut_in_the_picture_and_never_in_the_table(payload):
    people = [{**PEOPLE[2], "id": f"n{place}", "who": f"N{place}"} for place in range(40)]
    shown = payload({"people": [PEOPLE[0], *people], "tasks": TASKS[:2]})
    assert len(data_with(shown["spec"], "name", "text")) == hours.MOST_ROWS
    assert len(shown["table"]["rows"]) == 41


def test_words_for_the_saved_page_have_a_sentence_for_each_row(framework):
    sheet = framework.sheets["capacity"]
    worksheet = read_worksheet(sheet, TEAM, framework.words)
    assessment = assess(sheet, worksheet, framework, TODAY)
    said = words_of_hours.in_words(sheet, worksheet, assessment, framework)
    assert len(said) == 3 + 4
    assert "Takes over: Calls 20 h." in said[5]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_the_table_is_under_the_picture_by_keyboard_and_for_screen_readers(
    width, framework, show_card, payload
):
    people = [{**PEOPLE[0], "who": HOSTILE}, *PEOPLE[1:]]
    chart = Chart()
    chart._make = lambda: payload({**TEAM, "people": people})
    on = show_card(
        chart,
        meta='<meta name="pb-vega" content="/vega.js">',
        viewport={"width": width, "height": 900},
    )
    expect(on.page.locator(".picture svg").get_by_text("85% free", exact=True)).to_be_visible()
    on.page.get_by_text(framework.words.text("hours.summary")).press("Enter")
    expect(on.page.get_by_role("row")).to_have_count(5)
    expect(on.page.get_by_role("rowheader").first).to_have_text(f"{HOSTILE} (2 people)")
    expect(on.page.get_by_role("cell", name="Calls 40 h")).to_be_visible()
    wide = "document.documentElement.scrollWidth <= innerWidth"
    assert on.page.evaluate(wide)


def test_names_keep_to_two_lines_that_a_small_phone_has_room_for(payload):
    """260 px are the picture's on a phone of 320; bold letters of 13 px take some 8.5 at most."""
    long = "Kingsmead handlers who volunteer and come from three different places"
    shown = payload({**TEAM, "people": [{**PEOPLE[0], "who": long}, *PEOPLE[1:]]})
    lines = [row["text"].splitlines() for row in data_with(shown["spec"], "name", "text")]
    assert len(lines[0]) == 2
    assert all(len(line) * 8.5 <= 260 for name in lines for line in name)
