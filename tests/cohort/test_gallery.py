"""The gallery: what people chose to show, and to take back."""

from collections.abc import Callable

import pytest

from playbook.cohort.room import Room
from playbook.cohort.types import Member, Role
from playbook.model import InputError
from playbook.store import GoneError

from .conftest import Class

PAGE = "<!doctype html><title>Our tree</title>"


def offers(room: Room, who: Member) -> list[tuple[str, int | None, bool]]:
    return [(it["title"], it["side"], it["mine"]) for it in room.state_for(who)["gallery"]]


def test_two_works_are_shown_side_by_side_and_nothing_that_was_not_chosen(
    room: Room, spring: Class, trainer: Member
) -> None:
    one, two, three = spring.participants(3)
    first, second, third = (
        room.gallery.offer(who, f"Tree {who.name}", PAGE, consent=True) for who in (one, two, three)
    )
    assert offers(room, one) == [(f"Tree {one.name}", None, True)]
    assert len(room.desk_for(trainer)["gallery"]) == 3
    room.gallery.show(trainer, first, 1)
    room.gallery.show(trainer, second, 2)
    guest = spring.add("guest", Role.VIEWER)
    assert [side for _, side, _ in offers(room, guest)] == [1, 2]
    assert room.gallery.page(guest, first) == PAGE
    with pytest.raises(GoneError):
        room.gallery.page(guest, third)
    assert room.gallery.page(trainer, third) == PAGE
    room.gallery.show(trainer, third, 1)
    assert sorted(title for title, _, _ in offers(room, guest)) == [
        f"Tree {two.name}",
        f"Tree {three.name}",
    ]
    room.gallery.show(trainer, third, None)
    assert len(offers(room, guest)) == 1


def test_each_in_a_team_may_take_its_work_back_and_nobody_else(
    room: Room, spring: Class, trainer: Member
) -> None:
    team = spring.team("blue")
    one, two, outside = spring.add("one", team=team), spring.add("two", team=team), spring.add("x")
    shown = room.gallery.offer(one, "Our board", PAGE, consent=True)
    room.gallery.show(trainer, shown, 2)
    for someone in (outside, trainer):
        with pytest.raises(GoneError):
            room.gallery.withdraw(someone, shown)
    assert offers(room, two) == [("Our board", 2, True)]
    room.gallery.withdraw(two, shown)
    assert offers(room, one) == offers(room, outside) == []
    with pytest.raises(GoneError):
        room.gallery.page(trainer, shown)


def test_nothing_is_shown_without_consent_a_title_or_a_page(room: Room, spring: Class) -> None:
    someone = spring.add("Bo")
    for title, page, consent in (
        ("Tree", PAGE, False),
        ("Tree", PAGE, 1),
        (" ", PAGE, True),
        ("Tree", "", True),
        ("Tree", "x" * 2_000_001, True),
        ("x" * 121, PAGE, True),
    ):
        with pytest.raises(InputError):
            room.gallery.offer(someone, title, page, consent)  # type: ignore[arg-type]
    assert offers(room, someone) == []


def test_the_gallery_of_another_class_does_not_exist(
    room: Room, spring: Class, new_class: Callable[[str], Class], trainer: Member
) -> None:
    shown = room.gallery.offer(spring.add("Bo"), "Tree", PAGE, consent=True)
    room.gallery.show(trainer, shown, 1)
    autumn = new_class("autumn")
    stranger, leader = autumn.add("Eve"), autumn.add("Max", Role.TRAINER)
    for attempt in (
        lambda: room.gallery.page(stranger, shown),
        lambda: room.gallery.page(leader, shown),
        lambda: room.gallery.withdraw(stranger, shown),
        lambda: room.gallery.show(leader, shown, 2),
        lambda: room.gallery.show(spring.add("Mallory"), shown, 2),
    ):
        with pytest.raises(GoneError):
            attempt()
    assert offers(room, trainer) == [("Tree", 1, False)]
    with pytest.raises(InputError, match="side"):
        room.gallery.show(trainer, shown, 3)


def test_who_is_erased_is_gone_from_the_gallery(room: Room, spring: Class, trainer: Member) -> None:
    someone = spring.add("Bo")
    room.gallery.show(trainer, room.gallery.offer(someone, "Tree", PAGE, consent=True), 1)
    spring.erase(someone)
    assert offers(room, trainer) == []
