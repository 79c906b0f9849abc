"""The comparison's picture: its data, its text twin, and how it comes onto a page."""

import json
import re
from itertools import product

import altair
import pytest
import vl_convert
from playwright.sync_api import expect

from playbook.model import PlaybookError, resources
from playbook.model.resources import look_dir
from playbook.report import comparison
from widgets.charts import Chart, palettes
from widgets.charts.candidates import (
    SHAPES,
    VERDICT,
    candidates_chart,
    candidates_summary,
    chart_payload,
)

pytestmark = pytest.mark.row("CAT-12")

HOSTILE = '</script><script>window.hit=1</script><img src=x onerror="window.hit=1">'
GOOD = {
    "what": "Clients leave for online rivals.",
    "kind": "market",
    "breaks": "yes",
    "urgent": "partly",
    "bigger": "yes",
    "capacity": "dont_know",
    "alignment": "direct",
}
BAD = {**GOOD, "what": "A merger", "breaks": "no", "bigger": "no", "alignment": "none"}
PARTIAL = {"what": "A worry", "kind": "diffuse"}


@pytest.fixture
def draw(catalyst, framework, filled):
    def spec(*candidates, palette="light", **answers):
        colours = palettes()[palette]
        worksheet, assessment = filled(*candidates, **answers)
        return candidates_chart(catalyst, worksheet, assessment, framework, colours)

    return spec


@pytest.fixture
def lines(catalyst, framework, filled):
    def compared(*candidates, **answers):
        worksheet, assessment = filled(*candidates, **answers)
        return comparison(catalyst, worksheet, assessment, framework)

    return compared


def data_with(spec, key):
    """The rows of data that have `key`, from wherever Altair put them."""
    sets = [*spec.get("datasets", {}).values()]
    sets += [layer["data"]["values"] for layer in spec["layer"] if "values" in layer["data"]]
    return next(rows for rows in sets if key in rows[0])


# --- The picture ---


@pytest.mark.parametrize("candidates", [(), (GOOD,), (GOOD, {})])
def test_there_is_no_picture_before_two_candidates_say_something(draw, candidates):
    assert draw(*candidates) is None


def test_every_candidate_has_a_mark_for_each_compared_question_and_the_verdict(draw, catalyst):
    marks = data_with(draw(GOOD, BAD, PARTIAL), "shape")
    compared = (*catalyst.candidates.compare, VERDICT)
    assert [(mark["row"], mark["column"]) for mark in marks] == list(
        product(["row1", "row2", "row3"], compared)
    )


def test_each_mark_has_shape_colour_and_word_of_its_level(draw, lines):
    marks = iter(data_with(draw(GOOD, BAD), "shape"))
    for line in lines(GOOD, BAD):
        for cell in line.cells:
            mark = next(marks)
            assert mark["shape"] == SHAPES[cell.level]
            assert mark["answer"] == cell.answer
            assert mark["weighs"] == cell.word
            colour = palettes()["light"]["soft" if cell.level == "info" else cell.level]
            assert mark["stroke"] == colour
        verdict = next(marks)
        assert (verdict["text"], verdict["shape"]) == (line.word, SHAPES[line.level])


def test_levels_that_share_a_shape_differ_in_filling(draw):
    marks = data_with(draw(GOOD, BAD), "shape")
    looks = {(mark["shape"], mark["fill"] == "transparent", mark["weighs"]) for mark in marks}
    words = [word for _, _, word in looks]
    assert len(words) == len(set(words)) == len({look[:2] for look in looks})


def test_the_spec_is_valid_vega_lite(draw):
    for palette in ("light", "dark", "page"):
        altair.Chart.from_dict(draw(GOOD, BAD, palette=palette))


def test_the_two_palettes_have_the_colours_of_the_style_sheet():
    tokens = (look_dir() / "tokens.css").read_text(encoding="utf-8")
    for name, light in palettes()["light"].items():
        assert f"--{name}: light-dark({light}, {palettes()['dark'][name]})" in tokens
    assert len(palettes()["light"]) == tokens.count("light-dark(#")
    assert set(palettes()["page"].values()) == {f"var(--{name})" for name in palettes()["dark"]}


def test_a_drawing_differs_between_light_and_dark_in_nothing_but_colours(draw):
    light, dark = (json.dumps(draw(GOOD, BAD, palette=name)) for name in ("light", "dark"))
    assert light != dark
    colour = re.compile(r"#[0-9a-f]{6}")
    assert colour.sub("", light) == colour.sub("", dark)


def test_it_takes_the_width_of_its_place_and_no_theme(draw):
    spec = draw(GOOD, BAD)
    assert spec["width"] == "container"
    with altair.theme.enable("dark"):
        assert draw(GOOD, BAD) == spec


def test_a_long_name_is_cut_in_the_picture_and_whole_in_the_tooltip(draw):
    long = "We lose the small towns, " * 9
    names = data_with(draw({**GOOD, "what": long}, BAD), "leads")
    assert names[0]["name"] == long.strip()
    assert names[0]["text"].endswith("…")
    assert len(names[0]["text"]) < len(long)


def test_it_is_drawn_on_a_phone_with_every_word_inside_the_picture(draw, framework):
    spec = draw(GOOD, BAD, PARTIAL) | {"width": 340}
    svg = vl_convert.vegalite_to_svg(spec)
    words = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    verdicts = framework.words.group("level")
    answer = framework.words.text("answer.partly")
    assert {verdicts["warn"], verdicts["fail"], answer} <= set(words)
    assert float(re.search(r'width="([\d.]+)"', svg)[1]) == 340


def test_the_candidate_that_leads_is_named_as_chosen_or_as_best_so_far(draw, framework):
    words = framework.words
    best = data_with(draw(GOOD, BAD), "leads")
    chosen = data_with(draw(GOOD, BAD, chosen="row2"), "leads")
    assert [name["leads"] for name in best] == [True, False]
    assert [name["leads"] for name in chosen] == [False, True]
    assert best[0]["text"] == words.text("chart.leads", name=GOOD["what"])
    assert chosen[1]["text"] == words.text("chart.chosen", name=BAD["what"])


def test_what_somebody_typed_reaches_data_alone_and_never_an_expression(draw):
    bad = "{datum.x}'; alert(1)//\u202e" + HOSTILE
    spec = draw({**GOOD, "what": bad}, BAD)
    del spec["description"]
    for layer in spec["layer"]:
        layer["data"].pop("values", None)
    spec.pop("datasets", None)
    assert "alert" not in json.dumps(spec)


# --- The text twin ---


def test_the_twin_says_everything_that_the_picture_shows(catalyst, framework, filled, lines):
    worksheet, assessment = filled(GOOD, BAD)
    first, *sentences = candidates_summary(catalyst, worksheet, assessment, framework)
    assert GOOD["what"] in first
    for line, sentence in zip(lines(GOOD, BAD), sentences, strict=True):
        assert line.name in sentence
        assert line.word in sentence
        for cell in line.cells:
            assert f"{cell.heading}: {cell.answer}" in sentence
            assert cell.level == "info" or f"{cell.answer} ({cell.word})" in sentence


def test_the_picture_describes_itself_in_the_same_sentences(catalyst, framework, filled, draw):
    worksheet, assessment = filled(GOOD, BAD)
    told = candidates_summary(catalyst, worksheet, assessment, framework)
    assert draw(GOOD, BAD)["description"] == " ".join(told)


def test_one_candidate_alone_is_not_compared(catalyst, framework, filled):
    payload = chart_payload(catalyst, *filled(GOOD), framework)
    assert payload["spec"] is None
    assert payload["summary"] == []


# --- The widget ---


def test_nothing_is_made_before_a_page_asks():
    chart, made, heard = Chart(), [], []
    chart.send = lambda message, *_: heard.append(message["type"])

    def make():
        made.append(1)
        return {"spec": None}

    chart._receive(chart, {"type": "draw"}, [])
    chart.show_later(make)
    chart._receive(chart, {"type": "ready"}, [])
    assert (made, heard) == ([], ["later", "later"])
    chart._receive(chart, {"type": "draw"}, [])
    assert (made, heard[2:]) == ([1], ["show"])


def test_a_missing_bundle_is_told_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "playbook")
    with pytest.raises(PlaybookError, match="chart script is missing: it should be"):
        resources.vega_bundle()


@pytest.fixture
def shown(show_card, catalyst, framework, filled):
    """A chart of these candidates on a page."""

    def show(*candidates, **options):
        chart = Chart()
        worksheet, assessment = filled(*candidates)
        chart._make = lambda: chart_payload(catalyst, worksheet, assessment, framework)
        return show_card(chart, **options)

    return show


META = '<meta name="pb-vega" content="/vega.js">'
SYMBOLS = ".picture svg .mark-symbol path"


@pytest.mark.browser
@pytest.mark.parametrize("meta", [META, ""], ids=["from the page", "from the kernel"])
def test_it_is_drawn_with_a_bundle_from_the_page_or_from_the_kernel(shown, meta):
    on = shown(GOOD, BAD, meta=meta)
    expect(on.page.locator(SYMBOLS)).to_have_count(12)
    assert ("/vega.js" in on.asked_for) == bool(meta)
    assert on.page.evaluate("sent").count("bundle") == (0 if meta else 1)


@pytest.mark.browser
def test_without_the_file_that_the_page_names_the_kernel_sends_it(shown):
    on = shown(GOOD, BAD, meta='<meta name="pb-vega" content="data:text/javascript,">')
    expect(on.page.locator(SYMBOLS)).to_have_count(12)
    on.trouble.clear()  # the policy refuses that address, which is the point


@pytest.mark.browser
def test_it_is_made_only_once_it_is_near(shown):
    on = shown(GOOD, BAD, meta=META, far=3000)
    on.page.wait_for_timeout(300)
    assert on.page.evaluate("sent") == ["ready"]
    on.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(on.page.locator(SYMBOLS)).to_have_count(12)


@pytest.mark.browser
def test_a_new_answer_draws_anew_and_one_candidate_takes_the_picture_away(
    shown, catalyst, framework, filled
):
    on = shown(GOOD, BAD, meta=META)
    expect(on.page.locator(SYMBOLS)).to_have_count(12)
    for candidates, count in (((GOOD, BAD, PARTIAL), 18), ((GOOD,), 0), ((GOOD, BAD), 12)):
        worksheet, assessment = filled(*candidates)
        on.card.show_later(
            lambda given=(worksheet, assessment): chart_payload(catalyst, *given, framework)
        )
        expect(on.page.locator(SYMBOLS)).to_have_count(count)
        expect(on.page.get_by_role("figure")).to_have_count(1 if count else 0)


@pytest.mark.browser
def test_it_turns_dark_with_the_page_and_is_light_on_paper(shown):
    on = shown(GOOD, BAD, meta=META)
    verdict = on.page.locator(SYMBOLS).last
    expect(verdict).to_be_visible()
    for scheme in ("light", "dark", "light"):
        on.page.emulate_media(color_scheme=scheme)
        expect(verdict).to_have_css("fill", css_colour(palettes()[scheme]["fail"]))
    on.page.emulate_media(color_scheme="dark", media="print")
    expect(verdict).to_have_css("fill", css_colour(palettes()["light"]["fail"]))


@pytest.mark.browser
def test_in_jupyterlab_its_theme_counts_and_not_the_systems(shown):
    on = shown(GOOD, BAD, ours=False, color_scheme="dark")
    verdict = on.page.locator(SYMBOLS).last
    expect(verdict).to_have_css("fill", css_colour(palettes()["light"]["fail"]))
    on.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    expect(verdict).to_have_css("fill", css_colour(palettes()["dark"]["fail"]))


def css_colour(value):
    """#8a4b00 as a browser computes it."""
    red, green, blue = (int(value[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


@pytest.mark.browser
def test_a_screen_reader_gets_the_sentences_and_not_the_drawing(shown):
    on = shown(GOOD, BAD, meta=META)
    expect(on.page.locator(SYMBOLS)).to_have_count(12)
    on.page.get_by_text(on.card.payload["words"]["summary"]).click()
    seen = on.page.get_by_role("figure").aria_snapshot()
    for sentence in on.card.payload["summary"]:
        assert sentence[:40] in seen
    assert "graphics" not in seen
    assert "img" not in seen


@pytest.mark.browser
def test_hostile_answers_are_drawn_as_text_and_asked_for_nowhere(shown):
    on = shown({**GOOD, "what": HOSTILE}, BAD, meta=META)
    symbols = on.page.locator(SYMBOLS)
    expect(symbols).to_have_count(12)
    symbols.first.hover()
    expect(on.page.locator(".tip")).to_contain_text(HOSTILE)
    assert on.page.evaluate(
        "[window.hit, document.querySelectorAll('#card :is(script, img)').length]"
    ) == [None, 0]
    assert set(on.asked_for) <= {"/voila/render/00_home.ipynb", "/run.js", "/card.js", "/vega.js"}


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_the_drawing_fits_its_place_also_when_that_changes(shown, width):
    on = shown(GOOD, BAD, meta=META, viewport={"width": 700, "height": 800})
    picture = on.page.locator(".picture")
    expect(picture.locator("svg")).to_be_visible()
    on.page.set_viewport_size({"width": width, "height": 800})
    wide = picture.evaluate("one => one.clientWidth")
    expect(picture.locator("svg")).to_have_attribute("width", re.compile(rf"^{wide}(\.|$)"))
    assert on.page.evaluate("document.documentElement.scrollWidth") <= width
