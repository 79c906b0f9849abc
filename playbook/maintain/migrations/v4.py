"""Version 4: a class lives, questions of the trainer's own, texts that come to a tray first.

A join code made before can't be shown again, so it ends: who leads makes a new one, and people who
have joined stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
