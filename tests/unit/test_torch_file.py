"""PyTorch's files are read without PyTorch, and nothing that they name is called."""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import torch_format
from tests.support.torch_format import Call, Name, Storage, Tensor
from translator.install import SourceError
from translator.install.torch_file import read_torch_file

Write = Callable[[Path, object], Path]
NUMBERS = np.arange(24, dtype="<f4")


@pytest.fixture(params=[torch_format.write_zip, torch_format.write_row])
def write(request: pytest.FixtureRequest) -> Write:
    """Each of both formats."""
    chosen: Write = request.param
    return chosen


def equal(found: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Whether the same names have the same numbers of the same shapes, as float32."""
    return found.keys() == expected.keys() and all(
        found[name].dtype == np.float32 and np.array_equal(found[name], array)
        for name, array in expected.items()
    )


def test_weights_of_several_types(write: Write, tmp_path: Path) -> None:
    arrays = {
        "whole": NUMBERS.reshape(2, 3, 4),
        "half": NUMBERS.astype("<f2").reshape(4, 6),
        "steps": np.array([7, 8], "<i8"),
        "one": np.array(3, "<f4"),
        "none": np.zeros((0, 5), "<f4"),
    }
    assert equal(read_torch_file(write(tmp_path / "w", torch_format.state(arrays))), arrays)
    assert equal(read_torch_file(write(tmp_path / "w", dict(torch_format.state(arrays)))), arrays)


def test_a_bfloat16_is_the_upper_half_of_a_float32(write: Write, tmp_path: Path) -> None:
    exact = np.array([1, -2.5, 3e38, 0], "<f4") * 1
    exact.view("<u4")[:] &= 0xFFFF0000
    upper = (exact.view("<u4") >> 16).astype("<u2")
    rows = torch_format.storage("0", upper, "BFloat16Storage")
    file = write(tmp_path / "w", {"b": Tensor(rows, 0, (2, 2), (2, 1))})
    assert equal(read_torch_file(file), {"b": exact.reshape(2, 2)})


def test_views_of_one_storage(write: Write, tmp_path: Path) -> None:
    shared = torch_format.storage("0", NUMBERS)
    file = write(
        tmp_path / "w",
        {
            "rows": Tensor(shared, 0, (6, 4), (4, 1)),
            "the same": Tensor(shared, 0, (6, 4), (4, 1)),
            "columns": Tensor(shared, 0, (4, 6), (1, 4)),
            "a part": Tensor(shared, 5, (2, 3), (12, 2)),
            "the last": Tensor(shared, 23, (1, 1), (400, 400)),
        },
    )
    rows = NUMBERS.reshape(6, 4)
    found = read_torch_file(file)
    part = np.array([[5, 7, 9], [17, 19, 21]], "<f4")
    expected = {"rows": rows, "the same": rows, "columns": rows.T, "a part": part}
    assert equal(found, expected | {"the last": np.array([[23]], "<f4")})
    assert found["rows"] is found["the same"]
    assert all(each.flags.c_contiguous and each.flags.writeable for each in found.values())
    found["rows"][:] = 0  # as CTranslate2 does when it quantizes
    assert equal({"columns": found["columns"]}, {"columns": rows.T})


@pytest.mark.parametrize(
    ("offset", "shape", "strides"),
    [
        (1, (6, 4), (4, 1)),
        (0, (7, 4), (4, 1)),
        (0, (6, 4), (5, 1)),
        (24, (), ()),
        (-1, (2,), (1,)),
        (8, (2,), (-1,)),
        (0, (-2, -3), (3, 1)),
        (0, (2, 3), (3,)),
        (0, (1 << 40,), (0,)),
        (0, (1 << 70,), (1 << 70,)),
        (0, (1,) * 200, (1,) * 200),
        (True, (1,), (1,)),
        (0, "ab", "cd"),
        (None, (1,), (1,)),
        (0, 3, 1),
    ],
)
def test_a_tensor_that_leaves_its_storage(
    write: Write, tmp_path: Path, offset: Any, shape: Any, strides: Any
) -> None:
    view = Tensor(torch_format.storage("0", NUMBERS), offset, shape, strides)
    with pytest.raises(SourceError, match=f"{tmp_path / 'w'} "):
        read_torch_file(write(tmp_path / "w", {"t": view}))


@pytest.mark.parametrize("length", [-1, 23, 25, 1 << 40, 1 << 80])
def test_a_storage_of_another_size_than_it_says(tmp_path: Path, length: int) -> None:
    storage = Storage("0", "FloatStorage", NUMBERS.tobytes(), length)
    state = {"t": Tensor(storage, 0, (2,), (1,))}
    with pytest.raises(SourceError):
        read_torch_file(torch_format.write_zip(tmp_path / "w", state))
    if -1 <= length < 1 << 60:
        file = torch_format.write_row(tmp_path / "w", state)
        if length == 23:  # the row has no other word for it, so it says less than it has
            file.write_bytes(file.read_bytes()[:-8])
        with pytest.raises(SourceError):
            read_torch_file(file)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("posix", "system"),
        ("builtins", "eval"),
        ("collections", "OrderedDict.fromkeys"),
        ("torch", "load"),
        ("torch._utils", "_rebuild_tensor_v2.__class__"),
    ],
)
def test_what_a_pickle_names_is_not_called(
    write: Write, tmp_path: Path, module: str, name: str
) -> None:
    mark = tmp_path / "run"
    command = f"touch {mark}" if name == "system" else f"open({str(mark)!r}, 'w')"
    weights = torch_format.state({"w": NUMBERS})
    for value in (
        Call(Name(module, name), (command,)),
        OrderedDict(weights | {"x": Call(Name(module, name), (command,))}),
    ):
        with pytest.raises(SourceError, match=f"names {module}.{name}"):
            read_torch_file(write(tmp_path / "w", value))
    assert not mark.exists()


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        7,
        {"model": {"w": 1}},
        {1: torch_format.tensor("0", NUMBERS)},
        {"w": torch_format.storage("0", NUMBERS)},
        {"w": Name("torch", "FloatStorage")},
        {"w": Call(Name("torch._utils", "_rebuild_tensor_v2"), (1, 0, (1,), (1,)))},
        {"w": Tensor(torch_format.storage("0", NUMBERS, "QInt8Storage"), 0, (1,), (1,))},
    ],
)
def test_a_file_of_something_else_than_weights(write: Write, tmp_path: Path, value: object) -> None:
    with pytest.raises(SourceError):
        read_torch_file(write(tmp_path / "w", value))


def test_what_is_no_file_of_pytorch(tmp_path: Path) -> None:
    file = tmp_path / "w"
    for data in (b"", b"hello", b"PK\x03\x04", torch_format.pickled({"w": 1})):
        file.write_bytes(data)
        with pytest.raises(SourceError):
            read_torch_file(file)


def test_the_other_byte_order(tmp_path: Path) -> None:
    state = torch_format.state({"w": NUMBERS})
    for file in (
        torch_format.write_zip(tmp_path / "zip", state, byteorder="big"),
        torch_format.write_row(tmp_path / "row", state, little_endian=False),
    ):
        with pytest.raises(SourceError, match="big-endian"):
            read_torch_file(file)


@pytest.mark.slow
def test_a_cut_file(write: Write, tmp_path: Path) -> None:
    state = torch_format.state({"a": NUMBERS, "b": NUMBERS.astype("<f2")})
    file = write(tmp_path / "w", state)
    data = file.read_bytes()
    for length in range(len(data)):
        file.write_bytes(data[:length])
        with pytest.raises(SourceError):
            read_torch_file(file)


@pytest.mark.slow
@given(data=st.data())
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_garbled_file(write: Write, tmp_path: Path, data: st.DataObject) -> None:
    """It is refused or read, and nothing else comes of it."""
    state = torch_format.state({"a": NUMBERS, "b": NUMBERS.astype("<f2")})
    whole = bytearray(write(tmp_path / "w", state).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(whole) - 1))
        whole[start : start + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
    file = tmp_path / "garbled"
    file.write_bytes(whole)
    try:
        assert read_torch_file(file)
    except SourceError as error:
        assert str(file) in str(error)  # noqa: PT017 - it need not be raised
