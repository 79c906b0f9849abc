"""One answer to the metric tree's example: the CPU that its kernel takes, from message to reply."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from playbook.editing.apply import apply_change
from playbook.framework import load_framework
from playbook.store import open_store
from playbook.store.paths import database_path
from widgets.app import WorksheetApp, worksheet_app
from widgets.session import Host, Session

SHEET = "metric_tree"


def measure(times: int) -> list[float]:
    """The seconds of CPU of so many answers, after one that is not counted."""
    with TemporaryDirectory() as folder:
        app, session, field = _opened(Path(folder))
        return [_answered(app, session, field, at) for at in range(times + 1)][1:]


def _opened(home: Path) -> tuple[WorksheetApp, Session, str]:
    """The app with the example in it, on a file as `playbook serve` has one; a number to change."""
    framework, store = load_framework(), open_store(database_path(home))
    app = worksheet_app(SHEET)
    for widget in (app.form, app.verdict, *app.charts.values()):
        widget.send = _written
    host = Host(store, "local", "", partial(apply_change, store, framework))
    session = Session(framework.sheets[SHEET], framework, host, "bench")
    session.open("example")
    app.form.bind(session)
    app.form._receive(app.form, {"type": "hello"}, [])
    return app, session, next(it for it in session.snapshot.fields if it.endswith("/now"))


def _written(message: object, *_: object) -> None:
    """Where there is no page, what it is told is still written out."""
    json.dumps(message, allow_nan=False)


def _answered(app: WorksheetApp, session: Session, field: str, value: int) -> float:
    change = {"kind": "set", "field": field, "value": str(1 + value), "op_id": str(uuid4())}
    change |= {"base_rev": session.snapshot.fields[field].rev}
    began = time.process_time()
    app.form._receive(app.form, {"type": "op", "op": change}, [])
    return time.process_time() - began
