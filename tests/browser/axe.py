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

FIND = """async ([coloursAlone, alike, known]) => {
    const visible = (root) => [...root.querySelectorAll("*")].flatMap((one) =>
        one.checkVisibility() ? [one, ...(one.shadowRoot ? visible(one.shadowRoot) : [])] : []);
    const above = (element) => element.parentElement ?? element.getRootNode().host;
    const number = (text) => {
        let [a, b] = [1, 2];
        for (let place = 0; place < text.length; place += 1) {
            a = Math.imul(a ^ text.charCodeAt(place), 2654435761);
            b = Math.imul(b ^ text.charCodeAt(place), 1597334677);
        }
        return 4294967296 * (b >>> 11) + (a >>> 0);
    };
    const looks = new Map();
    const look = (element) => {
        if (!element) return 0;
        if (looks.has(element)) return looks.get(element);
        const its = getComputedStyle(element);
        looks.set(element, number(JSON.stringify([
            look(above(element)),
            element.localName, element.getAttribute("class"), its.color, its.backgroundColor,
            its.backgroundImage, its.opacity, its.fontSize, its.fontWeight, its.textShadow,
            its.textDecorationLine, its.filter,
        ])));
        return looks.get(element);
    };
    const meet = (one, other) => one.left <= other.right && other.left <= one.right
        && one.top <= other.bottom && other.top <= one.bottom;
    const all = visible(document).map((one) => ({ one, its: one.getBoundingClientRect() }));

    const same = new Map();
    for (const { one, its } of all) {
        const speaks = one.matches("a, button, input, select, textarea")
            || [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
        if (!speaks || !one.checkVisibility({ visibilityProperty: true })) continue;
        if (!same.has(look(one))) same.set(look(one), []);
        same.get(look(one)).push({ one, its });
    }
    const lifted = all.filter(({ one, its }) => {
        const { position, opacity } = getComputedStyle(one);
        return its.width > 1 && its.height > 1 && opacity !== "0"
            && ["absolute", "fixed", "sticky"].includes(position);
    });
    const seen = new Set(known);
    const isNew = ({ one, its }) => !seen.has(look(one)) || lifted.some((it) =>
        meet(it.its, its) && !it.one.contains(one) && !one.contains(it.one));
    const some = [...same.values()]
        .flatMap((alikes) => [...new Set([...alikes.slice(0, alike - 1), alikes.at(-1)])])
        .filter(isNew);
    const there = new Set();
    for (const { one, its } of all) {
        if (!some.some((word) => meet(word.its, its))) continue;
        for (let at = one; at && !there.has(at); at = above(at)) there.add(at);
    }
    const reckonWith = (wanted) => {
        const within = (one) => wanted(one) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT;
        const real = Document.prototype.createTreeWalker;
        document.createTreeWalker = (root, what) => real.call(document, root, what, within);
    };
    const ofColours = ["color-contrast", "link-in-text-block"];
    const rules = Object.fromEntries(ofColours.map((rule) => [rule, { enabled: false }]));
    const runOnly = { type: "rule", values: ofColours };
    const resultTypes = ["violations"];
    try {
        const include = some.map(({ one }) => one);
        reckonWith((one) => there.has(one));
        const colours = include.length
            ? (await axe.run({ include }, { runOnly, resultTypes })).violations : [];
        reckonWith((one) => one.checkVisibility());
        const others = coloursAlone ? [] : (await axe.run({ rules, resultTypes })).violations;
        return { found: [...others, ...colours], looks: colours.length ? [] : [...same.keys()] };
    } finally {
        delete document.createTreeWalker;
    }
}"""
"""All rules on the whole page, but colours, which take axe longest: of the words that look alike,
with all they stand in, it is given three. Fifty people's rows are no harder to read than one; nor
are those that another page showed before, unless something else is laid over or under them.

Where everything lies, axe reckons once a run, of what is hidden too; here of what is seen, and for
colours of what lies where the words are that it is given."""

_LOOKS: set[int] = set()
"""How words looked, on any page of this run, that were easy to read."""


def faults(
    page: Page, impacts: Collection[str | None] = ANY, colours_alone: bool = False
) -> list[str]:
    """Each rule that is broken, with the first elements that break it; all rules and all impacts
    unless told. In another colour scheme nothing but colours is looked at again."""
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(AXE_SCRIPT)
    told = page.evaluate(FIND, [colours_alone, ALIKE, list(_LOOKS)])
    _LOOKS.update(told["looks"])
    return [_told(one) for one in told["found"] if one["impact"] in impacts]


def _told(violation: dict[str, Any]) -> str:
    places = "; ".join(node["html"][:LENGTH] for node in violation["nodes"][:SHOWN])
    return f"{violation['id']} ({violation['impact']}), {violation['help']}: {places}"
