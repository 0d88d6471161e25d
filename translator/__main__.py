"""Serve the translator: `python -m translator`, with settings from the environment."""

import sys

import uvicorn
from prometheus_client import disable_created_metrics

from translator.app import create_app
from translator.settings import Settings
from translator.telemetry import logs

# How long a busy thread may keep the others from running Python, in seconds. With the default of
# 5 ms an engine thread that ends a batch waits for the text thread that long before it takes the
# next; measured on a 200 KB text, throughput ÷ the engine's own: 0.93, with this 0.96.
SWITCH_INTERVAL = 0.0005


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    settings = Settings()
    logs.set_up(settings.log_format)
    # A time for every counter, which nobody reads.
    disable_created_metrics()  # type: ignore[no-untyped-call]
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        server_header=False,
        access_log=False,  # telemetry/requests.py has one without paths
        log_config=None,
        # Longer than a client or a proxy keeps an idle connection, so that none is closed just
        # when it is used again: httpx lets go after 5 s, nginx after 60 s.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
    )


if __name__ == "__main__":
    main()
