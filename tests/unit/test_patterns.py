"""Regular expressions of both services mean the same with every Python that the README names."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

# Before Python 3.11.5, a possessive quantifier of a group that has a choice in it matches what it
# should not, and gives ends that lie before the start (python/cpython#106052 and #100061): with
# Debian 12's 3.11.2 the search for figures never ended. An atomic group, (?>…), is right there.
COLLECT = """
import importlib, json, pkgutil, re, sys
seen = set()
real = re._compiler.compile
def compiled(pattern, flags=0):
    if isinstance(pattern, (str, bytes)):
        seen.add((pattern if isinstance(pattern, str) else pattern.decode("latin-1"), int(flags)))
    return real(pattern, flags)
re._compiler.compile = compiled
name = sys.argv[1]
package = importlib.import_module(name)
for each in pkgutil.walk_packages(package.__path__, name + "."):
    if not each.name.endswith("__main__"):
        importlib.import_module(each.name)
if name == "translator":
    from translator.text.figures import figures
    for language in ("de", "en", "fr", "ja"):
        figures("Am 3. Mai um 14.30 Uhr 5 kg", language)
print(json.dumps(sorted(seen)))
"""
SIMPLE = {"LITERAL", "NOT_LITERAL", "IN", "ANY", "CATEGORY"}
parser = re._parser  # type: ignore[attr-defined] # noqa: SLF001 - no public one reads a pattern


def possessive_groups(tree: object) -> int:
    """How many possessive quantifiers have more than one sign to repeat."""
    found = 0
    if isinstance(tree, parser.SubPattern):
        for operation, argument in tree.data:
            if str(operation) == "POSSESSIVE_REPEAT":
                inner = argument[2].data
                found += len(inner) != 1 or str(inner[0][0]) not in SIMPLE
            found += possessive_groups(argument)
    elif isinstance(tree, list | tuple):
        found += sum(map(possessive_groups, tree))
    return found


@pytest.mark.parametrize(
    ("pattern", "count"),
    [("a*+", 0), ("[ab]{2,5}+c", 0), ("(?>(?:ab?c)*)", 0), ("(?:ab?c)*+", 1), ("x(?:a|bc)?+", 1)],
)
def test_which_quantifiers_are_meant(pattern: str, count: int) -> None:
    assert possessive_groups(parser.parse(pattern)) == count


@pytest.mark.parametrize("service", ["web", "translator"])
def test_no_possessive_quantifier_repeats_a_group(service: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COLLECT, service],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    patterns: list[tuple[str, int]] = json.loads(done.stdout)
    assert len(patterns) > 50
    wrong = [text for text, flags in patterns if possessive_groups(parser.parse(text, flags))]
    assert wrong == []
