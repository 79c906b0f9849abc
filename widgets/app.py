"""The apps: the only names a notebook uses. Nothing is read here but content; see widgets.host."""

from __future__ import annotations

from functools import partial
from typing import Any

import ipywidgets  # type: ignore[import-untyped]

from playbook.framework import Framework, load_framework
from playbook.model import InputError, Sheet
from playbook.report import sheet_outline, sheet_text
from widgets.brief import BriefDoor
from widgets.cards import VerdictCard, verdict_payload
from widgets.cases import Cases
from widgets.charts import CHARTS, Chart
from widgets.form import SheetForm, form_class
from widgets.home import Home
from widgets.session import Session
from widgets.views.act_gate import RESULT, SPREAD
from widgets.views.alignment import PAIRS
from widgets.views.connect import CONNECTIONS
from widgets.views.entry_point import MAP
from widgets.views.flow import SWIM_LANES
from widgets.views.focus import LOT, SIGHT, WEEKLY_CHARTS, WEEKLY_FILE
from widgets.views.metric_tree import CHAIN, TREE
from widgets.views.obstacles import OBSTACLES, PROFILE
from widgets.views.practices import NINE, STAGES, WEEKS
from widgets.views.workgroups import BOARD
from widgets.views.zoom_out import SHIFTS
from widgets.weekly import Weekly

_OF_ACT = (
    *(WEEKLY_CHARTS, SIGHT, LOT, WEEKLY_FILE),
    *(NINE, WEEKS, STAGES),
    *(CONNECTIONS, OBSTACLES, PROFILE),
    *(RESULT, SPREAD),
)
VIEWS = {view.name: view for view in (MAP, CHAIN, TREE, BOARD, SHIFTS, SWIM_LANES, PAIRS, *_OF_ACT)}
"""What a section may be drawn as, by the name that its `view` says."""


def form_of(sheet: Sheet) -> type[SheetForm]:
    """The form that draws everything in `sheet`: each view of its sections once, in their order."""
    views = dict.fromkeys(VIEWS[section.view] for section in sheet.sections if section.view)
    return form_class(tuple(views))


class WorksheetApp(ipywidgets.Box):
    """A sheet beside what it says. Its text form is deterministic, so that nbval compares it."""

    def __init__(self, sheet: Sheet, framework: Framework) -> None:
        self._sheet, self._framework = sheet, framework
        self.form = form_of(sheet)(sheet, framework, on_bound=self._bound)
        self.verdict = VerdictCard(verdict_payload(sheet, None, framework))
        self.charts = {name: Chart() for name in sheet.charts if name in CHARTS}
        self.door = _brief_door(sheet, framework)
        beside = [self.door] if self.door else []
        side = ipywidgets.Box([self.verdict, *beside, *self.charts.values()]).add_class("pb-side")
        super().__init__([self.form, side])
        self.add_class("pb").add_class("pb-sheet")

    def _bound(self, session: Session) -> None:
        session.on_change(self._show)
        self._show(session)
        if self.door:
            self.door.source = lambda: (session.look(), session.story)

    def _show(self, session: Session) -> None:
        sheet, worksheet, assessment = session.sheet, session.worksheet, session.assessment
        example = session.is_example
        says = verdict_payload(sheet, assessment, session.framework, worksheet, example=example)
        if says != self.verdict.payload:
            self.verdict.show(says)
        if self.door:
            self.door.changed()
        for name, chart in self.charts.items():
            chart.show_later(partial(CHARTS[name], sheet, worksheet, assessment, session.framework))

    def __repr__(self) -> str:
        return sheet_text(self._sheet, self._framework)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        # ipywidgets cuts the text after 110 characters, and nbval would compare only those. The
        # outline is what a saved notebook shows where no widget can be.
        bundle: dict[str, Any] = super()._repr_mimebundle_(**kwargs)
        outline = sheet_outline(self._sheet, self._framework)
        return bundle | {"text/plain": repr(self), "text/html": outline}


def _brief_door(sheet: Sheet, framework: Framework) -> BriefDoor | None:
    """The door to the brief beside the gate of a stage that has one."""
    stages = (stage.id for stage in framework.stages if stage.gate == sheet.id)
    return next((BriefDoor(framework, one) for one in stages if one in framework.briefs), None)


def worksheet_app(sheet: str) -> WorksheetApp:
    """The app of one sheet, by its id ("catalyst"). InputError names the sheets there are."""
    framework = load_framework()
    if sheet not in framework.sheets:
        known = ", ".join(framework.sheets)
        raise InputError(f"There is no sheet {sheet!r} yet; these are built: {known}.")
    return WorksheetApp(framework.sheets[sheet], framework)


def home_app() -> Home:
    """The pathway: three stages, a tile for each sheet, where each stands and what comes next."""
    return Home(load_framework())


def weekly_app() -> Weekly:
    """The weekly page: what a workgroup runs its 30 minutes from, gathered from Act's sheets."""
    return Weekly(load_framework())


def cases_app() -> Cases:
    """Cases to play alone: decide step by step, then read what happened and how sure that is."""
    return Cases(load_framework())
