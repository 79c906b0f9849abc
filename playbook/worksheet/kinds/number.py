"""A number in the question's unit, stored as a decimal without exponent."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from playbook.model import InputError, Question, Value
from playbook.model.wording import Words
from playbook.worksheet.kinds.base import Names, QuestionKind
from playbook.worksheet.numbers import brief, decimal_of, plain_number

_SPACES = re.compile(r"(?<=[\d.,])[\s\u00a0\u2009\u202f](?=[\d.,])|^\s+|\s+$|\s+(?=\D+$)")
_TWO_WAYS = re.compile(r"[+-]?\d{1,3},\d{3}")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_GROUPED_BY_POINTS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?")
_CURRENCY = re.compile(r"[€$£¥]\s*|(?<![A-Za-z])(?:EUR|USD|GBP|CHF|JPY)(?![A-Za-z])\s*")


_IN_WORDS = re.compile(r"(.*\d)\s*(thousand|k|million|mn|billion|bn)s?", re.IGNORECASE)
_PERCENT = re.compile(r"(.*\d)\s*(?:%|per\s?cent)", re.IGNORECASE)
_UNIT_BEHIND = re.compile(r"(.*\d)\s*([^\W\d_][^\d]{0,38})")
_APART_FROM = 10_000
_POWER = {"thousand": 3, "k": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9}


def _parse(question: Question, given: Any, words: Words) -> Value:
    """One comma may stand for the point, spaces between digits, the unit behind them.

    Where the question has no unit of its own it may say "31%", "€1,200" or "120 million"; nobody
    counts money in thousandths, so "€1,200" and "1.200 €" are the same. Where the row has a place
    for the unit, it may be any: "14 days".
    """
    text = given if isinstance(given, str) else repr(given)
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise InputError(words.text("error.number", given=brief(given)))
    text = _SPACES.sub("", text).replace("−", "-")
    if question.unit:
        text = text.removesuffix(question.unit.replace(" ", "")).strip()
    if question.unit in ("", "%") and (percent := _PERCENT.fullmatch(text)):
        text = percent[1]
    if question.unit_in and not _reads_alone(text) and (behind := _UNIT_BEHIND.fullmatch(text)):
        text = behind[1]
    bare = text if question.unit else _CURRENCY.sub("", text).strip()
    money, power = bare != text, 0
    if not question.unit and (spelt := _IN_WORDS.fullmatch(bare)):
        bare, power = spelt[1], _POWER[spelt[2].lower()]
        text = bare
    if not money and _TWO_WAYS.fullmatch(text):
        raise InputError(words.text("error.number_comma", given=brief(given)))
    number = decimal_of(_with_point(bare, money))
    if number is not None and power:
        number = decimal_of(f"{number.scaleb(power):f}")
    if number is None:
        raise InputError(words.text("error.number", given=brief(given)))
    low, high = question.low, question.high
    if (low is not None and number < Decimal(repr(low))) or (
        high is not None and number > Decimal(repr(high))
    ):
        limits = _limits(question)
        raise InputError(
            words.text(f"error.number_{_range(question)}", given=brief(given), **limits)
        )
    if question.whole and number != number.to_integral_value():
        raise InputError(words.text("error.whole", given=brief(given)))
    return plain_number(number)


def _reads_alone(text: str) -> bool:
    """Whether what stands behind the digits belongs to the number: a currency, "million"."""
    bare = _CURRENCY.sub("", text).strip()
    return bool(_IN_WORDS.fullmatch(bare)) or bare != text


def unit_of(given: Any) -> str:
    """The unit that a number was given with: "36%", "€1,200" and "14 days" have one."""
    text = given.strip() if isinstance(given, str) else ""
    if _PERCENT.fullmatch(text):
        return "%"
    if found := _CURRENCY.search(text):
        return found[0].strip()
    behind = None if _reads_alone(text) else _UNIT_BEHIND.fullmatch(text)
    return " ".join(behind[2].split()) if behind else ""


def _with_point(text: str, money: bool) -> str:
    """`text` with a decimal point and nothing between its thousands."""
    if _GROUPED.fullmatch(text):
        return text.replace(",", "")
    if money and _GROUPED_BY_POINTS.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", ".")


def _range(question: Question) -> str:
    if question.low is None:
        return "high"
    return "low" if question.high is None else "range"


def _limits(question: Question) -> dict[str, str]:
    limits = {"low": question.low, "high": question.high}
    unit = f" {question.unit}" if question.unit else ""
    return {name: f"{limit or 0:,g}" for name, limit in limits.items()} | {"unit": unit}


def _in_words(question: Question, value: str, _: Words, __: Names) -> str:
    """ "57%", "18 people", "148,000": thousands apart from 10,000 on, as a year is a number too."""
    number = f"{Decimal(value):,f}" if abs(Decimal(value)) >= _APART_FROM else value
    return f"{number}%" if question.unit == "%" else f"{number} {question.unit}".rstrip()


NUMBER = QuestionKind(_parse, _in_words, float)
