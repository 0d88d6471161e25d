"""The settings of the web service, read once from the environment by `python -m web`."""

from pathlib import Path

from pydantic import Field, PositiveFloat, PositiveInt
from pydantic_settings import BaseSettings

MEGABYTE = 1_000_000


class Settings(BaseSettings):
    """One field per environment variable, named like it in lower case.

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
    max_json_bytes: PositiveInt = Field(
        16 * MEGABYTE,
        description="Largest JSON body; text/plain and the page's form have no limit.",
    )
