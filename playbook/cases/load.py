"""Reads case_studies/: one folder a case, its `case.toml` and the csv files of its exhibits."""

from __future__ import annotations

import csv
from pathlib import Path

from playbook.cases.check import check_case
from playbook.framework import Framework, load_framework
from playbook.framework.load import read_content
from playbook.model.case import CaseStudy, ExhibitPoint
from playbook.model.errors import InputError
from playbook.model.resources import cases_dir

FILE = "case.toml"


def case_ids(folder: Path | None = None) -> list[str]:
    """The ids of the cases in a folder of cases (the kit's own when None), in order."""
    return sorted(path.parent.name for path in (folder or cases_dir()).glob(f"*/{FILE}"))


def load_case(
    case_id: str, folder: Path | None = None, framework: Framework | None = None
) -> CaseStudy:
    """A case, read and checked.

    InputError for an id that is not there; ContentError, beginning with "<id>/case.toml", for one
    that breaks a rule of the format.
    """
    folder = folder or cases_dir()
    known = case_ids(folder)
    if case_id not in known:
        raise InputError(
            f"There is no case {case_id!r} in {folder}; there are {', '.join(known) or 'none'}."
        )
    place = folder / case_id
    case = read_content(CaseStudy, place / FILE, f"{case_id}/{FILE}")
    check_case(case, place, framework or load_framework())
    drawn = tuple(
        it.model_copy(update={"points": _points(place / it.data)}) for it in case.exhibits
    )
    return case.model_copy(update={"exhibits": drawn})


def _points(path: Path) -> tuple[ExhibitPoint, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            ExhibitPoint(
                series=line["series"],
                unit=line["unit"],
                year=int(line["year"]),
                value=float(line["value"]),
                fact=line["fact"],
            )
            for line in csv.DictReader(lines)
        )
