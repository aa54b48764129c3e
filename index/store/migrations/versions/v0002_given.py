"""What the user said of a file, the address a report prints, the subject of a figure in prose."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; files that were read before have nothing given."""
    op.add_column("files", sa.Column("given", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("reports", sa.Column("address", sa.Text(), nullable=True))
    op.add_column("figures", sa.Column("subject", sa.Text(), nullable=True))
