"""Where cards stand, for any tree: the page's own module, run in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Page

MODULE = Path(__file__).parents[3] / "widgets" / "views" / "metric_tree" / "layout.js"
RUN = """async ([module, roots]) => {
    const { layout, SIZE } = await import("data:text/javascript," + encodeURIComponent(module));
    const { places, width, height } = layout(roots);
    return { size: SIZE, places: Object.fromEntries(places), width, height };
}"""

Shape = list[Any]
shapes = st.recursive(st.just([]), lambda below: st.lists(below, max_size=4), max_leaves=25)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def numbered(shape: Shape, start: str = "0") -> dict[str, Any]:
    """A tree of lists as the page has it: a metric's key says where it hangs ("0.2.1")."""
    below = [numbered(one, f"{start}.{place}") for place, one in enumerate(shape)]
    return {"key": start, "children": below}


def under(key: str, places: dict[str, Any]) -> Iterator[dict[str, float]]:
    """The places of a metric and all below it."""
    return (place for one, place in places.items() if f"{one}.".startswith(f"{key}."))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(roots=st.lists(shapes, min_size=1, max_size=3))
def test_subtrees_never_overlap_and_what_moves_stands_to_the_right(
    page: Page, roots: list[Shape]
) -> None:
    trees = [numbered(shape, str(place)) for place, shape in enumerate(roots)]
    source = MODULE.read_text(encoding="utf-8")
    drawn = page.evaluate(RUN, [source, trees])
    assert drawn == page.evaluate(RUN, [source, trees])
    places, tall = drawn["places"], drawn["size"]["height"]
    for key, place in places.items():
        above, _, at = key.rpartition(".")
        if above:
            assert (
                place["x"] == places[above]["x"] + drawn["size"]["width"] + drawn["size"]["across"]
            )
        before = f"{above}.{int(at) - 1}" if above else str(int(at) - 1)
        if before in places:
            foot = max(one["y"] + tall for one in under(before, places))
            assert foot <= min(one["y"] for one in under(key, places))
    assert drawn["height"] == max(one["y"] for one in places.values()) + tall
    assert min(one["y"] for one in places.values()) == 0
