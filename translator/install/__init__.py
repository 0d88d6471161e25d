"""Install a model: unpack, convert, shortlist, verify, put in place at once or not at all."""

from typing import Any

import numpy as np

Weights = dict[str, np.ndarray[Any, Any]]


class SourceError(Exception):
    """A model cannot be made of this; the message says why."""
