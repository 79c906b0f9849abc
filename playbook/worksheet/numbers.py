"""Numbers as people write them and as they are kept, and what was given as a sentence tells it."""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal
from typing import Any

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years of any date that is taken; others are slips of the keyboard."""

_DECIMAL = re.compile(
    r"[+-]?(?:\d{1,15}(?:\.\d{0,120})?|\.\d{1,120})(?:[eE][+-]?\d{1,2})?", re.ASCII
)
_TOO_LARGE = Decimal(10) ** 15


def decimal_of(text: str) -> Decimal | None:
    """The number that `text` is, with a decimal point, if it is one below a thousand billions."""
    number = Decimal(text) + 0 if _DECIMAL.fullmatch(text) else None
    return number if number is not None and abs(number) < _TOO_LARGE else None


def plain_number(number: Decimal) -> str:
    """A number as it is stored: "-12.5", without exponent or idle zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def brief(given: Any) -> str:
    """What was given, as JSON has it, short enough for one sentence, with nothing to bend it."""
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    text = "".join(char for char in text if unicodedata.category(char)[0] != "C")
    limit = 40
    return text if len(text) <= limit else text[: limit - 1] + "…"
