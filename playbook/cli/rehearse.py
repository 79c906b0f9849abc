"""`playbook rehearse`: a class of made-up people to practise with."""

from __future__ import annotations

import click

from playbook.model import InputError

_USUAL = 40
"""Minutes of the route that is rehearsed where none is named."""


def add_to(main: click.Group) -> None:
    """Add the command to the command line."""
    main.add_command(rehearse)


@click.command()
@click.option(
    "--port",
    default=8877,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Where it answers.",
)
@click.option(
    "--people",
    default=40,
    show_default=True,
    type=click.IntRange(1, 60),
    help="How many made-up people come.",
)
@click.option("--case", "case_id", default="", help="Play this case, as alcoa.")
@click.option("--minutes", type=int, help="Its route of so many minutes; 40 unless said.")
@click.option("--programme", default="", help="Follow this one, as recognise_half_day.")
@click.option("--no-browser", is_flag=True, help="Only print the link to the desk.")
def rehearse(
    port: int, people: int, case_id: str, minutes: int | None, programme: str, no_browser: bool
) -> None:
    """Practise with a class of made-up people; when it ends, everything is wiped."""
    from playbook.server.cohort.rehearsal.rehearse import rehearse as play

    if minutes and not case_id:
        raise InputError("--minutes needs --case: it chooses one of that case's routes.")
    if programme and case_id:
        raise InputError("--case and --programme each choose what is led; give one of them.")
    if programme:
        _check_programme(programme)
    elif case_id:
        programme = _route_of(case_id, minutes)
    play(port, people, programme=programme, open_browser=not no_browser)


def _check_programme(programme: str) -> None:
    """InputError where no programme has this id."""
    from playbook.framework import load_framework

    known = load_framework().programmes
    if programme not in known:
        raise InputError(f"There is no programme {programme!r}; there are {', '.join(known)}.")


def _route_of(case_id: str, minutes: int | None) -> str:
    """The programme of a case's route; InputError where there is none of so many minutes."""
    from playbook.cases.load import load_case
    from playbook.cases.plans import route_id

    case = load_case(case_id)
    lengths = [route.minutes for route in case.routes]
    wanted = minutes or (_USUAL if _USUAL in lengths else lengths[0])
    if wanted not in lengths:
        had = ", ".join(str(it) for it in lengths)
        raise InputError(f"The case {case_id} has routes of {had} minutes; not of {wanted}.")
    return route_id(case, case.route(wanted))
