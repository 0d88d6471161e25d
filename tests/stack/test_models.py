"""The translator's image is built with the model that MODEL names, or not at all."""

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from zipfile import ZipFile

import pytest

from tests.stack.conftest import PREFIX, run
from tests.support import marian

BUILT = f"{PREFIX}models"
TRANSLATE = """
from pathlib import Path
from translator.inference.engine import Decoding, Engine, installed
engine = Engine(installed(Path("/models"))["de", "en"], inter_threads=1, intra_threads=1)
print(engine.card.name, engine.translate([engine.encode("Guten Tag!")], Decoding(4))[0][0].text)
engine.close()
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give where containers find a folder with the archive of a model, and with half of it."""
    folder = tmp_path_factory.mktemp("web")
    with ZipFile(folder / "opus-test.zip", "w") as made:
        for path in sorted(marian.write_archive(folder / "opus").iterdir()):
            made.write(path, path.name)
    whole = (folder / "opus-test.zip").read_bytes()
    (folder / "half.zip").write_bytes(whole[: len(whole) // 2])

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            pass

    # An engine that has just made this network does not tell its gateway, which is the first.
    subnet = "{{(index .IPAM.Config 0).Subnet}}"
    network = run("docker", "network", "inspect", "bridge", "--format", subnet).strip()
    host = str(next(ip_network(network).hosts()))
    with ThreadingHTTPServer((host, 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://{host}:{server.server_port}"
        server.shutdown()
        thread.join()


def build(model: str) -> None:
    """Build what the image takes its models from."""
    file = ("--file", "translator/Dockerfile", "--target", "models")
    run("docker", "build", *file, "--build-arg", f"MODEL={model}", "--tag", BUILT, ".")


@pytest.fixture
def built() -> Iterator[None]:
    yield
    run("docker", "image", "rm", BUILT)


@pytest.mark.usefixtures("built")
def test_an_archive_is_built_in_and_wins_over_the_demonstration(address: str) -> None:
    build(f"{address}/opus-test.zip")
    said = run("docker", "run", "--rm", "--user", "10002", BUILT, "python", "-c", TRANSLATE)
    assert said.split(maxsplit=1)[0] == "opus-test"
    assert said.split(maxsplit=1)[1].strip()


@pytest.mark.parametrize(
    ("model", "what"),
    [("half.zip", "is not a whole zip archive"), ("nothing.zip", "HTTP Error 404")],
)
def test_a_model_that_cannot_be_had_ends_the_build(address: str, model: str, what: str) -> None:
    with pytest.raises(AssertionError, match=what):
        build(f"{address}/{model}")
