"""The pathway as content: its stages, and the place of every sheet on it."""

from __future__ import annotations

from collections.abc import Mapping

from playbook.model.content import Content, RowId, Sentence, Slug


class Tile(Content):
    """A sheet's place on the pathway, whether it is built yet or not."""

    id: Slug
    title: Sentence
    about: Sentence
    rows: tuple[RowId, ...] = ()


class StagePage(Content):
    """A page that gathers a stage's sheets: its notebook, what leads there, and what it shows of
    all of them at once, each with the rows that it serves."""

    notebook: str
    title: Sentence
    charts: Mapping[str, tuple[RowId, ...]] = {}


class Stage(Content):
    """One of the three stages of the pathway; `gate` is the sheet on which its end is decided,
    `page` what gathers its sheets for whoever works with them. What has no gate stands beside the
    stages, such as the work system around the pilot."""

    id: Slug
    title: Sentence
    question: Sentence
    tiles: tuple[Tile, ...]
    gate: Slug | None = None
    page: StagePage | None = None

    @property
    def sheets(self) -> tuple[str, ...]:
        """The ids of its sheets, the gate last."""
        return (*(tile.id for tile in self.tiles), *([self.gate] if self.gate else []))
