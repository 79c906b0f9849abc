"""A brief's PDF comes back as what an export gives; whatever else comes is one sentence."""

import json
import zlib
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from playbook.assessing.workbook import Workbook
from playbook.model import InputError
from playbook.report.brief import build_brief, from_pdf
from playbook.report.brief.from_pdf import answers_in_pdf
from playbook.report.brief.pdf_file import brief_pdf
from playbook.store import open_store

from .conftest import TODAY


@pytest.fixture(scope="module")
def made(brief, framework):
    return brief_pdf(brief, framework.words)


def test_a_brief_comes_back_as_the_same_brief(made, brief, framework):
    store = open_store(None)
    added = store.import_(answers_in_pdf(made, framework.words))
    assert [info.sheet for info in added] == [
        "zoom_out",
        "catalyst",
        "champion",
        "entry_point",
        "metric_tree",
        "recognise_gate",
    ]
    again = build_brief(Workbook(framework, TODAY, store), "recognise")
    assert [part.lines[0].text for part in again.parts] == [
        part.lines[0].text for part in brief.parts
    ]
    assert again.mark == brief.mark


def test_what_is_inside_has_no_history_and_nothing_private(made, framework):
    data = answers_in_pdf(made, framework.words)
    champion = next(one for one in data["worksheets"] if one["sheet"] == "champion")
    assert len(champion["operations"]) == 1
    assert not [field for field in champion["fields"] if field.startswith("opponents/")]


def without(made, *, name="answers.json", data=None):
    """The same PDF with another attachment in place of the answers."""
    writer = PdfWriter()
    writer.append_pages_from_reader(PdfReader(BytesIO(made)))
    if data is not None:
        writer.add_attachment(name, data)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


BAD = {
    "empty": (lambda _: b"", "damaged or locked"),
    "zip": (lambda _: b"PK\x03\x04 a zip", "damaged or locked"),
    "torn": (lambda made: made[: len(made) // 3], "damaged or locked"),
    "zeros": (lambda _: b"%PDF-1.7\n" + b"\x00" * 5000, "damaged or locked"),
    "nothing attached": (without, "holds no answers"),
    "another file": (lambda made: without(made, name="b.json", data=b"{}"), "holds no answers"),
    "no JSON": (lambda made: without(made, data=b"not json"), "can’t be read"),
    "nested": (lambda made: without(made, data=b"[" * 200_000), "can’t be read"),
    "no text": (lambda made: without(made, data=b"\xff\xfe\x00"), "can’t be read"),
    "large": (lambda _: b"%PDF-1.7 " + b"x" * from_pdf.PDF_LIMIT, "9 MB fit"),
}


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_refused_in_one_sentence(name, made, framework):
    given, sentence = BAD[name]
    with pytest.raises(InputError, match=sentence) as error:
        answers_in_pdf(given(made), framework.words)
    assert "\n" not in str(error.value)


def test_a_locked_pdf_is_refused(made, framework):
    writer = PdfWriter()
    writer.append_pages_from_reader(PdfReader(BytesIO(made)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    with pytest.raises(InputError, match="damaged or locked"):
        answers_in_pdf(out.getvalue(), framework.words)


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(made, framework):
    """Nine megabytes of blanks are nine kilobytes in a PDF."""
    writer = PdfWriter()
    writer.append_pages_from_reader(PdfReader(BytesIO(made)))
    writer.add_attachment("answers.json", b"x")
    files = writer._root_object["/Names"]["/EmbeddedFiles"]["/Names"]
    stream = files[1].get_object()["/EF"]["/F"].get_object()
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream._data = zlib.compress(b" " * (from_pdf.ANSWERS_LIMIT + 10))
    out = BytesIO()
    writer.write(out)
    assert len(out.getvalue()) < 200_000
    with pytest.raises(InputError, match="can’t be read"):
        answers_in_pdf(out.getvalue(), framework.words)


def test_an_import_checks_what_the_answers_say(made, framework):
    data = answers_in_pdf(made, framework.words)
    data["worksheets"][0]["fields"] = {}
    hostile = without(made, data=json.dumps(data).encode())
    with pytest.raises(InputError):
        open_store(None).import_(answers_in_pdf(hostile, framework.words))
