"""Figures as people read them."""

from __future__ import annotations

import math

_DIGITS = 3
_WHOLE_FROM = 1000


def figure(value: float, unit: str = "") -> str:
    """A figure with as many digits as mean something, and its unit: "12,400 EUR"."""
    if abs(value) >= 10 ** (_DIGITS * 5):
        number = f"{value:.3g}"
    elif abs(value) >= _WHOLE_FROM:
        number = f"{value:,.0f}"
    else:
        number = _short(value)
    return f"{number} {unit}".strip().replace("-", "−", 1 if value < 0 else 0)


def percent(share: float, *, signed: bool = True) -> str:
    """A share in per cent, without the sign for it: 0.031 is "+3.1"."""
    number = _short(share * 100, places=1 if abs(share) < 1 else 0)
    plus = "+" if signed and number != "0" and share > 0 else ""
    return plus + number.replace("-", "−")


def _short(value: float, places: int | None = None) -> str:
    """Without zeros at the end; three digits that mean something, or so many places."""
    if value == 0:
        return "0"
    if places is None:
        places = max(_DIGITS - 1 - math.floor(math.log10(abs(value))), 0)
    text = f"{value:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "0") else text
