"""A worksheet as one HTML file that stands alone: no script, no other file, good on paper."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.account import account
from playbook.report.answers import groups, written_date
from playbook.report.comparison import comparison
from playbook.resources import look_dir

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER = Path(__file__).parent


def sheet_html(
    sheet: Sheet,
    worksheet: Worksheet,
    assessment: Assessment,
    framework: Framework,
    name: str,
    saved_at: str,
    printed: date,
    example: bool = False,
) -> str:
    """The worksheet `name` as a page: verdict, reasons with their sources, next steps, answers.

    Deterministic: the only day in it besides the answers' is `printed`. `saved_at` is the time of
    the last save as it is to be read, empty when there was none. `example` labels the page as ours.
    """
    return _template().render(
        say=framework.words.say,
        sheet=sheet,
        name=name,
        saved=saved_at,
        printed=written_date(printed, framework.words),
        example=framework.examples[sheet.id].note if example else "",
        account=account(sheet, worksheet, assessment, framework),
        lines=comparison(sheet, worksheet, assessment, framework),
        groups=list(groups(sheet, worksheet, framework)),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # late: only reports need it

    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["styles"] = _styles()
    return environment.get_template("sheet.html.j2")


def _styles() -> str:
    files = (look_dir() / "tokens.css", look_dir() / "base.css", FOLDER / "report.css")
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
