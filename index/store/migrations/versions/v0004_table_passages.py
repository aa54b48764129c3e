"""Rows of tables as passages; reports that were read before get theirs when they are read again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the rows that a passage holds; passages of the narrative have neither."""
    op.add_column("passages", sa.Column("table_id", sa.String(20), nullable=True))
    op.add_column("passages", sa.Column("rows", sa.Text(), nullable=True))
