"""Ordinary German is always translated: none of it is taken for code, a name or English."""

import pytest

from translator.text import is_english, is_name, may_be_name, segment

# Short lines, headings, legends, notes and sentences, each near to something that is copied.
ORDINARY = """
Guten Morgen
Guten Appetit
Guten Abend!
Rote Grütze
Frohe Weihnachten
Kalte Platte
Offene Fragen
Kalter Hund
Arme Ritter
Bunter Abend
Tag der offenen Tür
Über uns
Neue Freunde
Alte Liebe
Frische Brötchen
Schwarzer Tee
Hotel Adler
Projekt Zukunft
Thema Geld
Restaurant Zum Goldenen Hirsch
Frau Präsidentin
Herr Doktor
Karl der Große
Anna und Elsa
Tom Sawyers Abenteuer
Annas Haus
Tom kommt
Anna ist krank.
Rosa Kleider
Ernst Gemeintes
Max Temperatur
Maria hilft
Die Muster GmbH
Gesetz über die GmbH
Gründung GmbH
Der Verein e. V. in Berlin
Siehe Seite 5
Kapitel 1: Einführung
Umsatz = Gewinn + Kosten
Gewinn = Umsatz - Kosten
rot = Gefahr
rot = gut
grün = Start
A = Auto
Hund = Tier
Menge = 3 Liter
menge = 3 Liter
preis = 5 euro
Beispiel: x = 5
Setze x = 5;
Sei f(x) = 2x eine Funktion.
Zucker: 3 Löffel;
nein: das geht nicht;
mo: 8-18 Uhr;
do: Ruhetag
abends: tee;
ort: berlin;
morgens: 3 Tropfen;
Mitarbeiter(innen)
Freund(e)
Schüler(in) gesucht
Liebe(r) Anna,
Sehr geehrte(r) Kunde,
Anna (32), Lehrerin
Öffnungszeiten: Mo-Fr 8-18 Uhr
Das Haus (alt) {neu}
import und export
return ist eine Taste
git ist ein Programm.
git clone ist ein Befehl.
cd ist kurz für „change directory“.
$ steht für Dollar
$ ist ein Zeichen
for ever young
while ist englisch für solange
make love not war
go home
mit Liebe;
(Musik)
[Musik]
Die Band heißt The Who.
Das Lied Let It Be ist alt.
Ich mag den Film The Lord of the Rings.
Er war in London.
All das ist so.
Des is a Hund.
Was will man da so?
Made in Germany
Wat is dat?
in an am
""".strip().splitlines()


@pytest.mark.parametrize("line", ORDINARY)
def test_an_ordinary_line_is_asked_for(line: str) -> None:
    assert any(not part.copied for part in segment(line))
    assert not is_name(line)
    assert not may_be_name(line)
    assert not is_english(line)


def test_there_are_enough_of_them() -> None:
    assert len(set(ORDINARY)) >= 60
