"""Messages in Jupyter's v1 format: taken apart as jupyter_server does, and never made larger."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)

from playbook.server.http.frames import MOST, NUMBER, parts_of

PART = st.binary(max_size=40)
NUMBERS = st.one_of(st.integers(0, 400), st.sampled_from([2**31, 2**63, 2**64 - 1]))


@given(st.lists(PART, min_size=4, max_size=MOST - 2), st.sampled_from(["shell", "control", "é"]))
def test_what_jupyter_server_puts_together_is_taken_apart_as_it_does(parts, channel):
    raw = serialize_msg_to_ws_v1(parts, channel)
    assert parts_of(raw) == [channel.encode(), *parts]
    assert deserialize_msg_from_ws_v1(raw) == (channel, parts)


@given(st.lists(NUMBERS, max_size=40), st.binary(max_size=400))
def test_whatever_numbers_it_begins_with_its_parts_are_no_larger_than_it_is(numbers, rest):
    raw = b"".join(number.to_bytes(NUMBER, "little") for number in numbers) + rest
    parts = parts_of(raw)
    assert parts is None or (len(parts) >= 5 and sum(map(len, parts)) < len(raw))


@given(st.lists(PART, min_size=4, max_size=6), st.data())
def test_a_message_that_was_cut_is_none(parts, data):
    raw = serialize_msg_to_ws_v1(parts, "shell")
    assert parts_of(raw[: data.draw(st.integers(0, len(raw) - 1))]) is None


@given(st.lists(PART, min_size=MOST - 1, max_size=MOST + 5))
def test_a_message_has_only_so_many_parts(parts):
    assert parts_of(serialize_msg_to_ws_v1(parts, "shell")) is None
