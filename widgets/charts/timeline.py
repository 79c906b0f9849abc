"""Messages and events on one time axis: what staff will have heard when they see something.

One line a moment, in the order of time. A circle is a message, a square an event, a triangle with
the word an event that somebody sees before anything was said; the days before it are shaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from playbook import timeline
from playbook.asked import visible_answers
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Value, Worksheet
from playbook.report.answers import shown, written_date
from playbook.timeline import Moment
from widgets.cards import Payload
from widgets.charts.look import LINE_HEIGHT, Palette, Spec, palettes, to_spec

if TYPE_CHECKING:
    import altair as alt

TEXT_LINES = 4
TRACK = LINE_HEIGHT * TEXT_LINES + 12
ROW_HEIGHT = TRACK + 16
"""Sizes in px: the words of a moment, and below them its place in time."""

MARGIN = timedelta(4)
"""Room before the first moment and after the last, so that no shape is cut."""

LOOKS = {
    "message": ("circle", "brand"),
    "event": ("square", "ink"),
    "silence": ("triangle-up", "warn"),
}
"""Shape and colour of each kind of moment; the word stands beside it."""


@dataclass(frozen=True, slots=True)
class Line:
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


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows: without a single moment on a day, nothing."""
    told = Told(sheet, worksheet, assessment.today, framework)
    return {
        "spec": timeline_chart(told, palettes()["page"]),
        "title": framework.words.say("timeline.title"),
        "summary": timeline_summary(told),
        "words": framework.words.group("timeline"),
    }


class Told:
    """The moments of a worksheet in words, in the order of time."""

    def __init__(
        self, sheet: Sheet, worksheet: Worksheet, today: date | None, framework: Framework
    ) -> None:
        self.words, self.today = framework.words, today or date.min
        self.days = round(framework.threshold_values["message_before_event_days"])
        self._sheet, self._worksheet = sheet, worksheet

    @cached_property
    def lines(self) -> list[Line]:
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

    def _message(self, moment: Moment, told: Mapping[str, Value]) -> Line:
        return Line(
            "message",
            moment,
            written_date(moment.day, self.words),
            self._text(told, "says"),
            self._people("messages", "heard_by", moment.audiences),
            str(told.get("speaker", "")),
        )

    def _event(
        self, moment: Moment, told: Mapping[str, Value], left_out: frozenset[str] | None
    ) -> Line:
        return Line(
            "silence" if left_out else "event",
            moment,
            written_date(moment.day, self.words),
            self._text(told, "event"),
            self._people("events", "seen_by", moment.audiences),
            left_out=self._people("events", "seen_by", left_out or ()),
        )

    def _text(self, told: Mapping[str, Value], question: str) -> str:
        return str(told.get(question) or self.words.say("timeline.unnamed"))

    def _people(self, table: str, question: str, audiences: Iterable[str]) -> str:
        """In the order of the choices, whatever order they were picked in."""
        asked = self._sheet.question(question, table)
        picked = tuple(choice.id for choice in asked.choices if choice.id in set(audiences))
        return shown(asked, picked, self.words)


def timeline_summary(told: Told) -> list[str]:
    """The picture in sentences: how many, then each moment."""
    kinds = [line.kind for line in told.lines]
    if not kinds:
        return []
    messages, silent = kinds.count("message"), kinds.count("silence")
    counts = {"messages": messages, "events": len(kinds) - messages, "silences": silent}
    first = told.words.say("timeline.all", **counts)
    return [first, *(_sentence(line, told) for line in told.lines)]


def _sentence(line: Line, told: Told) -> str:
    nobody = "_nobody" if line.kind == "message" and not line.speaker else ""
    return told.words.say(
        f"timeline.{line.kind}{nobody}",
        day=line.day,
        what=line.what,
        who=line.who,
        speaker=line.speaker,
        left_out=line.left_out,
        days=told.days,
    )


def timeline_chart(told: Told, palette: Palette) -> Spec | None:
    """Moments on a common time axis as Vega-Lite; None while nothing has a day."""
    if not told.lines:
        return None
    import altair as alt

    layers = alt.layer(*_layers(told, palette)).resolve_scale(y="shared")
    summary = " ".join(timeline_summary(told))
    return to_spec(layers, ROW_HEIGHT * len(told.lines), summary)


def _mark(line: Line, told: Told, palette: Palette) -> dict[str, Any]:
    """A moment as a row of data; nothing that somebody typed reaches an expression."""
    shape, colour = LOOKS[line.kind]
    who = told.words.say(f"timeline.{'to' if line.kind == 'message' else 'seen'}", who=line.who)
    return {
        "row": line.key,
        "kind": line.kind,
        "day": line.moment.day.isoformat(),
        "since": (line.moment.day - timedelta(told.days)).isoformat(),
        "head": told.words.say(f"timeline.head_{line.kind}", day=line.day),
        "what": line.what,
        "who": who,
        "left_out": told.words.say("timeline.left_out", who=line.left_out),
        "shape": shape,
        "colour": palette[colour],
    }


def _layers(told: Told, palette: Palette) -> list[alt.Chart]:
    """Words above, the moment's place in time below them, on one axis for all."""
    import altair as alt

    values = [_mark(line, told, palette) for line in told.lines]
    marks = alt.Chart(alt.Data(values=values))
    silent = marks.transform_filter("datum.kind === 'silence'")
    day = _time_axis(told, palette)
    row = alt.Y(
        "row:N", axis=None, scale=alt.Scale(domain=[one["row"] for one in values], padding=0)
    )
    top = row.bandPosition(0)
    tip = [
        alt.Tooltip(f"{field}:N", title=told.words.say(f"timeline.tip_{field}"))
        for field in ("head", "what", "who")
    ]
    colour = alt.Color("colour:N", scale=None)
    text = {"align": "left", "baseline": "top", "fontSize": 12, "limit": alt.ExprRef("width - 2")}
    at = {"x": alt.value(0), "y": top}

    def words(field: str, line: int, chart: alt.Chart = marks, **style: Any) -> alt.Chart:
        placed = chart.mark_text(**text, dy=4 + LINE_HEIGHT * line, **style)
        return placed.encode(**at, text=f"{field}:N", tooltip=tip)

    return [
        marks.mark_rule(stroke=palette["line"]).encode(y=top),
        silent.mark_rule(stroke=palette["warn-wash"], strokeWidth=12, yOffset=TRACK).encode(
            x=_day(), x2="since:T", y=top
        ),
        *_today(told, palette),
        words("head", 0, fontWeight=600).encode(color=colour),
        words("what", 1, color=palette["ink"]),
        words("who", 2, color=palette["soft"]),
        words("left_out", 3, silent, color=palette["warn"]),
        marks.mark_point(size=110, opacity=1, filled=True, yOffset=TRACK).encode(
            x=day, y=top, tooltip=tip, color=colour, shape=alt.Shape("shape:N", scale=None)
        ),
    ]


def _day() -> alt.X:
    """A day on the axis that one layer describes for all."""
    import altair as alt

    return alt.X("day:T", scale=alt.Scale(type="utc"))


def _time_axis(told: Told, palette: Palette) -> alt.X:
    """Days in UTC, in which a date is the same day everywhere."""
    import altair as alt

    days = [line.moment.day for line in told.lines]
    since = [line.moment.day - timedelta(told.days) for line in told.lines if line.left_out]
    ends = (min([*days, *since]) - MARGIN, max(days) + MARGIN)
    domain = [alt.DateTime(year=d.year, month=d.month, date=d.day, utc=True) for d in ends]
    axis = alt.Axis(
        orient="top",
        title=None,
        format="%-d %b",
        tickCount=4,
        gridOpacity=0.6,
        labelColor=palette["soft"],
        gridColor=palette["line"],
        domainColor=palette["line"],
        tickColor=palette["line"],
        labelOverlap=True,
    )
    return alt.X("day:T", axis=axis, scale=alt.Scale(type="utc", domain=domain))


def _today(told: Told, palette: Palette) -> list[alt.Chart]:
    """A line at today, where it lies between the first moment and the last."""
    import altair as alt

    days = [line.moment.day for line in told.lines]
    if not min(days) <= told.today <= max(days):
        return []
    values = [{"day": told.today.isoformat(), "text": told.words.say("timeline.today")}]
    here = alt.Chart(alt.Data(values=values))
    return [
        here.mark_rule(stroke=palette["soft"], strokeDash=[4, 3]).encode(x=_day()),
        here.mark_text(align="left", dx=4, baseline="bottom", color=palette["soft"]).encode(
            x=_day(), y=alt.value(ROW_HEIGHT * len(told.lines)), text="text:N"
        ),
    ]
