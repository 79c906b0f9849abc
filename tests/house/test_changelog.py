"""CHANGELOG.md goes by version, and its newest word on a sheet or on the tables is what is true."""

import re
from pathlib import Path

import pytest

import playbook
from playbook.framework import load_framework
from playbook.store.schema import VERSION

HEADING = re.compile(r"^## (?:Unreleased|(?P<version>\d+\.\d+\.\d+) - \d{4}-\d\d-\d\d)$", re.M)
SHEET = re.compile(r"(\w+) (\d+)")


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "CHANGELOG.md").read_text(encoding="utf-8")


def test_it_goes_by_version_down_from_this_one(text: str) -> None:
    assert text.count("\n## ") == len(HEADING.findall(text))
    versions = [version for version in HEADING.findall(text) if version]
    assert versions[0] == playbook.__version__
    assert versions == sorted(versions, key=lambda it: [*map(int, it.split("."))], reverse=True)


def test_every_version_says_which_sheets_it_affects_and_which_schema_it_writes(text: str) -> None:
    _unreleased, *sections = HEADING.split(text)[2::2]
    for section in sections:
        assert re.search(r"^Sheets affected: .+\.$", section, re.M)
        assert re.search(r"^Schema: \d+\.$", section, re.M)


def test_the_newest_word_on_each_sheet_is_its_version(text: str) -> None:
    told: dict[str, int] = {}
    for line in re.findall(r"^Sheets affected: (.+)\.$", text, re.M):
        for sheet, version in SHEET.findall(line):
            told.setdefault(sheet, int(version))
    sheets = load_framework().sheets
    assert told == {name: sheets[name].version for name in sheets}


def test_the_newest_word_on_the_schema_is_the_tables_version(text: str) -> None:
    newest, *_ = re.findall(r"^Schema: (\d+)\.$", text, re.M)
    assert int(newest) == VERSION
