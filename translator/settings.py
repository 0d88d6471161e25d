"""Settings of the translator, read once from the environment by `python -m translator`."""

from pathlib import Path
from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt
from pydantic_settings import BaseSettings

# Bytes.
MEGABYTE = 1_000_000


class Settings(BaseSettings):
    """Settings: one field per environment variable, named like it in lower case."""

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8090, description="Port to listen on; 0 takes a free one.", ge=0, le=65535)
    models_dir: Path = Field(
        Path(__file__).parent / "models",
        description="Folder with one folder per installed model.",
    )
    inter_threads: NonNegativeInt = Field(
        0, description="Batches that run in parallel; 0: one per core that the container has."
    )
    intra_threads: NonNegativeInt = Field(
        0, description="Threads inside one batch; 0: as many as the cores divide by."
    )
    beam_size: PositiveInt = Field(
        4, description="Hypotheses kept while decoding; 1 is greedy and faster.", le=16
    )
    batch_tokens: PositiveInt = Field(
        768, description="Most source tokens of one batch, padding included."
    )
    window_tokens: PositiveInt = Field(
        256,
        description="Longest segment in tokens that the model gets whole; longer ones are split.",
        ge=16,
        le=500,
    )
    checks: bool = Field(
        default=True,
        description="Check every figure of a translation, repair wrong ones, and warn of the rest.",
    )
    figures: Literal["target", "keep"] = Field(
        "target",
        description="Write figures as the target language does (target) or as the source (keep).",
    )
    queue_segments: PositiveInt = Field(
        20_000, description="Segments that may wait; above it the answer is 503 with Retry-After."
    )
    cache_bytes: NonNegativeInt = Field(
        32 * MEGABYTE, description="Memory for translations of segments that come again; 0: none."
    )
    max_body_bytes: PositiveInt = Field(
        8 * MEGABYTE, description="Largest request body; web sends passages, far smaller ones."
    )
    log_format: Literal["json", "text"] = Field(
        "json", description="Log lines for machines (json) or for people (text)."
    )
