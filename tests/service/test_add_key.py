"""scripts/add-key and the file that it writes; and what does not start without a key."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.support.closed import add_key
from tests.support.instance import ROOT, Instance


@pytest.fixture
def unmade() -> Iterator[Instance]:
    """Give an instance that was never started."""
    instance = Instance()
    try:
        yield instance
    finally:
        instance.remove()


def test_a_key_is_printed_once_and_only_its_hash_is_kept(unmade: Instance) -> None:
    result = add_key(unmade, "anna", "--rate", "60", "--budget", "2000000")
    key = result.stdout.removesuffix("\n")
    assert len(bytes.fromhex(key)) == 32
    file = unmade.secrets_dir / "api_keys"
    comment, line = file.read_text().splitlines()
    assert comment.startswith("#")
    assert line == f"anna {hashlib.sha256(key.encode()).hexdigest()} 60 2000000"
    assert file.stat().st_mode & 0o777 == 0o444
    assert unmade.secrets_dir.stat().st_mode & 0o777 == 0o700
    assert key not in result.stderr


def test_a_second_key_of_a_name_is_refused_and_nothing_changes(unmade: Instance) -> None:
    add_key(unmade, "anna")
    before = (unmade.secrets_dir / "api_keys").read_bytes()
    result = add_key(unmade, "anna")
    assert result.returncode == 1
    assert "there is a key of the name anna already" in result.stderr
    assert (unmade.secrets_dir / "api_keys").read_bytes() == before


def test_one_is_removed_and_the_others_stay_in_the_same_file(unmade: Instance) -> None:
    file = unmade.secrets_dir / "api_keys"
    for name in ("anna", "bert", "clara"):
        assert add_key(unmade, name, "--rate", "5").returncode == 0
    lines, inode = file.read_text().splitlines(), file.stat().st_ino
    assert add_key(unmade, "--remove", "bert").returncode == 0
    assert file.read_text().splitlines() == [each for each in lines if "bert" not in each]
    assert file.stat().st_ino == inode  # a container sees this one only
    assert file.stat().st_mode & 0o777 == 0o444
    listed = add_key(unmade, "--list").stdout
    assert [each.split()[0] for each in listed.splitlines()] == ["anna", "clara"]
    assert "bert" in add_key(unmade, "--remove", "bert").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("",),
        ("a b",),
        ("änna",),
        ("-x",),
        ("anna", "--rate"),
        ("anna", "--rate", "0"),
        ("a", "b"),
    ],
)
def test_what_makes_no_sense_is_refused(unmade: Instance, arguments: tuple[str, ...]) -> None:
    result = add_key(unmade, *arguments)
    assert result.returncode == 1
    assert result.stderr.startswith("add-key: ")
    assert not result.stdout


@pytest.mark.parametrize("publish", ["0.0.0.0:80", "[::]:8080", "127.example.org:80", ":80"])
def test_the_page_is_not_opened_to_other_machines_without_a_key(
    unmade: Instance, publish: str
) -> None:
    result = unmade.run(PUBLISH=publish)
    assert result.returncode == 1
    assert "nobody needs a key" in result.stderr
    assert "scripts/add-key NAME" in result.stderr
    assert "OPEN_TO_ALL=yes" in result.stderr
    assert not (unmade.run_dir / "web.pid").exists()


def serve(unmade: Instance, **settings: str) -> str:
    """Start web alone, where that must fail at once; what it says."""
    result = subprocess.run(
        [sys.executable, "-m", "web"],
        cwd=ROOT,
        env=os.environ | {"API_KEYS_FILE": str(unmade.secrets_dir / "api_keys")} | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    return result.stderr


def test_web_itself_does_not_start_either(unmade: Instance) -> None:
    """So that a plain `docker compose up` is as safe."""
    add_key(unmade, "--list")  # makes the file
    assert "PUBLISH=80 opens the page" in serve(unmade, PUBLISH="80")


def test_web_does_not_start_with_a_broken_file_or_without_it(unmade: Instance) -> None:
    assert "cannot be read: No such file" in serve(unmade)
    key = add_key(unmade, "anna").stdout.strip()
    file = unmade.secrets_dir / "api_keys"
    file.chmod(0o644)
    file.write_text(file.read_text() + f"bert {key}\n")  # the key instead of its hash
    said = serve(unmade)
    assert "line 3 is not NAME SHA-256 RATE BUDGET" in said
    assert key not in said
