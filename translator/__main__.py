"""Serve the translator: `python -m translator`, with settings from the environment."""

import logging

import uvicorn

from translator.app import create_app
from translator.settings import Settings


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings = Settings()
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        # Longer than a client or a proxy keeps an idle connection, so that none is closed just
        # when it is used again: httpx lets go after 5 s, nginx after 60 s.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
    )


if __name__ == "__main__":
    main()
