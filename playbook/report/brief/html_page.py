"""The brief as one web page that stands alone: no script, no other file, and in print one A4 page
for each of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from playbook.model.wording import Words
from playbook.report.brief.brief import (
    Brief,
    Chain,
    ChainStep,
    EffectRange,
    Hours,
    Line,
    Map,
    PagePart,
    Picture,
    Runs,
)
from playbook.report.brief.drawings import ON_SCREEN, hours_svg, map_svg, range_svg, run_svg
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
    beside: str
    runs: tuple[tuple[str, tuple[Line, ...]], ...]
    pictures: tuple[_Drawn, ...]
    chain: tuple[ChainStep, ...]


def brief_html(brief: Brief, words: Words) -> str:
    """The page. What was cut and left out is said on the screen alone."""
    paged = list(enumerate(brief.pages, 1))
    return page_template(FOLDER, "brief.html.j2", "brief.css").render(
        brief=brief,
        say=lambda key: words.text(f"brief.{key}"),
        notes=notes(brief, words),
        pages=[(page, _rows(page, words), page_of(brief, at, words)) for at, page in paged],
        choices=[words.text(f"brief.{one}") for one in ("yes", "no", "yes_if")],
    )


def notes(brief: Brief, words: Words) -> list[str]:
    """What a screen says above the page: whether it was shortened, and about private rows."""
    cut = [title for page in brief.pages for title in page.cut]
    said = [words.text("brief.cut", parts=", ".join(cut))] if cut else []
    if brief.private:
        said.append(words.text("brief.included"))
    elif any(page.left_out for page in brief.pages):
        said.append(words.text("brief.left_out"))
    return said


def page_of(brief: Brief, number: int, words: Words) -> str:
    """What stands over a page: what the document is called, which of its pages it is, and of which
    stage, whose word stands beside it."""
    pages = brief.pages
    if len(pages) == 1:
        return brief.name
    told = {"number": number, "pages": len(pages), "stage": pages[number - 1].stage_title}
    return words.text("brief.page", name=brief.name, **told)


def _rows(page: Brief, words: Words) -> list[list[_Section]]:
    return [[_section(part, words) for part in row] for row in rows_of(page.parts)]


def _section(part: PagePart, words: Words) -> _Section:
    chain = next((one.steps for one in part.pictures if isinstance(one, Chain)), ())
    return _Section(
        id=part.id,
        title=part.title,
        request=part.request,
        beside=next((name for name, kind in _BESIDE if _has(part, kind)), ""),
        runs=tuple((style, tuple(lines)) for style, lines in groupby(part.lines, _style)),
        pictures=tuple(drawn for one in part.pictures for drawn in _all_drawn(one, words)),
        chain=chain,
    )


_BESIDE = (("beside", Map), ("beside wide", Hours), ("runs", Runs))
"""How pictures that stand beside the lines are placed."""


def _has(part: PagePart, kind: type) -> bool:
    return any(isinstance(one, kind) for one in part.pictures)


def _style(line: Line) -> str:
    return "missing" if line.missing else line.style


def _all_drawn(one: Picture, words: Words) -> list[_Drawn]:
    """A picture as one drawing; small charts as one each, so that they wrap; a chain is none."""
    if isinstance(one, Chain):
        return []
    if isinstance(one, Runs):
        drawn = (run_svg(run, words, ON_SCREEN) for run in one.charts)
        return [_Drawn(svg, alt) for svg, alt in zip(drawn, one.alts, strict=True)]
    return [_drawn(one, words)]


def _drawn(one: Map | EffectRange | Hours, words: Words) -> _Drawn:
    if isinstance(one, Map):
        legend = tuple(f"{pin.number} {pin.name}" for pin in one.pins)
        return _Drawn(map_svg(one, words, ON_SCREEN), one.alt, legend)
    if isinstance(one, Hours):
        return _Drawn(hours_svg(one, words, ON_SCREEN), one.alt)
    return _Drawn(range_svg(one, words, ON_SCREEN), one.alt)
