"""Which messages pass, and what a page may load."""

import pytest
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

from playbook.server.http.security import (
    A_SECOND,
    BURST,
    BURST_BYTES,
    BYTES_A_SECOND,
    LOOPBACK,
    TokenBucket,
    answers_to,
    may_enter,
    may_leave,
    page_policy,
)

from .conftest import message


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("comm_msg", {"comm_id": "a", "data": {"method": "custom"}}),
        ("comm_close", {"comm_id": "a", "data": {}}),
        ("comm_open", {"comm_id": "a", "target_name": "jupyter.widget.control", "data": {}}),
        ("comm_info_request", {}),
        ("kernel_info_request", {}),
    ],
)
def test_a_page_may_say_what_widgets_need(kind, content):
    assert may_enter(message(kind, content))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("execute_request", {"code": "1"}),
        ("inspect_request", {"code": "x", "cursor_pos": 0}),
        ("complete_request", {"code": "x", "cursor_pos": 0}),
        ("history_request", {}),
        ("shutdown_request", {"restart": False}),
        ("interrupt_request", {}),
        ("debug_request", {}),
        ("input_reply", {"value": "x"}),
        ("comm_open", {"comm_id": "a", "target_name": "jupyter.widget", "data": {}}),
        ("comm_open", {"comm_id": "a", "data": {}}),
    ],
)
def test_a_page_may_say_nothing_else(kind, content):
    assert not may_enter(message(kind, content))


def test_only_the_shell_channel_takes_messages():
    assert not may_enter(message("comm_msg", {"comm_id": "a"}, channel="control"))


@pytest.mark.parametrize("kind", ["error", "stream", "execute_result", "execute_reply", "input"])
def test_what_carries_source_output_or_tracebacks_stays_inside(kind):
    assert not may_leave(message(kind, {}))
    assert may_leave(message("comm_msg", {"comm_id": "a", "data": {}}))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 7,
        b"\xff" * 64,
        "text",
        '{"header": {"msg_type": "comm_msg"}}',
        serialize_msg_to_ws_v1([b"{}", b"{}", b"{}", b"{}"], "shell"),
        serialize_msg_to_ws_v1([b"[1]", b"{}", b"{}", b"[1]"], "shell"),
        serialize_msg_to_ws_v1([b'{"msg_type": ["comm_msg"]}', b"{}", b"{}", b"{}"], "shell"),
        serialize_msg_to_ws_v1([b'{"msg_type": "comm_msg"}', b"{}", b"{}", b'"\xff"'], "shell"),
    ],
)
def test_what_is_no_message_is_dropped(raw):
    assert not may_enter(raw)
    assert not may_leave(raw)


def test_a_lone_surrogate_is_dropped_before_its_echo_closes_the_socket():
    good, bad = ({"comm_id": "a", "data": {"value": value}} for value in ("\U0001f600", "\ud83d"))
    assert may_enter(message("comm_msg", good))
    assert not may_enter(message("comm_msg", bad))


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_this_machine_goes_by_two_names(name):
    assert answers_to(LOOPBACK, name)


@pytest.mark.parametrize(
    "name", ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127x0x0x1"]
)
def test_no_other_name_is_this_machine(name):
    assert not answers_to(LOOPBACK, name)


def test_the_policy_of_a_page_never_allows_eval_or_inline_scripts():
    policy = dict(
        part.strip().split(" ", 1) for part in page_policy("127.0.0.1:1", "n0nce").split(";")
    )
    assert policy["script-src"] == "'self' blob: 'nonce-n0nce'"
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"


def test_a_page_may_send_a_burst_and_then_steadily():
    now = [0.0]
    pace = TokenBucket(clock=lambda: now[0])
    assert [pace.wait(10) for _ in range(BURST)] == [0] * BURST
    assert pace.wait(10) == pytest.approx(1 / A_SECOND)
    assert pace.wait(10) == pytest.approx(2 / A_SECOND), "it counts already"
    now[0] += 1
    assert [pace.wait(10) for _ in range(int(A_SECOND) - 2)] == [0] * (int(A_SECOND) - 2)
    assert pace.wait(10) > 0


def test_large_messages_have_a_pace_of_their_own():
    now = [0.0]
    pace = TokenBucket(clock=lambda: now[0])
    assert pace.wait(BURST_BYTES) == 0
    assert pace.wait(1000) == pytest.approx(1000 / BYTES_A_SECOND)
    now[0] += 1000
    assert pace.wait(BURST_BYTES) == 0, "however long it was quiet, a burst is a burst"
    assert pace.wait(1) > 0
