"""The tables of classes and their people, beside those of the store (one file, one version).

account ── cohort ─┬─ team ─────── workspace           invitation: sets an account's password
                   ├─ member ───── workspace           device: a browser that is signed in
                   │    └─ device, pairing, earlier_name
                   ├─ room, offer, agreed              what the class does together
                   ├─ prepared                         own questions, kept for later
                   ├─ step, passed                     the plan of the class, and where it was
                   └─ poll ── eligible, ballot, decision, hands, published, tray
                   team ── level_round ── level_ballot: what a workgroup says of its practices
tombstone: what was erased, so that restoring a backup does not bring it back

Secrets are here only as hashes: a password as argon2, a random token as SHA-256, a code short
enough to be guessed as HMAC under the host's key, which is not in this file. So are the names that
people had before: erasing finds them again, and nobody reads them here. A join code is made anew
from its seed with the host's key whenever it is shown.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Table, Text

from playbook.store.schema import Json, Number, UtcTime, metadata


def _one_of(table: str, nullable: bool = True) -> Column[str]:
    """A column that names a row of `table`, and goes when that row goes."""
    return Column(table, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=nullable)


account = Table(
    "account",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),  # the name as compared when signing in
    Column("password", Text),  # argon2id; NULL until the first link was used
    Column("created", UtcTime, nullable=False),
)

invitation = Table(
    "invitation",
    metadata,
    Column("token", Text, primary_key=True),  # SHA-256
    _one_of("account", nullable=False),
    Column("expires", UtcTime, nullable=False),
)

cohort = Table(
    "cohort",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("owner", ForeignKey("account.id"), nullable=False),
    Column("host", Text, nullable=False),  # who runs it, as participants are told
    Column("created", UtcTime, nullable=False),
    Column("ends", Date, nullable=False),
    Column("erase_on", Date, nullable=False),
    Column("in_teams", Boolean, nullable=False),
    Column("sees_answers", Boolean, nullable=False),  # never changed afterwards
    Column("open", Boolean, nullable=False),  # whether the door is
    Column("join_code", Text),  # HMAC; NULL: nobody can join
    Column("joins_left", Number),
    Column("join_seed", Text),  # what the host's key makes the code of
    Column("day", Date),  # the day on which the class meets
    Column("ended", UtcTime),  # when somebody ended it; NULL: its last day does
    Column("dated", UtcTime),  # when its dates were last changed, as people are told
)

team = Table(
    "team",
    metadata,
    Column("id", Text, primary_key=True),
    _one_of("cohort", nullable=False),
    Column("name", Text, nullable=False),
    _one_of("workspace"),  # NULL: they talk and decide together, and share no worksheet
)

member = Table(
    "member",
    metadata,
    Column("id", Text, primary_key=True),
    _one_of("cohort", nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    _one_of("workspace", nullable=False),
    Column("account", ForeignKey("account.id")),  # of trainers
    Column("team", ForeignKey("team.id", ondelete="SET NULL")),
    Column("resume", Text, unique=True),  # SHA-256 of the private link's token
    Column("relinked", UtcTime),  # when somebody else last made them a private link
    Column("relinked_by", Text),  # and who: a member's id, who may be gone by now
    Column("joined", UtcTime, nullable=False),
    Column("resume_once", Boolean, nullable=False, server_default="0"),  # a leader made the link
    Index("member_cohort", "cohort"),
)

earlier_name = Table(  # what somebody was called before
    "earlier_name",
    metadata,
    Column("member", ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),  # HMAC of the name as names are compared
)

device = Table(  # a signed-in browser: of a member or of a trainer's account
    "device",
    metadata,
    Column("token", Text, primary_key=True),  # SHA-256 of its cookie
    _one_of("member"),
    _one_of("account"),
    Column("since", UtcTime, nullable=False),
    Column("seen", UtcTime, nullable=False),
    Index("device_member", "member"),
)

pairing = Table(
    "pairing",
    metadata,
    Column("code", Text, primary_key=True),  # HMAC
    _one_of("member", nullable=False),
    Column("expires", UtcTime, nullable=False),
)

tombstone = Table(
    "tombstone",
    metadata,
    Column("id", Text, primary_key=True),  # of a person, team, class, account, workspace
    Column("at", UtcTime, nullable=False),
)

room = Table(
    "room",
    metadata,
    Column("cohort", ForeignKey("cohort.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Number, nullable=False),  # rises with every change that people see
    Column("desk", Number, nullable=False, default=0),  # rises with what the desk alone sees
    Column("sheet", Text),  # the sheet of the moment
    Column("note", Text),
    Column("timer_ends", UtcTime),
    Column("wall", Text),  # what the desk put on the wall; NULL: what follows from the rest
    Column("wall_poll", ForeignKey("poll.id", ondelete="SET NULL", name="room_wall_poll")),
    Column("plan", Text),  # the title of the plan that the class took
    Column("started", UtcTime),  # when its first step began
    Column("step", ForeignKey("step.id", ondelete="SET NULL", name="room_step")),  # the running one
    Column("phase", Number),  # which phase of it runs, from 0
    Column("began", UtcTime),  # when that phase began
    Column("step_began", UtcTime),
    Column("teams_by", Text),  # random, table, choice: how the class was put into teams
)

step = Table(  # of the class's plan, as it was when the class took it
    "step",
    metadata,
    Column("id", Text, primary_key=True),
    _one_of("cohort", nullable=False),
    Column("place", Number, nullable=False),
    Column("given", Text, nullable=False),  # JSON (playbook.model.programme.Step)
    Column("cut", Boolean, nullable=False),
    Column("added", Boolean, nullable=False),  # made up on the way
    Index("step_cohort", "cohort"),
)

passed = Table(  # what Next left behind, so that Back finds it
    "passed",
    metadata,
    Column("cohort", ForeignKey("cohort.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Number, primary_key=True, autoincrement=False),
    _one_of("step"),  # NULL: the plan had not begun
    Column("phase", Number),
    Column("began", UtcTime),
    Column("step_began", UtcTime),
    Column("timer_ends", UtcTime),
    Column("sheet", Text),
    Column("note", Text),
)

poll = Table(
    "poll",
    metadata,
    Column("id", Text, primary_key=True),
    _one_of("cohort", nullable=False),
    Column("place", Number, nullable=False),  # 1 for the cohort's first
    Column("sheet", Text, nullable=False),  # "" for a question of the trainer's own
    Column("question", Text, nullable=False),  # question, or table/question; or ""
    Column("asked", Text, nullable=False),  # the question as JSON, so that it stays as asked
    Column("about", Text, nullable=False),  # the case or candidate it is asked about, or ""
    Column("about_people", Boolean, nullable=False),  # then the rule of five is for each cell
    Column("guess", Boolean, nullable=False),  # whether people predict the room as well
    Column("state", Text, nullable=False),  # open, closed, revealed
    Column("hands", Text),  # added, instead (of the ballots); NULL: none were counted
    Column("form", Text, nullable=False, server_default=""),  # how an own question is asked
    Column(  # the vote before the talk
        "before", ForeignKey("poll.id", ondelete="SET NULL", name="poll_before")
    ),
    Column("fact", Text),  # JSON: what ranges are compared with once they are shown; a lot
    Column("step", ForeignKey("step.id", ondelete="SET NULL", name="poll_step")),  # that opened it
    Column("by_team", Boolean, nullable=False, server_default="0"),  # a team answers as one
    Index("poll_cohort", "cohort"),
)

eligible = Table(  # who was in the class when a vote was opened: nobody else answers it
    "eligible",
    metadata,
    Column("poll", ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True),
    Column("member", ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
)

ballot = Table(
    "ballot",
    metadata,
    Column("poll", ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True),
    Column("member", ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
    Column("value", Json),
    Column("guess", Json),
    Column("shared", Boolean, nullable=False),  # whether this free text may be shown
    Column("step", Number),  # the published step that settled it; NULL: it still waits
)

decision = Table(  # a team's one answer to a vote by team: its word, not a person's
    "decision",
    metadata,
    Column("poll", ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True),
    Column("team", ForeignKey("team.id", ondelete="CASCADE"), primary_key=True),
    Column("value", Json),
    Column("shown", Boolean, nullable=False),  # beside the others, once they are revealed
)

hands = Table(  # counted in the room when the network is gone
    "hands",
    metadata,
    Column("poll", ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True),
    Column("choice", Text, primary_key=True),
    Column("count", Number, nullable=False),
)

published = Table(  # what was revealed, frozen: a number that moved would unmask who just answered
    "published",
    metadata,
    Column("poll", ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True),
    Column("step", Number, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("result", Text, nullable=False),  # JSON
)

tray = Table(  # free texts that the trainer has to read, without names, in an order by chance
    "tray",
    metadata,
    Column("id", Text, primary_key=True),
    _one_of("poll", nullable=False),
    Column("place", Number, nullable=False),
    Column("text", Text, nullable=False),
    Column("heading", Text, nullable=False),  # of the group that the trainer put it in, or ""
    Column("shown", Boolean, nullable=False),
    Index("tray_poll", "poll"),
)

prepared = Table(  # a question of the trainer's own that waits to be asked
    "prepared",
    metadata,
    Column("id", Text, primary_key=True),
    _one_of("cohort", nullable=False),
    Column("place", Number, nullable=False),
    Column("asked", Text, nullable=False),  # JSON
)

offer = Table(  # the gallery: what somebody chose to show
    "offer",
    metadata,
    Column("id", Text, primary_key=True),
    _one_of("cohort", nullable=False),
    _one_of("workspace", nullable=False),
    Column("title", Text, nullable=False),
    Column("page", Text, nullable=False),  # the worksheet as it was then, as HTML
    Column("at", UtcTime, nullable=False),
    Column("side", Number),  # 1 or 2 while it is shown
)

agreed = Table(  # one action, one owner, one date; looked at next time
    "agreed",
    metadata,
    Column("id", Text, primary_key=True),
    _one_of("cohort", nullable=False),
    Column("what", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("review", Text),  # done, partly, dropped; NULL: not looked at yet
)

level_round = Table(  # the members of a team give their levels, each for themselves
    "level_round",
    metadata,
    Column("id", Text, primary_key=True),
    _one_of("team", nullable=False),
    Column("opened", UtcTime, nullable=False),
    Column("closed", UtcTime),
    Column("result", Text),  # JSON: what all of them see once it is closed
    Index("level_round_team", "team"),
)

level_ballot = Table(  # of who is asked; of who gave a level, once the round is closed
    "level_ballot",
    metadata,
    Column("round", ForeignKey("level_round.id", ondelete="CASCADE"), primary_key=True),
    Column("member", ForeignKey("member.id", ondelete="CASCADE"), primary_key=True),
    Column("levels", Json),  # 1 to 5 by practice, 0 once it is closed; NULL: not answered yet
)
