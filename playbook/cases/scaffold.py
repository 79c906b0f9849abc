"""Begins a case: a small one that can be played as it is, every word of it to be written over."""

from __future__ import annotations

import re
from pathlib import Path

from playbook.model.errors import InputError
from playbook.model.resources import content_dir

ID = re.compile(r"[a-z][a-z0-9_]{0,59}")


def begin(case_id: str, folder: Path) -> Path:
    """Write `<folder>/<case_id>/case.toml` and return it; InputError where that can't be."""
    if not ID.fullmatch(case_id):
        raise InputError(
            f"{case_id!r} can't be a case's id: begin with a small letter, then small letters, "
            "digits and _, 60 at most."
        )
    place = folder / case_id / "case.toml"
    if place.exists():
        raise InputError(f"{place} is there already; choose another id, or go on with that one.")
    text = (content_dir() / "case_scaffold.toml").read_text(encoding="utf-8")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text.replace("{case_id}", case_id), encoding="utf-8")
    return place
