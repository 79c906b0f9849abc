"""What people take home as PDF (PDF/UA-1) by typst: the brief's pages, one page of the class, then
an appendix as long as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playbook.model.wording import Words
from playbook.report.answers import AnswerGroup
from playbook.report.brief.brief import Brief
from playbook.report.brief.pdf_file import TEMPLATE as BRIEF
from playbook.report.brief.pdf_file import page_data
from playbook.report.take_home.take_home import SheetInFull, TakeHome, VoteRow
from playbook.report.typeset import FONTS, compiled, in_pages, shown_with

TEMPLATE = Path(__file__).with_name("take_home.typ")


def take_home_pdf(home: TakeHome, words: Words) -> bytes:
    """The document, its first pages in the largest text with which they keep to one each.

    InputError where no font can show the text.
    """
    template = BRIEF.read_bytes() + TEMPLATE.read_bytes()
    data = _brief(home.pilot, home, words) | {"home": _home(home, words)}
    told, alone = shown_with(template, data, words)
    told["answers"] = home.pilot.answers if home.pilot else ""
    short = told | {"home": told["home"] | {"appendix": [], "more": [], "decisions": []}}
    pages = 1 + (len(home.pilot.pages) if home.pilot else 0)
    made, size = in_pages(template, short, alone, pages)
    if not (home.sheets or home.more or home.decisions):
        return made
    return compiled(template, told | {"size": size}, alone)


def _brief(pilot: Brief | None, home: TakeHome, words: Words) -> dict[str, Any]:
    """What brief.typ reads: the pilot's pages, or none."""
    name = words.text("take_home.name")
    if pilot:
        return page_data(pilot, words) | {"answers": "", "name": name}
    day = [home.day.year, home.day.month, home.day.day]
    none = {"pages": [], "choices": [], "date": "", "attached": "", "author": "", "answers": ""}
    brand = words.text("brief.brand")
    return {**none, "title": home.title, "name": name, "brand": brand, "day": day, "fonts": FONTS}


def _home(home: TakeHome, words: Words) -> dict[str, Any]:
    """What take_home.typ reads."""

    def say(key: str) -> str:
        return words.text(f"take_home.{key}")

    return {
        "title": home.title,
        "meta": home.meta,
        "heads": [say(it) for it in ("question", "said", "room", "known")],
        "rows": [_row(it) for it in home.rows],
        "more": [_row(it) for it in home.more],
        "no_votes": say("no_votes"),
        "more_told": say("more"),
        "all_votes": say("all_votes"),
        "changed_title": say("changed"),
        "changed": list(home.changed) or [say("changed_none")],
        "because": say("because"),
        "decided_title": say("decided"),
        "decided": asdict(home.decided) if home.decided else None,
        "decisions": [asdict(it) for it in home.decisions],
        "decisions_told": say("decisions"),
        "agreed_title": say("agreed"),
        "agreed": list(home.agreed) or [say("agreed_none")],
        "apart_title": say("apart"),
        "apart": home.apart,
        "step_title": say("step"),
        "step": home.step,
        "step_none": say("step_none"),
        "asked_again": home.asked_again,
        "ticks": [say(it) for it in ("done", "otherwise", "not_done")],
        "foot": home.foot,
        "appendix_title": say("appendix"),
        "appendix": [_sheet(it) for it in home.sheets],
    }


def _row(row: VoteRow) -> dict[str, Any]:
    told = asdict(row)
    return told | {"said": list(row.said), "room": list(row.room)}


def _sheet(sheet: SheetInFull) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "mark": {"level": sheet.mark.level.value, "word": sheet.mark.word},
        "groups": [
            {"title": group.title, "answers": list(_answers(group))} for group in sheet.groups
        ],
    }


def _answers(group: AnswerGroup) -> Iterator[dict[str, str]]:
    for part in group.parts:
        yield from ({"question": it.question, "text": it.text} for it in part.answers)
