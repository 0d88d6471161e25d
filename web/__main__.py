"""Serve the page and the API: `python -m web`, with settings from the environment."""

import logging

import uvicorn

from web.app import create_app
from web.settings import Settings


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # a line per passage tells nothing
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # it quotes what was sent
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
        timeout_graceful_shutdown=10,  # open streams would hold it forever
    )


if __name__ == "__main__":
    main()
