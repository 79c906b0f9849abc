"""What somebody who plays alone is sent: the list, a step, its reveal, or the end; as JSON.

Which of them it is depends on what they sealed, and on nothing that their page says: step n+1, or
what happened in step n, is put together only where the decision of step n is in the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from playbook.cases.drawing import alt, drawing
from playbook.cases.library import Listed
from playbook.cases.own import own_case, own_id
from playbook.cases.play import Decision, Play, earlier, told_ranges
from playbook.cases.steps import before, reveal, steps_of
from playbook.framework import Framework
from playbook.model import ContentError, InputError
from playbook.model.case import CaseStudy, Route
from playbook.model.storage import WorksheetInfo
from playbook.report.pathway import href_of
from playbook.worksheet.kinds.date import written_date

Page = dict[str, Any]
SIZES = ("full", "middle", "spark")
"""As the list has them: those that are worth an evening first."""


@dataclass(frozen=True)
class Shelf:
    """A person's plays, the last changed first, with what the store says of each worksheet."""

    plays: Sequence[Play]
    infos: Mapping[str, WorksheetInfo]

    def begun(self, play: Play) -> datetime:
        """When a play was begun (UTC)."""
        return self.infos[play.worksheet].created

    def changed(self, play: Play) -> date:
        """The day it was last changed."""
        return self.infos[play.worksheet].changed.date()


# --------------------------------------------------------------------------- the list


def list_page(
    shelf: Shelf, cases: Sequence[Listed], own: Sequence[Listed], framework: Framework
) -> Page:
    """The cases by size, one's own, and the plays that one may go on with or look at again."""
    known = {it.folder: it for it in cases} | {it.id: it for it in (*cases, *own)}
    plays = [
        _played(play, shelf, known[play.case], framework)
        for play in shelf.plays
        if play.case in known
    ]
    return {
        "screen": "list",
        "going": [it for it in plays if not it["over"]],
        "over": [it for it in plays if it["over"]],
        "sizes": [
            {
                "title": framework.words.text(f"cases.page.size.{size}", count=len(found)),
                "folded": size == "spark",
                "cases": [_offered(it) for it in found],
            }
            for size in SIZES
            if (found := [it for it in cases if it.size == size])
        ],
        "own": [_own(it) for it in own],
    }


def _own(listed: Listed) -> Page:
    return _offered(listed) | {"problem": listed.problem, "worksheet": listed.worksheet}


def own_page(worksheet: str, answers: Mapping[str, str], framework: Framework) -> Page:
    """The form for a case of one's own with what was written, and what is still wrong with it."""
    problem, minutes = "", 0
    if worksheet:
        try:
            minutes = own_case(worksheet, answers, framework).routes[0].minutes
        except (InputError, ContentError) as error:
            problem = str(error)
    sheet = framework.own_case
    return {
        "screen": "own",
        "worksheet": worksheet,
        "case": own_id(worksheet),
        "title": sheet.title,
        "intro": sheet.intro,
        "sections": [
            {
                "title": section.title,
                "asks": [
                    {
                        "id": it.id,
                        "kind": "one" if it.choices else "line" if it.kind == "text" else "text",
                        "text": it.text,
                        "why": it.why,
                        "sheet": "",
                        "choices": [{"id": c.id, "label": c.label, "hint": ""} for c in it.choices],
                        "optional": it.optional,
                        "if": [{"ask": one.question, "any": list(one.any_of)} for one in it.ask_if],
                    }
                    for it in section.questions
                ],
            }
            for section in sheet.sections
        ],
        "answers": dict(answers),
        "problem": problem,
        "playable": minutes > 0,
        "minutes": minutes,
    }


def _offered(listed: Listed) -> Page:
    return {
        "id": listed.id,
        "title": listed.title,
        "opening": listed.opening,
        "routes": [
            {"minutes": minutes, "alone": alone, "steps": steps}
            for minutes, alone, steps in listed.routes
        ],
    }


def _played(play: Play, shelf: Shelf, listed: Listed, framework: Framework) -> Page:
    steps = next((steps for minutes, _, steps in listed.routes if minutes == play.minutes), 0)
    return {
        "play": play.worksheet,
        "title": shelf.infos[play.worksheet].name,
        "step": min(len(play.decisions) + 1, steps),
        "steps": steps,
        "over": len(play.decisions) >= steps,
        "day": written_date(shelf.changed(play), framework.words),
    }


# --------------------------------------------------------------------------- one case


def case_page(case: CaseStudy, play: Play, wanted: int, shelf: Shelf, framework: Framework) -> Page:
    """Where `play` stands, or the reveal of the step that is `wanted`, if sealed (0: none)."""
    route = case.route(play.minutes)
    here = play.next_step(route)
    number = wanted if 1 <= wanted <= here else here
    if number > len(route.parts):
        return _end(case, route, play, shelf, framework)
    page = _step(case, route, play, number, framework)
    if number == here:
        return page
    return page | _reveal(case, route, play, number, shelf, framework)


def _step(case: CaseStudy, route: Route, play: Play, number: int, framework: Framework) -> Page:
    done = [part.step in play.decisions for part in route.parts]
    here = play.next_step(route)
    return {
        "screen": "step",
        "play": play.worksheet,
        "before": before(case, route, number, framework),
        "trail": [
            "here" if at == number else "done" if at < here else ""
            for at in range(1, len(done) + 1)
        ],
        "decided": [
            {"heading": step.title, "answers": list(play.decisions[step.id].answers)}
            for step in steps_of(case, route)[: number - 1]
            if step.id in play.decisions
        ],
    }


def _reveal(
    case: CaseStudy, route: Route, play: Play, number: int, shelf: Shelf, framework: Framework
) -> Page:
    shown, asked = reveal(case, route, number, framework), before(case, route, number, framework)
    mine, words = play.decisions[shown["id"]], framework.words
    past = earlier(play, shelf.plays, shelf.begun)
    then = past.decisions.get(shown["id"]) if past else None
    return {
        "screen": "reveal",
        "reveal": shown,
        "mine": _decision(mine, framework),
        "drawn": [
            {"exhibit": it, "svg": drawing(it, words), "alt": alt(it, words)}
            for it in shown["exhibits"]
        ],
        "ranges": [it for it in told_ranges(mine, asked, shown, words) if it],
        "then": _decision(then, framework) if then else None,
        "last": number == len(route.parts),
    }


def _decision(decision: Decision, framework: Framework) -> Page:
    return {
        "answers": list(decision.answers),
        "how_sure": decision.how_sure,
        "mind": decision.change_mind,
        "day": written_date(decision.day, framework.words),
    }


def _end(case: CaseStudy, route: Route, play: Play, shelf: Shelf, framework: Framework) -> Page:
    past, words = earlier(play, shelf.plays, shelf.begun), framework.words
    sheet = framework.sheets.get(case.carry.sheet)
    lines = []
    for at, step in enumerate(steps_of(case, route), start=1):
        now = play.decisions[step.id]
        then = past.decisions.get(step.id) if past else None
        lines.append(
            {
                "heading": step.title,
                "asks": [ask["text"] for ask in before(case, route, at, framework)["asks"]],
                "now": list(now.answers),
                "then": list(then.answers) if then else None,
                "changed": bool(then) and then is not None and then.answers != now.answers,
            }
        )
    return {
        "screen": "end",
        "play": play.worksheet,
        "case": case.alias,
        "minutes": play.minutes,
        "title": case.title,
        "trail": ["done" for _ in route.parts],
        "honest": case.honest,
        "debrief": list(case.debrief),
        "ask": case.carry.ask,
        "sheet": sheet.title if sheet else case.carry.sheet,
        "href": href_of(sheet) if sheet else None,
        "note": play.note,
        "note_day": written_date(play.note_day, words) if play.note_day else "",
        "lines": lines,
        "now_day": written_date(shelf.begun(play).date(), words),
        "then_day": written_date(shelf.begun(past).date(), words) if past else "",
    }
