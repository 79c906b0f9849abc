"""Figures as people read them."""

from __future__ import annotations

import math

_DIGITS = 3
_WHOLE_FROM = 1_000
_BRIEF_FROM = 1e15
_TENTHS_BELOW = 10
_CURRENCIES = ("€", "$", "£", "¥")


def figure(value: float, unit: str = "") -> str:
    """A figure with as many digits as mean something, and its unit.

    "12,400 EUR", "36%", "£14.3 million".
    """
    size = abs(value)
    if size >= _BRIEF_FROM:
        number = f"{size:.3g}"
    elif size >= _WHOLE_FROM:
        number = f"{size:,.0f}"
    else:
        number = _without_idle_zeros(size)
    sign = "−" if value < 0 and number != "0" else ""
    if unit[:1] in _CURRENCIES:
        return f"{sign}{unit[0]}{number} {unit[1:].strip()}".strip()
    return f"{sign}{number}{'' if unit == '%' else ' '}{unit}".strip()


def whole_percent(share: float) -> str:
    """How likely something is, in whole per cent with the sign: "87%"."""
    return f"{share * 100:.0f}%"


def percent(share: float, *, signed: bool = True) -> str:
    """A share in per cent, without the sign for it: 0.031 is "+3.1", 0.2 is "+20"."""
    size = abs(share) * 100
    number = f"{size:.1f}" if size < _TENTHS_BELOW else f"{size:,.0f}"
    if size >= _BRIEF_FROM:
        number = f"{size:.3g}"
    if float(number.replace(",", "")) == 0:
        number = f"{size:.1g}" if size else "0"
    sign = "−" if share < 0 else "+" if signed and share > 0 else ""
    return sign + number


def _without_idle_zeros(size: float) -> str:
    """Three digits that mean something, as few of them as say the same."""
    if size == 0:
        return "0"
    places = max(_DIGITS - 1 - math.floor(math.log10(size)), 0)
    text = f"{size:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
