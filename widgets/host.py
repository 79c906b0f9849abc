"""Where a page's answers may be kept: decided once, when its first hello arrives.

Under a cohort host the kernel has a ticket and nothing else. JupyterLab is its user's own. A page
of Voila reached by a loopback name belongs to whoever sits at this computer; reached by any other
name it may be anybody's, so nothing is kept.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from ipaddress import ip_address
from typing import Any

from playbook.editing.apply import apply_change
from playbook.framework import Framework
from playbook.model import StoreError
from playbook.model.storage import Outcome, Store
from playbook.store import open_store
from playbook.store.paths import database_path
from playbook.store.remote import API, TICKET, RemoteStore, remote_store
from widgets.session import Host


def host_for(page: Mapping[str, Any], framework: Framework) -> Host:
    """The host for a page that said {"host": name in the address bar, "app": "voila" or "lab"}.

    The page's word can only make it stricter: what the server knows of the request counts too.
    """
    words = framework.words
    if API in os.environ:
        return _afar(remote_store(os.environ[API], os.environ.get(TICKET, "")))
    names = [os.environ.get("SERVER_NAME", ""), str(page.get("host", ""))]
    in_voila = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")
    if (in_voila or page.get("app") == "voila") and not all(map(is_loopback, filter(None, names))):
        return _here(
            framework,
            open_store(None),
            "memory",
            words.text("host.memory"),
            words.text("host.keep"),
        )
    path = database_path()
    try:
        store = open_store(path)
        store.worksheets()
    except StoreError as error:
        return _here(framework, open_store(None), "memory", words.text("host.memory"), str(error))
    return _here(framework, store, "local", words.text("host.local"))


def _here(framework: Framework, store: Store, mode: str, privacy: str, notice: str = "") -> Host:
    """This process reads and writes by itself."""
    return Host(store, mode, privacy, partial(apply_change, store, framework), notice)


def _afar(store: RemoteStore) -> Host:
    """The front process of a cohort host does it, for whomever the ticket stands for."""
    about = store.about()

    def apply(worksheet: str, _device: str, change: Mapping[str, Any]) -> Outcome:
        return store.apply(worksheet, dict(change))

    return Host(store, "cohort", about.privacy, apply, device=about.device, others=store.others)


def is_loopback(name: str) -> bool:
    """Whether a host name can only mean this computer."""
    name = name.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
