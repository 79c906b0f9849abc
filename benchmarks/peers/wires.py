"""Visitors of the peers, for benchmarks.load: each speaks as that peer's own page does.

Run in the peers' environment. The messages are made with the peers' own classes where they have
any (Bokeh, Streamlit); Solara's are Jupyter's, as plain JSON.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
from websockets.sync.client import ClientConnection, connect

from benchmarks.peers.worksheet import SAVED, first_screen, options

PATIENCE = 60.0
QUESTION = next(question for question in first_screen() if question.id == "breaks")


class Peer:
    """What all have in common: a browser's cookies, one socket, and the words that say "saved"."""

    def __init__(self, address: str, page: str) -> None:
        parts = urlsplit(address)
        self.page = page
        self.base = f"{parts.scheme}://{parts.netloc}"
        self.http = httpx.Client(base_url=self.base, timeout=PATIENCE, verify=False)
        self.socket: ClientConnection

    def enter(self) -> None:
        """There is no door."""

    def get(self, path: str) -> str:
        """A page or a file."""
        found = self.http.get(path)
        found.raise_for_status()
        return found.text

    def connect(self, path: str, *protocols: str) -> None:
        """Open the socket as the page does, compression left out."""
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)
        self.socket = connect(
            self.base.replace("http", "ws", 1) + path,
            additional_headers={"Cookie": cookies, "Origin": self.base},
            subprotocols=list(protocols) or None,  # type: ignore[arg-type]
            compression=None,
            max_size=None,
        )

    def frames(self) -> Iterator[str | bytes]:
        """Whatever comes, for at most a minute."""
        end = time.monotonic() + PATIENCE
        while True:
            yield self.socket.recv(timeout=max(end - time.monotonic(), 0))

    def prepare(self) -> None:
        """The first answer makes the candidate."""
        self.answer("yes")

    def answer(self, value: str) -> None:
        """Answer the question and wait for the line that says it is saved."""
        raise NotImplementedError

    def close(self) -> None:
        """Go away without a word."""
        if hasattr(self, "socket"):
            self.socket.close()
        self.http.close()


class Panel(Peer):
    """Bokeh's protocol: the page has a token; the document comes over the socket, then patches."""

    def open(self) -> None:
        from bokeh.protocol import Protocol

        token = re.search(r'"token":\s*"([^"]+)"', self.get(self.page))
        assert token, "no token in the page"
        self.connect(f"{self.page}/ws", "bokeh", token[1])
        self._next("ACK")
        self._send(Protocol().create("PULL-DOC-REQ"))
        document = self._next("PULL-DOC-REPLY")["doc"]
        found = (item for item in _objects(document) if _attribute(item, "tags") == [QUESTION.id])
        self.group = next(found)["id"]

    def answer(self, value: str) -> None:
        from bokeh.protocol.messages.patch_doc import patch_doc

        picked = list(options(QUESTION).values()).index(value)
        event = {"kind": "ModelChanged", "attr": "active", "new": picked}
        events = [event | {"model": {"id": self.group}}]
        self._send(patch_doc(patch_doc.create_header(), {}, {"events": events}))
        while SAVED not in json.dumps(self._next("PATCH-DOC")):
            pass

    def _send(self, message: Any) -> None:
        for part in (message.header_json, message.metadata_json, message.content_json):
            self.socket.send(part)

    def _next(self, kind: str) -> dict[str, Any]:
        """The content of the next message of that kind; each is three frames, and its buffers."""
        frames = self.frames()
        while True:
            header, _, content = (json.loads(next(frames)) for _ in range(3))
            for _ in range(2 * header.get("num_buffers", 0)):
                next(frames)
            if header["msgtype"] == "ERROR":
                raise RuntimeError(str(content)[:300])
            if header["msgtype"] == kind:
                return dict(content)


def _objects(data: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in a document, however deep."""
    if isinstance(data, dict):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _objects(item)


def _attribute(item: Mapping[str, Any], name: str) -> Any:
    attributes = item.get("attributes")
    return attributes.get(name) if isinstance(attributes, dict) else None


class Solara(Peer):
    """Jupyter's messages to a kernel that is no process: it is told to run, and sends widgets."""

    def open(self) -> None:
        self.get(self.page)
        kernel, self.session = str(uuid4()), str(uuid4())
        self.connect(f"/jupyter/api/kernels/{kernel}/channels?session_id={self.session}")
        self._send("kernel_info_request", {})
        control = str(uuid4())
        self._send("comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}})
        run = {"method": "run", "args": {"path": self.page, "dark": False, "themes": {}}}
        self._send("comm_msg", {"comm_id": control, "data": run})
        self.group = ""
        for message in self._messages():
            content = message["content"]
            state = content.get("data", {}).get("state", {})
            if state.get("name") == QUESTION.id:
                self.group = content["comm_id"]
            if content.get("comm_id") == control and content["data"]["method"] == "finished":
                break
        assert self.group, "the question isn't among the widgets"

    def answer(self, value: str) -> None:
        update = {"method": "update", "state": {"v_model": value}, "buffer_paths": []}
        self._send("comm_msg", {"comm_id": self.group, "data": update})
        while SAVED not in str(next(self.frames())):
            pass

    def _messages(self) -> Iterator[dict[str, Any]]:
        """Those without buffers; a few widgets have some, and none that matters here."""
        return (json.loads(frame) for frame in self.frames() if isinstance(frame, str))

    def _send(self, kind: str, content: Mapping[str, Any]) -> None:
        header = {"msg_id": str(uuid4()), "msg_type": kind, "username": "", "version": "5.3"}
        header |= {"session": self.session, "date": "2026-01-01T00:00:00Z"}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        self.socket.send(json.dumps(message | {"channel": "shell", "buffers": []}))


class Streamlit(Peer):
    """Protobuf messages: the page asks for a run of the script, and draws what comes of it."""

    def open(self) -> None:
        for path in (self.page, "/_stcore/health", "/_stcore/host-config"):
            self.get(path)
        self.connect("/_stcore/stream", "streamlit")
        self.group = ""
        self._run()
        assert self.group, "the question isn't among the elements"

    def answer(self, value: str) -> None:
        labels = {choice: label for label, choice in options(QUESTION).items()}
        assert SAVED in self._run(labels[value]), "the answer isn't said to be saved"

    def _run(self, label: str | None = None) -> str:
        """One run of the script, with an answer or without; all text that came of it."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        asked = BackMsg()
        asked.rerun_script.query_string = ""
        if label is not None:
            asked.rerun_script.widget_states.widgets.add(id=self.group, string_value=label)
        self.socket.send(asked.SerializeToString())
        said = []
        for frame in self.frames():
            message = ForwardMsg.FromString(frame)
            if message.WhichOneof("type") == "script_finished":
                return "\n".join(said)
            element = message.delta.new_element
            if element.radio.label == QUESTION.text:
                self.group = element.radio.id
            if element.HasField("exception"):
                raise RuntimeError(element.exception.message[:300])
            said.append(element.markdown.body)
        raise AssertionError
