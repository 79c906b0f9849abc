"""What the scripts of a class's pages are given with the page: sheets, limits, words."""

from __future__ import annotations

from typing import Any

from playbook.framework import Framework


def page_data(framework: Framework, *groups: str, **more: Any) -> dict[str, Any]:
    """`words` are the tables `groups` of the wording; where two have a text, the first counts."""
    limits = framework.threshold_values
    return {
        "sheets": sheets_told(framework),
        "least": round(limits["room_least_people"]),
        "apart": {"some": limits["room_apart_some"], "much": limits["room_apart_much"]},
        "words": words_told(framework, *groups),
        **more,
    }


def strip_data(framework: Framework, base_url: str) -> dict[str, Any]:
    """For the strip on the pages of notebooks (static/strip.js)."""
    sheets, words = sheets_told(framework), words_told(framework, "strip")
    return {"base": base_url, "sheets": sheets, "words": words}


def sheets_told(framework: Framework) -> dict[str, Any]:
    """The sheets by id, as people are told of them."""
    told = ("title", "headline", "minutes", "notebook")
    sheets = framework.sheets.values()
    return {sheet.id: {name: getattr(sheet, name) for name in told} for sheet in sheets}


def words_told(framework: Framework, *groups: str) -> dict[str, str]:
    """The texts of some tables of the wording; where two have one, the first table counts."""
    texts: dict[str, str] = {}
    for group in reversed(groups):
        texts |= framework.words.group(group)
    return texts
