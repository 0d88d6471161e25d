"""Exposure: where other machines reach the service, somebody must have said who may use it."""

import ipaddress

from web.access.keys import KeysFileError, read_keys
from web.settings import Settings


def problem(settings: Settings) -> str | None:
    """Why the service must not start with these settings, for the operator; None when it may."""
    try:
        keys = read_keys(settings.api_keys_file) if settings.api_keys_file else {}
    except KeysFileError as error:
        return f"in {settings.api_keys_file}, {error}."
    except OSError as error:
        return f"{settings.api_keys_file} cannot be read: {error.strerror}."
    if keys or settings.open_to_all or is_private(settings.publish):
        return None
    return (
        f"PUBLISH={settings.publish} opens the page to other machines, and nobody needs a key. "
        "Make one with scripts/add-key NAME, or let everybody in with OPEN_TO_ALL=yes."
    )


def is_private(publish: str | None) -> bool:
    """Whether an address to publish on, as Compose writes it, is reached from this machine only."""
    host = (publish or "localhost:").rpartition(":")[0].strip("[]")
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
