"""The slides of a sitting (.pptx), with notes for whoever leads: what is asked, then what came out.
For trainers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

from playbook.cases.exhibits import in_common
from playbook.kit.case_papers import (
    CaseSheet,
    case_sheets,
    exhibit_heads,
    exhibit_rows,
    fact_told,
    how_sure,
)
from playbook.kit.charts import add_charts
from playbook.kit.class_kit import ClassKit, clock
from playbook.kit.guide import LETTERS, how_to
from playbook.kit.plan import AskedQuestion, ClockStep, SessionPlan, questions_of, said
from playbook.kit.run_of_show import phases_told
from playbook.model.case import CaseStudy, Exhibit
from playbook.report.deck import (
    HIGH,
    MARGIN,
    WIDE,
    add_slide,
    new_deck,
    printable,
    saved_deck,
    write,
)

_AGENDA_ROWS = 14
_CELL_POINTS, _LOGO_INCHES = 14, 0.7
_COLUMNS = ("documents", "public", "claimed", "ours", "fictional")


def slides(made: ClassKit, session: SessionPlan) -> bytes:
    """The deck of that sitting; the same bytes for the same plan."""
    deck, words = new_deck(), made.words
    least = round(made.framework.threshold_values["room_least_people"])
    lead = (made.when(session), made.choices.leader, words.text("kit.slides.join"))
    who = words.text("kit.slides.who_sees", least=least)
    first = add_slide(deck, made.choices.title, [it for it in (*lead, who) if it])
    _logo(first, made)
    _agenda(deck, made, session)
    told = {f"{it.case.id}_{it.step.id}": it for it in case_sheets(made)}
    for at in session.steps:
        _step(deck, made, at, told)
    add_slide(deck, words.text("kit.slides.end"), [words.text("kit.slides.end_line")])
    title = f"{made.choices.title}: {session.programme.title}"
    return saved_deck(deck, title, words.text("kit.slides.name"), session.day, words)


def _logo(slide: Any, made: ClassKit) -> None:
    from pptx.util import Inches

    if not made.choices.logo:
        return
    place = Inches(MARGIN), Inches(HIGH - 1.2)
    picture = slide.shapes.add_picture(
        BytesIO(made.choices.logo), *place, height=Inches(_LOGO_INCHES)
    )
    alt = printable(made.words.text("kit.logo_alt", title=made.choices.title))
    picture._element.nvPicPr.cNvPr.set("descr", alt)


def _agenda(deck: Any, made: ClassKit, session: SessionPlan) -> None:
    words = made.words
    rows = [
        (clock(at.begins), at.step.title)
        for before, at in pairwise((None, *session.steps))
        if at and not (before and at.step.tells and at.step.case == before.step.case)
    ]
    rows.append((clock(session.ends), words.text("kit.run.ends")))
    for begins in range(0, len(rows), _AGENDA_ROWS):
        slide = add_slide(deck, words.text("kit.slides.agenda"), [])
        head = words.text("kit.slides.clock"), words.text("kit.slides.part")
        _table(
            slide,
            words.text("kit.slides.agenda"),
            head,
            rows[begins : begins + _AGENDA_ROWS],
            (1, 6),
        )


def _table(
    slide: Any,
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
) -> None:
    """A table whose first row is marked as its head, with its content as alt text."""
    from pptx.util import Inches

    wide, high = WIDE - 2 * MARGIN, 0.36
    place = map(Inches, (MARGIN, 1.5, wide, high * (len(rows) + 1)))
    frame = slide.shapes.add_table(len(rows) + 1, len(head), *place)
    table = frame.table
    table.first_row = True
    told = "; ".join(" ".join(row) for row in rows)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(f"{title}. {told}"))
    for place_, share in enumerate(widths):
        table.columns[place_].width = Inches(wide * share / sum(widths))
    for number, row in enumerate((head, *rows)):
        table.rows[number].height = Inches(high)
        for place_, text in enumerate(row):
            cell = table.cell(number, place_)
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            write(cell.text_frame.paragraphs[0], text, _CELL_POINTS, strong=number == 0)
            if number == 0:
                _pale(cell)


def _pale(cell: Any) -> None:
    from pptx.dml.color import RGBColor

    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string("E6F1F1")  # type: ignore[no-untyped-call]


def _step(deck: Any, made: ClassKit, at: ClockStep, told: Mapping[str, CaseSheet]) -> None:
    words, step = made.words, at.step
    sheet = told.get(step.id)
    known = [sheet.case.fact(it) for it in sheet.step.known] if sheet else []
    lines = [said(step)] + [fact_shown.text for fact_shown in known]
    asked = questions_of(step, made.framework)
    slide = add_slide(deck, step.title, [it for it in lines if it])
    _notes(slide, "\n".join(_notes_of(made, at)))
    for one in asked:
        choices = [f"{letter}   {it}" for letter, it in zip(LETTERS, one.choices, strict=False)]
        below = choices or [_open(made, one)]
        _notes(
            add_slide(deck, one.text, [*filter(None, (one.lead, *below))]),
            phases_told(step.phases, words),
        )
    if sheet:
        _reveal(deck, made, sheet)


def _open(made: ClassKit, asked: AskedQuestion) -> str:
    step = made.words.text("kit.slides.sentence")
    if asked.form != "range":
        return step
    return made.words.text("kit.slides.range", unit=asked.unit)


def _notes_of(made: ClassKit, at: ClockStep) -> Iterator[str]:
    words, step = made.words, at.step
    yield words.text("kit.slides.notes_phases", phases=phases_told(step.phases, words))
    how = how_to(step, made)
    yield from dict.fromkeys(how.get(it.do, "") for it in step.phases if not step.pause)
    for reply in step.replies:
        yield words.text("kit.slides.notes_reply", says=reply.says, ask=reply.ask)
    if step.cut:
        told = {"minutes": step.cut.saves, "instead": step.cut.instead}
        yield words.text("kit.slides.notes_cut", **told)
    if step.lead_on:
        yield words.text("kit.slides.notes_lead_on", text=step.lead_on)


def _notes(slide: Any, text: str) -> None:
    frame = slide.notes_slide.notes_text_frame
    frame.text = "\n".join(map(printable, text.split("\n")))
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr()  # where the language is written


def _reveal(deck: Any, made: ClassKit, sheet: CaseSheet) -> None:
    words, case, step = made.words, sheet.case, sheet.step
    facts = [case.fact(it) for it in step.reveal]
    lines = []
    for column in _COLUMNS:
        told = [f"{it.text} ({how_sure(it, words)})" for it in facts if it.column == column]
        lines += [words.text(f"cases.column.{column}") + ":", *told] if told else []
    if step.none_found:
        lines.append(f"{words.text('kit.reveal.none_found')}: {step.none_found}")
    slide = add_slide(deck, step.headline, lines)
    notes = [fact_told(it, words) for it in facts]
    notes += [f"{it.position} {it.overturned_by}" for it in step.positions]
    _notes(slide, "\n".join(notes))
    for exhibit in map(case.exhibit, step.exhibits):
        _exhibit(deck, made, case, exhibit)


def _exhibit(deck: Any, made: ClassKit, case: CaseStudy, exhibit: Exhibit) -> None:
    """Its charts, with the same figures as a table in the notes; it never concludes."""
    words, rows = made.words, exhibit_rows(case, exhibit, made.words)
    slide = add_slide(deck, exhibit.title, [])
    common = in_common(exhibit.points)
    key = "common_years" if common else "common"
    named = ", ".join(map(str, common))
    years = words.text(f"cases.exhibit.{key}", count=len(common), years=named)
    never = words.text("cases.exhibit.never") if exhibit.never else ""
    several = len({it.series for it in exhibit.points}) > 1
    table = [" | ".join(row) for row in (exhibit_heads(words), *rows)]
    told = "; ".join(" ".join(row) for row in rows)
    told = f"{exhibit.title}. {f'{never}. ' if never else ''}{told}"
    names = " – ".join(dict.fromkeys(f"{it.series}, {it.unit}" for it in exhibit.points))
    drawn_as = [f"{never}: {names}"] if never else []
    below = [*drawn_as, years if several else "", exhibit.question]
    add_charts(slide, exhibit, told, [it for it in below if it])
    _notes(slide, "\n".join(filter(None, (never, exhibit.question, exhibit.note, *table))))
