"""The timeline's picture: its data, its text twin, and how it looks on a page."""

import json
import random
import re
from datetime import date

import altair
import pytest
import vl_convert
from playwright.sync_api import expect

from playbook.assessing.assess import assess
from playbook.worksheet.parse import read_worksheet
from widgets.charts import CHARTS, Chart, palettes
from widgets.charts.timeline import LOOKS, TimelineText, timeline_chart, timeline_summary

pytestmark = pytest.mark.row("CHA-12", "CHA-13")

TODAY = date(2027, 1, 4)
HOSTILE = '</script><img src=x onerror="window.hit=1">{datum.day}'
TOLD = {
    "id": "told",
    "says": "It frees you for clients",
    "said_on": "2027-02-24",
    "heard_by": ["front_line"],
    "speaker": "The head of finance",
}
LIVE = {
    "id": "live",
    "event": "The robot starts",
    "happens_on": "2027-03-01",
    "seen_by": ["neighbours", "front_line"],
}
MOVE = {
    "id": "move",
    "event": "Two desks are moved",
    "happens_on": "2027-02-26",
    "seen_by": ["front_line"],
}


@pytest.fixture(scope="session")
def champion(framework):
    return framework.sheets["champion"]


@pytest.fixture
def tell(champion, framework):
    def told(messages=(), events=(), today=TODAY):
        given = {"messages": list(messages), "events": list(events)}
        return TimelineText(
            champion, read_worksheet(champion, given, framework.words), today, framework
        )

    return told


@pytest.fixture
def payload(champion, framework):
    def made(**tables):
        worksheet = read_worksheet(champion, tables, framework.words)
        assessment = assess(champion, worksheet, framework, TODAY)
        return CHARTS["timeline"](champion, worksheet, assessment, framework)

    return made


def marks_of(spec):
    """What is drawn, a row of data a moment."""
    return next(
        layer["data"]["values"]
        for layer in [*spec["layer"], spec]
        if "values" in layer.get("data", {}) and "shape" in layer["data"]["values"][0]
    )


def drawn(told, palette="light"):
    return timeline_chart(told, palettes()[palette])


# --- The picture ---


def test_there_is_no_picture_before_something_has_a_day(payload):
    assert payload()["spec"] is None
    undated = {key: value for key, value in TOLD.items() if key != "said_on"}
    made = payload(messages=[undated])
    assert (made["spec"], made["summary"]) == (None, [])


def test_moments_stand_in_the_order_of_time_whatever_the_order_of_rows(tell):
    later = {**TOLD, "id": "later", "said_on": "2027-03-10"}
    expected = drawn(tell([TOLD, later], [MOVE, LIVE]))
    assert [one["day"] for one in marks_of(expected)] == [
        "2027-02-24",
        "2027-02-26",
        "2027-03-01",
        "2027-03-10",
    ]
    for seed in range(3):
        messages, events = [TOLD, later], [MOVE, LIVE]
        random.Random(seed).shuffle(messages)
        random.Random(seed + 1).shuffle(events)
        assert drawn(tell(messages, events)) == expected


def test_a_silence_has_a_shape_a_colour_and_a_word_of_its_own(tell):
    message, told_event, silent = marks_of(drawn(tell([TOLD], [LIVE, MOVE])))
    assert [one["kind"] for one in (message, told_event, silent)] == ["message", "event", "silence"]
    for one in (message, told_event, silent):
        shape, colour = LOOKS[one["kind"]]
        assert (one["shape"], one["colour"]) == (shape, palettes()["light"][colour])
    assert len({shape for shape, _ in LOOKS.values()}) == len(LOOKS)
    assert "Silence" in silent["head"]
    assert "Silence" not in message["head"] + told_event["head"]
    assert silent["left_out"].endswith("Their colleagues")


def test_the_days_that_were_looked_at_are_shaded(tell):
    silent = marks_of(drawn(tell([], [LIVE])))[0]
    assert (silent["since"], silent["day"]) == ("2027-02-15", "2027-03-01")


def test_a_message_and_an_event_with_the_same_row_id_are_two_lines(tell):
    same = drawn(tell([{**TOLD, "id": "one"}], [{**LIVE, "id": "one"}]))
    assert len({one["row"] for one in marks_of(same)}) == 2


def test_a_message_that_was_not_said_is_not_among_what_people_heard(tell):
    unsaid = {**TOLD, "said_on": "2027-01-03", "sent": "no"}
    assert drawn(tell([unsaid])) is None


def test_today_is_marked_where_it_lies_among_the_moments(tell, framework):
    word = framework.words.text("timeline.today")
    early = {**TOLD, "said_on": "2026-12-20"}
    assert f'"{word}"' in json.dumps(drawn(tell([early], [LIVE])))
    assert f'"{word}"' not in json.dumps(drawn(tell([TOLD], [LIVE])))


@pytest.mark.parametrize("palette", ["light", "dark", "page"])
def test_the_spec_is_valid_vega_lite(tell, palette):
    altair.Chart.from_dict(drawn(tell([TOLD], [LIVE, MOVE]), palette))
    altair.Chart.from_dict(drawn(tell([{**TOLD, "said_on": "2026-12-20"}], [LIVE]), palette))


def test_a_drawing_differs_between_light_and_dark_in_nothing_but_colours(tell):
    light, dark = (json.dumps(drawn(tell([TOLD], [LIVE]), name)) for name in ("light", "dark"))
    assert light != dark
    colour = re.compile(r"#[0-9a-f]{6}")
    assert colour.sub("", light) == colour.sub("", dark)


@pytest.mark.parametrize("width", [280, 340, 620])
def test_it_is_drawn_on_any_screen_with_every_word_inside_the_picture(tell, width):
    spec = drawn(tell([TOLD], [LIVE, MOVE])) | {"width": width}
    svg = vl_convert.vegalite_to_svg(spec)
    words = "\n".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    assert "1 March 2027 · Event · Silence" in words
    assert "Not told before: Their colleagues" in words
    assert float(re.search(r'width="([\d.]+)"', svg)[1]) == width


def test_a_day_is_the_same_day_everywhere(tell):
    """Days are read and drawn in UTC; local time would move them by one in the west."""
    spec = drawn(tell([TOLD], [LIVE]))
    scales = [
        layer["encoding"]["x"]["scale"]
        for layer in spec["layer"]
        if layer.get("encoding", {}).get("x", {}).get("type") == "temporal"
    ]
    assert {scale["type"] for scale in scales} == {"utc"}
    (domain,) = (scale["domain"] for scale in scales if "domain" in scale)
    assert all(end["utc"] for end in domain)


def test_what_somebody_typed_reaches_data_alone_and_never_an_expression(tell):
    spec = drawn(tell([{**TOLD, "says": HOSTILE}], [{**LIVE, "event": HOSTILE}]))
    del spec["description"]
    for layer in [*spec["layer"], spec]:
        layer.get("data", {}).pop("values", None)
    assert "onerror" not in json.dumps(spec)


# --- The text twin ---


def test_the_twin_says_everything_that_the_picture_shows(tell):
    told = tell([TOLD], [LIVE, MOVE])
    assert timeline_summary(told) == [
        "Messages: 1. Events: 2. Events that some people see before they hear why: 1.",
        "24 February 2027: The head of finance to Those who take part: “It frees you for clients”",
        "26 February 2027: “Two desks are moved”, seen by Those who take part. "
        "All of them were told before.",
        "1 March 2027: “The robot starts”, seen by Those who take part, Their colleagues. "
        "Silence: in the 14 days before, nothing was said to Their colleagues.",
    ]
    assert drawn(told)["description"] == " ".join(timeline_summary(told))


def test_a_message_nobody_speaks_and_an_event_without_a_name_have_words_too(tell):
    silent = {key: value for key, value in TOLD.items() if key != "speaker"}
    nameless = {key: value for key, value in LIVE.items() if key != "event"}
    _, message, event = timeline_summary(tell([silent], [nameless]))
    assert message.startswith("24 February 2027: a message to Those who take part")
    assert "not described yet" in event


# --- On a page ---

META = '<meta name="pb-vega" content="/vega.js">'
SYMBOLS = ".picture svg .mark-symbol path"


@pytest.mark.browser
@pytest.mark.parametrize("width", [340, 1100])
def test_it_is_drawn_and_told_on_a_page_of_any_width(show_card, payload, width):
    chart = Chart()
    chart._make = lambda: payload(messages=[TOLD], events=[LIVE, {**MOVE, "event": HOSTILE}])
    on = show_card(chart, meta=META, viewport={"width": width, "height": 800})
    symbols = on.page.locator(SYMBOLS)
    expect(symbols).to_have_count(3)
    expect(on.page.get_by_role("figure")).to_have_accessible_name(
        "What people will have heard and seen"
    )
    on.page.get_by_text("The same in words").click()
    expect(on.page.get_by_text("Silence: in the 14 days before")).to_be_visible()
    symbols.last.hover()
    expect(on.page.locator(".tip")).to_contain_text("The robot starts")
    assert on.page.evaluate("document.documentElement.scrollWidth") <= width
    assert on.page.evaluate(
        "[window.hit, document.querySelectorAll('#card :is(script, img)').length]"
    ) == [None, 0]
