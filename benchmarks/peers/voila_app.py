"""The catalyst sheet in stock ipywidgets and Altair's own chart widget, for plain Voila.

What one writes without looking at the clock: Altair is imported in every kernel, and its bundle
travels with the chart (`enable_offline`), because nothing is fetched from another host.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import ipywidgets as widgets

from benchmarks.peers.worksheet import (
    InputError,
    Worksheet,
    first_screen,
    longest,
    options,
    sheet,
)
from playbook.model import Question
from playbook.store import open_store
from playbook.store.paths import database_path

alt.JupyterChart.enable_offline()


class App(widgets.HBox):
    """One visitor's page: the form of one candidate at a time, and what answers back."""

    def __init__(self) -> None:
        self.worksheet = Worksheet(open_store(database_path()))
        self.row = self.worksheet.rows[0]
        self.loading = False
        self.controls = {question.id: self._control(question) for question in first_screen()}
        self.blocks = {
            question.id: widgets.VBox(
                [
                    widgets.HTML(f"<b>{question.text}</b> {question.why}"),
                    self.controls[question.id],
                ]
            )
            for question in first_screen()
        }
        self.pick = widgets.Dropdown(description="Candidate")
        self.pick.observe(lambda change: change.new and self.turn_to(change.new), "value")
        add = widgets.Button(description="Add a candidate")
        add.on_click(lambda _: self.turn_to(self.worksheet.add()))
        self.saved, self.verdict, self.table = widgets.Label(), widgets.HTML(), widgets.HTML()
        self.chart = alt.JupyterChart(alt.Chart(alt.Data(values=[])).mark_point())
        head = widgets.HTML(f"<h1>{sheet().headline}</h1><p>{sheet().intro}</p>")
        form = [head, widgets.HBox([self.pick, add]), *self.blocks.values(), self.saved]
        super().__init__([widgets.VBox(form), widgets.VBox([self.verdict, self.table, self.chart])])
        self.show()

    def _control(self, question: Question) -> Any:
        if choices := options(question):
            control = widgets.RadioButtons(options=list(choices.items()), value=None)
        elif question.kind == "date":
            control = widgets.DatePicker()
        elif question.kind == "long_text":
            control = widgets.Textarea(continuous_update=False)
        else:
            control = widgets.Text(continuous_update=False)
        limit = longest(question)

        def keep(change: Any) -> None:
            value = change.new
            self.answer(question.id, value[:limit] if isinstance(value, str) else value)

        control.observe(keep, "value")
        return control

    def answer(self, question: str, value: Any) -> None:
        """Keep an answer and show what it means."""
        if self.loading:
            return
        try:
            self.row = self.worksheet.answer(self.row, question, value)
        except InputError as error:
            self.saved.value = str(error)
            return
        self.show()

    def turn_to(self, row: str) -> None:
        """Show another candidate's answers."""
        if row == self.row or self.loading:
            return
        self.row, self.loading = row, True
        for question, control in self.controls.items():
            blank = "" if isinstance(control, widgets.Text | widgets.Textarea) else None
            value = self.worksheet.answered(row, question)
            control.value = blank if value is None else value
        self.loading = False
        self.show()

    def show(self) -> None:
        """Everything that depends on the answers."""
        asked = self.worksheet.asked(self.row)
        for question, block in self.blocks.items():
            block.layout.display = "" if question in asked else "none"
        self.loading = True
        self.pick.options = list(self.worksheet.names().items())
        self.pick.value, self.loading = self.row, False
        self.verdict.value = self.worksheet.verdict().replace("\n\n", "<br>")
        self.table.value = self.worksheet.table_html()
        if spec := self.worksheet.chart():
            self.chart.chart = alt.LayerChart.from_dict(spec)
        self.saved.value = self.worksheet.saved()
