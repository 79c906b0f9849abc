"""How kernels start, what they may say, and how they end."""

from __future__ import annotations

import time

import psutil
import pytest
import zmq
from voila.voila_kernel_manager import voila_kernel_manager_factory

from playbook.server.http.security import OUTBOUND
from playbook.server.kernels.manager import PlaybookKernelManager
from playbook.server.solo.app import CONFIG

from .conftest import eventually, message, read, running
from .processes import below, command_line


def models(socket) -> dict:
    """The states of all widgets, asked for as a page does."""
    target = {"comm_id": "control", "target_name": "jupyter.widget.control", "data": {}}
    socket.send(message("comm_open", target, version="1.0.0"))
    asked = {"comm_id": "control", "data": {"method": "request_states"}}
    socket.send(message("comm_msg", asked))
    while True:
        kind, content = read(socket.recv(timeout=120))
        if kind == "comm_msg" and content["data"].get("method") == "update_states":
            return content["data"]["states"]


def click(socket, model_id: str, kind: str) -> None:
    data = {"method": "custom", "content": {"kind": kind}}
    socket.send(message("comm_msg", {"comm_id": model_id, "data": data}))


def next_value(socket) -> int:
    """The counter's next value that arrives."""
    while True:
        kind, content = read(socket.recv(timeout=120))
        state = content.get("data", {}).get("state", {})
        if kind == "comm_msg" and "value" in state:
            return state["value"]


@pytest.fixture
def line(served, owner):
    """A page's socket, and the id of the counter on the page."""
    _, kernel_id = served.open(owner)
    with served.connect(owner, kernel_id) as socket:
        states = models(socket)
        (counter,) = (name for name, model in states.items() if "value" in model["state"])
        yield socket, counter


def test_a_click_reaches_the_kernel_and_its_answer_the_page(line):
    socket, counter = line
    click(socket, counter, "count")
    assert next_value(socket) == 1


@pytest.mark.parametrize("kind", ["fail", "print"])
def test_neither_a_failure_nor_a_print_reaches_the_page(line, kind):
    socket, counter = line
    click(socket, counter, kind)
    click(socket, counter, "count")
    seen = []
    while not seen or b'"value":' not in seen[-1].replace(b" ", b""):
        seen.append(socket.recv(timeout=120))
    assert {read(raw)[0] for raw in seen} <= OUTBOUND
    assert not any(b"secret" in raw or b"Traceback" in raw for raw in seen)


def test_a_page_cannot_run_code(line, tmp_path):
    socket, counter = line
    target = tmp_path / "written"
    code = {"code": f"open({str(target)!r}, 'w')", "silent": False, "store_history": False}
    socket.send(message("execute_request", code))
    socket.send(message("execute_request", code, channel="control"))
    click(socket, counter, "count")
    assert next_value(socket) == 1
    assert not target.exists()


def test_garbage_does_not_close_the_line(line):
    socket, counter = line
    for raw in (b"", b"\xff" * 64, "text", '{"channel": "shell"}'):
        socket.send(raw)
    click(socket, counter, "count")
    assert next_value(socket) == 1


def test_a_page_and_its_kernel_speak_compressed(served, owner):
    _, kernel_id = served.open(owner)
    with served.connect(owner, kernel_id) as socket:
        agreed = socket.response.headers["Sec-WebSocket-Extensions"]
    assert agreed.startswith("permessage-deflate"), "a sheet's code is 300 kB on a phone's network"


def test_leaving_a_page_ends_its_kernel_a_little_later(served, owner):
    _, kernel_id = served.open(owner)
    with served.connect(owner, kernel_id):
        left = time.monotonic()
        assert leave(owner, kernel_id) == 204
    assert eventually(lambda: not alive(owner, kernel_id))
    assert time.monotonic() - left > 4, "the last edit may still be on its way"


def test_a_person_who_stays_after_all_keeps_the_kernel(served, owner):
    _, kernel_id = served.open(owner)
    with served.connect(owner, kernel_id):
        assert leave(owner, kernel_id) == 204
        time.sleep(7)
        assert alive(owner, kernel_id)


def test_a_page_of_another_site_cannot_end_a_kernel(served, owner):
    _, kernel_id = served.open(owner)
    assert owner.post(f"/voila/api/shutdown/{kernel_id}").status_code == 403
    secret = {"_xsrf": owner.cookies["_xsrf"]}
    there = {"Origin": "http://evil.example"}
    answer = owner.post(f"/voila/api/shutdown/{kernel_id}", data=secret, headers=there)
    assert answer.status_code in {403, 404}


def test_every_page_has_a_kernel_of_its_own(served, owner):
    before = served.opened()
    assert served.open(owner)[1] != served.open(owner)[1]
    assert served.opened() == before + 2


def test_where_kernels_cannot_be_forked_one_waits_for_the_next_page(tmp_path, notebooks):
    home = tmp_path / "home"
    with running(home, notebooks, forking=False) as server, server.owner() as owner:
        assert server.open(owner)[1] != server.open(owner)[1]
        assert server.opened() == 2
        assert eventually(lambda: server.kernels() == 3)


def test_a_page_opens_although_the_waiting_kernel_has_died(tmp_path, notebooks):
    home = tmp_path / "home"
    with running(home, notebooks, forking=False) as server, server.owner() as owner:
        assert eventually(lambda: server.kernels() == 1)
        for child in psutil.Process(server.process.pid).children():
            child.kill()
        page, kernel_id = server.open(owner)
        assert "application/vnd.jupyter.widget-view+json" in page
        assert alive(owner, kernel_id)


def test_a_kernel_that_dies_is_reported_to_its_page_and_not_replaced(served, owner):
    _, kernel_id = served.open(owner)
    with served.connect(owner, kernel_id) as socket:
        models(socket)
        for child in below(served):
            if kernel_id in command_line(child):
                child.kill()
        while read(socket.recv(timeout=120)) != ("status", {"execution_state": "dead"}):
            pass
    assert eventually(lambda: not alive(owner, kernel_id))


def test_a_kernel_without_a_page_ends_after_a_while_and_one_with_a_page_never():
    """The settings reach jupyter_server's culler, whose work this is."""
    manager = voila_kernel_manager_factory(PlaybookKernelManager, False, 0)(config=CONFIG)
    assert manager.cull_idle_timeout == 600
    assert manager.cull_interval == 60
    assert not manager.cull_connected


def test_a_page_that_never_connects_has_no_kernel_any_more_after_a_minute(tmp_path, notebooks):
    """Here after three seconds. One that did connect stays although its line was cut."""
    home = tmp_path / "home"
    with running(home, notebooks, unseen=3) as server, server.owner() as owner:
        _, connected = server.open(owner)
        with server.connect(owner, connected) as socket:
            models(socket)
        _, never = server.open(owner)
        opened = time.monotonic()
        assert eventually(lambda: not alive(owner, never))
        assert time.monotonic() - opened > 2
        assert alive(owner, connected)


def test_a_host_has_channels_for_more_pages_than_it_has_memory_for():
    """Each takes five, and one for its kernel: unasked they end with the 171st page."""
    kernels = PlaybookKernelManager(root_dir=".", forking=False)
    kernels.context.socket(zmq.DEALER).close()  # from then on a limit is what it is
    assert kernels.context.get(zmq.MAX_SOCKETS) >= 1_000 * 6


def test_a_page_has_a_minute_to_connect():
    assert voila_kernel_manager_factory(PlaybookKernelManager, False, 0)(config=CONFIG).unseen == 60


def test_a_beacon_that_names_no_origin_counts_but_not_without_the_secret(served, owner):
    _, kernel_id = served.open(owner)
    nowhere = {"Origin": "null"}
    address = f"/voila/api/shutdown/{kernel_id}"
    assert owner.post(address, headers=nowhere).status_code == 403
    assert leave(owner, kernel_id, **nowhere) == 204


def leave(client, kernel_id: str, **headers: str) -> int:
    """What Voila's page does when it is left: a beacon with the cookie's secret."""
    secret = {"_xsrf": client.cookies["_xsrf"]}
    address = f"/voila/api/shutdown/{kernel_id}"
    return client.post(address, data=secret, headers=headers).status_code


def alive(client, kernel_id: str) -> bool:
    return client.get(f"/api/kernels/{kernel_id}").status_code == 200
