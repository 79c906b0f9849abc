"""The brief as one web page that stands alone: no script, no other file, one A4 page in print."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from playbook.model.wording import Words
from playbook.report.brief.brief import Brief, Chain, Line, Map, PagePart, Picture, Step
from playbook.report.brief.drawings import ON_SCREEN, map_svg, range_svg
from playbook.report.brief.fit import rows_of
from playbook.report.templates import page_template

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class _Drawn:
    svg: str
    alt: str
    legend: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Section:
    """A part as the template reads it; `runs` are its lines by style."""

    id: str
    title: str
    request: bool
    has_map: bool
    runs: tuple[tuple[str, tuple[Line, ...]], ...]
    pictures: tuple[_Drawn, ...]
    chain: tuple[Step, ...]


def brief_html(brief: Brief, words: Words) -> str:
    """The page. What was cut and left out is said on the screen alone."""
    return page_template(FOLDER, "brief.html.j2", "brief.css").render(
        brief=brief,
        say=lambda key: words.text(f"brief.{key}"),
        notes=notes(brief, words),
        rows=[[_section(part, words) for part in row] for row in rows_of(brief.parts)],
        choices=[words.text(f"brief.{one}") for one in ("yes", "no", "yes_if")],
    )


def notes(brief: Brief, words: Words) -> list[str]:
    """What a screen says above the page: whether it was shortened, and about private rows."""
    said = [words.text("brief.cut", parts=", ".join(brief.cut))] if brief.cut else []
    if brief.private:
        said.append(words.text("brief.included"))
    elif brief.left_out:
        said.append(words.text("brief.left_out"))
    return said


def _section(part: PagePart, words: Words) -> _Section:
    chain = next((one.steps for one in part.pictures if isinstance(one, Chain)), ())
    return _Section(
        id=part.id,
        title=part.title,
        request=part.request,
        has_map=any(isinstance(one, Map) for one in part.pictures),
        runs=tuple((style, tuple(lines)) for style, lines in groupby(part.lines, _style)),
        pictures=tuple(_drawn(one, words) for one in part.pictures if not isinstance(one, Chain)),
        chain=chain,
    )


def _style(line: Line) -> str:
    return "missing" if line.missing else line.style


def _drawn(one: Picture, words: Words) -> _Drawn:
    if isinstance(one, Map):
        legend = tuple(f"{pin.number} {pin.name}" for pin in one.pins)
        return _Drawn(map_svg(one, words, ON_SCREEN), one.alt, legend)
    assert not isinstance(one, Chain)
    return _Drawn(range_svg(one, words, ON_SCREEN), one.alt)
