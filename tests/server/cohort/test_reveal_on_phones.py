"""The bench of a reveal, with a small class on a real host: no time is looked at."""

import pytest

from benchmarks import reveal
from benchmarks.reveal import Seat

PEOPLE = 10


@pytest.mark.slow
def test_every_phone_has_the_same_whole_result_and_none_had_it_before(served, monkeypatch):
    monkeypatch.setattr(reveal, "CALM_SECONDS", 0.2)
    ana, cohort = served.people["Ana"], served.cohorts["Ana"]
    desk, phones = Seat(served.url, ana.token, f"/desk/{cohort}"), []
    for number in range(PEOPLE):
        came = served.stranger()
        joined = came.fill_in("/join", code=served.codes["Ana"], name=f"Phone {number}")
        assert joined.status_code < 400, joined.text
        cookie = came.client.cookies.get("playbook", domain="127.0.0.1")
        phones.append(Seat(served.url, cookie, "/room"))

    seconds = reveal.shown(desk, cohort, phones)
    assert len(seconds) == PEOPLE
    assert min(seconds) > 0, "somebody had the result before it was revealed"
    results = [phone.state["votes"][-1]["result"] for phone in phones]
    assert results == results[:1] * PEOPLE
    assert results[0]["respondents"] == PEOPLE
    assert results[0]["counts"] == {"c1": 4, "c2": 3, "c3": 3}  # ten people, three choices in turn
    for seat in (desk, *phones):
        seat.close()
