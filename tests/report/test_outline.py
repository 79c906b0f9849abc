"""A sheet and the pathway as static HTML, which saved notebooks show."""

from collections import Counter
from dataclasses import replace
from html import escape
from html.parser import HTMLParser

import pytest

from playbook.framework import load_framework
from playbook.report import pathway_outline, sheet_outline

FRAMEWORK = load_framework()
each_sheet = pytest.mark.parametrize("sheet", FRAMEWORK.sheets.values(), ids=lambda it: it.id)
ALLOWED = {"p", "h3", "h4", "h5", "ul", "li", "em", "strong", "br", "details", "summary", "a"}


class Tags(HTMLParser):
    """Every tag that is opened; AssertionError where one is closed that isn't open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] += 1
        self.names |= {name for name, _ in attrs}
        if tag != "br":
            if tag == "ul":
                assert not self.open or self.open[-1] in ("li", "details")
            assert (tag == "li") == (bool(self.open) and self.open[-1] == "ul")
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@each_sheet
def test_it_asks_every_question_in_the_sheets_words_and_says_the_verdict(sheet):
    text = sheet_outline(sheet, FRAMEWORK)
    form, _, example = text.partition(f"<h3>{escape(FRAMEWORK.examples[sheet.id].name)}</h3>")
    for section in sheet.sections:
        for question in section.questions:
            assert f"<li>{escape(question.text)}" in form
            assert all(escape(choice.label) in form for choice in question.choices)
    assert f"<strong>{escape(sheet.verdict_texts['pass'])}</strong>" in example


@each_sheet
def test_it_is_sound_html_without_style_script_or_address_elsewhere(sheet):
    tags = Tags(sheet_outline(sheet, FRAMEWORK))
    assert set(tags.found) <= ALLOWED
    assert tags.names == set()


@each_sheet
def test_without_an_example_there_is_the_form_alone(sheet):
    form = sheet_outline(sheet, replace(FRAMEWORK, examples={}))
    assert sheet_outline(sheet, FRAMEWORK).startswith(form)
    assert len(form) < len(sheet_outline(sheet, FRAMEWORK))


def test_a_follow_up_stands_below_the_question_that_it_follows():
    sheet = FRAMEWORK.sheets["catalyst"]
    asked = {question.id: question for question in sheet.sections[0].questions}
    kind, text = asked["kind"], sheet_outline(sheet, FRAMEWORK)
    follow_up = next(it for it in sheet.sections[0].questions if it.ask_if)
    between = text.partition(escape(kind.text))[2].partition(escape(follow_up.text))[0]
    assert "<ul>" in between
    assert "</li>" not in between


def test_what_people_wrote_is_text():
    sheet = FRAMEWORK.sheets["catalyst"]
    other = sheet.model_copy(update={"intro": "<script>alert(1)</script> & more"})
    text = sheet_outline(other, FRAMEWORK)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in text
    assert "<script" not in text


def test_the_pathways_outline_leads_to_every_sheet_that_is_built():
    text = pathway_outline(FRAMEWORK)
    assert set(Tags(text).found) <= ALLOWED
    for tile in FRAMEWORK.tiles:
        sheet = FRAMEWORK.sheets.get(tile.id)
        assert escape(tile.about) in text
        assert (f'<a href="{sheet.notebook}">' in text) if sheet else (f"<li>{tile.title}" in text)
