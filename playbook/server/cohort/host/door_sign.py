"""What stands at the door of a class: code, link and QR, for the desk and the screen."""

from __future__ import annotations

from typing import Any

import segno

from playbook.cohort.types import Cohort, Member
from playbook.server.cohort.host.host import CohortHost


def door_sign(host: CohortHost, who: Member, cohort: Cohort) -> dict[str, Any]:
    """{open, over, at, code, link, qr, until, left}, of the class that `who` is in.

    Without a code that works `code`, `link` and `qr` are None; `qr` is a picture as an address for
    an image. `until` is the last day, `over` whether that has passed, or somebody ended the class.
    """
    code = host.cohorts.code(who)
    link = f"{host.address}/join?code={code}" if code else None
    return {
        "open": cohort.open and not cohort.is_over(host.cohorts.today()),
        "over": cohort.is_over(host.cohorts.today()),
        "at": f"{host.address}/join",
        "code": code,
        "link": link,
        "qr": qr(link) if link else None,
        "until": cohort.ends.isoformat(),
        "left": cohort.joins_left,
    }


def qr(link: str) -> str:
    """The link as a QR code, dark on white in every colour scheme."""
    return segno.make(link, micro=False).svg_data_uri(scale=8, light="white", border=3)
