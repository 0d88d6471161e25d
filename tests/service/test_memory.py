"""The translation memory with the real translator: imported by the operator, used in its place."""

import subprocess
from pathlib import Path

import httpx

from tests.support.instance import ROOT, Instance
from web.memory.tmx import TMX_TAIL, tmx_head

TEXT = "Der Kobold zählt 7 Äpfel. Guten Morgen!\n\n  Das <x1>rote</x1> Haus ist 3,50 m hoch.\n"


def run(instance: Instance, *arguments: str, check: bool = True) -> str:
    """Output of scripts/import-memory."""
    result = subprocess.run(
        [ROOT / "scripts/import-memory", "--no-docker", *arguments],
        env=instance.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode == 0) == check, result.stderr
    return result.stdout if check else result.stderr


def unit(source: str, target: str) -> str:
    return (
        f'<tu><tuv xml:lang="DE-de"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="en-GB"><seg>{target}</seg></tuv></tu>\n'
    )


UNITS = (
    unit("Der Kobold zählt 12 Äpfel.", "The goblin counts 12 apples.")
    + unit(
        'Das <bpt i="1"/>rote<ept i="1"/> Haus ist 3,50 m hoch.',
        'The <bpt i="1"/>red<ept i="1"/> house is 3.50 m tall.',
    )
    + unit("a" * 10_001, "b")
)


def test_nothing_is_imported_for_a_key_that_is_not_there(
    instance: Instance, tmp_path: Path
) -> None:
    file = tmp_path / "memory.tmx"
    file.write_text(tmx_head(("de", "en")) + UNITS + TMX_TAIL, encoding="utf-8")
    told = run(instance, "--owner", "anna", str(file), check=False)
    assert "there is no key of the name anna." in told
    assert instance.query("SELECT id FROM memories") == []


async def test_an_imported_memory_is_used_in_the_models_place(
    instance: Instance, tmp_path: Path
) -> None:
    file = tmp_path / "memory.tmx"
    file.write_text(tmx_head(("de", "en")) + UNITS + TMX_TAIL, encoding="utf-8")
    assert run(instance, str(file)) == (
        "memory.tmx: 2 entries imported, 0 were there already, 1 units passed over\n"
        "  line 7: a text of over 10,000 characters\n"
    )
    assert "0 entries imported, 2 were there already" in run(instance, "--shared", str(file))
    cut = tmp_path / "cut.tmx"
    cut.write_bytes(file.read_bytes()[:-30_000])
    said = run(instance, str(cut), check=False)
    assert "ends in the middle" in said
    assert "nothing will be doubled" in said
    assert "there is no file" in run(instance, str(tmp_path / "none.tmx"), check=False)
    async with httpx.AsyncClient(base_url=instance.web_url, timeout=60) as http:
        # Who looks at the memories has this service look, too; else it does every other second.
        assert (await http.get("/memory")).json()["memories"][0]["entries"] == 2
        answer = (await http.post("/translate", json={"text": TEXT})).json()
        assert answer["text"].startswith("The goblin counts 7 apples. ")
        assert "\n\n  The <x1>red</x1> house is 3.50 m tall.\n" in answer["text"]
        assert len(answer["memory"]) == 2
        assert answer["warnings"] == []
        plain = (await http.post("/translate", json={"text": TEXT, "memory": False})).json()
        assert "goblin" not in plain["text"]
        assert "memory" not in plain


async def test_segments_are_those_that_a_translation_has(instance: Instance) -> None:
    texts = [TEXT, "Eins. Zwei.\nDrei", "", " \n"]
    async with httpx.AsyncClient(base_url=instance.translator_url, timeout=60) as http:
        for sentences in (True, False):
            question = {"texts": texts, "source": "de", "target": "en", "sentences": sentences}
            segments = (await http.post("/segments", json=question)).json()["texts"]
            translated = (await http.post("/translate", json=question)).json()["texts"]
            assert segments == [
                [
                    {name: each[name] for name in ("source", "separator")}
                    for each in text["segments"]
                ]
                for text in translated
            ]
        long = await http.post("/segments", json={"texts": [TEXT * 100]})
        assert len(long.json()["texts"][0]) == 300
        for wrong in ({"texts": ["a"], "target": "zz"}, {"texts": "a"}, {"text": "a"}):
            assert (await http.post("/segments", json=wrong)).status_code == 400
