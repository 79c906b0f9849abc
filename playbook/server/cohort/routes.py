"""Every address of a cohort host; what is not listed here doesn't exist."""

from __future__ import annotations

import re
from typing import Any

from jupyter_server.utils import url_path_join
from tornado.routing import Rule

from playbook.server.cohort.doors.door import (
    FirstTrainerHandler,
    InvitationHandler,
    JoinHandler,
    PairHandler,
    ResumeHandler,
    SignInHandler,
    SignOutHandler,
    StartHandler,
)
from playbook.server.cohort.doors.preflight import (
    HelloHandler,
    HelloSocketHandler,
    PreflightHandler,
    PreflightSeenHandler,
)
from playbook.server.cohort.health import HostHealth
from playbook.server.cohort.participant.levels import LevelsHandler
from playbook.server.cohort.participant.place import (
    DownloadHandler,
    PlaceActionsHandler,
    PlaceHandler,
)
from playbook.server.cohort.participant.room import (
    OfferHandler,
    RoomActionsHandler,
    RoomHandler,
    RoomNewsHandler,
)
from playbook.server.cohort.participant.sheet import MemberNotebookHandler
from playbook.server.cohort.trainer.desk import (
    ClassesActionsHandler,
    ClassesHandler,
    DeskActionsHandler,
    DeskHandler,
    DeskNewsHandler,
    ResultsHandler,
    WorksheetsHandler,
)
from playbook.server.cohort.trainer.prepare import PrepareActionsHandler, PrepareHandler
from playbook.server.cohort.trainer.screen import OwnScreenHandler, ScreenHandler, ScreenNewsHandler
from playbook.server.http.assets import ServedFiles
from playbook.server.http.handlers import (
    KERNEL,
    OwnKernelHandler,
    ShutdownHandler,
    at_names,
    public_routes,
)
from playbook.server.http.sockets import KernelSocketHandler

FILE = "|".join(map(re.escape, DownloadHandler.FILES)).join("()")
NAME = r"([a-z_]{1,40})"
ID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"


def cohort_routes(
    base_url: str, static_files: dict[str, ServedFiles], page: dict[str, Any], names: str
) -> list[Rule]:
    """The allow-list, for the host names that match the pattern `names`."""

    def at(*parts: str) -> str:
        return url_path_join(base_url, *parts)

    listed: list[Any] = [
        (at("/"), StartHandler),
        (at("join"), JoinHandler),
        (at("pair"), PairHandler),
        (at("resume"), ResumeHandler),
        (at("invited"), InvitationHandler),
        (at("first"), FirstTrainerHandler),
        (at("sign-in"), SignInHandler),
        (at("sign-out"), SignOutHandler),
        (at("place"), PlaceHandler),
        (at("place", FILE), DownloadHandler),
        (at("place", NAME), PlaceActionsHandler),
        (at("desk"), ClassesHandler),
        (at("desk/(new|copy)"), ClassesActionsHandler),
        (at("prepare"), PrepareHandler),
        (at("prepare/(plan|file|all|class)"), PrepareActionsHandler),
        (at("desk", ID), DeskHandler),
        (at("desk", ID, "state"), DeskNewsHandler),
        (at("desk", ID, r"results\.(pptx|pdf|xlsx|csv|json)"), ResultsHandler),
        (at("desk", ID, "worksheets", ID), WorksheetsHandler),
        (at("desk", ID, NAME), DeskActionsHandler),
        (at("room"), RoomHandler),
        (at("room/state"), RoomNewsHandler),
        (at("room", NAME), RoomActionsHandler),
        (at("levels"), LevelsHandler),
        (at("gallery", ID, ID), OfferHandler),
        (at("screen"), OwnScreenHandler),
        (at("screen", ID), ScreenHandler),
        (at("screen", ID, "state"), ScreenNewsHandler),
        (at("preflight"), PreflightHandler),
        (at("preflight/seen"), PreflightSeenHandler),
        (at("hello"), HelloHandler),
        (at("hello/socket"), HelloSocketHandler),
        (at("voila/render/(.*)"), MemberNotebookHandler, {**page, "static_files": static_files}),
        (at("api/kernels", KERNEL), OwnKernelHandler),
        (at("api/kernels", KERNEL, "channels"), KernelSocketHandler),
        (at("voila/api/shutdown", KERNEL), ShutdownHandler),
        (at("health"), HostHealth),
        *public_routes(base_url, static_files),
    ]
    return [at_names(names, listed)]
