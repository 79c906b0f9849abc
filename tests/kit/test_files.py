"""The files of a class: who may read what, and whether everybody can."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pptx
import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from playbook.kit.class_kit import ClassKit
from playbook.kit.content import load_kit
from playbook.kit.files import kit_files, one_file
from playbook.kit.pdf_file import as_pdf_file
from playbook.kit.play_cards import play_cards
from playbook.kit.run_of_show import run_of_show
from playbook.model import InputError
from tests.kit.classes import LOGO, in_words, plain, prepared, told_after, trainer_texts
from tests.verapdf import assert_compliant

FEWEST = 40
"""Texts that a class keeps for who leads, at least; so a search that finds none did look."""


@pytest.fixture(scope="module")
def made() -> ClassKit:
    return prepared("ninety_minutes", "alcoa:80", title="Small moves", leader="Ana", logo=LOGO)


@pytest.fixture(scope="module")
def files(made: ClassKit) -> Mapping[str, bytes]:
    return {it.path: it.make() for it in kit_files(made)}


def test_a_class_gets_every_file(files: Mapping[str, bytes]) -> None:
    trainer = "run-of-show facilitator-guide play-cards reveals role-cards if-the-network-is-gone"
    expected = {f"trainer/{it}.pdf" for it in trainer.split()} | {"trainer/slides.pptx"}
    books = ("blank.pdf", "blank.docx", "filled.pdf", "filled.docx")
    expected |= {f"learners/workbook-{it}" for it in books} | {"learners/voting-cards.pdf"}
    expected |= {f"learners/handouts/case-1-step-{it}.pdf" for it in range(1, 10)}
    assert set(files) == expected


def test_no_learners_file_has_a_trainers_note_or_a_reveal(
    made: ClassKit, files: Mapping[str, bytes]
) -> None:
    kept = [plain(it) for it in (*trainer_texts(made), *told_after(made))]
    assert len(kept) > FEWEST
    guide = in_words(files["trainer/facilitator-guide.pdf"])
    assert sum(it in guide for it in kept) > FEWEST  # there they are found
    for path, file in files.items():
        if path.startswith("learners/"):
            text = in_words(file)
            assert [it for it in kept if it in text] == [], path


def test_a_handout_tells_nothing_of_a_later_step_or_a_disguised_name(
    made: ClassKit, files: Mapping[str, bytes]
) -> None:
    ((case, route),) = made.cases
    steps = [case.step(it.step) for it in route.parts]
    opens = next(n for n, it in enumerate(steps) if it.opens)
    assert case.disguise
    for number, step in enumerate(steps):
        text = in_words(files[f"learners/handouts/case-1-step-{number + 1}.pdf"])
        assert plain(step.situation) in text
        later = [it for one in steps[number + 1 :] for it in (one.situation, one.title)]
        later += [case.fact(it).text for one in steps[number + 1 :] for it in one.known]
        assert [it for it in later if plain(it) in text] == [], step.id
        hidden = [plain(it) for it in case.disguise.hidden] if number <= opens else []
        assert [it for it in hidden if it in text] == [], step.id


def test_every_pdf_keeps_to_pdf_ua_1(files: Mapping[str, bytes], tmp_path: Path) -> None:
    pdfs = {it.replace("/", " "): file for it, file in files.items() if it.endswith(".pdf")}
    assert len(pdfs) == 18
    assert_compliant(pdfs, tmp_path)


def test_the_plan_on_the_first_slides_names_no_step_of_the_story(
    made: ClassKit, files: Mapping[str, bytes]
) -> None:
    """Its titles ask what earlier steps leave open, and everybody sees this table at the start."""
    ((case, route),) = made.cases
    deck = pptx.Presentation(BytesIO(files["trainer/slides.pptx"]))
    title = made.words.text("kit.slides.agenda")
    plan = [it for it in deck.slides if it.shapes.title.text == title]
    tables = [it.table for slide in plan for it in slide.shapes if it.has_table]
    rows = [row.cells[1].text for table in tables for row in table.rows]
    assert case.disguise
    assert rows.count(case.disguise.title) == 1
    assert {case.step(it.step).title for it in route.parts}.isdisjoint(rows)


def test_every_slide_has_a_title_a_language_and_words_for_its_pictures(
    files: Mapping[str, bytes],
) -> None:
    deck = pptx.Presentation(BytesIO(files["trainer/slides.pptx"]))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert len(titles) > 30
    assert all(titles)
    assert deck.core_properties.language == "en-GB"
    described = 0
    for slide in deck.slides:
        for shape in slide.shapes:
            is_picture = shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.PICTURE
            if is_picture or shape.has_chart or shape.has_table:
                described += 1
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr"), slide.shapes.title.text
            if shape.has_table:
                assert shape.table.first_row
        for run in slide._element.iter(qn("a:rPr")):
            assert run.get("lang") == "en-GB"
    assert described >= 4  # the logo, the agenda, the exhibit on two slides
    notes = [it.notes_slide.notes_text_frame.text for it in deck.slides if it.has_notes_slide]
    assert any("If somebody says" in it for it in notes)


def test_no_slide_names_a_disguised_company_before_the_step_that_opens_it(
    made: ClassKit, files: Mapping[str, bytes]
) -> None:
    ((case, _route),) = made.cases
    deck = pptx.Presentation(BytesIO(files["trainer/slides.pptx"]))
    shown = [
        " ".join(it.text_frame.text for it in s.shapes if it.has_text_frame) for s in deck.slides
    ]
    opened = next(n for n, it in enumerate(shown) if case.step("first_group").headline in it)
    assert case.disguise
    before = " ".join(shown[:opened]).lower()
    assert [it for it in case.disguise.hidden if it in before] == []


@pytest.mark.parametrize("name", ["blank", "filled"])
def test_a_workbook_for_word_has_headings_heads_of_tables_language_and_alt_text(
    name: str, files: Mapping[str, bytes]
) -> None:
    document = Document(BytesIO(files[f"learners/workbook-{name}.docx"]))
    assert document.core_properties.language == "en-GB"
    assert document.styles["Normal"].element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    styles = [it.style.name for it in document.paragraphs]
    assert {"Heading 1", "Heading 2"} <= {*styles}
    for table in document.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    (picture,) = document.element.iter(qn("wp:docPr"))
    assert picture.get("descr") == "Logo of Small moves"


def test_a_filled_workbook_says_that_it_is_made_up(files: Mapping[str, bytes]) -> None:
    for ending in ("pdf", "docx"):
        assert "fictionalexample" in in_words(files[f"learners/workbook-filled.{ending}"])
        assert "fictionalexample" not in in_words(files[f"learners/workbook-blank.{ending}"])


def test_reveals_keep_apart_what_is_known_and_what_is_only_claimed(
    files: Mapping[str, bytes],
) -> None:
    pages = [it.extract_text() for it in PdfReader(BytesIO(files["trainer/reveals.pdf"])).pages]
    page = next(re.sub(r"\s+", " ", it) for it in pages if "Two of the four" in it)
    claimed, public = page.index("Only claimed"), page.index("Public record")
    assert public < page.index("15.3 billion") < claimed < page.index("27.5 billion dollars")
    assert "years that are missing were not found" in " ".join(" ".join(pages).lower().split())


@pytest.mark.parametrize("venue", ["room", "remote", "lan"])
@pytest.mark.parametrize(
    ("course", "cases"),
    [
        ("ninety_minutes", ()),
        ("ninety_minutes", ("atb:80",)),
        ("half_day", ()),
        ("half_day_and_pilot", ("alcoa:20",)),
        ("half_day", ("fpa:20",)),
        ("first_days", ()),
    ],
)
def test_a_run_of_show_has_a_page_a_meeting(
    course: str, cases: tuple[str, ...], venue: str
) -> None:
    made = prepared(course, *cases, venue=venue, logo=LOGO, leader="A" * 80, title="W" * 80)
    pages = PdfReader(BytesIO(as_pdf_file(run_of_show(made), made.words))).pages
    assert len(pages) == len(made.sessions)
    assert all(it.title for it in kit_files(made))


def test_a_sheet_that_judges_people_is_on_paper_where_there_is_no_encryption() -> None:
    told = [
        in_words(as_pdf_file(run_of_show(made), made.words))
        for made in (prepared("half_day", venue=it) for it in ("lan", "room"))
    ]
    sentence = plain("This sheet stays closed here")
    assert [sentence in it for it in told] == [True, False]


def test_every_sheet_has_a_play_card_of_one_page() -> None:
    made = prepared("half_day")
    (session,) = made.sessions
    for sheet in made.framework.sheets:
        step = session.steps[1].step.model_copy(update={"sheet": sheet})
        only = replace(session, steps=(replace(session.steps[1], step=step),))
        one = replace(made, sessions=(only,))
        pages = PdfReader(BytesIO(as_pdf_file(play_cards(one), made.words))).pages
        assert len(pages) == 1, sheet


def test_play_cards_run_within_half_an_hour_and_can_be_cut() -> None:
    for play in load_kit().plays.values():
        assert 10 <= play.at_least < play.minutes <= 35
        assert len(play.replies) >= 3


def test_the_same_choices_give_the_same_bytes_and_an_unknown_file_is_told(
    made: ClassKit, files: Mapping[str, bytes]
) -> None:
    for path in ("trainer/slides.pptx", "learners/workbook-blank.docx", "trainer/run-of-show.pdf"):
        assert one_file(made, path).make() == files[path]
    with pytest.raises(InputError, match="There is no file 'x'"):
        one_file(made, "x")


def test_what_is_hostile_in_a_title_is_text_in_every_kind_of_file() -> None:
    hostile = '</w:t> #{[x]} "=1" & <b>'
    made = prepared("ninety_minutes", title=hostile, leader="$x$")
    for path in ("trainer/run-of-show.pdf", "learners/workbook-blank.docx", "trainer/slides.pptx"):
        assert plain("#{[x]} 1") in in_words(one_file(made, path).make()), path
