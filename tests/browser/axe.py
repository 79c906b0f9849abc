"""What axe, which knows the rules for accessible pages, finds on a page."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = frozenset({"serious", "critical"})
ANY = GRAVE | {"moderate", "minor", None}
SHOWN, LENGTH = 4, 160
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""What may be broken in one colour scheme alone; every other rule looks at the same page again."""


def faults(
    page: Page, impacts: Collection[str | None] = ANY, rules: Collection[str] = ()
) -> list[str]:
    """Each rule that is broken, with the first elements that break it; all rules and all impacts
    unless told."""
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = Axe().run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    return [_told(one) for one in found if one["impact"] in impacts]


def _told(violation: dict[str, Any]) -> str:
    places = "; ".join(node["html"][:LENGTH] for node in violation["nodes"][:SHOWN])
    return f"{violation['id']} ({violation['impact']}), {violation['help']}: {places}"
