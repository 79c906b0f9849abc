"""Messages and events in the order of time: what staff will have heard when they see something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from playbook.analysis import timeline
from playbook.analysis.timeline import Moment
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Value, Worksheet
from playbook.report.answers import shown
from playbook.worksheet.kinds import written_date
from playbook.worksheet.visibility import visible_answers


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A moment in words: `left_out` names those who saw an event and had heard nothing."""

    kind: str
    moment: Moment
    day: str
    what: str
    who: str
    speaker: str = ""
    left_out: str = ""

    @property
    def key(self) -> str:
        """Unique in the picture: a message and an event may have the same row id."""
        return f"{self.kind == 'message'}/{self.moment.row}"


class TimelineText:
    """The moments of a worksheet in words, in the order of time."""

    def __init__(
        self, sheet: Sheet, worksheet: Worksheet, today: date | None, framework: Framework
    ) -> None:
        self.words, self.today = framework.words, today or date.min
        self.days = round(framework.threshold_values["message_before_event_days"])
        self._sheet, self._worksheet = sheet, worksheet

    @cached_property
    def lines(self) -> list[TimelineEntry]:
        """Messages before events on the same day."""
        said, seen = dict(self._rows("messages")), dict(self._rows("events"))
        messages = timeline.messages(said.items(), self.today)
        events = timeline.events(seen.items())
        silent = {
            one.event: one.audiences for one in timeline.silences(messages, events, self.days)
        }
        lines = [self._message(one, said[one.row]) for one in messages]
        lines += [self._event(one, seen[one.row], silent.get(one)) for one in events]
        return sorted(lines, key=lambda line: line.moment.day)

    def _rows(self, table: str) -> Iterator[tuple[str, Mapping[str, Value]]]:
        for row in self._worksheet.rows(table):
            yield row.id, visible_answers(self._sheet, self._worksheet, table, row)

    def _message(self, moment: Moment, told: Mapping[str, Value]) -> TimelineEntry:
        return TimelineEntry(
            "message",
            moment,
            written_date(moment.day, self.words),
            self._text(told, "says"),
            self._people("messages", "heard_by", moment.audiences),
            str(told.get("speaker", "")),
        )

    def _event(
        self, moment: Moment, told: Mapping[str, Value], left_out: frozenset[str] | None
    ) -> TimelineEntry:
        return TimelineEntry(
            "silence" if left_out else "event",
            moment,
            written_date(moment.day, self.words),
            self._text(told, "event"),
            self._people("events", "seen_by", moment.audiences),
            left_out=self._people("events", "seen_by", left_out or ()),
        )

    def _text(self, told: Mapping[str, Value], question: str) -> str:
        return str(told.get(question) or self.words.text("timeline.unnamed"))

    def _people(self, table: str, question: str, audiences: Iterable[str]) -> str:
        """In the order of the choices, whatever order they were picked in."""
        asked = self._sheet.question(question, table)
        picked = tuple(choice.id for choice in asked.choices if choice.id in set(audiences))
        return shown(asked, picked, self.words)


def in_words(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[str]:
    """The picture in sentences."""
    return timeline_summary(TimelineText(sheet, worksheet, assessment.today, framework))


def timeline_summary(told: TimelineText) -> list[str]:
    """The picture in sentences: how many, then each moment."""
    kinds = [line.kind for line in told.lines]
    if not kinds:
        return []
    messages, silent = kinds.count("message"), kinds.count("silence")
    counts = {"messages": messages, "events": len(kinds) - messages, "silences": silent}
    first = told.words.text("timeline.all", **counts)
    return [first, *(_sentence(line, told) for line in told.lines)]


def _sentence(line: TimelineEntry, told: TimelineText) -> str:
    nobody = "_nobody" if line.kind == "message" and not line.speaker else ""
    return told.words.text(
        f"timeline.{line.kind}{nobody}",
        day=line.day,
        what=line.what,
        who=line.who,
        speaker=line.speaker,
        left_out=line.left_out,
        days=told.days,
    )
