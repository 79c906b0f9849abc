"""A class to prepare, with everything that its papers are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from playbook.framework import Framework
from playbook.kit.choices import KitChoices, sessions
from playbook.kit.content import Kit, load_kit
from playbook.kit.paper import Block, PaperDocument
from playbook.kit.plan import SessionPlan
from playbook.model import Sheet
from playbook.model.case import CaseStudy, Route
from playbook.model.programme import asked_by
from playbook.model.wording import Words
from playbook.worksheet.kinds import written_date


@dataclass(frozen=True)
class ClassKit:
    """What was chosen, and the sittings that follow from it."""

    choices: KitChoices
    sessions: tuple[SessionPlan, ...]
    kit: Kit
    framework: Framework

    @property
    def words(self) -> Words:
        """The wording."""
        return self.framework.words

    @property
    def sheets(self) -> list[Sheet]:
        """The sheets that its steps work on, in the order of the pathway."""
        steps = [it.step for session in self.sessions for it in session.steps]
        named = {it.sheet for step in steps for it in (step, step.carry, *asked_by(step)) if it}
        return [self.framework.sheets[it] for it in self.framework.order if it in named]

    @property
    def cases(self) -> tuple[tuple[CaseStudy, Route], ...]:
        """The case studies, each with its route."""
        return self.choices.cases

    def when(self, session: SessionPlan) -> str:
        """The day and the hours of a sitting, in words."""
        told = {"day": written_date(session.day, self.words)}
        hours = {"start": clock(session.begins), "end": clock(session.ends)}
        return self.words.text("kit.when", **told, **hours)

    def paper(
        self, title: str, name: str, blocks: Iterator[Block], pages: int | None = None
    ) -> PaperDocument:
        """A document of this class, with its logo and its foot."""
        words, day = self.words, self.choices.day
        about = {"title": self.choices.title, "day": written_date(day, words)}
        return PaperDocument(
            title=title,
            name=name,
            day=day,
            foot=words.text("kit.foot", name=name, **about),
            blocks=tuple(blocks),
            logo=self.choices.logo,
            logo_alt=words.text("kit.logo_alt", title=self.choices.title),
            pages=pages,
        )


def class_kit(choices: KitChoices, framework: Framework) -> ClassKit:
    """Everything that the papers of this class are made from."""
    return ClassKit(choices, sessions(choices, framework), load_kit(), framework)


def sheet_heading(sheet: Sheet) -> str:
    """What a sheet is called and asks."""
    joint = " " if sheet.title.endswith("?") else ": "
    return f"{sheet.title}{joint}{sheet.headline}"


def clock(at: time) -> str:
    """9:05"""
    return f"{at.hour}:{at.minute:02}"
