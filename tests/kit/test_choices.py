"""What can't be taken is one sentence at its field."""

from __future__ import annotations

import pytest

from playbook.framework import Framework
from playbook.kit.choices import chosen
from playbook.model import InputError
from tests.kit.classes import LOGO, WEDNESDAY, prepared

GOOD = {"course": "ninety_minutes", "start": "9:00", "people": "40"}


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"course": "whole_week"}, "course", "no programme 'whole_week'; choose one of ninety_min"),
        ({"venue": "moon"}, "venue", "no place 'moon'"),
        ({"start": "nine"}, "start", "looks like 9:00 or 13:30; 'nine' does not"),
        ({"start": "24:00"}, "start", "'24:00' does not"),
        ({"people": "4"}, "people", "from 5 to 60; not '4'"),
        ({"people": "many"}, "people", "not 'many'"),
        ({"title": "T" * 81}, "title", "no more than 80 characters"),
        ({"cases": ["enron:20"]}, "cases", "no case 'enron'"),
        ({"cases": ["alcoa:30"]}, "cases", "alcoa can be played in 20, 40, 80 minutes, not in 30"),
        ({"cases": ["alcoa:40", "alcoa:40"]}, "cases", "alcoa is chosen twice"),
        ({"cases": ["alcoa:40"]}, "cases", "take 40 minutes, and this programme has 80"),
        ({"course": "first_days", "cases": ["alcoa:20"]}, "cases", "has no time for a case"),
        ({"logo": b"GIF89a"}, "logo", "a PNG or an SVG"),
    ],
)
def test_each_wrong_choice_is_told_at_its_field(
    change: dict[str, object], field: str, told: str, framework: Framework
) -> None:
    with pytest.raises(InputError, match=told) as error:
        chosen(GOOD | change, WEDNESDAY, framework)
    assert error.value.field == field
    assert str(error.value).count(".") == 1


def test_a_class_needs_its_day(framework: Framework) -> None:
    with pytest.raises(InputError) as error:
        chosen(GOOD, None, framework)
    assert error.value.field == "day"


def test_a_title_is_the_programmes_unless_one_is_given() -> None:
    assert prepared("half_day").choices.title == "Half a day"
    assert prepared("half_day", title="Small moves").choices.title == "Small moves"
    assert prepared("half_day", start="13.30").sessions[0].ends.isoformat() == "17:00:00"


HOSTILE = {
    "script": b"<svg><script>1</script></svg>",
    "handler": b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
    "another host": b'<svg><image href="http://tracker.example/a.png"/></svg>',
    "style": b'<svg><rect style="fill:url(http://tracker.example/)"/></svg>',
    "entity": b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
    "nested": b'<svg><use href="#a"/></svg>',
    "filters": b'<svg><filter id="f"/><g filter="url(#f)"/></svg>',
    "nothing": b"<svg",
    "cut off": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10" + b"x" * 9,
    "too many pixels": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\1\0\0\0\1\0\0" + b"x" * 9,
    "page": b"<html></html>",
    "too large": b"<svg>" + b" " * (1 << 20),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_logo_is_a_small_still_drawing(name: str, framework: Framework) -> None:
    with pytest.raises(InputError) as error:
        chosen(GOOD | {"logo": HOSTILE[name]}, WEDNESDAY, framework)
    assert error.value.field == "logo"


def test_a_very_tall_logo_is_drawn_small(framework: Framework) -> None:
    """By its width alone it would take 1.4 TB, and the host would end with all its classes."""
    tall = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1000000"/>'
    drawn = chosen(GOOD | {"logo": tall}, WEDNESDAY, framework).logo
    assert (int.from_bytes(drawn[16:20]), int.from_bytes(drawn[20:24])) == (1, 600)


def test_a_logo_is_drawn_anew_as_png(framework: Framework) -> None:
    drawn = chosen(GOOD | {"logo": LOGO}, WEDNESDAY, framework).logo
    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20]) == 600
    assert int.from_bytes(drawn[20:24]) == 240  # 20 to 8, as it was drawn
    again = chosen(GOOD | {"logo": drawn}, WEDNESDAY, framework).logo
    assert again.startswith(b"\x89PNG")
