"""Model installation: unpack, convert, shortlist, verify, swap in at once or not at all."""

from typing import Any

import numpy as np

# Tensors by name.
Weights = dict[str, np.ndarray[Any, Any]]


class SourceError(Exception):
    """The source is none that a model can be made of; the message says why."""
