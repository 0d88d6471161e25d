"""Files as `torch.save` writes them, in both of its formats, written without PyTorch.

The pickles are put together by hand: what they name need not be there, so they may name anything,
as those of a stranger do.
"""

import pickle
import struct
import zipfile
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

MAGIC = 0x1950A86A20F9469CFC6C
SYSTEM = {"protocol_version": 1001, "little_endian": True}
KINDS = {"<f4": "FloatStorage", "<f2": "HalfStorage", "<i8": "LongStorage"}

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Name:
    """A name that the pickle refers to."""

    module: str
    name: str


@dataclass(frozen=True)
class Call:
    """A name that the pickle has called."""

    name: Name
    arguments: tuple[Any, ...]


EMPTY = Call(Name("collections", "OrderedDict"), ())


@dataclass(frozen=True)
class Storage:
    """Numbers that tensors are views of; `length` is what the pickle says of them."""

    key: str
    kind: str
    data: bytes
    length: int


@dataclass(frozen=True)
class Tensor:
    """A view of a storage, counted in numbers."""

    storage: Storage
    offset: Any
    shape: Any
    strides: Any


def storage(key: str, array: Array, kind: str = "") -> Storage:
    """The numbers of an array, row by row."""
    return Storage(key, kind or KINDS[array.dtype.str], array.tobytes(), array.size)


def tensor(key: str, array: Array) -> Tensor:
    """An array as a tensor with a storage of its own."""
    strides = tuple(stride // array.itemsize for stride in np.asarray(array, order="C").strides)
    return Tensor(storage(key, array), 0, array.shape, strides)


def state(tensors: dict[str, Array]) -> dict[str, Tensor]:
    """The state of a module, as it is saved."""
    return OrderedDict(
        (name, tensor(str(number), array)) for number, (name, array) in enumerate(tensors.items())
    )


def write_zip(path: Path, value: object, *, byteorder: str = "little") -> Path:
    """The format since PyTorch 1.6."""
    storages: dict[str, Storage] = {}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickled(value, storages))
        archive.writestr("archive/byteorder", byteorder)
        for key, each in storages.items():
            archive.writestr(f"archive/data/{key}", each.data)
        archive.writestr("archive/version", "3\n")
    return path


def write_row(path: Path, value: object, *, little_endian: bool = True) -> Path:
    """The format before PyTorch 1.6."""
    storages: dict[str, Storage] = {}
    system = SYSTEM | {"little_endian": little_endian}
    parts = [*map(pickled, (MAGIC, 1001, system)), pickled(value, storages, None)]
    keys = sorted(storages)
    parts.append(pickled(keys))
    parts += [struct.pack("<q", storages[key].length) + storages[key].data for key in keys]
    path.write_bytes(b"".join(parts))
    return path


def pickled(value: object, storages: dict[str, Storage] | None = None, *view: None) -> bytes:
    """A pickle of the second protocol; the storages that it refers to are put in `storages`."""
    found: dict[str, Storage] = {} if storages is None else storages
    return b"\x80\x02" + _opcodes(value, found, view) + b"."


def _opcodes(value: object, found: dict[str, Storage], view: tuple[None, ...]) -> bytes:
    def all_of(*values: object) -> bytes:
        return b"".join(_opcodes(each, found, view) for each in values)

    match value:
        case tuple() | list():
            made = b"(" + all_of(*value) + (b"t" if isinstance(value, tuple) else b"l")
        case OrderedDict():  # which says in an attribute what versions its parts are of
            made = all_of(EMPTY) + b"(" + all_of(*_row(value)) + b"u"
            made += all_of({"_metadata": {"": 1}}) + b"b"
        case dict():
            made = b"}(" + all_of(*_row(value)) + b"u"
        case Name():
            made = f"c{value.module}\n{value.name}\n".encode()
        case Call():
            made = all_of(value.name, value.arguments) + b"R"
        case Storage():
            found[value.key] = value
            kind = Name("torch", value.kind)
            made = all_of(("storage", kind, value.key, "cpu", value.length, *view)) + b"Q"
        case Tensor():
            parts = (value.storage, value.offset, value.shape, value.strides, False, EMPTY)
            made = all_of(Call(Name("torch._utils", "_rebuild_tensor_v2"), parts))
        case _:
            made = pickle.dumps(value, 2)[2:-1]
    return made


def _row(value: dict[Any, Any]) -> list[object]:
    return [part for pair in value.items() for part in pair]
