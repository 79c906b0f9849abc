"""`playbook brief`: a file in each format, and one sentence where that can't be."""

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from playbook.cli.main import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path / "home"))
    return lambda *args: CliRunner().invoke(main, ["brief", *map(str, args)])


@pytest.mark.parametrize(
    ("name", "begins"),
    [("b.html", b"<!doctype"), ("b.pdf", b"%PDF-"), ("b.docx", b"PK"), ("b.pptx", b"PK")],
)
def test_the_ending_says_the_format(name, begins, run, tmp_path):
    told = run("--example", "--stage", "recognise", "-o", tmp_path / name)
    assert told.exit_code == 0, told.output
    assert "8 of 8 parts filled, Ready." in told.output
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_email_is_text_with_its_subject_first(run, tmp_path):
    file = tmp_path / "mail"
    made = run("--example", "--stage", "recognise", "--format", "email", "-o", file)
    assert made.exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("Pilot brief: Free 24 people for 13 weeks")


def test_the_last_stage_that_was_begun_is_told(run, tmp_path):
    told = run("--example", "-o", tmp_path / "b.pdf")
    assert "8 of 8 parts filled, Ready." in told.output
    (page,) = PdfReader(tmp_path / "b.pdf").pages
    assert "Week 13 of 13" in page.extract_text()


def test_without_answers_it_says_what_is_missing(run, tmp_path):
    told = run("-o", tmp_path / "b.pdf")
    assert "0 of 8 parts filled, Missing answers." in told.output
    assert len(PdfReader(tmp_path / "b.pdf").pages) == 1


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["-o", "b.odt"], "b.odt does not say its format"),
        (["--stage", "scale", "-o", "b.pdf"], "There is no brief for scale"),
        (["-o", "/nowhere/b.pdf"], "can't be read or written"),
    ],
)
def test_what_cannot_be_is_one_sentence(args, sentence, run):
    told = run(*args)
    assert told.exit_code == 2
    assert sentence in told.output.replace("’", "'")
