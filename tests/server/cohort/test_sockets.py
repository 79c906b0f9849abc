"""What somebody may send over the socket of their own page, and what nobody else notices of it."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from statistics import median

import psutil
import pytest
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from playbook.server.http.frames import NUMBER, PROTOCOL
from playbook.server.http.security import LARGEST_MESSAGE
from playbook.server.kernels.manager import SOCKETS_EACH
from tests.server.conftest import eventually, message
from tests.server.test_kernels import click, models, next_value

pytestmark = pytest.mark.timed

MB = 1e6
ALLOWED_MB = 50
SOON = 0.5  # seconds


def memory(host) -> float:
    """MB that are the front process' alone."""
    return psutil.Process(host.process.pid).memory_full_info().uss / MB


def line_to(person, kernel_id: str, protocols=(PROTOCOL,), **options):
    cookies = "; ".join(f"{it.name}={it.value}" for it in person.client.cookies.jar)
    address = f"{person.url}/api/kernels/{kernel_id}/channels?session_id=s{time.monotonic_ns()}"
    return connect(
        address.replace("http", "ws", 1),
        subprotocols=list(protocols) or None,
        additional_headers={"Cookie": cookies},
        **{"compression": None, "max_size": None, "close_timeout": 0.1} | options,
    )


def custom(content: dict, channel: str = "shell") -> bytes:
    return message("comm_msg", {"comm_id": "x", "data": content}, channel)


@pytest.fixture
def beside(served):
    """How long the answers of Lin's page take while a test goes on, in seconds."""
    lin, took, over = served.people["Lin"], [], threading.Event()

    def click_on() -> None:
        with line_to(lin, lin.open()) as socket:
            (counter,) = (it for it, model in models(socket).items() if "value" in model["state"])
            while not over.wait(0.2) or len(took) < 3:
                began = time.monotonic()
                click(socket, counter, "count")
                next_value(socket)
                took.append(time.monotonic() - began)

    working = threading.Thread(target=click_on)
    working.start()
    assert eventually(lambda: len(took) > 0)
    yield took
    over.set()
    working.join()
    assert median(took) < SOON


@pytest.fixture
def kept_small(served, beside):  # noqa: ARG001  # Lin works on meanwhile
    before = memory(served)
    yield
    assert eventually(lambda: memory(served) - before < ALLOWED_MB, 5)
    assert memory(served) - before < ALLOWED_MB


@pytest.fixture
def mine(served):
    """The kernel of José's page."""
    return served.people["José"].open()


@pytest.mark.usefixtures("kept_small")
@pytest.mark.parametrize("protocols", [(), ("v2.example",), ("chat", "v1")])
def test_a_line_that_does_not_ask_for_the_protocol_is_refused(served, mine, protocols):
    with pytest.raises(InvalidStatus) as refused:
        line_to(served.people["José"], mine, protocols)
    assert refused.value.response.status_code == 400


def test_a_request_for_a_line_that_is_none_is_refused(served, mine):
    jose = served.people["José"]
    for _ in range(3):
        assert jose.get(f"/api/kernels/{mine}/channels?session_id=a").status_code == 400
    with line_to(jose, mine) as line:
        assert models(line)


@pytest.mark.usefixtures("kept_small")
def test_a_burst_is_worked_off_in_order_and_nothing_of_it_is_lost(served, mine):
    with line_to(served.people["José"], mine) as line:
        (counter,) = (it for it, model in models(line).items() if "value" in model["state"])
        for _ in range(1000):
            click(line, counter, "count")
        values = [next_value(line) for _ in range(1000)]
    assert values == list(range(1, 1001))


@pytest.mark.usefixtures("kept_small")
def test_a_burst_that_nobody_waits_for_costs_nothing(served, mine):
    for _ in range(2):
        with line_to(served.people["José"], mine) as line, suppress(ConnectionClosed):
            for _ in range(1000):
                line.send(custom({"method": "custom", "content": {}}))


def is_closed(line) -> bool:
    """Whether the host closes this line within some seconds."""
    try:
        while True:
            line.recv(timeout=10)
    except ConnectionClosed:
        return True
    except TimeoutError:
        return False


def overlapping() -> bytes:
    """Parts of which each is the whole message again: 500 kB that would become 16 GB."""
    count = 60_000
    table = b"".join(n.to_bytes(NUMBER, "little") for n in (0, 480_000) * (count // 2))
    return count.to_bytes(NUMBER, "little") + table


SOUND = custom({})
MALFORMED = {
    "more parts than there are bytes": (2**63).to_bytes(8, "little") + bytes(300),
    "a count in the format from before": b"\x00\xff\xff\xff" + bytes(300),
    "overlapping parts": overlapping(),
    "cut short": SOUND[:-10],
    "cut in its table": SOUND[:30],
    "offsets beyond its end": SOUND[:40] + (2**40).to_bytes(8, "little") + SOUND[48:],
    "nested too deep": serialize_msg_to_ws_v1(
        [json.dumps({"msg_type": "comm_msg"}).encode(), b"{}", b"{}", b"[" * 100_000], "shell"
    ),
    "text": "x" * 300,
}


@pytest.mark.usefixtures("kept_small")
@pytest.mark.parametrize("raw", MALFORMED.values(), ids=list(MALFORMED))
def test_a_malformed_message_is_dropped_and_the_line_goes_on(served, mine, raw):
    with line_to(served.people["José"], mine) as line:
        (counter,) = (it for it, model in models(line).items() if "value" in model["state"])
        for _ in range(4):
            line.send(raw)
        click(line, counter, "count")
        assert next_value(line) == 1


@pytest.mark.usefixtures("kept_small")
def test_a_message_counts_as_large_as_it_unpacks(served, mine):
    """Nine megabytes of the same letter are ten kilobytes on the wire."""
    large = custom({"method": "custom", "content": "a" * (9 << 20)})
    for _ in range(5):
        with line_to(served.people["José"], mine, compression="deflate") as line:
            assert "deflate" in line.response.headers["Sec-WebSocket-Extensions"]
            line.send(large)
            assert is_closed(line)


def test_a_message_as_large_as_allowed_passes(served, mine):
    with line_to(served.people["José"], mine) as line:
        models(line)
        line.send(custom({"content": "a" * (LARGEST_MESSAGE - 1000)}))
        line.send(message("kernel_info_request", {}))
        assert line.recv(timeout=10)


@pytest.mark.usefixtures("kept_small")
def test_a_page_that_asks_and_reads_nothing_is_cut(served, mine):
    """It asks for all its widgets' states, a hundred megabytes in all, and takes no answer."""
    with line_to(served.people["José"], mine, max_queue=1) as line:
        layouts = [it for it, model in models(line).items() if "width" in model["state"]]
        wide = {"method": "update", "state": {"width": "a" * 400_000}, "buffer_paths": []}
        line.send(message("comm_msg", {"comm_id": layouts[0], "data": wide}))
        asks = {"comm_id": "control", "data": {"method": "request_states"}}
        with suppress(ConnectionClosed):
            for _ in range(250):
                line.send(message("comm_msg", asks))
        time.sleep(6)
        assert is_closed(line)


def test_a_kernel_takes_so_many_lines_and_lets_go_of_the_oldest(served, mine):
    jose = served.people["José"]
    with ExitStack() as lines:
        opened = [lines.enter_context(line_to(jose, mine)) for _ in range(SOCKETS_EACH)]
        assert models(opened[0])
        opened.append(lines.enter_context(line_to(jose, mine)))
        assert models(opened[-1])
        assert is_closed(opened[0])
        assert models(opened[1])


def test_a_line_that_is_let_go_keeps_nothing_though_its_messages_still_wait(
    served, mine, logged_tracebacks
):
    """Each takes nine files of the host: its own, and two for each of a kernel's four channels. A
    burst on it may wait for a minute."""
    jose, large = served.people["José"], custom({"content": "a" * (LARGEST_MESSAGE - 1000)})
    process = psutil.Process(served.process.pid)

    def burst() -> None:
        with suppress(ConnectionClosed), line_to(jose, mine, ping_interval=None) as line:
            for _ in range(20):
                line.send(large)

    before = process.num_fds()
    with ThreadPoolExecutor(20) as threads:
        for _ in range(20):
            threads.submit(burst)
            time.sleep(0.1)
        held = process.num_fds() - before
        with ExitStack() as lines:  # which let go of the last bursts, too
            for _ in range(SOCKETS_EACH):
                lines.enter_context(line_to(jose, mine))
    assert held <= 9 * (SOCKETS_EACH + 1)
    assert all(told.startswith("websockets.client") for told in logged_tracebacks), "ours are cut"
    logged_tracebacks.clear()


def test_the_host_says_neither_its_software_nor_its_process(served):
    jose = served.people["José"]
    stranger = served.stranger()
    with closing(stranger):
        answers = [stranger.get(path) for path in ("/join", "/health", "/nowhere", "/place")]
    answers += [jose.get("/place"), jose.get("/voila/render/01_catalyst.ipynb")]
    for answer in answers:
        assert "Server" not in answer.headers
        assert "tornado" not in str(answer.headers).lower()
    assert str(served.process.pid) not in answers[1].text
    with line_to(jose, jose.open()) as line:
        assert "Server" not in line.response.headers
