"""SheetForm: draws any sheet, and carries messages between the page and its Session.

Answers travel in custom messages only, never in synced traits: nbclient would write those into
executed notebooks. From the page: hello, op, beat, ask. To the page: state, ack, beat, reply, gone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import anywidget
import traitlets

from playbook.framework import Framework
from playbook.model import InputError, PlaybookError, Sheet, StoreError
from playbook.store import GoneError
from playbook.store.errors import UndoError
from widgets import assets
from widgets.form import asks
from widgets.form.feed import StateFeed
from widgets.form.state import content, state, waits_for_others
from widgets.host import host_for
from widgets.session import Session

log = logging.getLogger(__name__)

FORM_STYLES = ("app.css", "form/form.css", "form/picture.css")


class SheetForm(anywidget.AnyWidget):
    """The form of one sheet. Bound to a worksheet by the page's first hello, and not before.

    `on_bound(session)` is called once then.
    """

    _esm = assets.esm("form/plain.js")
    _css = assets.css(*FORM_STYLES)
    content = traitlets.Dict().tag(sync=True)
    more_asks: ClassVar[Mapping[str, asks.Ask]] = {}
    """What a page with views may ask besides; see widgets.form.view."""
    apart: ClassVar[Mapping[str, str]] = {}
    """Views that the page fetches when it needs them: the module of each, by its name."""

    def __init__(
        self,
        sheet: Sheet,
        framework: Framework,
        on_bound: Callable[[Session], None] = lambda _: None,
    ) -> None:
        views = {"views": dict(self.apart)} if self.apart else {}
        asked = {"asks": sorted(self.more_asks)}
        super().__init__(content=content(sheet, framework) | asked | views)
        self.sheet = sheet
        self.framework = framework
        self.session: Session | None = None
        self._on_bound = on_bound
        self._feed = StateFeed()
        self._owes_state = False
        self.on_msg(self._receive)

    def bind(self, session: Session) -> None:
        """Show and change the worksheet that `session` holds."""
        self.session = session
        self._on_bound(session)

    def _receive(self, _: Any, message: Any, __: Any) -> None:
        """Every message passes here, so no traceback ever reaches the page."""
        if not isinstance(message, Mapping):
            return
        try:
            self._handle(message)
        except GoneError as error:
            self.send({"type": "gone", "text": str(error)})
        except PlaybookError as error:
            passes = isinstance(error, StoreError) and not isinstance(error, UndoError)
            self._refuse(message, str(error), getattr(error, "field", None), passes)
        except Exception:
            log.exception("message of type %s", message.get("type"))
            self._refuse(message, self.framework.words.text("error.unexpected"))

    def _handle(self, message: Mapping[str, Any]) -> None:
        kind = message.get("type")
        if kind == "hello":
            self._hello(message)
        elif self.session is None:
            self.send({"type": "hello?"})
        elif kind == "op":
            self._op(self.session, message)
        elif kind == "beat":
            if self.session.refresh() or self._owes_state:
                self._send_state(self.session)
            others = self.session.host.others(self.session.id)
            self.send({"type": "beat", "seq": self.session.snapshot.seq, "others": others})
        elif kind == "ask":
            answer = asks.answer(self.session, message, self.more_asks)
            if "state" in answer:
                answer |= self._feed.whole(answer["state"])
            self.send({"type": "reply", "id": message.get("id"), "ok": True, **answer})

    def _hello(self, message: Mapping[str, Any]) -> None:
        session = self.session
        if session is None:
            page = message.get("page")
            host = host_for(page if isinstance(page, Mapping) else {}, self.framework)
            device = str(message.get("device", ""))
            session = Session(self.sheet, self.framework, host, device)
            session.open(_text(message.get("worksheet")))
            self.session = session  # only now: where opening failed, the next hello tries again
            if waits_for_others(self.sheet, self.framework):
                self.send({"type": "state", **self._feed.whole(state(session, alone=True))})
                self._owes_state = True  # the next beat brings it, if it can't be told now
                told = self._feed.changed(state(session))
                self._owes_state = False
            else:
                told = self._feed.whole(state(session))
            self.send({"type": "state", **told})
            self._on_bound(session)  # cards and charts after the form
            return
        self.send({"type": "state", **self._feed.whole(state(session))})

    def _op(self, session: Session, message: Mapping[str, Any]) -> None:
        change = message.get("op")
        if not isinstance(change, Mapping):
            raise InputError(self.framework.words.text("error.no_change"))
        worksheet = _text(message.get("worksheet")) or session.id
        try:
            outcome = session.apply(change, worksheet)
        except GoneError as error:
            if worksheet == session.id:
                raise
            raise InputError(str(error)) from None  # the one that the page shows is still here
        ack = {"type": "ack", "op_id": change.get("op_id"), "status": outcome.status}
        self.send(ack | (self._state_now() if worksheet == session.id else {}))

    def _send_state(self, session: Session) -> None:
        self.send({"type": "state", **self._feed.whole(state(session))})
        self._owes_state = False

    def _state_now(self) -> dict[str, Any]:
        """The state to go with an answer. What became of a change is said also when the store can't
        be read just now; then the next beat brings the state."""
        if self.session is None:
            return {}
        self._owes_state = True
        try:
            told = self._feed.changed(state(self.session))
        except PlaybookError:
            return {}
        except Exception:
            log.exception("no state to go with an answer")
            return {}
        self._owes_state = False
        return told

    def _refuse(
        self, message: Mapping[str, Any], text: str, field: str | None = None, passes: bool = False
    ) -> None:
        """Say why not. A trouble that `passes`, as a full disk, is no word on the change itself:
        the page keeps it, and sends it again."""
        if message.get("type") == "op":
            op = message.get("op")
            op_id = op.get("op_id") if isinstance(op, Mapping) else None
            status = "later" if passes else "refused"
            ack = {"type": "ack", "op_id": op_id, "status": status, "text": text, "field": field}
            self.send(ack | self._state_now())
        else:
            self.send({"type": "reply", "id": message.get("id"), "ok": False, "text": text})


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
