"""What Says shows, and how it behaves on a page."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playbook.assessing.assess import assess
from playbook.model import Level, SheetChange, Worksheet
from playbook.worksheet.kinds import choice_labels
from widgets.cards import OPEN_REASONS, Card, VerdictCard, verdict_payload

HOSTILE = '</script><script>window.hit=1</script><img src=x onerror="window.hit=1">'
ROBUST = {
    "what": "Clients leave for online rivals.",
    "kind": "skills",
    "breaks": "yes",
    "urgent": "yes",
    "bigger": "yes",
    "capacity": "yes",
    "alignment": "direct",
}


def heard_by(card):
    """What the card sends from now on."""
    heard = []
    card.send = lambda message, *_: heard.append(message)
    return heard


# --- The card ---


def test_a_card_shows_its_last_payload_again_to_every_view_that_is_ready():
    card = Card()
    heard = heard_by(card)
    card._receive(card, {"type": "ready"}, [])
    assert heard == []
    card.show({"text": "one"})
    card.show({"text": "two"})
    card._receive(card, {"type": "ready"}, [])
    assert [message["text"] for message in heard] == ["one", "two", "two"]
    assert {message["type"] for message in heard} == {"show"}


def test_a_card_that_fails_on_a_message_tells_the_page_nothing(logged_tracebacks):
    class Broken(Card):
        def receive(self, message):
            raise RuntimeError(f"/home/somebody/secret.py {message}")

    card = Broken()
    heard = heard_by(card)
    card._receive(card, {"type": "ready"}, [])
    assert heard == []
    assert "secret" in logged_tracebacks.pop()


@pytest.mark.parametrize("message", [None, "ready", 7, [], {}, {"type": ["x"]}, {"type": "show"}])
def test_a_card_takes_no_harm_from_a_message_it_does_not_know(message):
    card = Card({"text": "one"})
    heard = heard_by(card)
    card._receive(card, message, [])
    assert heard == []


def test_nothing_that_is_shown_is_kept_in_synced_state():
    card = VerdictCard({"verdict": None, "words": {"secret": "a person's answer"}})
    assert "a person's answer" not in repr(card.get_state())


def test_opening_a_sheet_imports_neither_altair_nor_pandas():
    run = subprocess.run(
        [sys.executable, "-c", "import widgets.app, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"altair", "pandas", "vl_convert", "jinja2"} & set(run.stdout.split())


# --- The payload ---


def test_before_there_is_an_assessment_only_words_are_shown(catalyst, framework):
    payload = verdict_payload(catalyst, None, framework)
    assert payload["verdict"] is None
    assert payload["words"]["waiting"]


def all_of(payload):
    return [*payload["musts"], *payload["reasons"]]


def test_the_gravest_reasons_stand_first_and_all_are_there(catalyst, framework, filled):
    worksheet, assessment = filled({**ROBUST, "breaks": "no", "urgent": "partly"})
    payload = verdict_payload(catalyst, assessment, framework, worksheet)
    weight = {"fail": 0, "warn": 1, "unknown": 1, "pass": 2, "info": 3}
    weights = [weight[reason["level"]] for reason in payload["reasons"]]
    assert weights == sorted(weights)
    assert {r["key"] for r in payload["reasons"]} == {f.key for f in assessment.findings}
    assert payload["open"] == OPEN_REASONS < len(payload["reasons"])


def test_good_news_does_not_explain_a_bad_verdict(catalyst, framework, filled, example):
    worksheet, _ = example
    assessment = assess(catalyst, worksheet, framework, framework.examples["catalyst"].today)
    ready = verdict_payload(catalyst, assessment, framework, worksheet)
    assert ready["verdict"]["level"] == "pass"
    assert {reason["level"] for reason in ready["reasons"][: ready["open"]]} == {"pass"}
    for answers in ({}, ROBUST, {**ROBUST, "breaks": "no"}):
        worksheet, assessment = filled(answers)
        payload = verdict_payload(catalyst, assessment, framework, worksheet)
        first = [reason["level"] for reason in payload["reasons"][: payload["open"]]]
        assert first
        assert not {"pass", "info"} & set(first)


def test_a_reason_is_a_question_of_the_form_with_its_field(catalyst, framework, filled):
    worksheet, assessment = filled({**ROBUST, "urgent": "partly"})
    payload = verdict_payload(catalyst, assessment, framework, worksheet)
    urgent = next(r for r in payload["reasons"] if r["field"].endswith("/urgent"))
    assert urgent["question"] == catalyst.asked_of("urgent")[0].text
    assert urgent["field"] == "candidates/row1/urgent"
    partly = choice_labels(catalyst.asked_of("urgent")[0], framework.words)["partly"]
    assert partly in urgent["answer"]


def test_a_gate_names_its_musts_in_order_with_the_word_of_each_sheet(framework):
    gate = framework.sheets["recognise_gate"]
    carried = {"catalyst": "pass"} | {c.id: "fail" for c in gate.carries if c.must}
    worksheet = Worksheet(gate.id)
    assessment = assess(gate, worksheet, framework, date(2027, 1, 4), carried)
    payload = verdict_payload(gate, assessment, framework, worksheet)
    named = [(c.must, c.sheet) for c in gate.carries if c.must]
    assert [(must["heading"], must["sheet"]) for must in payload["musts"]] == named
    for must in payload["musts"]:
        assert must["level"] == "fail"
        assert must["word"] == framework.words.text("level.fail")
        assert must["href"] == framework.sheets[must["sheet"]].notebook
        assert must["text"]
    assert payload["next"]["href"] == payload["musts"][0]["href"]
    assert not [reason for reason in payload["reasons"] if reason["sheet"]]


def test_every_reason_says_where_it_comes_from(catalyst, framework, example):
    worksheet, assessment = example
    for finding in all_of(verdict_payload(catalyst, assessment, framework, worksheet)):
        who = finding["who"]
        assert who["reading"]
        assert who["source"]
        assert who["row"] == finding["key"].split(".")[0] or finding["key"].startswith("missing.")
        assert finding["ours"] == (who["source"] == framework.sources["house"].title)
        if finding["ours"]:
            assert who["basis"]["source"] != who["source"] or who["row"].startswith("GAP")


def test_a_blank_sheet_shows_what_to_do_first_and_no_numbers(catalyst, framework, filled):
    payload = verdict_payload(catalyst, filled()[1], framework)
    assert payload["verdict"]["level"] == "unknown"
    assert payload["numbers"] == []
    assert payload["about"] is None
    assert payload["next"]


def test_a_sheet_that_changed_since_the_answers_says_what_changed(catalyst, framework, example):
    worksheet, assessment = example
    changes = (
        SheetChange(version=2, text="Two is new."),
        SheetChange(version=3, text="Three is new."),
    )
    newer = replace_model(catalyst, version=3, changes=changes)
    shown = verdict_payload(newer, assessment, framework, replace(worksheet, version=2))["changed"]
    assert "Three is new." in shown
    assert "Two is new." not in shown
    for version in (3, None):
        worksheet = replace(worksheet, version=version)
        assert verdict_payload(newer, assessment, framework, worksheet)["changed"] is None


def replace_model(model, **values):
    return type(model)(**{**dict(model), **values})


def test_the_payload_is_plain_json(catalyst, framework, example):
    worksheet, assessment = example
    payload = verdict_payload(catalyst, assessment, framework, worksheet)
    assert json.loads(json.dumps(payload, allow_nan=False)) == payload


# --- On a page ---

in_browser = pytest.mark.browser


@pytest.fixture
def says(catalyst, framework, filled):
    """says(candidate, ...): the payload for these candidates."""

    def payload(*candidates, **answers):
        worksheet, assessment = filled(*candidates, **answers)
        return verdict_payload(catalyst, assessment, framework, worksheet)

    return payload


@pytest.fixture
def shown_example(show_card, catalyst, framework, example):
    def show(**options):
        worksheet, assessment = example
        return show_card(
            VerdictCard(verdict_payload(catalyst, assessment, framework, worksheet)), **options
        )

    return show


@in_browser
def test_the_verdict_is_read_aloud_when_it_changes_and_only_then(show_card, says):
    one = says(ROBUST)
    on = show_card(VerdictCard(one))
    on.page.evaluate(
        """() => {
            globalThis.said = [];
            const status = document.querySelector("[role=status]");
            new MutationObserver(() => said.push(status.textContent))
              .observe(status, {childList: true, characterData: true, subtree: true});
        }"""
    )
    other_reasons = says({**ROBUST, "evidence_breaks": "Heard on every visit."})
    stopped = says({**ROBUST, "breaks": "no"})
    assert other_reasons["verdict"] == one["verdict"] != stopped["verdict"]
    for payload in (one, other_reasons, stopped, stopped, one):
        on.card.show(payload)
    told = [f"{p['verdict']['word']} {p['verdict']['says']}" for p in (stopped, one)]
    assert on.page.evaluate("said") == told


@in_browser
def test_what_somebody_opened_stays_open_while_the_rest_changes(show_card, says):
    on = show_card(VerdictCard(says({**ROBUST, "urgent": "partly", "capacity": "dont_know"})))
    more = on.page.locator(".more")
    more.locator("summary").click()
    on.card.show(says({**ROBUST, "urgent": "partly", "capacity": "yes"}))
    expect(more).to_have_attribute("open", "")
    expect(more.locator("summary")).to_be_focused()


@in_browser
def test_all_sources_are_behind_one_small_i(show_card, says):
    payload = says({**ROBUST, "urgent": "partly"})
    on = show_card(VerdictCard(payload))
    opener = on.page.locator("summary").filter(has_text=payload["words"]["sources"])
    panel = on.page.locator(".popover-panel")
    expect(panel).to_be_hidden()
    opener.focus()
    on.page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    for reason in payload["reasons"]:
        expect(panel).to_contain_text(reason["who"]["reading"])
    expect(on.page.get_by_text(payload["words"]["ours"]).first).to_be_visible()
    on.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()


@in_browser
def test_next_step_and_reasons_ask_the_form_to_go_to_their_field(show_card, says):
    payload = says({**ROBUST, "urgent": "partly"})
    on = show_card(VerdictCard(payload), viewport={"width": 390, "height": 800}, far=2000)
    on.page.evaluate(
        """() => {
            globalThis.asked = [];
            document.addEventListener("playbook:go-to-field", ({ detail }) => asked.push(detail));
        }"""
    )
    dock = on.page.get_by_role("complementary")
    dock.get_by_role("link").last.click()
    card = on.page.get_by_role("region")
    card.get_by_role("link", name=payload["next"]["text"]).click()
    first = payload["reasons"][0]
    card.get_by_role("link", name=first["question"]).first.click()
    fields = [payload["next"]["field"], payload["next"]["field"], first["field"]]
    assert on.page.evaluate("asked") == [{"sheet": "catalyst", "field": one} for one in fields]
    assert "#" not in on.page.url


@in_browser
def test_what_somebody_typed_is_text_and_nothing_else(show_card, says):
    hostile = {**ROBUST, "what": HOSTILE}
    on = show_card(
        VerdictCard(
            says(hostile, first_step=HOSTILE, first_step_owner="\u202eelbisivni", chosen="row1")
        )
    )
    expect(on.page.get_by_role("region")).to_contain_text(HOSTILE[:40])
    assert on.page.evaluate(
        "[window.hit, document.querySelectorAll('#card script, img').length]"
    ) == [
        None,
        0,
    ]


@in_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(shown_example, scheme):
    on = shown_example(color_scheme=scheme, viewport={"width": 390, "height": 800})
    on.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    problems = [
        (rule["id"], rule["nodes"][0]["html"])
        for rule in Axe().run(on.page).response["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
    assert problems == []


@in_browser
def test_nothing_is_wider_than_a_small_phone(shown_example):
    on = shown_example(viewport={"width": 320, "height": 700})
    assert on.page.evaluate("document.documentElement.scrollWidth") <= 320


@in_browser
def test_on_a_phone_the_dock_tells_the_verdict_and_leads_to_the_reasons(shown_example):
    on = shown_example(viewport={"width": 390, "height": 800}, far=2000)
    dock = on.page.get_by_role("complementary")
    expect(dock).to_be_visible()
    expect(dock).to_contain_text(on.card.payload["verdict"]["word"])
    dock.get_by_role("link").first.click()
    expect(on.page.get_by_role("region")).to_be_focused()
    expect(dock).to_be_hidden()


@in_browser
def test_there_is_no_dock_on_a_wide_screen_nor_in_a_foreign_page(shown_example):
    assert not shown_example(far=2000).page.locator(".dock").is_visible()
    foreign = shown_example(far=2000, ours=False, viewport={"width": 390, "height": 800})
    assert foreign.page.locator(".dock").count() == 0


@in_browser
def test_keys_stay_inside_the_card(shown_example):
    on = shown_example(ours=False)
    on.page.evaluate(
        "() => { globalThis.keys = []; onkeydown = (event) => { keys.push(event.key); }; }"
    )
    on.page.locator(".more > summary").focus()
    on.page.keyboard.press("b")
    on.page.keyboard.press("Enter")
    assert on.page.evaluate("keys") == []
    expect(on.page.locator(".more")).to_have_attribute("open", "")


@in_browser
def test_a_view_that_closes_leaves_nothing_behind(shown_example):
    on = shown_example(viewport={"width": 390, "height": 800}, far=2000)
    on.page.evaluate("leave()")
    left = "[ears.size, document.querySelectorAll('.verdict-card, .dock').length]"
    assert on.page.evaluate(left) == [0, 0]


@in_browser
def test_on_paper_every_reason_is_open(shown_example):
    on = shown_example()
    on.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    closed = on.page.locator(".verdict-card details:not(.menu, [open])")
    expect(closed).to_have_count(0)
    on.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert closed.count() > 0


@in_browser
def test_each_level_has_a_shape_of_its_own(show_card, says):
    on = show_card(VerdictCard(says(ROBUST)))
    shapes = {}
    for level in Level:
        on.page.evaluate(
            "level => { document.querySelector('.head .verdict').className = `verdict ${level}`; }",
            level.value,
        )
        shape = "getComputedStyle(document.querySelector('.head .verdict'), '::before').content"
        shapes[on.page.evaluate(shape)] = level
    assert len(shapes) == len(Level)
