"""Situations and cards on paper: two forms and cards for people, reasons for whoever leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.kit.class_kit import ClassKit
from playbook.kit.files import kit_files, one_file
from tests.kit.classes import in_words, plain, prepared
from tests.verapdf import assert_compliant

PAPERS = [f"learners/situations-{form}.pdf" for form in "ab"]
PAPERS += ["learners/cards-for-later.pdf", "trainer/situations-reveal.pdf"]


@pytest.fixture(scope="module")
def made() -> ClassKit:
    return prepared("half_day")


@pytest.fixture(scope="module")
def papers(made: ClassKit) -> dict[str, bytes]:
    return {it: one_file(made, it).make() for it in PAPERS}


def test_each_form_has_its_situations_and_no_reason(
    made: ClassKit, papers: dict[str, bytes]
) -> None:
    content = made.framework.vignettes
    for form in ("a", "b"):
        text = in_words(papers[f"learners/situations-{form}.pdf"])
        for one in content.vignettes:
            assert (plain(one.text) in text) is (one.form == form)
            assert plain(one.why) not in text
        assert plain(content.fictional) in text
    card = in_words(papers["learners/cards-for-later.pdf"])
    for asked in (it for one in content.cards for it in one.questions):
        assert plain(asked.text) in card
        assert plain(asked.why) not in card
    assert plain("16 December 2026") in card
    assert plain("13 January 2027") in card


def test_the_trainers_sheet_has_every_reason_and_what_may_be_said(
    made: ClassKit, papers: dict[str, bytes]
) -> None:
    text = in_words(papers["trainer/situations-reveal.pdf"])
    content = made.framework.vignettes
    reasons = [it.why for it in content.vignettes]
    reasons += [it.why for one in content.cards for it in one.questions]
    assert [it for it in reasons if plain(it) not in text] == []
    assert plain("There is no comparison group.") in text


def test_no_other_learners_file_has_a_reason(made: ClassKit) -> None:
    """The workbook is made of sheets, and slides are the trainer's."""
    reasons = [plain(it.why) for it in made.framework.vignettes.vignettes]
    for file in kit_files(made):
        if file.for_learners and "workbook" in file.name and file.name.endswith("docx"):
            text = in_words(file.make())
            assert not any(it in text for it in reasons), file.path
    slides = in_words(one_file(made, "trainer/slides.pptx").make())
    assert not any(it in slides for it in reasons)  # they are on the wall while people decide
    assert plain(made.framework.vignettes.ask) in slides


def test_a_class_without_rounds_has_no_such_paper() -> None:
    found = {it.path for it in kit_files(prepared("ninety_minutes"))}
    assert found.isdisjoint(PAPERS)


def test_they_keep_to_pdf_ua_1(papers: dict[str, bytes], tmp_path: Path) -> None:
    assert_compliant({it.replace("/", " "): file for it, file in papers.items()}, tmp_path)
