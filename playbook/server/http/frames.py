"""Jupyter's v1 format of websocket messages: 8-byte numbers, first how many offsets, then these;
then channel, header, parent header, metadata, content and buffers, each from an offset to the next.
"""

from __future__ import annotations

from itertools import pairwise

PROTOCOL = "v1.kernel.websocket.jupyter.org"
NUMBER = 8  # bytes of each number
LEAST, MOST = 6, 70
"""Offsets of a message: five parts without buffers; a widget's message has a few of these."""


def parts_of(message: bytes) -> list[bytes] | None:
    """Channel, header, parent header, metadata, content, buffers; None for anything malformed.

    Each byte of the message is in one part at most, so the parts are never larger than it is.
    """
    count = int.from_bytes(message[:NUMBER], "little")
    first = NUMBER * (count + 1)
    if not LEAST <= count <= MOST or first > len(message):
        return None
    table = message[NUMBER:first]
    offsets = [
        int.from_bytes(table[at : at + NUMBER], "little") for at in range(0, len(table), NUMBER)
    ]
    if offsets != sorted(offsets) or offsets[0] != first or offsets[-1] > len(message):
        return None
    return [message[start:end] for start, end in pairwise(offsets)]
