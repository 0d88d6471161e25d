"""Settings of the web service, read once from the environment by `python -m web`."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, PositiveFloat, PositiveInt, model_validator
from pydantic_settings import BaseSettings

# Bytes.
MEGABYTE = 1_000_000

# How a text is decoded: with the whole beam, or with the small one that was measured for the model.
Quality = Literal["best", "fast"]


class Settings(BaseSettings):
    """Settings: one field per environment variable, named like it in lower case.

    Credentials come from files only: a value in the environment shows up in `docker inspect`
    and in crash reports.
    """

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8080, description="Port to listen on.", ge=0, le=65535)
    translator_url: str = Field(
        "http://127.0.0.1:8090", description="Where the translator service answers."
    )
    translator_seconds: PositiveFloat = Field(
        120, description="Longest wait for the translation of one passage."
    )
    db_host: str = Field("127.0.0.1", description="The database's host.")
    db_port: int = Field(3306, description="The database's port.", ge=1, le=65535)
    db_socket: Path | None = Field(
        None, description="The database's Unix socket; when set, it is used and not the host."
    )
    db_name: str = Field("translation", description="The database's name.")
    db_user_file: Path = Field(
        Path("secrets/db_user"), description="File with the database account's name."
    )
    db_password_file: Path = Field(
        Path("secrets/db_password"), description="File with the database account's password."
    )
    api_keys_file: Path | None = Field(
        None,
        description="File with the API keys (`scripts/add-key`); without a key in it, everything "
        "is open.",
    )
    publish: str | None = Field(
        None,
        description="Where the page is published, as far as is known; where that is not this "
        "machine alone, `web` does not start without a key.",
    )
    open_to_all: bool = Field(
        default=False, description="Start without a key wherever it is published."
    )
    spool_dir: Path = Field(
        Path(".run/spool"),
        description="Folder for translations that wait for the database to come back.",
    )
    db_pool: PositiveInt = Field(10, description="Most connections to the database.")
    db_seconds: PositiveFloat = Field(10, description="Longest wait for the database.")
    workers: PositiveInt = Field(
        4, description="Passages of long texts that this replica translates at once."
    )
    wait_seconds: PositiveFloat = Field(
        300,
        description="Longest wait of a JSON request for a long text; then the answer is 202.",
    )
    quality: Quality = Field(
        "best",
        description="How texts are translated where a request does not say: best, or fast and a "
        "little worse.",
    )
    max_json_bytes: PositiveInt = Field(
        16 * MEGABYTE,
        description="Largest JSON body; text/plain and the page's form have no limit.",
    )
    metrics_host: str = Field(
        "127.0.0.1", description="Address of the inner port that gives `/metrics` to everybody."
    )
    metrics_port: int = Field(
        0, description="That port, which must not be published; 0: none.", ge=0, le=65535
    )
    log_format: Literal["json", "text"] = Field(
        "json", description="Log lines for machines (json) or for people (text)."
    )

    @model_validator(mode="after")
    def _two_ports(self) -> Self:
        if self.metrics_port and self.metrics_port == self.port:
            # On two addresses both could be opened, and one would be taken for the other.
            raise ValueError("METRICS_PORT must be another port than PORT")
        return self
