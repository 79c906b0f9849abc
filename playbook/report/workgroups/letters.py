"""What people are told: the call, the application, and letters to who is chosen and who is not.

Each is put together from what the sheet says. What it does not say stands in square brackets, to be
filled in. `{name}` is left open: only the browser knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playbook.model import Worksheet
from playbook.model.wording import Words

PROMISES = ("job", "pay", "rating", "back")
MESSAGE = "message"
WAYS = ("problem", "application", "pitch", "critics", "lot")
"""The ways to choose that a letter may tell of; for the others the sheet has a warning."""


def call(worksheet: Worksheet, words: Words) -> str:
    """The call for volunteers, with both messages: the pilot, and the larger chance."""
    said = _said(worksheet, "call_says")
    tracks = _said(worksheet, "tracks")
    parts = [
        words.text("letters.call_title"),
        words.text("letters.call_problem", problem=_problem(worksheet, words)),
        _part(words, "pilot", "pilot" in said),
        _part(words, "future", "future" in said),
        *(words.text(f"letters.tone_{one}") for one in _said(worksheet, "tone") if one != "none"),
        words.text(f"letters.tracks_{'both' if len(tracks) != 1 else next(iter(tracks))}"),
        _no_records(worksheet, words),
        _promised(worksheet, words),
        _chosen_by(worksheet, words),
        words.text("letters.open_end"),
    ]
    return _joined(parts)


def application(worksheet: Worksheet, words: Words) -> str:
    """The application on one page: what somebody wants to work on, and nothing about records."""
    own = str(worksheet.answers.get("application", ""))
    asked = [line.strip() for line in own.splitlines() if line.strip()] or [
        words.text(f"letters.ask_{one}") for one in ("problem", "failed", "instead", "need")
    ]
    lines = "\n".join(f"{place}. {line}" for place, line in enumerate(asked, 1))
    parts = [
        words.text("letters.application_title"),
        words.text("letters.application_how"),
        lines,
        _no_records(worksheet, words),
        _promised(worksheet, words),
    ]
    return _joined(parts)


def to_chosen(worksheet: Worksheet, words: Words, group: int, why: Sequence[str]) -> str:
    """The letter to somebody in a group: which, why, and what is promised."""
    outcome = _outcome(worksheet, group)
    parts = [
        words.text("letters.hello", name="{name}"),
        words.text("letters.chosen", group=group),
        words.text("letters.chosen_outcome", outcome=outcome) if outcome else "",
        "\n".join([words.text("letters.chosen_why"), *(f"- {one}" for one in why)]),
        _promised(worksheet, words),
        words.text("letters.chosen_free"),
        words.text("letters.end"),
    ]
    return _joined(parts)


def to_others(worksheet: Worksheet, words: Words) -> str:
    """The letter to somebody who is not in a group: no judgement, and what comes next."""
    parts = [
        words.text("letters.hello", name="{name}"),
        words.text("letters.others"),
        _chosen_by(worksheet, words, done=True),
        words.text("letters.others_no_judgement"),
        _promised(worksheet, words),
        words.text("letters.others_next"),
        words.text("letters.end"),
    ]
    return _joined(parts)


def lacking(worksheet: Worksheet, words: Words) -> list[str]:
    """What the letters leave open, each as one sentence."""
    given = _said(worksheet, "assurances")
    found = [
        words.text("letters.lacks_promise", promise=words.text(f"letters.promise_{one}"))
        for one in PROMISES
        if one not in given
    ]
    if MESSAGE not in given:
        found.append(words.text("letters.lacks_message"))
    for one in ("pilot", "future"):
        if one not in _said(worksheet, "call_says"):
            found.append(words.text(f"letters.lacks_{one}"))
    if "problem" not in worksheet.answers:
        found.append(words.text("letters.lacks_problem"))
    return found


# --------------------------------------------------------------------------- parts


def _said(worksheet: Worksheet, question: str) -> list[str]:
    value = worksheet.answers.get(question, ())
    return [value] if isinstance(value, str) else list(value)


def _problem(worksheet: Worksheet, words: Words) -> str:
    return str(worksheet.answers.get("problem") or words.text("letters.open"))


def _part(words: Words, name: str, said: bool) -> str:
    text = words.text(f"letters.call_{name}")
    return text if said else words.text("letters.not_said", text=text)


def _promised(worksheet: Worksheet, words: Words) -> str:
    """The promises, one a line; one that was not given stands in brackets."""
    given = _said(worksheet, "assurances")
    lines = [words.text("letters.promised")]
    for one in (*PROMISES, MESSAGE):
        text = words.text(f"letters.promise_{one}")
        lines.append(f"- {text if one in given else words.text('letters.not_said', text=text)}")
    return "\n".join(lines)


def _no_records(worksheet: Worksheet, words: Words) -> str:
    """That nobody looks at records, unless the sheet says that somebody does."""
    judged = {"ranking", "clean"} & set(_said(worksheet, "criterion"))
    return "" if judged else words.text("letters.no_records")


def _chosen_by(worksheet: Worksheet, words: Words, done: bool = False) -> str:
    ways = [words.text(f"letters.by_{one}") for one in WAYS if one in _said(worksheet, "criterion")]
    key = "chosen_by_past" if done else "chosen_by"
    told = words.text("letters.and").join(ways)
    return words.text(f"letters.{key}", ways=told) if ways else ""


def _outcome(worksheet: Worksheet, group: int) -> str:
    rows = list(worksheet.rows("groups"))
    return str(rows[group - 1].answers.get("outcome", "")) if group <= len(rows) else ""


def _joined(parts: Sequence[str] | Iterator[str]) -> str:
    return "\n\n".join(part for part in parts if part)
