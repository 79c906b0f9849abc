"""What is kept of one person on the list, as a text that can be handed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from playbook.model import Sheet, Worksheet
from playbook.model.storage import Event
from playbook.model.wording import Words
from playbook.report.workgroups.board import PEOPLE, RULES

Shown = Callable[[str, object], str]


def person_text(
    sheet: Sheet, worksheet: Worksheet, row: str, events: Sequence[Event], words: Words, tell: Shown
) -> str:
    """The answers of a row, the rules that name its code, and earlier answers, the last first.

    `{who}` is left open: only the browser knows the name. `tell` says a field's value in words.
    """
    answers = next(it.answers for it in worksheet.rows(PEOPLE) if it.id == row)
    say, titles = words.text, {one.id: one.short or one.text for one in sheet.questions(PEOPLE)}
    lines = [say("workgroups.kept_title", who="{who}"), ""]
    told = ((titles[one], tell(_field(row, one), answers[one])) for one in titles if one in answers)
    lines += [f"{title}: {said}" for title, said in told]
    code = str(answers.get("code", "")).casefold()
    named = [
        str(it.answers["who"])
        for it in worksheet.rows(RULES)
        if code and code in _codes(it.answers.get("who"))
    ]
    if named:
        lines += ["", say("workgroups.kept_rules"), *named]
    mine = [one for one in events if one.field.startswith(f"{PEOPLE}/{row}/")]
    past = [one for one in mine if one.value is not None and not _stands(one, answers)]
    if past:
        lines += ["", say("workgroups.kept_before")]
        lines += [_line(one, titles, tell) for one in past]
    return "\n".join(lines) + "\n"


def _codes(said: object) -> set[str]:
    return {one.strip().casefold() for one in str(said or "").split(",")}


def _field(row: str, question: str) -> str:
    return f"{PEOPLE}/{row}/{question}"


def _stands(event: Event, answers: object) -> bool:
    question = event.field.rpartition("/")[2]
    return isinstance(answers, dict) and answers.get(question) == event.value


def _line(event: Event, titles: dict[str, str], tell: Shown) -> str:
    question = event.field.rpartition("/")[2]
    said = tell(event.field, event.value)
    return f"{event.at:%Y-%m-%d}: {titles.get(question, question)}: {said}"
