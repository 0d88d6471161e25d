"""scripts/up without Docker: start, heal, stop, and what it says when it cannot."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.instance import ODD_PASSWORD, ROOT, Instance

NAMES = ("database", "translator", "web")
MIGRATIONS = [{"number": int(path.name[:3])} for path in sorted((ROOT / "db").glob("[0-9]*.sql"))]
may_mount = pytest.mark.skipif(
    subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode
    != 0,
    reason="this account (or this container) may not mount a small disk",
)
as_root = pytest.mark.skipif(os.getuid() != 0, reason="takes root's rights")


@pytest.fixture(scope="module")
def own() -> Iterator[Instance]:
    """Give an instance that this module may break."""
    with Instance() as instance:
        yield instance


@pytest.fixture
def unmade() -> Iterator[Instance]:
    """Give an instance that was never started."""
    instance = Instance()
    try:
        yield instance
    finally:
        instance.remove()


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"


def pids(instance: Instance) -> dict[str, int]:
    return {name: instance.pid(name) for name in NAMES}


def translate(instance: Instance, text: str) -> None:
    httpx.post(f"{instance.web_url}/translate", json={"text": text}).raise_for_status()


def stored(instance: Instance, text: str) -> int:
    rows = instance.query("SELECT COUNT(*) AS n FROM passages WHERE source = %s", text)
    return int(rows[0]["n"])


def test_a_second_run_starts_nothing(own: Instance) -> None:
    before = pids(own)
    own.up()
    assert pids(own) == before


@pytest.mark.parametrize("name", NAMES)
def test_a_killed_process_comes_back_and_the_others_stay(own: Instance, name: str) -> None:
    text = f"Der Prozess {name} wird beendet."
    translate(own, text)
    before = pids(own)
    own.kill(name)
    own.up()
    after = pids(own)
    assert {n for n in NAMES if after[n] != before[n]} == {name}
    assert stored(own, text) == 1


def test_stop_leaves_nothing_running_and_keeps_the_data(own: Instance) -> None:
    translate(own, "Das bleibt.")
    before = pids(own)
    own.stop()
    assert not [name for name, pid in before.items() if alive(pid)]
    assert not (own.run_dir / "db.sock").exists()
    own.stop()  # once more is harmless
    own.up()
    assert stored(own, "Das bleibt.") == 1


def test_the_web_account_may_change_rows_and_nothing_else(own: Instance) -> None:
    grants = [next(iter(row.values())) for row in own.query("SHOW GRANTS")]
    assert len(grants) == 2
    assert grants[0].startswith("GRANT USAGE ON *.* TO")
    assert grants[1].startswith("GRANT SELECT, INSERT, UPDATE, DELETE ON `translation`.* TO")


def test_no_password_in_a_command_line_an_environment_or_a_log(own: Instance) -> None:
    passwords = [(own.secrets_dir / n).read_bytes() for n in ("db_password", "db_root_password")]
    places = list(own.run_dir.glob("*.log*"))
    for pid in pids(own).values():
        places += [Path(f"/proc/{pid}/cmdline"), Path(f"/proc/{pid}/environ")]
    assert len(places) >= 9
    for place in places:
        assert not [word for word in passwords if word in place.read_bytes()], place


def test_secrets_are_closed_to_other_users(own: Instance) -> None:
    assert own.secrets_dir.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in own.secrets_dir.iterdir()} == {0o444}
    assert own.run_dir.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("variable", ["WEB_PORT", "TRANSLATOR_PORT"])
def test_a_taken_port_is_named_with_its_owner_and_a_way_out(
    unmade: Instance, variable: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = unmade.run(**{"PUBLISH": "", variable: str(port)})
    assert result.returncode == 1
    assert f"port {port} is taken by process {os.getpid()} (" in result.stderr
    assert f"{variable}={port + 1} scripts/up" in result.stderr


def test_a_service_that_cannot_start_is_named_with_the_end_of_its_log(unmade: Instance) -> None:
    result = unmade.run(BEAM_SIZE="nonsense")
    assert result.returncode == 1
    assert "translator stopped while it was starting" in result.stderr
    assert "beam_size" in result.stderr
    unmade.up()  # with the cause gone, the next run carries on from there


def test_a_password_may_hold_any_character(unmade: Instance) -> None:
    unmade.secrets_dir.mkdir()
    for name in ("db_password", "db_root_password"):
        (unmade.secrets_dir / name).write_text(f"{ODD_PASSWORD} {name}\n")
    unmade.up()
    assert unmade.query("SELECT number FROM schema_migrations") == MIGRATIONS


def test_another_process_with_an_old_pid_of_ours_is_left_alone(unmade: Instance) -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as bystander:
        (unmade.run_dir / "web.pid").write_text(f"{bystander.pid} 1\n")
        unmade.stop()
        assert bystander.poll() is None
        bystander.communicate()
    assert bystander.returncode == 0


def test_the_temporary_tables_of_other_servers_are_left_alone(
    unmade: Instance, tmp_path: Path
) -> None:
    table = tmp_path / "#sql-temptable-1-1-1.MAI"
    table.touch()
    result = unmade.run(TMPDIR=str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert table.exists()


def test_a_database_that_cannot_be_made_is_said_to_be_with_its_cause(unmade: Instance) -> None:
    result = unmade.run_after("ulimit -f 20000")  # no file over 20 MB
    assert result.returncode == 1
    assert "the database could not be made:\n" in result.stderr
    assert "File size limit exceeded" in result.stderr
    unmade.up()


def test_a_path_too_long_for_a_socket_is_refused(unmade: Instance) -> None:
    result = unmade.run(RUN_DIR=f"/tmp/{'x' * 100}")  # noqa: S108 - nothing is made there
    assert result.returncode == 1
    assert "Set RUN_DIR to a shorter one" in result.stderr


@may_mount
def test_a_full_disk_is_seen_before_anything_is_made(unmade: Instance) -> None:
    small = f"mount -t tmpfs -o size=50m none {unmade.run_dir}"
    result = unmade.run_after(small, "unshare", "--mount")
    assert result.returncode == 1
    assert "MB of free disk space; the set-up needs" in result.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_first_run_that_is_broken_off_leaves_nothing_half_made(
    unmade: Instance, how: signal.Signals
) -> None:
    with subprocess.Popen(
        [ROOT / "scripts/up", "--no-docker"],
        env=unmade.environment(),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as first:
        assert first.stdout
        assert any("making the database" in line for line in first.stdout)
        os.killpg(first.pid, how)
    unmade.up()
    assert unmade.query("SELECT number FROM schema_migrations") == MIGRATIONS


def install(package: str, *prefix: str, **environment: str) -> str:
    """Ask for a Debian package as scripts/up does; give what it says when it fails."""
    script = (ROOT / "scripts/lib/setup.sh").read_text() + f"install_packages {package}\n"
    result = subprocess.run(
        [*prefix, shutil.which("bash") or "bash", "-euc", script],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1, result.stdout
    return result.stderr


def test_without_apt_it_says_what_is_missing(tmp_path: Path) -> None:
    said = install("mariadb-server-core", PATH=str(tmp_path))
    assert "This needs mariadb-server-core, and there is no apt-get" in said


@as_root
def test_without_root_it_gives_the_command_to_run() -> None:
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    said = install("mariadb-server-core", *nobody)
    assert "Run: sudo apt-get update && sudo apt-get install -y" in said
    assert "mariadb-server-core" in said
