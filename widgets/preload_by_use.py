"""Loads what pages need after they have opened, by doing all of it once, for a page of nobody's.

So the libraries for the database and for pictures are there, and their first use, which is slow and
fills memory, is over. It takes two seconds, so nobody should wait for it.
"""

from typing import cast

import widgets.preload  # noqa: F401
from playbook.framework import load_framework
from playbook.store import wire
from playbook.store.sql import SqliteStore
from widgets.app import form_of
from widgets.cards import verdict_payload
from widgets.charts import CHARTS
from widgets.form.state import history, state
from widgets.host import host_for
from widgets.session import Session

NOBODY = {"app": "voila", "host": "nobody.invalid"}
"""A page reached by a name like this keeps nothing, so its store is in memory."""

CELL = "from widgets.app import worksheet_app\nworksheet_app('catalyst')"
"""What is executed as a notebook's first cell: it takes 6 MB, which seeds then share."""

framework = load_framework().checked()
host = host_for(NOBODY, framework)
for sheet in framework.sheets.values():
    session = Session(sheet, framework, host, "nobody")
    session.open("example")
    state(session)
    history(session)
    verdict_payload(sheet, session.assessment, framework, session.worksheet)
    if "numbers" in (asks := form_of(sheet).more_asks):
        asks["numbers"](session, {"changes": {}})  # scipy takes seconds
    for chart in sheet.charts.keys() & CHARTS.keys():
        CHARTS[chart](sheet, session.worksheet, session.assessment, framework)
cast(SqliteStore, host.store).close()  # that of NOBODY is one in memory
for call in wire.CALLS:  # how a kernel of a class reads what the front process answers
    wire.result(call)
