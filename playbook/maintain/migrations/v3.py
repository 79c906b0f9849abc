"""Version 3: who may answer a vote, what people were called before, links that work once.

Whoever is in a class keeps every vote that it has; a link made before works as it did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    op.create_table(
        "earlier_name",
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member", "name"),
    )
    op.create_table(
        "eligible",
        sa.Column("poll", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["poll"], ["poll.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("poll", "member"),
    )
    op.execute(
        "INSERT INTO eligible (poll, member) "
        "SELECT poll.id, member.id FROM poll JOIN member ON member.cohort = poll.cohort"
    )
    once: sa.Column[bool] = sa.Column(
        "resume_once", sa.Boolean(), server_default="0", nullable=False
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.add_column(once)
