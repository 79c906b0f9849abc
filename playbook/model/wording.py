"""Every string on screen, by id: content/wording/ read once. A translation is an overlay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playbook.model import ContentError


class Words:
    """The wording, as a flat table from id ("error.date") to text with {names} to fill in."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._groups: dict[str, dict[str, str]] = {}

    def text(self, key: str, **values: Any) -> str:
        """The text under `key` with its {names} filled in; ContentError when there is none."""
        try:
            return self._texts[key].format_map(values)
        except KeyError as missing:
            raise ContentError(
                f"wording: {key!r} needs {missing}, which was not given; add the text or the value."
            ) from None

    def group(self, prefix: str) -> dict[str, str]:
        """The texts whose id begins with `prefix.`, under what follows it, not filled in."""
        if prefix not in self._groups:
            start = prefix + "."
            self._groups[prefix] = {
                key.removeprefix(start): text
                for key, text in self._texts.items()
                if key.startswith(start)
            }
        return dict(self._groups[prefix])


def flatten(nested: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """{"error": {"date": "..."}} as {"error.date": "..."}."""
    flat: dict[str, str] = {}
    for key, value in nested.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat
