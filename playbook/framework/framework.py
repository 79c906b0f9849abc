"""The framework as data: everything a rule, a screen or a command may quote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from playbook.model import (
    BriefContent,
    CatalogueRow,
    ContentError,
    Example,
    Rehearsal,
    Sheet,
    Source,
    Stage,
    Threshold,
    Tile,
)
from playbook.model.programme import Programme
from playbook.model.vignettes import Vignettes
from playbook.model.wording import Words

EXAMPLE = "example"
"""The name of the one story that everything quotes; others have the name of their folder."""


class _Numbers(dict[str, float]):
    def __missing__(self, name: str) -> float:
        raise ContentError(f"thresholds.toml: {name!r} is missing, and a rule reads it; add it.")


@dataclass(frozen=True)
class Framework:
    """The framework as data: everything a rule, a screen or a command may quote.

    `rows` by catalogue id; `sheets` only those that are built, `stages` has all tiles; `briefs` by
    stage. Asking for one of those, an example or a programme may raise ContentError; see `checked`.
    """

    rows: Mapping[str, CatalogueRow]
    sources: Mapping[str, Source]
    thresholds: Mapping[str, Threshold]
    stages: tuple[Stage, ...]
    sheets: Mapping[str, Sheet]
    words: Words
    examples: Mapping[str, Example]
    briefs: Mapping[str, BriefContent]
    programmes: Mapping[str, Programme]
    rehearsal: Rehearsal
    vignettes: Vignettes
    case_play: Sheet
    """What is kept of a case that somebody plays; on no pathway."""
    own_case: Sheet
    """The form in which somebody writes a case; on no pathway."""
    stories: Mapping[str, Mapping[str, Example]]
    """The other finished stories beside the one in `examples`: by name, then by sheet."""

    def sheet(self, sheet_id: str) -> Sheet | None:
        """The sheet of a worksheet by its id, on the pathway or not; None where nothing is."""
        apart = {it.id: it for it in (self.case_play, self.own_case)}
        return apart.get(sheet_id) or self.sheets.get(sheet_id)

    def story(self, name: str) -> Mapping[str, Example]:
        """The examples of a finished story by sheet; none where no story has that name."""
        return self.examples if name == EXAMPLE else self.stories.get(name, {})

    @cached_property
    def threshold_values(self) -> Mapping[str, float]:
        """The numbers by id, as rules read them."""
        return _Numbers((item.id, item.value) for item in self.thresholds.values())

    @property
    def tiles(self) -> Iterator[Tile]:
        """The tiles in the order of the pathway."""
        for stage in self.stages:
            yield from stage.tiles

    @property
    def order(self) -> list[str]:
        """The ids of all sheets in the order of the pathway, a stage's gate at its end."""
        return [sheet for stage in self.stages for sheet in stage.sheets]

    @property
    def titles(self) -> Mapping[str, str]:
        """What each sheet on the pathway is called, built or not."""
        titles = {tile.id: tile.title for tile in self.tiles}
        for stage in self.stages:
            if stage.gate:
                titles[stage.gate] = self.sheets.get(stage.gate, stage).title
        return titles

    def checked(self) -> Framework:
        """This framework with every sheet, example, brief and programme read, and so checked.

        For whoever must not find out later: a server before its visitors, a build.
        """
        for part in (self.sheets, self.examples, self.briefs, self.programmes):
            list(part.values())
        for story in self.stories.values():
            list(story.values())
        return self

    def citation(self, row: str) -> dict[str, str]:
        """Source, place and our reading of a catalogue row, in words for a screen."""
        catalogue_row = self.rows[row]
        source = self.sources[catalogue_row.source]
        places = (part.strip() for part in catalogue_row.locator.split(";") if part.strip())
        return {
            "row": row,
            "source": source.title,
            "place": "; ".join(source.locators.get(place, place) for place in places),
            "reading": catalogue_row.statement,
        }
