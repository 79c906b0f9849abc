"""Each finished story as somebody's own worksheets: of each sheet every surface says one word.

The screens are gone through in tests/browser/test_first_look.py.
"""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from playbook.assessing.workbook import Workbook
from playbook.cli.main import main
from playbook.framework import load_framework
from playbook.framework.framework import EXAMPLE
from playbook.model import Level
from playbook.model.storage import Store
from playbook.report import sheet_html
from playbook.report.brief import build_brief
from playbook.report.brief.formats import FORMATS
from playbook.report.pathway import pathway
from playbook.report.summary import summarise
from playbook.store import open_store
from playbook.store.paths import database_path
from tests.report.brief.conftest import archive_text, pdf_text
from tests.report.stories import GATE, Story

FRAMEWORK = load_framework()
MUSTS = {one.sheet: one.must for one in FRAMEWORK.sheets[GATE].carries if one.must}
WORDS = {
    EXAMPLE: dict.fromkeys((*MUSTS, GATE), "Ready"),
    "fenwick_valley": dict.fromkeys(MUSTS, "Ready") | {"champion": "Stop", GATE: "Stop"},
}
"""What each sheet comes to, as the stories tell it."""

EVERY_WORD = {FRAMEWORK.words.text(f"level.{it}") for it in ("pass", "warn", "fail", "unknown")}


@pytest.fixture(params=WORDS)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def as_ones_own(name: str, store: Store | None = None) -> Story:
    """The story's answers as somebody's own worksheets, on its day."""
    story = Story(FRAMEWORK, FRAMEWORK.story(name)[GATE].today, store)
    for sheet in (*MUSTS, GATE):
        story.example_of(sheet, story=name)
    return story


def words_in(text: str) -> list[str]:
    """Every verdict word of a text, in its order; the gate is called "Ready to go on?"."""
    text = text.replace(FRAMEWORK.titles[GATE], "")
    return re.findall("|".join(sorted(EVERY_WORD)), text)


def test_sheet_gate_home_brief_and_saved_page_say_one_word(name: str) -> None:
    told = as_ones_own(name)
    words, workbook = WORDS[name], told.workbook
    entries = {it: workbook.current(FRAMEWORK.sheets[it]) for it in words}
    for sheet, entry in entries.items():
        card = summarise(entry.sheet, entry.worksheet, entry.assessment, FRAMEWORK)
        assert card.word == words[sheet]
        assert card.head.startswith(words[sheet])
        given = (entry.sheet, entry.worksheet, entry.assessment, FRAMEWORK)
        saved = sheet_html(*given, name="Mine", saved_at="", printed=told.today)
        shown = re.sub("<[^>]*>", " ", saved.partition("<main")[2])
        assert words_in(shown)[0] == words[sheet]

    musts = {it.sheet: it for it in entries[GATE].assessment.findings if it.sheet}
    said = {it: FRAMEWORK.words.text(f"level.{one.level}") for it, one in musts.items()}
    assert said | {GATE: words[GATE]} == words

    work = pathway(workbook).stages[0].work
    home = {it.id: it.mark.word for it in work.musts} | {GATE: work.mark.word}
    assert home == words
    assert [it.title for it in work.musts] == list(MUSTS.values())
    told.store.close()

    brief = build_brief(workbook, "recognise")
    titles = {FRAMEWORK.titles[sheet]: sheet for sheet in MUSTS}
    on_page = {titles[title]: mark.word for title, mark in brief.sheets}
    assert on_page | {GATE: brief.mark.word} == words
    made = {form: kind.make(brief, FRAMEWORK.words) for form, kind in FORMATS.items()}
    texts = {
        "html": re.sub("<[^>]*>", " ", made["html"].decode().partition("<body")[2]),
        "email": made["email"].decode(),
        "pdf": pdf_text(made["pdf"]),
        "docx": re.sub("<[^>]*>", " ", archive_text(made["docx"])),
        "pptx": re.sub("<[^>]*>", " ", archive_text(made["pptx"])),
    }
    for form, text in texts.items():
        if form in ("email", "pptx"):  # only what is asked for, with what is open
            assert set(words_in(text)) <= {*words.values()}, form
            continue
        assert words_in(text)[:1] == [words[GATE]], form
        for title, sheet in titles.items():
            pair = rf"{title}\W+{words[sheet]}|{words[sheet]}\W+{title}"
            assert re.search(pair, text), (form, title)


def test_the_command_line_says_the_same_of_a_folder_and_of_the_brief(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, story = WORDS[name], FRAMEWORK.story(name)
    told = as_ones_own(name, open_store(database_path()))
    for sheet in words:
        text = json.dumps(dict(story[sheet].answers), default=str)
        (tmp_path / f"{sheet}.json").write_text(text, encoding="utf-8")
    run = CliRunner().invoke
    day = ("--today", told.today.isoformat())
    printed = json.loads(run(main, ["assess", str(tmp_path), "--json", *day]).output)
    levels = {one["sheet"]: Level(one["verdict"]) for one in printed}
    assert {it: FRAMEWORK.words.text(f"level.{one}") for it, one in levels.items()} == words
    gate = next(one for one in printed if one["sheet"] == GATE)
    musts = {one["key"]: one["level"] for one in gate["findings"] if one["key"].startswith("must.")}
    assert musts == {f"must.{it}": levels[it] for it in MUSTS}
    said = run(main, ["assess", str(tmp_path), *day]).output
    heads = {
        sheet: line.partition(": ")[2].partition(": ")[0]
        for line in said.splitlines()
        for sheet in words
        if line.startswith(f"{FRAMEWORK.titles[sheet]}: ")
    }
    assert heads == words

    told.store.close()
    monkeypatch.setattr("playbook.cli.brief.date", DayOf(told.today))
    for form in ("pdf", "html", "txt"):
        made = run(main, ["brief", "--stage", "recognise", "-o", str(tmp_path / f"b.{form}")])
        assert made.output.splitlines()[0].endswith(f"parts filled, {words[GATE]}.")


def test_every_sheet_of_every_stage_is_called_the_same_everywhere(
    name: str, tmp_path: Path
) -> None:
    """Of all sheets, on the last day of the story: card, saved page, home, gate, brief and command
    line."""
    story = FRAMEWORK.story(name)
    told = Story(FRAMEWORK, max(example.today for example in story.values()))
    for sheet, example in story.items():
        told.example_of(sheet, story=name)
        text = json.dumps(dict(example.answers), default=str)
        (tmp_path / f"{sheet}.json").write_text(text, encoding="utf-8")
    workbook, day = told.workbook, ("--today", told.today.isoformat())
    printed = CliRunner().invoke(main, ["assess", str(tmp_path), "--json", *day]).output
    command = {one["sheet"]: Level(one["verdict"]) for one in json.loads(printed)}
    stages = [one.work for one in pathway(workbook).stages if one.work]
    home = {it.id: it.mark.word for one in stages for it in (*one.musts, *one.supporting)}
    home |= {
        stage.gate: one.work.mark.word
        for stage, one in zip(FRAMEWORK.stages, pathway(workbook).stages, strict=True)
        if stage.gate and one.work
    }
    at_gate, in_brief = at_gates(workbook), in_briefs(workbook)
    beside = {it for stage in FRAMEWORK.stages if not stage.gate for it in stage.sheets}
    assert at_gate.keys() | in_brief.keys() >= story.keys() - beside
    for sheet in story:
        entry = workbook.current(FRAMEWORK.sheets[sheet])
        assert entry
        given = (entry.sheet, entry.worksheet, entry.assessment, FRAMEWORK)
        saved = sheet_html(*given, name="Mine", saved_at="", printed=told.today)
        shown = re.sub("<[^>]*>", " ", saved.partition("<main")[2])
        asks = re.escape(entry.sheet.headline), re.escape(entry.sheet.title)
        words = {
            "card": summarise(*given).word,
            "saved page": words_in(re.sub("|".join(asks), "", shown))[0],
            "home": home[sheet],
            "command line": FRAMEWORK.words.text(f"level.{command[sheet]}"),
            **({"gate": at_gate[sheet]} if sheet in at_gate else {}),
            **({"brief": in_brief[sheet]} if sheet in in_brief else {}),
        }
        assert len({*words.values()}) == 1, (sheet, words)
    told.store.close()


def at_gates(workbook: Workbook) -> dict[str, str]:
    """What each gate says of the sheets that it counts."""
    gates = [FRAMEWORK.sheets[one.gate] for one in FRAMEWORK.stages if one.gate]
    told = [entry.assessment for gate in gates if (entry := workbook.current(gate))]
    found = [one for assessment in told for one in assessment.findings if one.sheet]
    return {one.sheet: FRAMEWORK.words.text(f"level.{one.level}") for one in found}


def in_briefs(workbook: Workbook) -> dict[str, str]:
    """What each stage's brief says of its sheets, and of its gate."""
    briefs = {one.gate: build_brief(workbook, one.id) for one in FRAMEWORK.stages if one.gate}
    titles = {title: sheet for sheet, title in FRAMEWORK.titles.items()}
    said = {titles[title]: mark.word for one in briefs.values() for title, mark in one.sheets}
    return said | {gate: one.mark.word for gate, one in briefs.items()}


class DayOf:
    """Stands for `date` where a command asks what day it is."""

    def __init__(self, day: date) -> None:
        self._day = day

    def today(self) -> date:
        return self._day
