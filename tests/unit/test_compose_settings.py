"""Every setting of a service can be set in containers, too: compose.yaml hands it on."""

from pathlib import Path

import pytest
import yaml
from pydantic_settings import BaseSettings

import translator.settings
import web.settings

ROOT = Path(__file__).parent.parent.parent
# Settings that the image or the stack decides, the same for everybody.
FIXED = {
    *("HOST", "PORT", "METRICS_HOST", "METRICS_PORT"),
    *("MODELS_DIR", "SPOOL_DIR", "DB_NAME", "DB_PORT", "DB_SOCKET"),
}


@pytest.mark.parametrize(
    ("service", "settings"),
    [("web", web.settings.Settings), ("translator", translator.settings.Settings)],
)
def test_compose_hands_on_exactly_the_settings_that_exist(
    service: str, settings: type[BaseSettings]
) -> None:
    stack = yaml.safe_load((ROOT / "compose.yaml").read_text())
    handed_on = {line.partition("=")[0] for line in stack["services"][service]["environment"]}
    assert handed_on == {name.upper() for name in settings.model_fields} - FIXED
