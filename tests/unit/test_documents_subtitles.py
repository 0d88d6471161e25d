"""Subtitles by sentence: one over several cues is one line, and is shared out over them again."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.formats.base import DocumentError, NotedDocument
from web.formats.registry import open_document
from web.formats.sharing import balanced, shares

ASS = """[Script Info]
Title: Das bleibt

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,Das bleibt auch
Dialogue: 0,0:00:01.00,0:00:03.00,D,Anna,0,0,0,,{\\an8}Ich habe {\\i1}Titanic{\\i0}, wie du\\Nweißt,
Dialogue: 0,0:00:03.10,0:00:05.00,D,Anna,0,0,0,,noch nie\\hgesehen.{ein Hinweis}
Dialogue: 0,0:00:05.00,0:00:07.00,Default,Ben,0,0,0,,{\\p1}m 0 0 l 100 0 100 100{\\p0}
Dialogue: 0,0:00:07.00,0:00:09.00,Default,Ben,0,0,0,,{\\k20}Ich {\\k30}mag {\\k50}Äpfel.
"""


def srt(*cues: str, pause: float = 0.2, seconds: float = 2) -> str:
    """An .srt of these cues, each with a pause after it."""

    def time(at: float) -> str:
        return f"00:{int(at) // 60:02}:{int(at) % 60:02},{round(at % 1 * 1000):03}"

    return "\n".join(
        f"{number + 1}\n{time(number * (seconds + pause))} --> "
        f"{time(number * (seconds + pause) + seconds)}\n{cue}\n"
        for number, cue in enumerate(cues)
    )


def lines(*cues: str, pause: float = 0.2) -> list[str]:
    return list(open_document("a.srt", srt(*cues, pause=pause).encode()).lines)


def translated(targets: list[str], *cues: str, language: str = "en") -> list[str]:
    """The words of the cues with these translations."""
    data = srt(*cues).encode()
    return said(open_document("a.srt", data).rebuilt(targets, language).decode())


def said(text: str) -> list[str]:
    return [cue.rstrip("\n") for cue in re.split(r"(?m)^\d+\n.* --> .*\n", text)[1:]]


@pytest.mark.parametrize(
    "cues",
    [
        ("Wir können aus Pappe", "ein kleines Boot bauen."),
        ("Als ich gestern nach Hause kam,", "sah ich einen großen Hund", "vor der Tür stehen."),
        ("Ich habe gestern einen großen", "Hund gesehen."),
        ("Wir haben am 3.", "Oktober geheiratet."),
        ("Das weiß nur Dr.", "Meier."),
        ("ANNA: Ich glaube,", "dass er kommt."),
        ("„Kommst du mit?“", "fragte er."),
        ("- Ich glaube,", "dass er kommt."),
        ("Er kam –", "wie immer –", "zu spät."),
        ("Ich\nglaube, dass", "er\nkommt."),
    ],
)
def test_a_sentence_over_cues_is_one_line(cues: tuple[str, ...]) -> None:
    assert lines(*cues) == [" ".join(cues).replace("\n", " ")]


@pytest.mark.parametrize(
    "cues",
    [
        ("Guten Morgen.", "Ich gehe."),
        ("Ich weiß nicht", "- Was denn?"),
        ("Ich weiß nicht", "[Musik spielt]"),
        ("Ich weiß nicht", "♪ Alle meine Entchen ♪"),
        ("Ich weiß nicht", "BEN: was denn?"),
        ("Ich weiß nicht", "Wir gehen jetzt."),
        ("KAPITEL EINS", "Haus am See."),
        ("Das war 1990.", "Hunde bellten."),
        ("Er sagte:", "Alles wird gut."),
        ("Ich wollte --", "Hunde bellen."),
    ],
)
def test_a_sentence_ends_with_its_cue(cues: tuple[str, ...]) -> None:
    assert lines(*cues) == list(cues)


def test_a_pause_ends_a_sentence() -> None:
    noun, verb = ("Ich sehe einen", "Hund."), ("Ich glaube", "dass er kommt.")
    assert lines(*noun, pause=1) == ["Ich sehe einen Hund."]
    assert lines(*noun, pause=2) == list(noun)
    assert lines(*verb, pause=3) == ["Ich glaube dass er kommt."]
    assert lines(*verb, pause=5) == list(verb)


def test_a_cue_in_which_sentences_end_and_begin_is_of_several_lines() -> None:
    cues = ("Er hat gearbeitet. Jetzt will er", "schlafen. Warum? Morgen", "muss er los.")
    sentences = ["Er hat gearbeitet.", "Jetzt will er schlafen.", "Warum?", "Morgen muss er los."]
    assert lines(*cues) == sentences
    assert translated(
        ["He worked.", "Now he wants to sleep.", "Why?", "Tomorrow he has to leave."], *cues
    ) == [
        "He worked. Now he wants",
        "to sleep. Why? Tomorrow",
        "he has to leave.",
    ]


def test_a_question_has_at_most_six_cues_and_400_characters() -> None:
    assert lines(*["und noch"] * 8) == [" ".join(["und noch"] * 6), "und noch und noch"]
    assert [len(line) for line in lines(*["a " * 74 + "b"] * 4)] == [2 * 149 + 1] * 2


def test_a_translation_is_shared_out_by_length_and_cut_at_clauses() -> None:
    cues = ("Als ich gestern nach Hause kam,", "sah ich einen großen Hund", "vor der Tür stehen.")
    target = "When I got home yesterday, I saw a big dog in front of the door."
    assert translated([target], *cues) == [
        "When I got home yesterday,",
        "I saw a big dog",
        "in front of the door.",
    ]


def test_dashes_tags_and_positions_stay_with_their_cues() -> None:
    cues = (
        "- Hast du ihn gesehen?\n- <i>Nein</i>, aber ich habe gehört,",
        "{\\an8}<i>dass er heute kommt.</i>",
        "{\\an2}<i>Wenn er <b>wirklich</b> kommt,</i>",
        "<i>gehe ich nach Hause.</i>",
    )
    data = srt(*cues).encode()
    document = open_document("a.srt", data)
    assert document.lines == [
        "- Hast du ihn gesehen?",
        "- <x1>Nein</x1>, aber ich habe gehört, dass er heute kommt.",
        "Wenn er <x1>wirklich</x1> kommt, gehe ich nach Hause.",
    ]
    targets = [
        "- Did you see him?",
        "- <x1>No</x1>, but I have heard that he is coming today.",
        "If he <x1>really comes, I</x1> am going home.",
    ]
    assert said(document.rebuilt(targets, "en").decode()) == [
        "- Did you see him?\n- <i>No</i>, but I have heard",
        "{\\an8}<i>that he is coming today.</i>",
        "{\\an2}<i>If he <b>really comes,</b></i>",
        "<i><b>I</b> am going home.</i>",
    ]


def test_ellipses_stay_at_the_ends_of_their_cues() -> None:
    cues = ("Ich habe dir gesagt...", "...dass ich keine Zeit habe.")
    assert lines(*cues) == ["Ich habe dir gesagt dass ich keine Zeit habe."]
    assert translated(["I told you that I have no time."], *cues) == [
        "I told you...",
        "...that I have no time.",
    ]


def test_hyphens_at_the_ends_of_lines_and_cues() -> None:
    assert lines("Das ist ein Wohn-\nhaus und ein Hund.") == ["Das ist ein Wohnhaus und ein Hund."]
    assert lines("Das ist ein Wohn-", "haus.") == ["Das ist ein Wohnhaus."]
    assert lines("die CDU-", "Politiker") == ["die CDU-Politiker"]
    assert lines("Haus-", "und Hof") == ["Haus- und Hof"]
    assert lines("Haus-\nund Hof") == ["Haus- und Hof"]
    assert lines("die CDU-\nPolitiker") == ["die CDU-Politiker"]
    assert translated(["It is a house and a dog."], "Das ist ein Wohn-\nhaus und ein Hund.") == [
        "It is a house\nand a dog."
    ]


def test_a_translation_of_fewer_words_than_cues_is_not_lost() -> None:
    cues = ("Ich gehe jetzt", "mit meinem Hund", "nach Hause.")
    assert translated(["I leave."], *cues) == ["I", "leave.", ""]
    assert translated(["帰ります。"], *cues) == ["帰ります。", "", ""]


def test_voices_and_timestamps_of_vtt() -> None:
    vtt = (
        "WEBVTT\nKind: captions\nLanguage: de\n\n"
        "00:01.000 --> 00:02.000\n<v Anna>Ich glaube,\n\n"
        "00:02.100 --> 00:03.000\n<v Anna>dass er kommt.\n\n"
        "00:03.100 --> 00:04.000\n<v Ben>Ich weiß nicht <v Anna>und ich auch\n\n"
        "00:04.100 --> 00:05.000\n<v Ben>nicht so &amp; genau\n\n"
        "00:05.100 --> 00:07.000\nIch<00:05.500><c> mag</c><00:06.000><c> Äpfel</c>\n"
    )
    document = open_document("a.vtt", vtt.encode())
    assert document.lines == [
        *("Ich glaube, dass er kommt.", "Ich weiß nicht", "und ich auch", "nicht so & genau"),
        "Ich mag Äpfel",
    ]
    targets = [
        "I think he is coming.",
        "I don't know",
        "and me too",
        "not so < exactly",
        "I like it",
    ]
    assert document.rebuilt(targets, "en").decode() == (
        "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:01.000 --> 00:02.000\n<v Anna>I think\n\n"
        "00:02.100 --> 00:03.000\n<v Anna>he is coming.\n\n"
        "00:03.100 --> 00:04.000\n<v Ben>I don't know <v Anna>and me too\n\n"
        "00:04.100 --> 00:05.000\n<v Ben>not so &lt; exactly\n\n"
        "00:05.100 --> 00:07.000\nI <00:05.500><c>like </c><00:06.000><c>it</c>\n"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_words_of_dialogue_alone_are_changed_in_ass(encoding: str, end: str) -> None:
    data = ASS.replace("\n", end).encode(encoding)
    document = open_document("a.ass", data)
    assert document.lines == [
        "Ich habe <x1>Titanic</x1>, wie du weißt, noch nie\u00a0gesehen.",
        "Ich mag Äpfel.",
    ]
    assert document.rebuilt(document.lines, "en") == data
    targets = [
        "I have {never} seen <x1>Titanic</x1>, as\u00a0you all know very well.",
        "I like apples.",
    ]
    new = document.rebuilt(targets, "en").decode(encoding)
    old = ASS.replace("\n", end)
    for before, after in (
        (
            "{\\an8}Ich habe {\\i1}Titanic{\\i0}, wie du\\Nweißt,",
            "{\\an8}I have \\{never\\}\\Nseen {\\i1}Titanic{\\i0},",
        ),
        ("noch nie\\hgesehen.{ein", "as\\hyou all know very well.{ein"),
        ("Ich {\\k30}mag {\\k50}Äpfel.", "I {\\k30}like {\\k50}apples."),
    ):
        assert before in old
        old = old.replace(before, after)
    assert new == old


def test_speakers_and_signs_of_ass_are_apart() -> None:
    head = "[Events]\nFormat: Start, End, Name, Text\n"
    cues = ["0:00:01.0,0:00:02.0,Anna,Ich glaube", "0:00:02.0,0:00:03.0,Anna,an dich"]
    for change in (("02.0,0:00:03.0,Anna", "02.0,0:00:03.0,Ben"), ("an d", "{\\pos(1,2)}an d")):
        both = "".join(f"Dialogue: {cue}\n" for cue in cues)
        assert len(open_document("a.ssa", (head + both).encode()).lines) == 1
        other = both.replace(*change)
        assert len(open_document("a.ssa", (head + other).encode()).lines) == 2
    with pytest.raises(DocumentError, match="no subtitles"):
        open_document("a.ass", b"Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Hallo\n")


def test_cues_that_are_shown_together_are_apart() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:04,000\nIch glaube\n\n"
        "2\n00:00:{at} --> 00:00:05,000\n{where}dass er kommt\n"
    )
    for at, where, count in (("01,000", "", 2), ("02,000", "", 1), ("02,000", "{\\an8}", 2)):
        data = text.format(at=at, where=where).encode()
        assert len(open_document("a.srt", data).lines) == count


def test_what_is_read_too_fast_is_noted() -> None:
    document = open_document("a.srt", srt("- Ja.\n- Nein.", "<i>Hallo!</i>", seconds=1).encode())
    assert isinstance(document, NotedDocument)
    assert list(document.notes(document.lines)) == []
    targets = ["- Yes, of course.", "- No, never.", "Hello again my friend!"]
    found = [
        (note.place, note.source, note.target, note.figure) for note in document.notes(targets)
    ]
    assert found == [
        ("00:00:00,000", "- Ja. - Nein.", "- Yes, of course. - No, never.", 30),
        ("00:00:01,200", "Hallo!", "Hello again my friend!", 22),
    ]
    assert {note.code for note in document.notes(targets)} == {"reading_speed"}


WORDS = st.text("abcäß", min_size=1, max_size=9)
CUES = st.lists(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    *("und", "Hund", "ist.", "ist...", "...so", "nein,", "Wohn-\nhaus", "- Ja"),
                    *("<i>", "</i>", "{\\an8}", "\n", "♪", "Ende! Was", "5", "<v A>", "<00:01.5>"),
                ]
            ),
            WORDS,
        ),
        min_size=1,
        max_size=8,
    ).map(" ".join),
    min_size=1,
    max_size=9,
)


@given(CUES, st.lists(WORDS, min_size=1, max_size=30), st.sampled_from(["srt", "vtt", "ass"]))
def test_every_word_stands_once_and_in_order(
    cues: list[str], words: list[str], notation: str
) -> None:
    if notation == "ass":
        rows = (
            f"Dialogue: 0,0:00:{number:02}.00,0:00:{number + 1:02}.00,A,,0,0,0,,"
            + re.sub(r"\n", r"\\N", cue)
            for number, cue in enumerate(cues)
        )
        text = "[Events]\n" + "\n".join(rows)
    else:
        text = srt(*cues)
    data = text.encode()
    document = open_document(f"a.{notation}", data)
    assert document.rebuilt(document.lines, "en") == data
    # Each line has its own words, which are like none of the source.
    targets = [
        " ".join(f"{word}Q{number}Q{index}Q" for index, word in enumerate(words))
        for number in range(len(document.lines))
    ]
    new = document.rebuilt(targets, "en").decode()
    wanted = [word for target in targets for word in target.split()]
    assert re.findall(r"[a-zäß]+Q\d+Q\d+Q", new.replace("<00:01.5>", "")) == wanted
    assert new.count("-->") == text.count("-->")
    bare = [re.sub(r"<[^>]*>|\{[^}]*\}", "", cue) for cue in cues]
    if notation == "srt" and len(words) >= 6 and all(re.search(r"[a-zäß]", cue) for cue in bare):
        assert all(re.search(r"[a-zäß]", cue) for cue in said(new))


@given(st.lists(WORDS, min_size=1, max_size=60), st.lists(WORDS, min_size=1, max_size=9))
def test_cuts_are_spaces_in_order_and_as_many_as_there_can_be(
    words: list[str], sources: list[str]
) -> None:
    target = " ".join(words)
    for cuts in (shares(target, sources, "en"), balanced(target, len(sources), "de")):
        assert cuts == sorted(set(cuts))
        assert all(target[cut] == " " for cut in cuts)
        assert len(cuts) == min(len(words), len(sources)) - 1
