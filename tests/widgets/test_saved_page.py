"""The saved page of a sheet: what is private goes along only where somebody ticked it."""

import pytest

from widgets.form.asks import answer
from widgets.host import host_for
from widgets.session import Session

LOSER = "The head of payments"


@pytest.fixture
def page(framework):
    """page(private=True): the finished example of the champion as its page is saved."""
    session = Session(
        framework.sheets["champion"],
        framework,
        host_for({"host": "nobody.invalid", "app": "voila"}, framework),
        "device",
    )
    session.open("example")
    return lambda **message: answer(session, {"what": "html", **message})["file"]["text"]


def test_a_losers_role_stays_out_of_a_saved_page(page):
    assert LOSER not in page()
    assert LOSER not in page(private="true")
    assert "Helen Marsh, chief claims officer" in page()


def test_with_the_tick_it_is_there(page):
    assert LOSER in page(private=True)


def test_only_what_was_answered_is_there(page, framework):
    question = framework.sheets["champion"].question("invested", "opponents").text
    assert question not in page(private=True)  # the example leaves it open
