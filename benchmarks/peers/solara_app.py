"""The catalyst sheet in Solara: `solara run benchmarks/peers/solara_app.py`.

Solara's chart fetches Vega from another host; without a network the chart stays empty, and all the
rest works. No figure of ours waits for a chart to be drawn.
"""
# ruff: noqa: N802 - components are called like classes there

from __future__ import annotations

from datetime import date
from typing import Any

import solara
import solara.lab
from solara.alias import rv

from benchmarks.peers.worksheet import (
    InputError,
    Worksheet,
    first_screen,
    longest,
    options,
    sheet,
)
from playbook.model import Question


@solara.component
def Page() -> None:
    """One visitor's page: the form of one candidate at a time, and what answers back."""
    worksheet = solara.use_memo(Worksheet, [])
    row, set_row = solara.use_state(worksheet.rows[0])
    changes, set_changes = solara.use_state(0)
    problem, set_problem = solara.use_state("")

    def answer(question: str, value: Any) -> None:
        try:
            set_row(worksheet.answer(row, question, value))
            set_problem("")
        except InputError as error:
            set_problem(str(error))
        set_changes(lambda count: count + 1)

    solara.Title(sheet().title)
    with solara.Columns([3, 2]):
        with solara.Column():
            solara.Markdown(f"# {sheet().headline}\n\n{sheet().intro}")
            Candidates(worksheet, row, set_row, changes)
            for question in first_screen():
                if question.id in worksheet.asked(row):
                    given = worksheet.answered(row, question.id)
                    Asked(question, given, answer).key(f"{worksheet.place(row)}/{question.id}")
            solara.Text(problem or worksheet.saved())
        with solara.Column():
            Says(worksheet, changes)


@solara.component
def Candidates(worksheet: Worksheet, row: str, set_row: Any, changes: int) -> None:  # noqa: ARG001
    """Which candidate is being filled in, and another one. `changes` says when to draw again."""
    names = worksheet.names()
    known = {key: name for name, key in names.items()}
    with solara.Row():
        solara.Select(
            "Candidate",
            list(names),
            value=known[row],
            on_value=lambda name: set_row(names[name]),
        )
        solara.Button("Add a candidate", on_click=lambda: set_row(worksheet.add()))


@solara.component
def Asked(question: Question, given: Any, answer: Any) -> None:
    """One question with its control."""
    solara.Markdown(f"**{question.text}** {question.why}")

    def keep(value: Any) -> None:
        answer(question.id, value)

    if choices := options(question):
        labels = {choice: label for label, choice in choices.items()}
        with rv.RadioGroup(name=question.id, v_model=given, on_v_model=keep):
            for choice, label in labels.items():
                rv.Radio(value=choice, label=label)
    elif question.kind == "date":
        solara.lab.InputDate(date.fromisoformat(given) if given else None, on_value=keep)
    elif question.kind == "long_text":
        solara.InputTextArea("", value=given or "", on_value=keep, rows=3)
    else:
        solara.InputText(
            "", value=given or "", on_value=lambda text: keep(text[: longest(question)])
        )


@solara.component
def Says(worksheet: Worksheet, changes: int) -> None:  # noqa: ARG001
    """Verdict, table and chart. `changes` says when to draw again."""
    solara.Markdown(worksheet.verdict())
    lines = [f"| {line['Candidate']} | {line['Verdict']} |" for line in worksheet.candidates()]
    solara.Markdown("\n".join(["| Candidate | Verdict |", "| --- | --- |", *lines]))
    if chart := worksheet.chart():
        solara.widgets.VegaLite.element(spec=chart)
