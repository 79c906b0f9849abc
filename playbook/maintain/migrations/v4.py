"""Version 4: a class lives, questions of the trainer's own, texts that come to a tray first; the
levels that a workgroup's members give, in rounds.

A join code made before can't be shown again, so it ends: who leads makes a new one, and people who
have joined stay. Texts that a class was shown go on being shown.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    op.create_table(
        "prepared",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("cohort", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "tray",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("poll", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["poll"], ["poll.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("tray", schema=None) as batch_op:
        batch_op.create_index("tray_poll", ["poll"], unique=False)
    op.execute("UPDATE cohort SET join_code = NULL, joins_left = NULL")
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        for column in (
            sa.Column("join_seed", sa.Text(), nullable=True),
            sa.Column("day", sa.Date(), nullable=True),
            sa.Column("ended", sa.Text(), nullable=True),
            sa.Column("dated", sa.Text(), nullable=True),
        ):
            batch_op.add_column(column)
        batch_op.drop_column("join_expires")
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.add_column(sa.Column("form", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("before", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("fact", sa.Text(), nullable=True))
        batch_op.create_foreign_key("poll_before", "poll", ["before"], ["id"], ondelete="SET NULL")
    _texts_to_the_tray(op)
    _rounds_of_levels(op)


def _texts_to_the_tray(op: Operations) -> None:
    """Texts leave the published results; those of the last step stand in the tray, as shown."""
    link = op.get_bind()
    for poll, step, told in link.execute(sa.text("SELECT poll, step, result FROM published")).all():
        result = json.loads(told)
        texts = result.pop("texts", None) or []
        result["read"] = len(texts)
        rewrite = sa.text("UPDATE published SET result = :r WHERE poll = :p AND step = :s")
        link.execute(rewrite, {"r": json.dumps(result), "p": poll, "s": step})
        if not texts:
            continue
        link.execute(sa.text("DELETE FROM tray WHERE poll = :p"), {"p": poll})  # a step has all
        add = sa.text("INSERT INTO tray VALUES (:id, :p, :place, :text, '', :shown)")
        for place, text in enumerate(texts):
            row = {"id": str(uuid4()), "p": poll, "place": place, "text": text, "shown": True}
            link.execute(add, row)


def _rounds_of_levels(op: Operations) -> None:
    op.create_table(
        "level_round",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=False),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["team"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("level_round", schema=None) as batch_op:
        batch_op.create_index("level_round_team", ["team"], unique=False)

    op.create_table(
        "level_ballot",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("levels", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["member"], ["member.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["round"], ["level_round.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round", "member"),
    )
