"""What a store of many reports needs: which are new, and the words of notes without reading all figures."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the revision that a report came with (0: before this), and the indexes."""
    op.add_column(
        "reports", sa.Column("revision", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_index("reports_by_revision", "reports", ["revision"])
    op.create_index(
        "figures_of_notes",
        "figures",
        ["column_path"],
        sqlite_where=sa.text("note_of IS NOT NULL"),
    )
