"""The finished example's brief, briefs of other answers, and the text that each format shows."""

import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from playbook.assessing.workbook import GivenWorkbook, Workbook
from playbook.framework import Framework
from playbook.report.brief import Brief, build_brief
from playbook.report.brief.formats import FORMATS
from playbook.worksheet.parse import read_worksheet

TODAY = date(2026, 12, 14)


@pytest.fixture(scope="session")
def examples(framework: Framework) -> Workbook:
    return Workbook(framework, TODAY).examples


@pytest.fixture(scope="session")
def brief(examples: Workbook) -> Brief:
    return build_brief(examples, "recognise", example=True)


@pytest.fixture(scope="session")
def charter(examples: Workbook) -> Brief:
    return build_brief(examples, "create", example=True)


@pytest.fixture(scope="session")
def answers(framework: Framework) -> Callable[[], dict[str, dict[str, Any]]]:
    """answers(): the example's answers by sheet, to be changed."""
    return lambda: {
        name: deepcopy(dict(example.answers)) for name, example in framework.examples.items()
    }


@pytest.fixture(scope="session")
def brief_of(framework: Framework) -> Callable[..., Brief]:
    """brief_of({sheet: answers}, stage): the brief of these answers."""

    def built(given: dict[str, dict[str, Any]], stage: str = "recognise", **options: Any) -> Brief:
        read = {
            name: read_worksheet(framework.sheets[name], one, framework.words)
            for name, one in given.items()
        }
        return build_brief(GivenWorkbook(framework, TODAY, read), stage, **options)

    return built


@pytest.fixture(scope="session")
def shown(framework: Framework) -> Callable[[Brief], dict[str, str]]:
    """shown(brief): all text of each format, attached and hidden too."""

    def read(brief: Brief) -> dict[str, str]:
        made = {name: kind.make(brief, framework.words) for name, kind in FORMATS.items()}
        return {
            "html": made["html"].decode(),
            "email": made["email"].decode(),
            "pdf": pdf_text(made["pdf"]),
            "docx": archive_text(made["docx"]),
            "pptx": archive_text(made["pptx"]),
        }

    return read


def pdf_text(data: bytes) -> str:
    """Pages, what the file says of itself, and what is attached to it."""
    reader = PdfReader(BytesIO(data))
    pages = [page.extract_text() for page in reader.pages]
    attached = [one.decode() for files in reader.attachments.values() for one in files]
    return "\n".join([*pages, str(reader.metadata), *attached])


def archive_text(data: bytes) -> str:
    """Every part of an Office file that is text."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return "\n".join(archive.read(name).decode() for name in names)


def lines_of(brief: Brief, part: str) -> list[str]:
    """What a part of the brief says, line by line."""
    return [line.text for one in brief.parts if one.id == part for line in one.lines]
