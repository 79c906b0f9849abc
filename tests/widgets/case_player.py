"""A page of cases without a browser: what is said to it, and all that it answers."""

import json
from uuid import uuid4

from widgets.cases import Cases

LOCAL = {"host": "localhost", "app": "voila"}


class Player:
    """One page: what it says to the app, and all that it hears back."""

    def __init__(self, framework, play=""):
        self.app, self.heard = Cases(framework), []
        self.app.send = lambda message, *_: self.heard.append(json.loads(json.dumps(message)))
        self.say(type="hello", page=LOCAL, play=play)

    def say(self, **message):
        self.app._receive(self.app, message, [])
        return self.heard[-1]

    def decide(self, **given):
        """Seal the step that is shown: its first choices, where `given` says nothing else."""
        page = self.heard[-1]
        asks = page["before"]["asks"]
        answers = {ask["id"]: ANSWERS[ask["kind"]](ask) for ask in asks} | given
        number = page["before"]["step"]
        return self.say(
            type="seal", play=page["play"], step=number, op_id=str(uuid4()), answers=answers
        )

    def on(self):
        page = self.heard[-1]
        return self.say(type="open", play=page["play"], step=page["before"]["step"] + 1)

    def play(self, case, minutes):
        """To the end, whatever is asked."""
        self.say(type="begin", case=case, minutes=minutes)
        while self.heard[-1]["screen"] != "end":
            self.decide()
            self.on()
        return self.heard[-1]


ANSWERS = {
    "one": lambda ask: ask["choices"][0]["id"],
    "many": lambda ask: [ask["choices"][0]["id"]],
    "number": lambda _: {"low": "100", "high": "2,000"},
    "text": lambda _: "They know where it hurts.",
}
