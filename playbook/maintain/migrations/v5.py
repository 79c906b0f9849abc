"""Version 5: a class has a plan and a wall; teams talk and decide together, and may share nothing.

Classes from before have no plan, and their wall follows from what is offered and voted on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    op.create_table(
        "step",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("cohort", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("cut", sa.Boolean(), nullable=False),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index("step_cohort", ["cohort"], unique=False)
    op.create_table(
        "passed",
        sa.Column("cohort", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("phase", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("began", "step_began")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("timer_ends", "sheet", "note")),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["step"], ["step.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cohort", "place"),
    )
    op.create_table(
        "decision",
        sa.Column("poll", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["poll"], ["poll.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team"], ["team.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("poll", "team"),
    )
    by_team: sa.Column[bool] = sa.Column(
        "by_team", sa.Boolean(), server_default="0", nullable=False
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.add_column(sa.Column("step", sa.Text(), nullable=True))
        batch_op.add_column(by_team)
        batch_op.alter_column("form", server_default="")  # copied, it would stand in brackets
        batch_op.create_foreign_key("poll_step", "step", ["step"], ["id"], ondelete="SET NULL")
    with op.batch_alter_table("room", schema=None) as batch_op:
        for name in ("wall", "wall_poll", "plan", "started", "step"):
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("phase", sa.Integer(), nullable=True))
        for name in ("began", "step_began", "teams_by"):
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=True))
        for key, table in {"wall_poll": "poll", "step": "step"}.items():
            name = f"room_{key}"
            batch_op.create_foreign_key(name, table, [key], ["id"], ondelete="SET NULL")
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.alter_column("workspace", existing_type=sa.TEXT(), nullable=True)
