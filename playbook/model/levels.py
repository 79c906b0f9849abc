"""How much a finding weighs, and how weights add up to a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal


class Level(StrEnum):
    """How much a finding weighs.

    FAIL     stops here: the documents call it pointless, derailing, or a must that is not met
    WARN     careful: a risk they name, or a judgement of ours that needs a look
    UNKNOWN  open: nobody has said yet; never counts as PASS
    PASS     holds, on the evidence given
    INFO     worth knowing; never changes a verdict
    """

    FAIL = "fail"
    WARN = "warn"
    UNKNOWN = "unknown"
    PASS = "pass"
    INFO = "info"


Verdict = Literal[Level.FAIL, Level.WARN, Level.UNKNOWN, Level.PASS]
"""A level that can stand over a sheet or a row: any but INFO."""

VERDICTS: tuple[Verdict, ...] = (Level.FAIL, Level.WARN, Level.UNKNOWN, Level.PASS)
"""From the gravest to the best."""


def worst(levels: Iterable[Level]) -> Verdict:
    """The gravest level among those that count; UNKNOWN when none does."""
    seen = set(levels)
    return next((verdict for verdict in VERDICTS if verdict in seen), Level.UNKNOWN)
