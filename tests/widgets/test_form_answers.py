"""What becomes of an answer that a page sends: read, refused, or why another is needed."""

import pytest

from tests.widgets.form_page import Page


@pytest.fixture
def page(monkeypatch):
    return Page(monkeypatch)


def test_what_one_answer_makes_needed_is_not_called_optional(page):
    page.hello()
    row, state = page.add(kind="market")
    assert state["needed"] == {f"candidates/{row}": ["opportunity"]}
    kind = f"candidates/{row}/kind"
    state = page.op("set", field=kind, value="skills", base_rev=1)["state"]
    assert state["needed"] == {}


def test_a_day_is_read_by_the_kernel_and_told_as_it_is_stored(page):
    page.hello()
    row, state = page.add(urgent="yes", by_when="18 Dec 2026")
    field = f"candidates/{row}/by_when"
    assert state["fields"][field]["value"] == "2026-12-18"
    refused = page.op("set", field=field, value="03/04/2026", base_rev=1)
    assert refused["status"] == "refused"
    assert "3 April 2026" in refused["text"]


def test_the_counter_says_which_follow_ups_a_verdict_still_waits_for(page):
    page.hello()
    row, state = page.add(what="Storms", kind="skills", breaks="yes", urgent="yes")
    assert state["progress"]["waiting"] == 3  # a control, by when, what is lost
    assert state["rows_progress"][f"candidates/{row}"]["waiting"] == 3
    asked = state["progress"]["asked"]
    field = f"candidates/{row}/loss"
    state = page.op("set", field=field, value="The spring", base_rev=0)["state"]
    assert (state["progress"]["waiting"], state["progress"].get("asked", asked)) == (2, asked)
