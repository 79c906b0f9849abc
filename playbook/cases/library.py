"""The cases there are: the kit's, and those of one's own folder, for a list and to be played."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from playbook.cases.load import FILE, case_ids, load_case
from playbook.cases.own import answers_of, own_case, own_id
from playbook.cases.steps import steps_of
from playbook.framework import Framework
from playbook.framework.load import read_content
from playbook.model import ContentError, InputError
from playbook.model.case import CaseStudy
from playbook.model.resources import cases_dir
from playbook.model.storage import Store
from playbook.store.paths import data_home

OWN = "cases"
"""The folder of one's own cases, beside one's worksheets."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in a list: nothing in it tells what happens. `routes` are minutes in class, minutes
    alone and steps. `problem` is why an own case can't be played yet, `worksheet` where one that
    was written in the form is kept. `folder` is that of its files, and goes to no page."""

    id: str
    title: str
    opening: str
    routes: tuple[tuple[int, int, int], ...]
    problem: str = ""
    worksheet: str = ""
    size: str = "spark"
    folder: str = ""


@lru_cache(maxsize=1)
def kit_list() -> tuple[Listed, ...]:
    """The kit's own cases; they are checked when one of them is played, and by our tests."""
    place = cases_dir()
    return tuple(
        listed(read_content(CaseStudy, place / it / FILE, f"{it}/{FILE}")) for it in case_ids()
    )


@lru_cache
def _of_kit(case_id: str) -> CaseStudy:
    """Read and checked once: a page asks for its case with every step."""
    return load_case(case_id)


def own_folder() -> Path:
    """Where cases of one's own are read: PLAYBOOK_HOME's folder, or the user's data folder."""
    return data_home() / OWN


def own_list(framework: Framework) -> list[Listed]:
    """Those of one's own folder, each checked: what is wrong with it is said in its place."""
    found: list[Listed] = []
    for case_id in case_ids(own_folder()):
        try:
            found.append(listed(load_case(case_id, own_folder(), framework)))
        except ContentError as error:
            found.append(Listed(case_id, case_id, "", (), str(error), folder=case_id))
    return found


def written_list(store: Store, framework: Framework) -> list[Listed]:
    """Those written in the form and kept in the person's own store, the last changed first."""
    found: list[Listed] = []
    for info in store.worksheets(framework.own_case.id):
        answers = answers_of(store.load(info.id))
        title = answers.get("title") or framework.words.text("cases.own.untitled")
        try:
            case = listed(own_case(info.id, answers, framework))
            found.append(replace(case, worksheet=info.id))
        except (InputError, ContentError) as error:
            found.append(Listed(own_id(info.id), title, "", (), str(error), info.id))
    return found


def find_case(case_id: str, framework: Framework, store: Store, *, in_class: bool) -> CaseStudy:
    """The case of that id, checked; of the kit, written in the form, or of one's own folder. In a
    class whoever leads it opens the kit's, and the folder is the host's. InputError for one that
    isn't there or isn't open, ContentError for one that can't be played."""
    kit = _folder_of(case_id, kit_list())
    if kit:
        if in_class:
            raise InputError(framework.words.text("cases.error.in_class"))
        return _of_kit(kit)
    for info in store.worksheets(framework.own_case.id):
        if own_id(info.id) == case_id:
            return own_case(info.id, answers_of(store.load(info.id)), framework)
    if not in_class:
        own = _folder_of(case_id, own_list(framework))
        return load_case(own or case_id, own_folder(), framework)
    raise InputError(f"There is no case {case_id!r}.")


def _folder_of(case_id: str, cases: Iterable[Listed]) -> str:
    """The folder of the case that is called so, in a page or in an older play; empty for none."""
    return next((it.folder for it in cases if case_id in (it.id, it.folder)), "")


def listed(case: CaseStudy) -> Listed:
    """A case as a list shows it: a disguised one under the name it begins with."""
    routes = (
        (route.minutes, sum(step.alone for step in steps_of(case, route)), len(route.parts))
        for route in case.routes
    )
    title = case.disguise.title if case.disguise else case.title
    return Listed(case.alias, title, case.opening, tuple(routes), size=case.size, folder=case.id)
