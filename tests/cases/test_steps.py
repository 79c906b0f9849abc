"""What a player knows at a step: nothing of a later step, nor of a reveal before it."""

from __future__ import annotations

import pytest

from playbook.cases.load import case_ids, load_case
from playbook.cases.steps import before, reveal, steps_of

from .spoilers import as_text, spoilers

ROUTES = [(it, route.minutes) for it in case_ids() for route in load_case(it).routes]


@pytest.mark.parametrize(("case_id", "minutes"), ROUTES)
def test_a_step_holds_nothing_of_what_comes_after_it(framework, case_id, minutes):
    case = load_case(case_id)
    route = case.route(minutes)
    for number in range(1, len(route.parts) + 1):
        told = as_text(before(case, route, number, framework))
        assert [it for it in spoilers(case, route, number, sealed=False) if it in told] == []
        shown = as_text(reveal(case, route, number, framework))
        assert [it for it in spoilers(case, route, number, sealed=True) if it in shown] == []


@pytest.mark.parametrize(("case_id", "minutes"), ROUTES)
def test_each_question_can_be_answered_and_no_answer_is_with_it(framework, case_id, minutes):
    case = load_case(case_id)
    route = case.route(minutes)
    for number, step in enumerate(steps_of(case, route), start=1):
        payload = before(case, route, number, framework)
        assert [ask["id"] for ask in payload["asks"]] == [asked.id for asked in step.asks]
        for ask in payload["asks"]:
            assert ask["text"]
            assert (
                len(ask["choices"]) >= 2 if ask["kind"] in ("one", "many") else not ask["choices"]
            )
            assert ask.keys() == {"id", "kind", "text", "choices", "unit", "sheet"}


@pytest.mark.parametrize("minutes", [20, 40, 80])
def test_the_metals_company_has_no_name_and_no_address_until_it_is_opened(framework, minutes):
    case = load_case("alcoa")
    route = case.route(minutes)
    opener = [part.step for part in route.parts].index("first_group") + 1
    for number in range(1, opener + 1):
        told = [before(case, route, number, framework)]
        told += [reveal(case, route, number, framework)] if number < opener else []
        text = as_text(told).casefold()
        assert told[0]["title"] == "A metals company, 1987"
        assert not any(word.casefold() in text for word in case.disguise.hidden)
        assert "http" not in text


def test_the_reveal_that_opens_it_says_the_name_its_sources_and_how_thin_it_is(framework):
    case = load_case("alcoa")
    opened = reveal(case, case.route(40), 3, framework)
    assert opened["opened"] == "“A metals company, 1987” is Alcoa: nobody gets hurt."
    assert "One source alone says that they went first" in opened["hinge"]
    assert "do not agree on the date" in opened["hinge"]
    columns = {column["id"]: column["facts"] for column in opened["columns"]}
    assert list(columns) == ["documents", "public", "claimed"]
    assert [fact["id"] for fact in columns["documents"]] == ["complainers_first", "perfect_safety"]
    assert {fact["sure"] for fact in columns["documents"]} == {"One source alone"}
    assert columns["public"][0]["places"][0]["address"].startswith("https://www.bloomberg.com/")
    assert columns["claimed"][0]["why"]
    assert {"outsider", "industry", "investors"} <= {fact["id"] for fact in opened["sources"]}
    assert reveal(case, case.route(40), 4, framework)["sources"] == []


def test_a_shorter_route_leaves_out_what_its_missing_steps_revealed(framework):
    case = load_case("alcoa")
    chart = before(case, case.route(20), 3, framework)
    told = {fact["id"] for fact in chart["earlier"]}
    assert {"outsider", "complainers_first"} <= told  # known before it began, or revealed on it
    assert not {"home_number", "not_reported"} & told  # month one and the report are left out
    assert [fact["id"] for fact in chart["known"]] == ["nine_years", "income_before"]
    assert chart["how_sure"]["choices"][0]["label"] == "Guessing"


def test_our_arithmetic_stands_below_the_three_columns_and_says_how(framework):
    case = load_case("atb")
    told = reveal(case, case.route(20), 2, framework)
    assert [column["id"] for column in told["columns"]] == [
        *("documents", "public", "claimed"),
        "ours",
    ]
    ours = told["columns"][-1]["facts"][0]
    assert (ours["mark"], ours["sure"]) == ("◌", "Our own reckoning")
    assert "Both are lower bounds" in ours["how"]


def test_the_way_on_is_told_where_the_route_goes_that_way(framework):
    case = load_case("alcoa")
    # forty minutes leave out month one, to which the first group would lead
    assert reveal(case, case.route(40), 3, framework)["leads_on"] == ""
    assert reveal(case, case.route(80), 3, framework)["leads_on"].startswith("The group is chosen")
    assert reveal(case, case.route(40), 5, framework)["honest"].startswith("No source shows")


def test_a_question_of_a_sheet_has_that_sheet_s_words_and_choices(framework):
    case = load_case("alcoa")
    breaks = before(case, case.route(40), 1, framework)["asks"][0]
    question, _ = framework.sheets["catalyst"].asked_of("breaks")
    assert (breaks["text"], breaks["sheet"]) == (question.text, framework.sheets["catalyst"].title)
    assert [it["label"] for it in breaks["choices"]] == ["Yes", "Partly", "No", "Don’t know"]


def test_an_exhibit_comes_with_the_reveal_that_tells_its_figures(framework):
    case = load_case("alcoa")
    route = case.route(20)
    assert before(case, route, 3, framework)["exhibits"] == []
    results = reveal(case, route, 3, framework)["exhibits"][0]
    # by hand from the table of public facts: rates of 1987, 97, 98, 2001, 02; income 1994 to 99;
    # return on equity 1995 to 99. All three have 1997 and 1998.
    assert [(it["name"], it["n"]) for it in results["series"]] == [
        ("Lost-workday rate", 5),
        ("Net income", 6),
        ("Return on equity", 5),
    ]
    assert (results["in_common"], results["n"]) == ([1997, 1998], 16)
    assert results["series"][0]["points"][0] == {
        **{"year": 1987, "value": 1.86},
        **{"mark": "◔", "sure": "One source alone"},
    }


@pytest.mark.parametrize("number", [0, 4])
def test_a_step_that_the_route_has_not_is_no_step(framework, number):
    case = load_case("alcoa")
    with pytest.raises(IndexError, match="steps 1 to 3"):
        before(case, case.route(20), number, framework)
