"""Our group's levels: each member gives theirs, and all see what may be shown. A plain form."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from tornado.web import HTTPError

from playbook.analysis.practices.levels import NINE
from playbook.cohort.group_levels import GroupLevels, PracticeLevels
from playbook.cohort.levels_to_sheet import SHEET, TABLE, Carried, beside, levels_of, put
from playbook.cohort.quotas import worksheets_in
from playbook.cohort.rounds import RoundState
from playbook.cohort.types import Member
from playbook.model import InputError
from playbook.model.storage import Store
from playbook.model.wording import Words
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.pages import CohortHandler
from playbook.worksheet.figures import figure
from playbook.worksheet.kinds import written_date

WHICH, LEVEL = "which", "level"


class LevelsHandler(CohortHandler):
    """/levels: the page, and its four buttons."""

    async def get(self) -> None:
        await self._page(self.member())

    async def post(self) -> None:
        who, what = self.member(), self.text("do")
        try:
            await self.service(_do, self.host, who, what, self._given())
        except InputError as error:
            self.set_status(HTTPStatus.CONFLICT)
            return await self._page(who, str(error))
        self.redirect(f"{self.base_url}levels", status=HTTPStatus.SEE_OTHER)
        return None

    def _given(self) -> dict[str, int]:
        """The levels that were chosen; a practice left out is not among them."""
        typed = {one: self.text(one) for one in NINE}
        return {one: int(text) if text.isdecimal() else 0 for one, text in typed.items() if text}

    async def _page(self, who: Member, wrong: str | None = None) -> None:
        state = await self.service(self.host.room.levels.state_for, who)
        carried = await self.service(_carried, self.host, who, state)
        about = {"carried": carried, "notebook": self.host.framework.sheets[SHEET].notebook}
        self.show("levels.html", wrong=wrong, state=state, **about, **_told(self.host, state))


def _do(host: CohortHost, who: Member, what: str, given: Mapping[str, int]) -> None:
    levels = host.room.levels
    if what == "open":
        levels.open(who)
    elif what == "close":
        levels.close(who)
    elif what == "answer":
        levels.answer(who, given)
    elif what == "carry":
        _carry(host, who)
    else:
        raise HTTPError(404)


def _carried(host: CohortHost, who: Member, state: RoundState) -> Carried | None:
    """How the last round stands beside the sheet of this member, or of their team."""
    if not state.results:
        return None
    at, result = state.results[0]
    return beside(result, at.astimezone().date(), _store(host, who), host.framework)


def _carry(host: CohortHost, who: Member) -> None:
    carried = _carried(host, who, host.room.levels.state_for(who))
    if carried and carried.missing:
        put(carried, _store(host, who), host.framework)


def _store(host: CohortHost, who: Member) -> Store:
    return worksheets_in(host.database, host.cohorts.place_of(who), host.cohorts.now)


def _told(host: CohortHost, state: RoundState) -> dict[str, Any]:
    sheet, words = host.framework.sheets[SHEET], host.framework.words
    names = {one.id: one.label for one in sheet.question(WHICH, TABLE).choices}
    scale = [one.label for one in sheet.question(LEVEL, TABLE).choices]
    results = [
        {
            "day": written_date(at.astimezone().date(), words),
            "raters": result.raters,
            "lines": [_line(names[one], told, scale, words) for one, told in _in_order(result)],
            "agreement": _figure(result.agreement),
            "has_figures": bool(levels_of(result)),
            "held": ", ".join(names[one] for one in NINE if one in result.held),
        }
        for at, result in state.results
    ]
    next_on = state.next_on.astimezone().date() if state.next_on else None
    return {
        "practices": [(one, names[one]) for one in NINE],
        "scale": list(enumerate(scale, 1)),
        "results": results,
        "next_on": written_date(next_on, words) if next_on else "",
    }


def _in_order(result: GroupLevels) -> list[tuple[str, PracticeLevels]]:
    return [(one, result.practices[one]) for one in NINE if one in result.practices]


def _line(name: str, told: PracticeLevels, scale: list[str], words: Words) -> str:
    if told.middle is None or told.lower is None or told.upper is None:
        return words.text("levels_page.alike", name=name)
    return words.text(
        "levels_page.line",
        name=name,
        middle=_level(told.middle, scale, words),
        lower=_level(told.lower, scale, words),
        upper=_level(told.upper, scale, words),
        agreement=_figure(told.agreement),
    )


def _level(value: float, scale: list[str], words: Words) -> str:
    """A level in words; what lies between two is told as such."""
    below = scale[int(value) - 1]
    if value == int(value):
        return f"“{below}”"
    return words.text("levels_page.between", low=below, high=scale[int(value)])


def _figure(value: float | None) -> str:
    return "" if value is None else figure(value)
