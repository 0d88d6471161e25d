"""PyTorch weights: read the file that `torch.save` has written of a model, without PyTorch.

Most checkpoints of OPUS-MT have their weights only in this form. It holds a pickle, and a pickle
may name any function and have it called, so this one is read by an unpickler that knows two names
and the types of numbers, and refuses the rest.

The format is told by torch/serialization.py, and is one of two. Since PyTorch 1.6 the file is a
zip archive of `NAME/data.pkl` and the numbers in `NAME/data/KEY`. Before, it was a row of pickles,
with the numbers behind them.
"""

import pickle
import struct
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from translator.install import SourceError, Weights

ZIP = b"PK\x03\x04"
# The older format begins with a pickle of this number, and one of this version.
MAGIC = 0x1950A86A20F9469CFC6C.to_bytes(10, "little")
PROTOCOL = 1001
BFLOAT16 = "BFloat16Storage"
# How the numbers of a storage are written; a bfloat16 is the upper half of a float32.
KINDS = {
    "DoubleStorage": "<f8",
    "FloatStorage": "<f4",
    "HalfStorage": "<f2",
    BFLOAT16: "<u2",
    "LongStorage": "<i8",
    "IntStorage": "<i4",
    "ShortStorage": "<i2",
    "CharStorage": "<i1",
    "ByteStorage": "<u1",
    "BoolStorage": "?",
}


class _ForeignError(Exception):
    """The file is none that can be read; the message says why, and goes behind the file's name."""


class _Storage(NamedTuple):
    """Storage: a row of numbers that tensors are views of; `length` counts them."""

    kind: str
    key: str
    length: int

    @property
    def size(self) -> int:
        """Size in bytes."""
        return self.length * np.dtype(KINDS[self.kind]).itemsize


class _View(NamedTuple):
    """View: a tensor as its pickle tells it, by its place in a storage. Counted in numbers."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class _Rebuild:
    """Stand-in for `torch._utils._rebuild_tensor_v2`; a pickle can change nothing about it."""

    __slots__ = ()

    def __call__(self, storage: Any, offset: Any, shape: Any, strides: Any, *_: Any) -> _View:
        """Check that the tensor lies inside of its storage. Raises _ForeignError."""
        counts = (offset, *shape, *strides)
        if not isinstance(storage, _Storage) or len(shape) != len(strides):
            raise _ForeignError("holds a tensor that is none")
        if any(type(each) is not int or each < 0 for each in counts):
            raise _ForeignError("holds a tensor of a shape that is none")
        size, last = 1, offset
        for length, stride in zip(shape, strides, strict=True):
            size *= length
            last += (length - 1) * stride
        # Numbers may be told twice, so that many would come of few; weights have no use for that.
        if size and (last >= storage.length or size > storage.length):
            raise _ForeignError("holds a tensor that reaches out of its storage")
        return _View(storage, offset, tuple(shape), tuple(strides))


# The one that is written in Python: that in C takes as much memory as a broken file tells it to.
class _Unpickler(pickle._Unpickler):  # noqa: SLF001
    """Unpickler that makes dictionaries, plain values and _View, and calls nothing else."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.storages: dict[str, _Storage] = {}

    def find_class(self, module: str, name: str) -> object:
        """The object for a name. Raises _ForeignError for every name that weights do not need."""
        match module, name:
            case "collections", "OrderedDict":
                return OrderedDict
            case "torch._utils", "_rebuild_tensor_v2":
                return _Rebuild()
            case "torch", _ if name in KINDS:
                return name
        raise _ForeignError(
            f"names {module}.{name}, which weights have no use for; it was not called"
        )

    def persistent_load(self, pid: Any) -> _Storage:
        """The storage that a tensor refers to. Raises _ForeignError when it is none."""
        match pid:
            case ("storage", str(kind), str(key), _, int(count), *view):
                storage = _Storage(kind, key, count)
                known = kind in KINDS and count >= 0 and not any(view)
                if known and self.storages.setdefault(key, storage) == storage:
                    return storage
        raise _ForeignError("refers to its numbers in an unknown way")


def read_torch_file(path: Path) -> Weights:
    """Read a PyTorch file: its tensors by name, as float32. Names of one tensor share an array.

    Raises SourceError when the file is broken, or is something else than a model's weights, and
    OSError when it cannot be opened.
    """
    with path.open("rb") as file:
        try:
            return _weights(file)
        except _ForeignError as error:
            raise SourceError(f"{path} {error}.") from error
        except Exception as error:  # whatever a wrong byte in a pickle or an archive brings about
            raise SourceError(f"{path} is broken or cut: {error!r}.") from error


def _weights(file: BinaryIO) -> Weights:
    start = file.read(32)
    file.seek(0)
    if not start.startswith(ZIP) and MAGIC not in start:
        raise _ForeignError("is no file of PyTorch's")
    state, numbers = (_zipped if start.startswith(ZIP) else _in_a_row)(file)
    if not isinstance(state, dict) or not state:
        raise _ForeignError("holds no weights by name")
    for name, view in state.items():
        if not isinstance(name, str) or not isinstance(view, _View):
            raise _ForeignError(f"holds something else than weights: {name!r:.80}")
    arrays = {view: _array(view, numbers[view.storage.key]) for view in state.values()}
    return {name: arrays[view] for name, view in state.items()}


def _zipped(file: BinaryIO) -> tuple[object, Weights]:
    """The state and each storage's numbers, of PyTorch 1.6 and later."""
    with zipfile.ZipFile(file) as archive:
        sizes = {each.filename: each.file_size for each in archive.infolist()}
        (root,) = (each[: -len("data.pkl")] for each in sizes if each.endswith("/data.pkl"))
        if any(each.compress_type != zipfile.ZIP_STORED for each in archive.infolist()):
            raise _ForeignError("is compressed, as PyTorch writes none")
        if f"{root}byteorder" in sizes and archive.read(f"{root}byteorder") != b"little":
            raise _ForeignError("is of a big-endian machine")
        with archive.open(f"{root}data.pkl") as pickled:
            unpickler = _Unpickler(pickled)  # type: ignore[arg-type] # it reads, and that is all
            state = unpickler.load()
        return state, {
            key: _numbers(storage, archive.read(f"{root}data/{key}"))
            for key, storage in unpickler.storages.items()
        }


def _in_a_row(file: BinaryIO) -> tuple[object, Weights]:
    """The same, of PyTorch before 1.6."""
    _, protocol, system = (_Unpickler(file).load() for _ in range(3))
    if protocol != PROTOCOL or not system["little_endian"]:
        raise _ForeignError("is of another version of PyTorch, or of a big-endian machine")
    unpickler = _Unpickler(file)
    state = unpickler.load()
    numbers = {}
    for key in _Unpickler(file).load():
        storage = unpickler.storages[key]
        (count,) = struct.unpack("<q", file.read(8))
        if count != storage.length:
            raise _ForeignError(f"has {count:,} numbers where {storage.length:,} should be")
        numbers[key] = _numbers(storage, file.read(storage.size))
    return state, numbers


def _numbers(storage: _Storage, data: bytes) -> np.ndarray[Any, Any]:
    if len(data) != storage.size:
        raise _ForeignError(f"has {len(data):,} bytes of numbers where {storage.size:,} should be")
    raw = np.frombuffer(data, KINDS[storage.kind])
    if storage.kind == BFLOAT16:
        return (raw.astype("<u4") << 16).view("<f4")
    return raw.astype("<f4", copy=False)


def _array(view: _View, numbers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    strides = [4 * each for each in view.strides]
    seen = np.lib.stride_tricks.as_strided(numbers[view.offset :], view.shape, strides)
    return np.array(seen, order="C")
