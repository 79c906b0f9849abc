"""Reads content/ and checks what it reads: the only reader of the framework's files.

What all sheets rest on is read at once; a sheet, or an example, when somebody first asks for it. So
a command costs what it needs, however many sheets there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import tomli
from pydantic import ValidationError

from playbook.framework.framework import Framework
from playbook.framework.validate import (
    check_catalogue,
    check_example,
    check_pathway,
    check_sheet,
    check_thresholds,
)
from playbook.framework.validate_brief import check_brief
from playbook.framework.validate_programme import check_programme
from playbook.framework.validate_vignettes import check_vignettes
from playbook.model import (
    BriefContent,
    CatalogueRow,
    Content,
    ContentError,
    Example,
    Rehearsal,
    Sheet,
    Source,
    Stage,
    Threshold,
)
from playbook.model.programme import Programme
from playbook.model.resources import content_dir
from playbook.model.vignettes import Vignettes
from playbook.model.wording import Words, flatten

C = TypeVar("C", bound=Content)


class _OnDemand(Mapping[str, C], Generic[C]):
    """What the files of a folder hold, by the files' names; each is read when first asked for."""

    def __init__(self, folder: Path, read: Callable[[Path], C]) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
        self._read = read
        self._kept: dict[str, C] = {}

    def __getitem__(self, name: str) -> C:
        if name not in self._kept:
            self._kept[name] = self._read(self._paths[name])
        return self._kept[name]

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class _Chapter(Content):
    """`later`: what its rows are left to that are not built and don't say it themselves."""

    chapter: str
    title: str
    stage: str
    later: str = ""
    row: tuple[CatalogueRow, ...]

    def rows(self) -> Iterator[CatalogueRow]:
        for row in self.row:
            left = self.later and not row.built and not row.later
            yield row.model_copy(update={"later": self.later}) if left else row


class _Sources(Content):
    source: tuple[Source, ...]


class _Thresholds(Content):
    threshold: tuple[Threshold, ...]


class _Pathway(Content):
    stage: tuple[Stage, ...]


@lru_cache(maxsize=4)
def load_framework(folder: Path | None = None) -> Framework:
    """The content folder (the kit's own when None), read and checked but for sheets and examples.

    Raises ContentError that begins with the name of the file that is wrong.
    """
    folder = folder or content_dir()
    chapters = [
        (path.name, read_content(_Chapter, path))
        for path in sorted(folder.glob("catalogue/*.toml"))
    ]
    sources = read_content(_Sources, folder / "sources.toml").source
    thresholds = read_content(_Thresholds, folder / "thresholds.toml").threshold
    framework = Framework(
        rows=_by_id((name, row) for name, chapter in chapters for row in chapter.rows()),
        sources=_by_id(("sources.toml", source) for source in sources),
        thresholds=_by_id(("thresholds.toml", threshold) for threshold in thresholds),
        stages=read_content(_Pathway, folder / "pathway.toml").stage,
        sheets=_OnDemand(folder / "sheets", lambda path: _sheet(path, framework)),
        words=_words(folder),
        examples=_OnDemand(folder / "examples", lambda path: _example(path, framework)),
        briefs=_OnDemand(folder / "briefs", lambda path: _brief(path, framework)),
        programmes=_OnDemand(folder / "programmes", lambda path: _programme(path, framework)),
        rehearsal=read_content(Rehearsal, folder / "rehearsal.toml"),
        vignettes=read_content(Vignettes, folder / "vignettes.toml"),
        case_play=read_content(Sheet, folder / "case_play.toml"),
        own_case=read_content(Sheet, folder / "own_case.toml"),
        stories={
            path.name: _OnDemand(path, lambda path: _example(path, framework))
            for path in sorted((folder / "examples").glob("*"))
            if path.is_dir()
        },
    )
    for name, chapter in chapters:
        check_catalogue(name, chapter.row, framework)
    check_thresholds(framework)
    check_pathway(framework)
    check_vignettes(framework)
    return framework


# --------------------------------------------------------------------------- reading


def _toml(path: Path, name: str | None = None) -> dict[str, Any]:
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError(
            f"{name or path.name}: missing in {path.parent}; restore the file."
        ) from None
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"{name or _name(path)}: not readable as TOML: {error}.") from None


def _words(folder: Path) -> Words:
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("wording/*.toml")):
        more = flatten(_toml(path))
        twice = sorted(texts.keys() & more.keys())
        if twice:
            raise ContentError(f"{path.name}: the wording {twice} is in another file already.")
        texts |= more
    return Words(texts)


def _sheet(path: Path, framework: Framework) -> Sheet:
    sheet = read_content(Sheet, path)
    check_sheet(path.name, sheet, framework)
    return sheet


def _example(path: Path, framework: Framework) -> Example:
    example = read_content(Example, path)
    check_example(_name(path), path.stem, example, framework)
    return example


def _brief(path: Path, framework: Framework) -> BriefContent:
    brief = read_content(BriefContent, path)
    check_brief(path.stem, brief, framework)
    return brief


def _programme(path: Path, framework: Framework) -> Programme:
    programme = read_content(Programme, path)
    check_programme(_name(path), programme, framework)
    return programme


def read_content(model: type[C], path: Path, name: str | None = None) -> C:
    """A content file as its type; a ContentError begins with `name`, or the file's own."""
    # Through JSON: strict mode then takes TOML's lists for tuples, but no "yes" for True.
    try:
        return model.model_validate_json(json.dumps(_toml(path, name), default=str), strict=True)
    except ValidationError as error:
        raise ContentError(f"{name or _name(path)}: {_first_problem(error)}") from None


_NAMESAKES = ("examples", "briefs", "programmes")


def _name(path: Path) -> str:
    """What a file is called in an error: an example is named as its sheet, a brief as its stage."""
    if path.parent.parent.name == "examples":
        return f"examples/{path.parent.name}/{path.name}"
    return f"{path.parent.name}/{path.name}" if path.parent.name in _NAMESAKES else path.name


_IN_PLAIN_WORDS = {
    "extra_forbidden": "there is no such key; correct or remove it",
    "missing": "this key is missing; add it",
    "string_type": "write this as text in quotes",
    "string_too_short": "this is empty; write something",
    "tuple_type": "write this as a list in brackets",
    "bool_type": "write true or false without quotes",
    "float_type": "write this as a number without quotes",
    "int_type": "write this as a whole number without quotes",
    "finite_number": "write this as a number",
}
"""What is wrong, and what to do, for whoever writes content and not code."""


def _first_problem(error: ValidationError) -> str:
    # A mistyped key is told before the missing one that it was meant to be.
    first = min(error.errors(include_url=False), key=lambda e: e["type"] != "extra_forbidden")
    where = ".".join(str(part) for part in first["loc"])
    problem = _IN_PLAIN_WORDS.get(first["type"], first["msg"])
    more = error.error_count() - 1
    rest = f" ({more} more after it)" if more else ""
    given = repr(first["input"])
    shown = given if len(given) <= 60 else given[:59] + "…"  # noqa: PLR2004 - one line's worth
    return f"{where}: {problem}; given was {shown}{rest}."


def _by_id(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, item in items:
        if item.id in found:
            raise ContentError(f"{name}: the id {item.id!r} is there twice; give one another id.")
        found[item.id] = item
    return found
