"""Entry point: `python -m translator` serves the translator; the environment has its settings."""

import sys

import uvicorn
from prometheus_client import disable_created_metrics

from translator.app import create_app
from translator.settings import Settings
from translator.telemetry import logs

# Thread switch interval in seconds: how long a busy thread may keep the others from running Python.
# With the default of 5 ms an engine thread that ends a batch waits for the text thread that long
# before it takes the next. Measured on a 200 KB text, throughput ÷ the engine's own: 0.93 with the
# default, 0.96 with this.
SWITCH_INTERVAL = 0.0005


def main() -> None:
    """Run the server until SIGTERM or SIGINT.

    Exits with 3 when the start fails, for instance without a model. Raises pydantic's
    ValidationError when a setting is not valid.
    """
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
        # when it is used again: web lets go after 5 s, nginx after 60 s.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
    )


if __name__ == "__main__":
    main()
