"""Version 4: the levels that a workgroup's members give, in rounds; nothing happens to rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
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
