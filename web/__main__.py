"""Entry point: `python -m web` serves the page and the API; the environment has its settings."""

import logging
import socket
import sys
from contextlib import suppress

import uvicorn
from prometheus_client import disable_created_metrics

from web.access.exposure import problem
from web.app import create_app
from web.http.head_limits import Protocol
from web.settings import Settings
from web.telemetry import logs


def main() -> None:
    """Run the server until SIGTERM or SIGINT.

    Exits with 1 when it must not start or the metrics port cannot be opened, and with 3 when the
    start fails. Raises pydantic's ValidationError when a setting is not valid.
    """
    settings = Settings()
    logs.set_up(settings.log_format)
    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # it quotes what was sent
    if found := problem(settings):
        sys.exit(f"web does not start: {found}")
    # A time for every counter, which nobody reads.
    disable_created_metrics()  # type: ignore[no-untyped-call]
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        http=Protocol,
        server_header=False,
        access_log=False,  # telemetry/requests.py has one without paths
        log_config=None,
        # Longer than a client or a proxy keeps an idle connection, so that none is closed just
        # when it is used again: httpx lets go after 5 s, nginx after 60 s.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,  # open streams would hold it forever
    )
    sockets = [config.bind_socket()]
    if settings.metrics_port:
        sockets.append(_inner_socket(settings.metrics_host, settings.metrics_port))
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):
        server.run(sockets)
    if not server.started:
        sys.exit(3)


def _inner_socket(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        sys.exit(
            f"The port for metrics, {host}:{port}, cannot be opened: {error.strerror}. "
            "Set METRICS_PORT to another one, or to 0."
        )


if __name__ == "__main__":
    main()
