"""Every address of a cohort host; what is not listed here doesn't exist."""

from __future__ import annotations

from typing import Any

from jupyter_server.utils import url_path_join
from tornado.routing import Rule

from playbook.server.assets import Shelf
from playbook.server.cohort.desk import (
    Classes,
    ClassesActions,
    Desk,
    DeskActions,
    DeskNews,
    Results,
    Worksheets,
)
from playbook.server.cohort.door import Invited, Join, Pair, Resume, SignIn, SignOut, Start
from playbook.server.cohort.health import HostHealth
from playbook.server.cohort.place import Place, PlaceActions, Taken
from playbook.server.cohort.preflight import Hello, HelloSocket, PreflightPage, PreflightSeen
from playbook.server.cohort.room_pages import Room, RoomActions, RoomNews, Shown
from playbook.server.cohort.screen import OwnScreen, Screen, ScreenNews
from playbook.server.cohort.sheet import Sheet
from playbook.server.handlers import KERNEL, Kernel, Leave, at_names, shelved
from playbook.server.sockets import Socket

NAME = r"([a-z_]{1,40})"
ID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"


def cohort_routes(
    base_url: str, shelves: dict[str, Shelf], page: dict[str, Any], names: str
) -> list[Rule]:
    """The allow-list, for the host names that match the pattern `names`."""

    def at(*parts: str) -> str:
        return url_path_join(base_url, *parts)

    listed: list[Any] = [
        (at("/"), Start),
        (at("join"), Join),
        (at("pair"), Pair),
        (at("resume"), Resume),
        (at("invited"), Invited),
        (at("sign-in"), SignIn),
        (at("sign-out"), SignOut),
        (at("place"), Place),
        (at("place", r"(worksheets\.html|workspace\.json|dates\.ics)"), Taken),
        (at("place", NAME), PlaceActions),
        (at("desk"), Classes),
        (at("desk/(new)"), ClassesActions),
        (at("desk", ID), Desk),
        (at("desk", ID, "state"), DeskNews),
        (at("desk", ID, r"results\.(xlsx|csv|json)"), Results),
        (at("desk", ID, "worksheets", ID), Worksheets),
        (at("desk", ID, NAME), DeskActions),
        (at("room"), Room),
        (at("room/state"), RoomNews),
        (at("room", NAME), RoomActions),
        (at("gallery", ID, ID), Shown),
        (at("screen"), OwnScreen),
        (at("screen", ID), Screen),
        (at("screen", ID, "state"), ScreenNews),
        (at("preflight"), PreflightPage),
        (at("preflight/seen"), PreflightSeen),
        (at("hello"), Hello),
        (at("hello/socket"), HelloSocket),
        (at("voila/render/(.*)"), Sheet, {**page, "shelves": shelves}),
        (at("api/kernels", KERNEL), Kernel),
        (at("api/kernels", KERNEL, "channels"), Socket),
        (at("voila/api/shutdown", KERNEL), Leave),
        (at("health"), HostHealth),
        *shelved(base_url, shelves),
    ]
    return [at_names(names, listed)]
