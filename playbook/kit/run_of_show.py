"""The run of show: a page a sitting, with clock times, and what to cut when it is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from playbook.kit.class_kit import ClassKit, clock
from playbook.kit.paper import Block, Boxes, Grid, Heading, NewPage, PaperDocument, Prose
from playbook.kit.plan import ClockStep, LatePlan, SessionPlan, questions_of, said
from playbook.model.programme import Phase, PhaseKind
from playbook.model.wording import Words
from playbook.report.brief.fit import cut_text

_WIDTHS = (0.75, 0.55, 2.6, 4.2, 2.7, 2.1)
_SAY_LENGTH, _WALLS = 110, 2
_GONE_SHOWN = 2
"""Lines on a page that has others; the whole is a page of its own."""


def run_of_show(made: ClassKit) -> PaperDocument:
    """The sittings, each on a page."""
    words = made.words
    title = words.text("kit.run.title")
    return made.paper(title, title, _all(made), len(made.sessions))


def _all(made: ClassKit) -> Iterator[Block]:
    for number, session in enumerate(made.sessions):
        if number:
            yield NewPage()
        yield from _page(made, session)


def _page(made: ClassKit, session: SessionPlan) -> Iterator[Block]:
    words, choices = made.words, made.choices
    yield Heading(words.text("kit.run.title"), 1)
    yield Prose(f"{session.programme.title} · {made.when(session)}", "strong")
    people = words.text("kit.run.people", people=choices.people)
    cases = [
        f"{case.title}, {words.text('kit.minutes', count=it.minutes)}" for case, it in made.cases
    ]
    about = (choices.title, people, choices.leader, choices.venue.title, *cases)
    yield Prose(" · ".join(filter(None, about)), "small")
    heads = ("clock", "min", "step", "say", "phases", "wall")
    rows = tuple(_row(made, it) for it in session.steps)
    total = session.programme.minutes
    sums = words.text(
        "kit.run.sum", total=total, work=total - session.pauses, pauses=session.pauses
    )
    last = (clock(session.ends), str(total), words.text("kit.run.ends"), sums, "", "")
    head = tuple(words.text(f"kit.run.{it}") for it in heads)
    yield Grid(head, (*rows, last), _WIDTHS, strong=2)
    table = tuple(choices.venue.table)
    late = (*late_lines(session.late, words), words.text("kit.run.never"))
    yield Boxes(
        (
            (words.text("kit.run.late"), late),
            (words.text("kit.run.gone"), choices.venue.gone[:_GONE_SHOWN]),
            (words.text("kit.run.table"), table),
        )
    )


def _row(made: ClassKit, at: ClockStep) -> tuple[str, ...]:
    words, step = made.words, at.step
    asked = [f"“{it.text}”" for it in questions_of(step, made.framework) if not it.lead]
    say = " ".join(asked) or cut_text(said(step), _SAY_LENGTH)
    cut = words.text("kit.run.cut", order=step.cut.order) if step.cut else ""
    sheet = made.framework.sheets[step.sheet] if step.sheet else None
    paper = sheet and sheet.about_people and made.choices.venue.in_clear
    told = words.text("kit.run.on_paper") if paper else ""
    title = f"{at.number} {step.title}" if at.number else step.title
    shown: list[str] = [*dict.fromkeys(it.on_the_wall for it in step.phases)]
    walls = [it for it in shown if it != "note"] or shown
    return (
        clock(at.begins),
        str(step.minutes),
        " ".join(filter(None, (title, cut))),
        " ".join(filter(None, (say, told))),
        phases_told(step.phases, words),
        ", ".join(words.text(f"desk.wall_{it}") for it in walls[:_WALLS]),
    )


def phases_told(phases: Sequence[Phase], words: Words) -> str:
    """Phases with their minutes: "Vote 2, talk 3, vote again 1". What takes none is left out, and
    the same one after the other is told once."""
    timed = [it for it in phases if it.minutes] or [*phases]
    alike = [(do, sum(it.minutes for it in some)) for do, some in groupby(timed, _kind)]
    names = [words.text(f"kit.phase.{do}") for do, _ in alike]
    if len(names) == 1:
        return names[0]
    told = (f"{name} {minutes}" for name, (_, minutes) in zip(names, alike, strict=True))
    first, *rest = told
    return ", ".join((first, *(it[:1].lower() + it[1:] for it in rest)))


def late_lines(plans: Sequence[LatePlan], words: Words) -> tuple[str, ...]:
    """What to cut when it is so late, a line each; what a shorter delay cuts already is not told
    again."""
    lines, told = [], 0
    for plan in plans:
        parts = []
        for one in plan.saved[told:]:
            key = "shorten" if one.shortened else "leave_out"
            parts.append(words.text(f"kit.run.{key}", title=one.step.title, minutes=one.minutes))
        key = "late_by" if parts and not told else "late_more" if parts else "late_same"
        if not plan.saved:
            key = "late_none"
        about = {"late": plan.late, "cuts": ", ".join(parts), "saved": plan.minutes}
        over = words.text("kit.run.over", minutes=plan.over) if plan.over else ""
        lines.append(f"{words.text(f'kit.run.{key}', **about)} {over}".strip())
        told = len(plan.saved)
    return tuple(lines)


def _kind(phase: Phase) -> PhaseKind:
    return phase.do
