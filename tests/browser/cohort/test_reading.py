"""A class that was made so that trainers see answers: everybody reads so, and the trainer reads."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from .conftest import (
    PHONE,
    QUESTION,
    TEXT_QUESTION,
    Person,
    brings_a_worksheet,
    export_of,
    is_accessible,
    make_class,
    offer_sheet,
)


def test_a_trainer_reads_the_worksheets_of_people_who_were_told(
    newcomer: Callable[..., Person],
) -> None:
    ana = newcomer()
    code = make_class(ana, sees_answers=True)
    expect(ana.page.locator("main")).to_contain_text(ana.say("desk.privacy_sees"))
    lin, max_ = newcomer(**PHONE), newcomer()
    for person, name in ((lin, "Lin"), (max_, "Max")):
        person.join(code, name)
        told = person.page.get_by_text(person.say("privacy.sees"), exact=True)
        expect(told).to_be_visible()
        person.is_accessible("room of a class whose trainers see answers")
    brings_a_worksheet(lin)
    lin.go("/place")
    file = lin.page.get_by_label(lin.say("place.bring"))
    expect(file).to_have_accessible_description(lin.say("place.bring_seen"))
    lin.is_accessible("place in a class whose trainers see answers")
    lin.scrolls_one_way()

    ana.page.locator("#people-count").click()
    ana.page.locator("#people summary:has(strong)").filter(has_text="Lin").first.click()
    ana.is_accessible("desk, a person whose worksheets can be read")
    reads(ana, "Lin", "Mine")
    ana.page.locator("#people summary:has(strong)").filter(has_text="Max").first.click()
    reads(ana, "Max", ana.say("take_away.read.nothing", name="Max"))
    imports_on_the_sheet(max_)
    reads(ana, "Max", "Mine")


def imports_on_the_sheet(person: Person) -> None:
    """The other way in for earlier work, which says the same before it takes a file."""
    person.go("/voila/render/02_catalyst.ipynb")
    page = person.page
    page.locator("summary:visible").filter(has_text=person.say("form.more")).first.click()
    page.get_by_role("button", name=person.say("form.import"), exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(person.say("privacy.sees"))
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name=person.say("form.import_ok")).click()
    chooser.value.set_files(export_of("Mine"))
    expect(page.get_by_text(person.say("notice.imported", names="Mine")).first).to_be_visible()


def reads(trainer: Person, name: str, what: str) -> None:
    """Follow the link beside a person, to a page of its own."""
    link = trainer.page.get_by_role("link", name=f"{trainer.say('desk.person_work')} ({name})")
    with trainer.page.expect_popup() as opened:
        link.click()
    page = opened.value
    expect(page).to_have_url(re.compile(r"/worksheets/[0-9a-f-]{36}$"))
    expect(page.locator("main")).to_contain_text(what)
    is_accessible(page, f"worksheets of {name}")
    page.close()


def test_the_boxes_of_a_vote_are_there_only_where_they_can_be_kept(trainer: Person) -> None:
    page = trainer.page
    offer_sheet(trainer)
    question = page.get_by_label(trainer.say("desk.vote_question"))
    guess = page.get_by_label(trainer.say("desk.vote_guess"))
    people = page.get_by_label(trainer.say("desk.vote_people"))
    question.select_option(label=QUESTION)
    guess.check()
    expect(people).to_be_visible()
    question.select_option(label=TEXT_QUESTION)
    expect(guess).to_be_hidden()
    expect(people).to_be_hidden()
    trainer.press("desk.vote_open")
    expect(page.locator("#votes h3").first).to_have_text(TEXT_QUESTION)
    expect(trainer.banner).to_be_empty()
    question.select_option(label=QUESTION)
    expect(guess).to_be_checked()
