"""Libraries of documents are in memory once a document needs them, and not before."""

import json
import subprocess
import sys

LOOK = """
import json, sys
import web.__main__
from web.formats.registry import open_document
def loaded():
    names = {name.partition(".")[0] for name in sys.modules}
    return sorted(names & {"fontTools", "lxml", "markdown_it", "pikepdf", "PIL", "yaml"})
print(json.dumps(loaded()))
open_document("a.yaml", b"title: Das Haus ist gut.")
print(json.dumps(loaded()))
"""


def test_a_document_loads_the_libraries_of_its_kind_alone() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert list(map(json.loads, done.stdout.splitlines())) == [[], ["yaml"]]
