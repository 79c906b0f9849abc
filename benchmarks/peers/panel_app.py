"""The catalyst sheet in Panel: `panel serve benchmarks/peers/panel_app.py`."""

from __future__ import annotations

from datetime import date
from typing import Any

import panel as pn

from benchmarks.peers.worksheet import (
    InputError,
    Worksheet,
    first_screen,
    longest,
    options,
    sheet,
)
from playbook.model import Question

pn.extension("vega")


class Page:
    """One visitor's page: the form of one candidate at a time, and what answers back."""

    def __init__(self) -> None:
        self.worksheet = Worksheet()
        self.row = self.worksheet.rows[0]
        self.loading = False
        self.controls = {question.id: self._control(question) for question in first_screen()}
        self.blank = {question: control.value for question, control in self.controls.items()}
        self.blocks = {
            question.id: pn.Column(
                f"**{question.text}** {question.why}",
                self.controls[question.id],
                visible=question.id in self.worksheet.asked(self.row),
            )
            for question in first_screen()
        }
        self.pick = pn.widgets.Select(name="Candidate", options=self.worksheet.names())
        self.pick.param.watch(lambda event: self.turn_to(event.new), "value")
        self.add = pn.widgets.Button(name="Add a candidate", on_click=lambda _: self.add_one())
        self.saved = pn.pane.Str(self.worksheet.saved())
        self.verdict = pn.pane.Markdown(self.worksheet.verdict())
        self.table = pn.pane.HTML(self.worksheet.table_html())
        self.chart = pn.pane.Vega(None, sizing_mode="stretch_width")

    def _control(self, question: Question) -> pn.widgets.Widget:
        if choices := options(question):
            control = pn.widgets.RadioBoxGroup(options=choices)
            control.value = None  # or the first would be picked
        elif question.kind == "date":
            control = pn.widgets.DatePicker()
        elif question.kind == "long_text":
            control = pn.widgets.TextAreaInput(max_length=longest(question))
        else:
            control = pn.widgets.TextInput(max_length=longest(question))
        control.tags = [question.id]
        control.param.watch(lambda event: self.answer(question.id, event.new), "value")
        return control

    def answer(self, question: str, value: Any) -> None:
        """Keep an answer and show what it means."""
        if self.loading:
            return
        try:
            self.row = self.worksheet.answer(self.row, question, value)
        except InputError as error:
            self.saved.object = str(error)
            return
        self.show()

    def add_one(self) -> None:
        """Another candidate, to be filled in next."""
        self.turn_to(self.worksheet.add())

    def turn_to(self, row: str) -> None:
        """Show another candidate's answers."""
        self.row, self.loading = row, True
        for question, control in self.controls.items():
            value = self.worksheet.answered(row, question)
            if isinstance(control, pn.widgets.DatePicker) and value:
                value = date.fromisoformat(value)
            control.value = self.blank[question] if value is None else value
        self.loading = False
        self.show()

    def show(self) -> None:
        """Everything that depends on the answers."""
        asked = self.worksheet.asked(self.row)
        for question, block in self.blocks.items():
            block.visible = question in asked
        self.pick.param.update(options=self.worksheet.names(), value=self.row)
        self.verdict.object = self.worksheet.verdict()
        self.table.object = self.worksheet.table_html()
        self.chart.object = self.worksheet.chart()
        self.saved.object = self.worksheet.saved()

    def layout(self) -> pn.viewable.Viewable:
        """The form beside what it says."""
        form = pn.Column(
            f"# {sheet().headline}\n\n{sheet().intro}",
            pn.Row(self.pick, self.add),
            *self.blocks.values(),
            self.saved,
        )
        return pn.Row(form, pn.Column(self.verdict, self.table, self.chart, max_width=480))


Page().layout().servable(title=sheet().title)
