"""A slip in a content file is told with the file's name, and nothing half-read is used; a file of
one sheet is read when that sheet is asked for."""

import re
import shutil
from datetime import date

import pytest

from playbook.assessing.assess import assess
from playbook.framework import load as reader
from playbook.framework import load_framework
from playbook.model import ContentError, Row, Worksheet
from playbook.model.resources import content_dir


@pytest.fixture
def content(tmp_path):
    return shutil.copytree(content_dir(), tmp_path / "content")


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r} any more; this test needs another place"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_kits_own_content_is_sound(framework):
    assert framework.checked() is framework
    assert len(framework.rows) > 500
    assert len(list(framework.tiles)) == 19
    assert "catalyst" in framework.sheets


def test_a_sheet_promises_as_many_questions_as_its_page_counts(framework):
    words = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
    number = re.compile(rf"\b(\d+|{'|'.join(words)})( \w+)? questions", re.IGNORECASE)
    for sheet in framework.sheets.values():
        first = {part.table for part in sheet.sections if not part.deeper}
        asked = sum(len(sheet.core(table)) for table in first)
        intros = [part.intro for part in (*sheet.sections, *sheet.tables)]
        for text in (sheet.headline, sheet.intro, *intros, *(one.text for one in sheet.changes)):
            for promised in number.finditer(text):
                told = promised[1].lower()
                assert (words[told] if told in words else int(told)) == asked, text


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("catalogue/cat.toml", 'id = "CAT-02"', 'id = "CAT-01"', "CAT-01.*twice"),
        ("catalogue/cat.toml", 'source = "PP"', 'source = "XX"', "XX"),
        ("catalogue/cat.toml", 'locator = "Rec-', 'locator = "Rec ', "locator 'Rec intro'"),
        ("catalogue/cat.toml", 'locator = "Rec-intro"', 'locator = ""', "CAT-01.*locator"),
        ("catalogue/cat.toml", 'kind = ["show"]', 'kind = ["shwo"]', "shwo"),
        ("catalogue/cat.toml", 'kind = ["show"]', "kind = []", "kind"),
        ("catalogue/cat.toml", 'kind = ["show"]', 'kind = "show"', "list in brackets"),
        ("catalogue/cat.toml", "statement =", "statment =", "statment.*correct or remove"),
        ("catalogue/cat.toml", "[[row]]", "[[row", "TOML"),
        ("sources.toml", 'kind = "article"', "kind = 3", "kind"),
        ("thresholds.toml", "value = ", 'unit = "x"\nvalue = ', "TOML"),
        ("thresholds.toml", 'source = "house"', 'source = "nobody"', "nobody"),
        ("thresholds.toml", 'locator = "Rec-Entry"', 'locator = "Nowhere"', "Nowhere"),
        ("thresholds.toml", 'locator = "Rec-Entry"\n', "", "capacity_floor_share.*locator"),
        ("thresholds.toml", "reason = ", "# ", "urgency_horizon_months.*reason"),
        ("thresholds.toml", 'unit = "months from today"', 'unit = ""', "unit.*empty"),
        ("thresholds.toml", "value = 12", 'value = "12"', "without quotes"),
        ("thresholds.toml", "value = 12", "value = nan", "value.*number"),
        ("pathway.toml", 'id = "champion"', 'id = "catalyst"', "catalyst.*2 times"),
        ("sheets/catalyst.toml", 'id = "catalyst"', 'id = "katalyst"', "katalyst"),
        ("sheets/catalyst.toml", 'title = "Catalyst"', 'title = "Spark"', "tile.*another"),
        ("sheets/catalyst.toml", 'id = "urgent"', 'id = "breaks"', "breaks"),
        ("sheets/catalyst.toml", 'kind = "answer"', 'kind = "guess"', "kind"),
        ("sheets/catalyst.toml", 'kind = "answer"', 'kind = "one"', "choices"),
        ("sheets/catalyst.toml", '"CAT-10"', '"CAT-99"', "CAT-99"),
        ("sheets/catalyst.toml", "deeper = true", 'deeper = "yes"', "deeper"),
        ("sheets/catalyst.toml", "max_length = 240", "max_length = 0", "max_length"),
        ("sheets/catalyst.toml", 'id = "evidence"', 'id = "test"', "test.*2 times"),
        ("sheets/catalyst.toml", 'warn = "', '# "', "verdict_texts.*warn"),
        ("sheets/catalyst.toml", "evidence: {questions}", "evidence: {questions", "brace"),
        ("sheets/catalyst.toml", "evidence: {questions}", "evidence: {}", "brace"),
        (
            "sheets/catalyst.toml",
            'ours = true\nreading = "The documents don’t say what urgent is. A',
            'reading = "The doc',
            "GAP-03.*ours",
        ),
        (
            "sheets/catalyst.toml",
            "[messages",
            '[messages."CAT-04.nobody"]\nlevel = "warn"\nheading = "x"\ntext = "x"\n\n[messages',
            "CAT-04.nobody",
        ),
        (
            "sheets/catalyst.toml",
            "[messages",
            '[[migrations]]\nversion = 3\nquestion = "old"\ntext = "x"\n\n[messages',
            "version 3.*version 2",
        ),
        ("sheets/recognise_gate.toml", '"MET-05"]', '"MET-99"]', "carries metric_tree.*MET-99"),
        ("examples/catalyst.toml", 'urgent = "', 'urgent = "x', "urgent"),
        ("wording/general.toml", 'date = "This', 'date = "This"\ndate = "', "TOML"),
    ],
)
def test_a_slip_is_told_with_the_files_name(content, file, old, new, said):
    change(content / file, old, new)
    with pytest.raises(ContentError) as told:
        load_framework(content).checked()
    name = file.rpartition("/")[2]
    assert str(told.value).startswith((name, file))
    assert re.search(said, str(told.value), re.DOTALL)


@pytest.fixture
def files_read(monkeypatch):
    read, names = reader._toml, []
    monkeypatch.setattr(
        reader, "_toml", lambda path, *name: names.append(path) or read(path, *name)
    )
    return names


def test_a_sheet_costs_nothing_until_it_is_asked_for(content, files_read):
    framework = load_framework(content)
    apart = {"sheets", "examples"}
    assert not [path for path in files_read if path.parent.name in apart]
    assert "metric_tree" in framework.sheets
    assert len(framework.sheets) == len(list((content / "sheets").iterdir()))
    assert framework.sheets["catalyst"] is framework.sheets["catalyst"]
    asked = [path.name for path in files_read if path.parent.name in apart]
    assert asked == ["catalyst.toml"]


def test_a_damaged_sheet_is_told_when_it_is_used_and_hinders_no_other(content):
    (content / "sheets" / "champion.toml").write_text("[[section", encoding="utf-8")
    framework = load_framework(content)
    assert framework.sheets["catalyst"].title == "Catalyst"
    for _ in range(2):
        with pytest.raises(ContentError, match=r"^champion\.toml: not readable as TOML"):
            framework.sheets.get("champion")
    with pytest.raises(ContentError, match=r"^champion\.toml"):
        framework.checked()


def test_a_missing_file_is_told(content):
    (content / "pathway.toml").unlink()
    with pytest.raises(ContentError, match=r"^pathway.toml: missing"):
        load_framework(content).checked()


def test_a_rules_message_without_words_is_told(content):
    path = content / "sheets" / "catalyst.toml"
    text = path.read_text(encoding="utf-8")
    first = re.search(r'^\[messages\."(CAT-\d+\.\w+)"\]', text, re.M).group(1)
    path.write_text(text.replace(f'[messages."{first}"]', '[messages."CAT-01.other"]', 1))
    with pytest.raises(ContentError, match=re.escape(first)):
        load_framework(content).checked()


def test_words_that_ask_for_what_no_rule_gives_are_told_when_they_are_needed(content):
    change(content / "sheets" / "catalyst.toml", "was {days} days ago", "was {day} days ago")
    framework = load_framework(content)
    sheet = framework.sheets["catalyst"]
    row = Row("row0", {"urgent": "yes", "by_when": "2026-01-01"})
    answered = Worksheet("catalyst", {}, {"candidates": (row,)})
    with pytest.raises(ContentError, match=r"^catalyst\.toml: GAP-03\.past.*'day'.*\{days\}"):
        assess(sheet, answered, framework, date(2026, 3, 2))


def test_a_number_that_a_rule_reads_and_nobody_wrote_is_told(content):
    change(content / "thresholds.toml", '"urgency_horizon_months"', '"urgency_horizon"')
    numbers = load_framework(content).threshold_values
    with pytest.raises(ContentError, match=r"^thresholds\.toml: 'urgency_horizon_months'"):
        numbers["urgency_horizon_months"]


def test_every_row_says_who_in_words_for_people(framework):
    for row in framework.rows:
        who = framework.citation(row)
        assert who["source"]
        assert who["reading"]
