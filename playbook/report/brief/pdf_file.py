"""The brief as PDF (PDF/UA-1) by typst: A4, a page each, the same bytes for the same answers."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from playbook.model.wording import Words
from playbook.report.brief.brief import Brief, EffectRange, Hours, Map, PagePart, Picture, Runs
from playbook.report.brief.drawings import ON_PAPER, hours_svg, map_svg, range_svg, run_svg
from playbook.report.brief.fit import rows_of
from playbook.report.brief.html_page import page_of
from playbook.report.typeset import FONTS, in_pages, shown_with

TEMPLATE = Path(__file__).with_name("brief.typ")


def brief_pdf(brief: Brief, words: Words) -> bytes:
    """The PDF, with the answers attached; in the largest size with which it keeps to its pages.

    InputError where no font can show the text.
    """
    template = TEMPLATE.read_bytes()
    told, alone = shown_with(template, page_data(brief, words) | {"answers": ""}, words)
    data = told | {"answers": brief.answers}
    return in_pages(template, data, alone, len(brief.pages))[0]


def page_data(brief: Brief, words: Words) -> dict[str, Any]:
    """What the template reads."""
    return {
        "title": brief.title,
        "name": brief.name,
        "author": next(iter(brief.pages[0].meta), ""),
        "brand": words.text("brief.brand"),
        "day": [brief.day.year, brief.day.month, brief.day.day],
        "fonts": list(FONTS),
        "choices": [words.text(f"brief.{one}") for one in ("yes", "no", "yes_if")],
        "date": words.text("brief.day"),
        "attached": words.text("brief.answers"),
        "pages": [
            _page(page, words) | {"name": page_of(brief, at, words)}
            for at, page in enumerate(brief.pages, 1)
        ],
    }


def _page(page: Brief, words: Words) -> dict[str, Any]:
    return {
        "title": page.title,
        "lead": page.lead,
        "meta": list(page.meta),
        "mark": {"level": page.mark.level.value, "word": page.mark.word},
        "sheets": [
            {"title": title, "level": one.level.value, "word": one.word}
            for title, one in page.sheets
        ],
        "rows": [[_part(part, words) for part in row] for row in rows_of(page.parts)],
        "sign": page.sign,
        "note": page.note,
    }


def _part(part: PagePart, words: Words) -> dict[str, Any]:
    return {
        "title": part.title,
        "request": part.request,
        "lines": [
            {
                "style": line.style,
                "missing": line.missing,
                "runs": [asdict(run) for run in line.runs],
            }
            for line in part.lines
        ],
        "pictures": [_picture(one, words) for one in part.pictures],
    }


def _picture(one: Picture, words: Words) -> dict[str, Any]:
    if isinstance(one, Map):
        legend = [f"{pin.number} {pin.name}" for pin in one.pins]
        svg = map_svg(one, words, ON_PAPER)
        return {"kind": "map", "svg": svg, "alt": one.alt, "legend": legend}
    if isinstance(one, EffectRange):
        return {"kind": "drawn", "svg": range_svg(one, words, ON_PAPER), "alt": one.alt}
    if isinstance(one, Hours):
        return {"kind": "beside", "svg": hours_svg(one, words, ON_PAPER), "alt": one.alt}
    if isinstance(one, Runs):
        drawn = [run_svg(run, words, ON_PAPER) for run in one.charts]
        told = [{"svg": svg, "alt": alt} for svg, alt in zip(drawn, one.alts, strict=True)]
        return {"kind": "runs", "charts": told}
    return {"kind": "chain", "steps": [asdict(step) for step in one.steps]}
