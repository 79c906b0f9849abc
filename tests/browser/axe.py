"""What axe, which knows the rules for accessible pages, finds on a page."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = frozenset({"serious", "critical"})
ANY = GRAVE | {"moderate", "minor", None}
SHOWN, LENGTH, ALIKE = 4, 160, 3

FIND = """async ([coloursAlone, alike]) => {
    const names = new Map(), looks = new Map();
    const look = (element) => {
        if (!element) return 0;
        if (looks.has(element)) return looks.get(element);
        const its = getComputedStyle(element);
        const name = JSON.stringify([
            look(element.parentElement ?? element.getRootNode().host),
            element.localName, element.getAttribute("class"), its.color, its.backgroundColor,
            its.backgroundImage, its.opacity, its.fontSize, its.fontWeight, its.textShadow,
        ]);
        if (!names.has(name)) names.set(name, names.size + 1);
        looks.set(element, names.get(name));
        return names.get(name);
    };
    const same = new Map();
    const gather = (root) => {
        for (const element of root.querySelectorAll("*")) {
            if (element.shadowRoot) gather(element.shadowRoot);
            const speaks = element.matches("a, button, input, select, textarea")
                || [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
            if (!speaks || !element.checkVisibility({ visibilityProperty: true })) continue;
            if (!same.has(look(element))) same.set(look(element), []);
            same.get(look(element)).push(element);
        }
    };
    gather(document.body);
    const some = [...same.values()].flatMap((all) => [...all.slice(0, alike - 1), all.at(-1)]);
    const ofColours = ["color-contrast", "link-in-text-block"];
    const rules = Object.fromEntries(ofColours.map((rule) => [rule, { enabled: false }]));
    const runOnly = { type: "rule", values: ofColours };
    const resultTypes = ["violations"];
    const found = await axe.run({ include: [...new Set(some)] }, { runOnly, resultTypes });
    const others = coloursAlone ? [] : (await axe.run({ rules, resultTypes })).violations;
    return [...others, ...found.violations];
}"""
"""All rules on the whole page, but colours, which take axe longest: of the words that look alike,
with all they stand in, it is given three. Fifty people's rows are no harder to read than one."""


def faults(
    page: Page, impacts: Collection[str | None] = ANY, colours_alone: bool = False
) -> list[str]:
    """Each rule that is broken, with the first elements that break it; all rules and all impacts
    unless told. In another colour scheme nothing but colours is looked at again."""
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(FIND, [colours_alone, ALIKE])
    return [_told(one) for one in found if one["impact"] in impacts]


def _told(violation: dict[str, Any]) -> str:
    places = "; ".join(node["html"][:LENGTH] for node in violation["nodes"][:SHOWN])
    return f"{violation['id']} ({violation['impact']}), {violation['help']}: {places}"
