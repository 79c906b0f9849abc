"""`playbook coverage` catches a claim that nothing backs, and work that nobody claimed."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from playbook.framework import load_framework
from playbook.framework.coverage import coverage, named_tests
from playbook.model import ContentError
from playbook.model.resources import content_dir


def with_claim(framework, row, *built):
    rows = {**framework.rows, row: framework.rows[row].model_copy(update={"built": built})}
    return replace(framework, rows=rows)


def row_of(rows, row):
    return next(item for item in rows if item.id == row)


def test_a_claim_that_nothing_makes_is_a_problem(framework):
    claimed = row_of(coverage(with_claim(framework, "WS-010", "rule"), None), "WS-010")
    assert claimed.problems == ("claims a rule that nothing makes",)


def test_work_without_a_claim_is_a_problem(framework):
    silent = row_of(coverage(with_claim(framework, "CAT-04"), None), "CAT-04")
    assert any("does not claim" in problem for problem in silent.problems)


def test_a_built_row_that_no_test_names_is_a_problem(framework, tmp_path):
    untested = row_of(coverage(framework, tmp_path), "CAT-04")
    assert "is built, and no test names it" in untested.problems


def test_tests_are_found_by_marker_and_by_situation(tmp_path):
    (tmp_path / "situations").mkdir()
    (tmp_path / "situations" / "x.toml").write_text(
        '[[situation]]\nname = "A merger"\nraises = ["CAT-33.attention"]\nrows = ["CAT-12"]\n'
    )
    (tmp_path / "test_x.py").write_text(
        'import pytest\n@pytest.mark.row("CAT-01", "CAT-02")\ndef test_it(): ...\n'
    )
    named = named_tests(tmp_path)
    assert set(named) == {"CAT-01", "CAT-02", "CAT-12", "CAT-33"}
    assert named["CAT-33"][0].endswith("x.toml: A merger")


def test_a_test_that_only_asks_what_rows_became_is_none_of_theirs(tmp_path):
    (tmp_path / "test_x.py").write_text(
        'import pytest\n@pytest.mark.row("CAT-01")\ndef test_it():\n    assert built_facts(None)\n'
    )
    assert named_tests(tmp_path) == {}


def test_a_question_without_an_answer_names_no_row(tmp_path):
    (tmp_path / "situations").mkdir()
    (tmp_path / "situations" / "x.toml").write_text(
        '[[situation]]\nname = "Blank"\nraises = ["missing.what"]\n'
    )
    assert named_tests(tmp_path) == {}


def test_tests_name_only_rows_that_exist(framework):
    assert set(named_tests(Path(__file__).parents[1])) - set(framework.rows) == set()


def test_coverage_reads_every_file_an_example_included(tmp_path):
    content = shutil.copytree(content_dir(), tmp_path / "content")
    example = content / "examples" / "champion.toml"
    example.write_text(example.read_text(encoding="utf-8").replace("[answers]", "[answer]", 1))
    with pytest.raises(ContentError, match=r"^examples/champion\.toml"):
        coverage(load_framework(content), None)


CHAPTERS_TO_COME = {"The work system", "Cases", "The room", "The company", "The weekly page"}


def test_every_row_is_whole_or_says_to_which_chapter_it_is_left(framework):
    """In the words before the colon; or that something is left out on purpose, and why."""
    rows = coverage(framework, None)
    assert [row.id for row in rows if row.status != "built" and not row.left_to] == []
    places = {row.left_to.partition(":")[0] for row in rows if row.left_to}
    assert places <= CHAPTERS_TO_COME | {"left on purpose"}


def test_all_rows_of_the_catalyst_chapter_are_built(framework):
    later = [
        row for row in framework.rows if row.startswith("CAT-") and not framework.rows[row].built
    ]
    assert later == []
