"""The look's colours are readable, light and dark: WCAG 2.2 AA, worked out from its formula."""

import re
from itertools import product

import pytest

from playbook.model.resources import look_dir, template_dir
from widgets import assets

TOKENS = (look_dir() / "tokens.css").read_text(encoding="utf-8")
BASE = (look_dir() / "base.css").read_text(encoding="utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", TOKENS
    )
}
TEXT, SHAPE = 4.5, 3.0
VERDICTS = ["pass", "warn", "fail", "unknown"]
GROUNDS = ["paper", "card", "wash"]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_values_everybody_knows():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


READ = [
    *product(["ink", "soft", "brand", *VERDICTS], GROUNDS),
    *((verdict, f"{verdict}-wash") for verdict in VERDICTS),
    *(("ink", f"{verdict}-wash") for verdict in VERDICTS),
    ("brand-ink", "brand"),
    *((text, "brand-wash") for text in ("ink", "soft", "brand")),
]


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_is_readable(mode, text, ground):
    assert contrast(COLOURS[text][mode], COLOURS[ground][mode]) >= TEXT


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), list(product(["focus", "soft", "brand"], GROUNDS)))
def test_focus_borders_and_bars_are_seen(mode, shape, ground):
    assert contrast(COLOURS[shape][mode], COLOURS[ground][mode]) >= SHAPE


def test_every_colour_that_is_used_is_a_token():
    used = set(re.findall(r"var\(--([\w-]+)\)", BASE))
    assert used <= set(re.findall(r"--([\w-]+):", TOKENS))
    assert not re.findall(r"#[0-9a-f]{3,8}\b", BASE)


def test_a_verdict_is_a_shape_too_and_each_has_its_own():
    shapes = [
        re.search(rf"\.{verdict}::before \{{ content: \"(.)\"", BASE)[1] for verdict in VERDICTS
    ]
    assert len(set(shapes)) == 4


def test_wherever_the_card_is_not_held_beside_the_form_the_dock_is_there():
    """Between the two widths the verdict would be out of sight: neither held nor docked."""
    beside = (assets.FOLDER / "app.css").read_text(encoding="utf-8")
    dock = (assets.FOLDER / "cards" / "verdict.css").read_text(encoding="utf-8")
    page = (template_dir() / "page.css").read_text(encoding="utf-8")
    held = re.search(r"min-width: (\d+)rem\).*?position: sticky", beside, re.S)[1]
    assert re.search(r"max-width: (\d+)rem\) \{\s*\.pb\.page > \.dock", dock)[1] == held
    assert re.search(r"@media \(max-width: (\d+)rem", page)[1] == held  # room at the foot for it


def test_every_rule_stays_under_our_class():
    """In JupyterLab these rules share a page with Lab's own."""
    without_comments = re.sub(r"/\*.*?\*/", "", TOKENS + BASE, flags=re.S)
    selectors = re.findall(r"(?:^|[{}])\s*([^@{}]+?)\s*\{", without_comments)
    assert len(selectors) > 40
    while any("(" in selector for selector in selectors):
        selectors = [re.sub(r"\([^()]*\)", "", selector) for selector in selectors]
    assert all(".pb" in part for selector in selectors for part in selector.split(","))
