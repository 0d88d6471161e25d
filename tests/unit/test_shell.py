"""The functions of scripts/lib, each in a shell of its own."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = sorted(
    path.name
    for path in (ROOT / "scripts").iterdir()
    if path.is_file() and os.access(path, os.X_OK)
)


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_explains_itself_from_any_folder(name: str, tmp_path: Path) -> None:
    for folder, program in ((tmp_path, ROOT / "scripts" / name), (ROOT / "scripts", f"./{name}")):
        result = subprocess.run(
            [program, "--help"], cwd=folder, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stderr
        assert not result.stderr
        assert result.stdout.startswith(f"scripts/{name}")
        lines = result.stdout.splitlines()
        assert len(lines) >= 3
        assert not [line for line in lines if line.startswith(("#", "set -"))]


def shell(
    code: str, *arguments: str | Path, given: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run code in a bash that has the functions, with the settings of the scripts."""
    code = f". scripts/lib/operation.sh\n{code}"
    return subprocess.run(
        ["/usr/bin/env", "bash", "-euo", "pipefail", "-c", code, "name", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def program(folder: Path, name: str, code: str) -> None:
    """Make a program in a folder for PATH."""
    path = folder / name
    path.write_text(f"#!/usr/bin/env bash\n{code}\n")
    path.chmod(0o755)


def engine_answers(folder: Path, given: str = "") -> bool:
    """Tell what `engine` finds with the programs in a folder before the machine's own."""
    result = shell("engine && cat", given=given, PATH=f"{folder}:{os.environ['PATH']}")
    assert not result.stderr
    assert result.stdout == (given if result.returncode == 0 else "")
    return result.returncode == 0


def test_without_docker_there_is_no_engine(tmp_path: Path) -> None:
    assert shell(f"PATH={tmp_path}; engine").returncode == 1


@pytest.mark.parametrize("missing", ["nothing", "version", "compose"])
def test_an_engine_is_one_that_answers_and_has_compose(tmp_path: Path, missing: str) -> None:
    program(tmp_path, "docker", f"cat; echo said; echo said >&2; [[ $1 != {missing} ]]")
    assert engine_answers(tmp_path, "what a script reads\n") == (missing == "nothing")


@pytest.mark.parametrize("silent", ["version", "compose"])
def test_an_engine_that_says_nothing_is_not_waited_for(tmp_path: Path, silent: str) -> None:
    program(tmp_path, "docker", f"trap '' TERM; [[ $1 != {silent} ]] || exec tail -f /dev/null")
    # The limits of the scripts, shortened.
    program(tmp_path, "timeout", 'exec /usr/bin/timeout --kill-after=0.1 0.1 "${@:3}"')
    assert not engine_answers(tmp_path)


OLD = "# Schlüssel\nanna 1\nbert 2\n"
CONTENTS = {
    "shorter": "anna 1\n",
    "as long": OLD.upper().replace("Ü", "ü"),
    "longer": OLD + "clara 3\n",
    "without a line end": "geheim",
    "empty": "",
    "fewer characters in more bytes": "„ß“ 🐻🐻🐻🐻🐻🐻🐻\n",
    "as printf and the shell would read it": "%s \\n $HOME `id` 'it\"s' -n *\n",
    "over many blocks": "anna 1 äöü\n" * 10_000,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a file as the scripts keep it."""
    file = tmp_path / "a file"
    file.write_text(OLD, encoding="utf-8")
    file.chmod(0o444)
    return file


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


def replaced(
    file: Path, new: str, dd: str = "", truncate: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Replace the content, with other programs in the place of the machine's own."""
    for name, code in (("dd", dd), ("truncate", truncate)):
        if code:
            program(file.parent, name, code)
    # `x` keeps the line ends that $(…) takes away.
    code = 'new=$(cat; echo x); replace "$1" "${new%x}"'
    path = f"{file.parent}:{os.environ['PATH']}"
    return shell(code, file, given=new, PATH=path, **environment)


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
@pytest.mark.parametrize("new", CONTENTS.values(), ids=CONTENTS)
def test_a_content_is_replaced_in_the_same_file(file: Path, new: str, locale: str) -> None:
    inode = file.stat().st_ino
    result = replaced(file, new, LC_ALL=locale)
    assert result.returncode == 0, result.stderr
    assert file.read_text(encoding="utf-8") == new
    assert file.stat().st_ino == inode
    assert mode(file) == 0o444


@pytest.mark.parametrize("new", ["a\n", "a", OLD + "clara 3\n"])
def test_who_reads_meanwhile_finds_the_new_content_and_line_ends(file: Path, new: str) -> None:
    seen = file.with_name("seen")
    result = replaced(file, new, truncate=f'cp "$3" "{seen}"; exec /usr/bin/truncate "$@"')
    assert result.returncode == 0, result.stderr
    found = seen.read_text(encoding="utf-8")
    assert found.startswith(new)
    assert len(found.encode()) == max(len(OLD.encode()), len(new.encode()))
    assert not found.removeprefix(new).strip("\n")
    assert file.read_text(encoding="utf-8") == new


def test_the_old_content_stays_until_the_new_one_comes(file: Path) -> None:
    replaced(file, "anna 1\n", dd='exec /usr/bin/dd "$@" </dev/null', truncate="exit 1")
    assert file.read_text(encoding="utf-8") == OLD


def test_a_content_of_some_length_is_written_at_once(file: Path) -> None:
    told = file.with_name("told")
    # So that dd tells how many blocks it wrote: "0+1" is one that is not full.
    telling = f'exec /usr/bin/dd "${{@/status=none/status=noxfer}}" 2>"{told}"'
    result = replaced(file, CONTENTS["over many blocks"], dd=telling)
    assert result.returncode == 0, result.stderr
    assert "0+1 records out" in told.read_text()


@pytest.mark.parametrize("end", ["exit 1", "kill -TERM $PPID"])
@pytest.mark.parametrize("step", ["dd", "truncate"])
def test_a_file_is_closed_again_whatever_happens(file: Path, step: str, end: str) -> None:
    open_mode = file.with_name("mode")
    code = f"stat --format %a '{file}' >'{open_mode}'; {end}"
    result = replaced(file, "anna 1\n", **{step: code})
    assert result.returncode != 0
    assert open_mode.read_text() == "644\n"
    assert mode(file) == 0o444
    content = file.read_text(encoding="utf-8")
    assert content == OLD if step == "dd" else content.strip("\n") == "anna 1"


def add_key(folder: Path, *arguments: str) -> int:
    """Run scripts/add-key on a folder of secrets that may have programs, too; its exit status."""
    return subprocess.run(
        [ROOT / "scripts/add-key", *arguments],
        env=os.environ | {"SECRETS_DIR": str(folder), "PATH": f"{folder}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    ).returncode


def test_a_key_gets_a_line_of_its_own(tmp_path: Path) -> None:
    keys = tmp_path / "api_keys"
    keys.write_text("# by hand\nanna - - -")
    assert add_key(tmp_path, "bert") == 0
    lines = keys.read_text().splitlines()
    assert lines[:2] == ["# by hand", "anna - - -"]
    assert [line.split()[0] for line in lines[2:]] == ["bert"]


def test_no_key_is_lost_when_the_others_cannot_be_read(tmp_path: Path) -> None:
    keys = tmp_path / "api_keys"
    keys.write_text("anna - - -\nbert - - -\n")
    program(tmp_path, "awk", '[[ $* != *!=* ]] && exec /usr/bin/awk "$@"')
    assert add_key(tmp_path, "--remove", "bert") == 1
    assert keys.read_text() == "anna - - -\nbert - - -\n"


PASSWORD = r"""it's "odd" \ 100 %s $HOME `id` #1 \n ä"""  # noqa: S105 - for tests
OPTIONS = r"""[client]
user="{user}"
password="it's \"odd\" \\ 100 %s $HOME `id` #1 \\n ä"
"""
# Says how it was started and what the option file has; its process list and its environment.
CLIENT = """
printf '%s\\n' "$0" "$@" "$(env)" >>"$STARTED"
cat "${1#--defaults-file=}" -
printf '%s\\n' "${@:2}"
"""


@pytest.fixture
def clients(tmp_path: Path) -> dict[str, str]:
    """Give an environment with clients that say how they were asked, and with a password."""
    for name in ("db_root_password", "db_password"):
        (tmp_path / name).write_text(f"{PASSWORD}\n", encoding="utf-8")
    for name in ("mysql", "mariadb", "mariadb-dump"):
        program(tmp_path, name, CLIENT)
    # An engine whose one container is this machine.
    started = 'printf "%s\\n" "$@" >>"$STARTED"'
    program(
        tmp_path,
        "docker",
        f'case $1-$2 in compose-ps) echo box ;; exec-*) {started}; "${{@:4}}" ;; esac',
    )
    return {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "STARTED": str(tmp_path / "started"),
        "SECRETS_DIR": str(tmp_path),
        "MYSQL_ROOT_PASSWORD_FILE": str(tmp_path / "db_root_password"),
    }


@pytest.mark.parametrize(
    ("code", "user", "arguments"),
    [
        ('sql \'we"b\' "$SECRETS_DIR/db_password" translation', r"we\"b", ["translation"]),
        ("where=processes; client mysql -e 'SELECT 1'", "root", ["-e", "SELECT 1"]),
        ("where=processes; client mysqldump 'a b'", "root", ["a b"]),
        ("docker=yes; find_database; client mysql -e 'SELECT 1'", "root", ["-e", "SELECT 1"]),
    ],
)
def test_a_client_reads_the_password_from_a_file_alone(
    clients: dict[str, str], code: str, user: str, arguments: list[str]
) -> None:
    result = shell(f"run=/nowhere; {code}", given="SELECT 2;\n", **clients)
    assert result.returncode == 0, result.stderr
    found, given, options = result.stdout.partition("SELECT 2;\n")
    assert found == OPTIONS.replace("{user}", user)
    assert given
    socket = [] if "docker" in code else ["--socket=/nowhere/db.sock"]
    assert options.splitlines() == ["--default-character-set=utf8mb4", *socket, *arguments]
    started = Path(clients["STARTED"]).read_text(encoding="utf-8")
    assert "--defaults-file=/dev/fd/" in started
    assert "$HOME `id` #1" not in started
    assert ("exec\n--interactive\nbox\n" in started) == ("docker" in code)


def test_hooks_run_the_lint_of_the_tests() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    script = (ROOT / "scripts/test").read_text().replace("$python", ".venv/bin/python")
    lint = script.partition("if [[ -n $lint ]]; then\n")[2].partition("    set --")[0].splitlines()
    assert [hook["entry"] for hook in hooks] == [
        line.strip().rpartition(" | xargs ")[2] for line in lint
    ]
    listing = lint[-1].strip().rpartition(" | ")[0]
    linted = set(shell(listing).stdout.split())
    assert linted > {f"scripts/{name}" for name in SCRIPTS}
    files = {
        str(path.relative_to(ROOT))
        for folder in (".ci", "db", "scripts")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert {path for path in files if re.search(hooks[-1]["files"], path)} == linted


# Of the machine's own programs, those that scripts/test itself runs.
TOOLS = (
    *("awk", "bash", "cat", "cmp", "cp", "cut", "df", "dirname", "env", "find", "flock", "grep"),
    *("ln", "mkdir", "mktemp", "rm", "sha256sum", "tail", "touch", "tr", "xargs"),
)
LOCKS_ONLY = shutil.ignore_patterns("*.py", "drivers", "node_modules")
LINT = ["-m ruff check", "-m ruff format --check", "-m mypy", "lint-imports", "shellcheck"]
TWO = "--numprocesses 2 --no-loadscope-reorder"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a copy of the scripts where nothing is installed, and programs that say what they do."""
    checkout = tmp_path / "checkout"
    for folder in (".ci", "db", "scripts"):
        shutil.copytree(ROOT / folder, checkout / folder)
    for folder in (".venv/bin", "tests/unit", "bin", "made/bin"):
        (checkout / folder).mkdir(parents=True)
    (checkout / "tests/requirements.lock").touch()
    shutil.copytree(ROOT / "tests/clients", checkout / "tests/clients", ignore=LOCKS_ONLY)
    for tool in TOOLS:
        (checkout / "bin" / tool).symlink_to(shutil.which(tool) or "")
    program(checkout / "bin", "id", "echo 0")
    lint = f'[[ $* != *shellcheck ]] || ln -s "{checkout}/shellcheck" "{checkout}/bin"'
    program(checkout / "bin", "apt-get", f'echo "$@" >>"{tmp_path}/installed"; {lint}')
    program(checkout / ".venv/bin", "python", f'[[ $2 == *pip ]] || echo "$@" >>"{tmp_path}/run"')
    program(checkout / "bin", "python3.14", '[[ $2 != venv ]] || cp -r made "$4"')
    pip = f'[[ $2 != pip ]] || echo pip >>"{tmp_path}/installed"'
    program(checkout / "made/bin", "python", pip)
    npm = f'echo npm >>"{tmp_path}/installed"; mkdir -p tests/clients/node_modules'
    program(checkout / "made/bin", "npm", npm)
    for each in (checkout / "shellcheck", checkout / ".venv/bin/lint-imports"):
        program(each.parent, each.name, f'echo "${{0##*/}}" >>"{tmp_path}/run"')
    return checkout


def asked(checkout: Path, *options: str) -> tuple[list[str], str]:
    """Run its scripts/test; what it ran, and what it installed."""
    subprocess.run(
        [checkout / "scripts/test", *options],
        env={"PATH": str(checkout / "bin")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    run, installed = checkout.parent / "run", checkout.parent / "installed"
    said = run.read_text().splitlines(), installed.read_text() if installed.exists() else ""
    run.unlink()
    return said


def test_all_is_every_test_but_the_benchmarks(checkout: Path) -> None:
    run, installed = asked(checkout)
    assert run == [*LINT, f"-m pytest {TWO} --ignore=tests/bench"]
    assert "chromium" in installed


def test_the_clients_are_installed_once_and_again_when_their_lock_changes(checkout: Path) -> None:
    def done(*options: str) -> list[str]:
        return re.findall("^(?:pip|npm)$", asked(checkout, *options)[1], re.MULTILINE)

    assert done("--fast") == []
    assert done() == done() == ["pip", "npm"]
    (checkout / "tests/clients/package-lock.json").write_text("{}")
    assert done() == ["pip", "npm", "npm"]
    (checkout / "tests/clients/requirements.lock").write_text("")
    assert done() == ["pip", "npm", "npm", "pip"]


def test_fast_is_unit_and_app_without_the_slow_ones_and_installs_no_browser(
    checkout: Path,
) -> None:
    run, installed = asked(checkout, "--fast")
    assert run == [*LINT, f"-m pytest {TWO} -m not slow tests/unit"]
    assert not re.search("chromium|curl|faketime|atomic|dialect|npm", installed)
    (checkout / "tests/app").mkdir()
    assert asked(checkout, "--fast")[0][-1] == f"-m pytest {TWO} -m not slow tests/unit tests/app"


def test_options_are_those_of_pytest_alone(checkout: Path) -> None:
    run, installed = asked(checkout, "tests/unit", "-k", "a b")
    assert run == ["-m pytest tests/unit -k a b"]
    assert "chromium" in installed
    assert "shellcheck" not in installed
    with pytest.raises(subprocess.CalledProcessError):
        asked(checkout, "--fast", "-x")
