"""Cases, played alone. What a page is sent is what its person sealed the way to, and no more.

An app beside home and the sheets, as the weekly page is: it keeps what it is told as worksheets of
`Framework.case_play`. Nothing of a case is in its state or its scripts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from playbook.assessing.workbook import Workbook
from playbook.cases.library import Listed, find_case, kit_list, own_list, written_list
from playbook.cases.own import answers_of
from playbook.cases.pages import Shelf, case_page, list_page, own_page
from playbook.cases.play import beginning, noting, plays, read_play, sealing
from playbook.cases.steps import before
from playbook.cases.text import cases_outline, cases_text
from playbook.model import InputError, PlaybookError
from playbook.model.case import CaseStudy
from playbook.model.storage import FieldState
from widgets import assets
from widgets.cards import Payload
from widgets.overview import Overview
from widgets.session import Host


class Cases(Overview):
    """The cases. From the page besides: begin {case, minutes}, open {play, step}, seal {play, step,
    op_id, answers}, note {play, text}, erase {play}; write
    {worksheet} and keep {worksheet, answers} for a case of one's own; hello may name a play."""

    _esm = assets.esm("cases/cases.js")
    _css = assets.css("cases/cases.css", "form/form.css")

    words = "cases.page"
    play = ""
    """The worksheet of the play that is open; empty for the list."""
    writing: str | None = None
    """The worksheet of the own case that is being written, empty for a new one; None for none."""
    step = 0
    """The step to look at, 1 being the first; 0 for where the play stands."""

    def receive(self, message: Mapping[str, Any]) -> None:
        if message.get("type") == "hello" and self._host is None:
            self.play = str(message.get("play", ""))
        super().receive(message)

    def gathered(self, workbook: Workbook, host: Host) -> Payload:
        """The open play, or the list; the list, and why, where the play can't be shown."""
        shelf, words = _shelf(workbook, host), workbook.framework.words
        if self.writing is not None:
            written = self._written(self.writing, host)
            return self._page(own_page(self.writing, written, workbook.framework), host)
        play = next((it for it in shelf.plays if it.worksheet == self.play), None)
        notice = ""
        if play:
            try:
                case = self._case(play.case, host)
                return self._page(case_page(case, play, self.step, shelf, workbook.framework), host)
            except (PlaybookError, KeyError) as error:
                notice = words.text("cases.error.gone", problem=str(error))
        self.play = ""
        own = written_list(host.store, workbook.framework)
        kit: Sequence[Listed] = ()
        if _in_class(host):
            notice = notice or words.text("cases.error.in_class")
        else:
            kit = kit_list()
            own += own_list(workbook.framework)
        page = self._page(list_page(shelf, kit, own, workbook.framework), host)
        return page | ({"trouble": notice} if notice else {})

    def _page(self, page: Payload, host: Host) -> Payload:
        words = self._framework.words.group("cases.exhibit")
        own = self._framework.words.group("cases.own")
        return page | {"privacy": host.privacy, "exhibit_words": words, "own_words": own}

    def text(self) -> str:
        return cases_text(kit_list(), self._framework.words)

    def outline(self) -> str:
        return cases_outline(kit_list(), self._framework.words)

    def answer(self, message: Mapping[str, Any], host: Host) -> None:
        kind = message.get("type")
        doing = {
            **{"begin": self._begin, "seal": self._seal, "note": self._note},
            **{"erase": self._erase, "keep": self._keep},
        }
        if kind == "open":
            self.play, self.step = str(message.get("play", "")), _whole(message.get("step"))
            self.writing = None
            self.tell(host)
        elif kind == "write":
            self.writing = str(message.get("worksheet", ""))
            self.tell(host)
        elif isinstance(kind, str) and kind in doing:
            try:
                said = doing[kind](message, host)
            except InputError as error:
                self.send({"type": "refused", "text": str(error), "field": error.field})
            except PlaybookError as error:
                self.tell(replace(host, notice=str(error)))
            else:
                self.tell(host, said)
        else:
            super().answer(message, host)

    # -- what a page asks to be done; each says what was done

    def _begin(self, message: Mapping[str, Any], host: Host) -> str:
        case = self._case(str(message.get("case")), host)
        minutes = _whole(message.get("minutes"))
        if minutes not in {route.minutes for route in case.routes}:
            raise InputError(f"The case {case.id} has no route of {minutes} minutes.")
        route = case.route(minutes)
        title = before(case, route, 1, self._framework)["title"]
        made = host.store.create(self._framework.case_play.id, title)
        self.apply(host, made.id, **beginning(case, route))
        self.play, self.step, self.writing = made.id, 0, None
        return ""

    def _seal(self, message: Mapping[str, Any], host: Host) -> str:
        """Commit a decision; only then anything of what happened is put together."""
        words, worksheet = self._framework.words, str(message.get("play"))
        play = read_play(host.store.load(worksheet))
        number, given = _whole(message.get("step")), message.get("answers")
        if play is None or not isinstance(given, Mapping):
            raise InputError(words.text("cases.error.no_step"))
        case = self._case(play.case, host)
        route = case.route(play.minutes)
        if number == play.next_step(route) and number <= len(route.parts):
            change = sealing(before(case, route, number, self._framework), given, words)
            self.apply(host, worksheet, **change, op_id=str(message.get("op_id")))
        elif not 1 <= number < play.next_step(route):
            raise InputError(words.text("cases.error.no_step"))
        self.play, self.step = worksheet, number
        return words.text("cases.page.now_sealed")

    def _note(self, message: Mapping[str, Any], host: Host) -> str:
        words, text = self._framework.words, str(message.get("text", ""))
        snapshot = host.store.load(str(message.get("play")))
        play = read_play(snapshot)
        if play is None:
            raise InputError(words.text("cases.error.no_step"))
        carry = self._case(play.case, host).carry
        sheet = self._framework.sheets.get(carry.sheet)
        self.apply(host, play.worksheet, **noting(text, carry.sheet, snapshot.fields, date.today()))
        said = "carry_saved" if text.strip() else "carry_gone"
        return words.text(f"cases.page.{said}", sheet=sheet.title if sheet else carry.sheet)

    def _keep(self, message: Mapping[str, Any], host: Host) -> str:
        """Keep a case that was written, and say what is still wrong with it, if anything."""
        sheet, words = self._framework.own_case, self._framework.words
        given = message.get("answers")
        known = {info.id for info in host.store.worksheets(sheet.id)}
        worksheet = str(message.get("worksheet", ""))
        if not isinstance(given, Mapping):
            raise InputError(words.text("cases.error.no_step"))
        title = str(given.get("title") or words.text("cases.own.untitled"))[:120]
        if worksheet not in known:
            worksheet = host.store.create(sheet.id, title).id
        fields = host.store.load(worksheet).fields
        answers = {
            it.id: {"value": given.get(it.id) or None, "base_rev": _rev(fields, it.id)}
            for it in sheet.questions()
        }
        self.writing = worksheet
        self.apply(host, worksheet, kind="fill", answers=answers)
        problem = own_page(worksheet, self._written(worksheet, host), self._framework)["problem"]
        key = "not_playable" if problem else "kept"
        return words.text(f"cases.own.{key}", problem=problem)

    def _written(self, worksheet: str, host: Host) -> dict[str, str]:
        known = {info.id for info in host.store.worksheets(self._framework.own_case.id)}
        return answers_of(host.store.load(worksheet)) if worksheet in known else {}

    def _erase(self, message: Mapping[str, Any], host: Host) -> str:
        worksheet = str(message.get("play"))
        sheets = (self._framework.case_play.id, self._framework.own_case.id)
        if worksheet not in {it.id for one in sheets for it in host.store.worksheets(one)}:
            return ""
        host.store.erase_worksheet(worksheet)
        self.play, self.step, self.writing = "", 0, None
        return self._framework.words.text("cases.page.erased")

    def _case(self, case_id: str, host: Host) -> CaseStudy:
        return find_case(case_id, self._framework, host.store, in_class=_in_class(host))


def _in_class(host: Host) -> bool:
    return host.mode == "cohort"


def _shelf(workbook: Workbook, host: Host) -> Shelf:
    infos = host.store.worksheets(workbook.framework.case_play.id)
    return Shelf(plays(host.store, workbook.framework), {info.id: info for info in infos})


def _rev(fields: Mapping[str, FieldState], name: str) -> int:
    return fields[name].rev if name in fields else 0


def _whole(given: Any) -> int:
    return given if isinstance(given, int) and not isinstance(given, bool) else 0
