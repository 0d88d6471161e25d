"""German sentence boundaries, as a reader would draw them: a bar wherever a sentence ends."""

import pytest

from translator.text import segment

ORDINALS = """
Im 19. Jahrhundert reiste man mit der Postkutsche. | Im 20. Jahrhundert flog man.
Die 27. Große Strafkammer hat geurteilt. | Das Urteil ist rechtskräftig.
Am 3. Oktober ist frei. | Am 4. Oktober nicht.
Der 1. und 2. Mai sind Brückentage.
Wir sehen uns am 24. Dezember. | Bring Plätzchen mit!
Sie wohnt im 3. Stock. | Er wohnt im 4. Stock.
Heute ist ihr 50. Geburtstag. | Es gibt Torte.
Annas 3. Geburtstag war laut.
Bis 3. Mai ist die Kasse geschlossen.
Der 2. Weltkrieg endete 1945. | Der Wiederaufbau begann.
Der Umsatz stieg um 3 %. | Ende des 1. Quartals war er gesunken.
Stand: 1.1.2020. | Änderungen vorbehalten.
Er feiert seinen 18. Geburtstag, sie ihren 81. Geburtstag.
Ludwig XIV. regierte lange. | Ludwig XVI. regierte kürzer.
Kaiser Karl V. war müde. | Er dankte ab.
Im XIX. Jahrhundert war das anders.
Er wurde 3. | Sie auch.
Das steht auf Seite 5. | Danach wird es spannend.
Wir treffen uns am 3. | Das wird schön.
Sie kam 1990. | Deutschland war gerade Weltmeister.
Er ist am 3. 10. 1990 geboren.
Am 3.10. feiern wir. | Am 4.10. räumen wir auf.
Der 1. FC Köln hat gewonnen. | Niemand glaubt es.
Es gibt zwei Wege: 1. Der kurze ist steil.
Die Lösung ist 42. | Die Frage ist unbekannt.
"""

ABBREVIATIONS = """
Er mag Obst, z. B. Äpfel, d. h. Boskop. | Birnen mag er nicht.
Er mag Obst, z.B. Äpfel, d.h. Boskop.
Äpfel, Birnen usw. | Dann gingen wir heim.
Wir haben Äpfel, Birnen usw. im Keller.
Dr. Müller und Prof. Schmidt kamen ca. um 3 Uhr. | Sie blieben lange.
Vgl. Abs. 3 Nr. 5 und Art. 7 GG. | Das ist eindeutig.
Siehe S. 5 ff. | Das ist dort erklärt.
Siehe S. 5 ff. BGB und Bd. 2.
Sie kommt ggf. Montag bzw. Dienstag.
Sie kommt evtl. Sonntag. | Wir auch.
Es kostet inkl. MwSt. | Das ist teuer.
Die Stadt hat 5 Mio. Einwohner.
Es waren 5 Mio. | Das sind viele.
Rom war im 1. Jh. v. Chr. eine Großstadt.
Das war 44 v. Chr. | Danach kam Augustus.
J. S. Bach wurde in Eisenach geboren. | Er starb in Leipzig.
Zitronen haben Vitamin C. | Das ist gesund.
Er wohnt in der Goethestr. 5 in Berlin.
Er wohnt in der Goethestr. | Das Haus ist alt.
Die Fa. Meier GmbH tagt. | Niemand hört zu.
Der Verein heißt Kleingarten e. V. | Er hat drei Mitglieder.
In der Regel, i. d. R. Montag, ist Sitzung.
Es gibt Hunde u. a. Dackel.
Käse, Wurst o. Ä. | Wir bringen Brot mit.
Tel. 12345, Fr. Schulze, Hr. Meier, Hl. Geist, St. Pauli.
Hrsg. Peter Meier, geb. Müller, gest. 1990.
Prof. Dr. Dr. h. c. mult. Hans Meier lebt in Berlin. | Er ist Arzt.
Die Revision ist zulässig (vgl. BGH, NJW 2018, 1234 Rn. 17 ff.). | Hiergegen wehrt er sich.
Gem. § 823 Abs. 1 BGB i. V. m. Art. 1 GG besteht ein Anspruch.
Die Sprechzeiten sind Mo.–Fr. von 8 bis 18 Uhr. | Danach ist geschlossen.
Abb. 3 und Tab. 4 zeigen es. | Kap. 5 erklärt es.
Das sog. Sommerloch gem. Paragraf vier lt. Zeitung.
Treffpunkt: Frankfurt a. M. Hauptbahnhof.
Die Art.-Nr. 5 ist aus. | Meine Kundennr. 12345 ist falsch.
Mit freundl. Grüßen
Bzgl. Ihrer Frage: Das geht.
Es gelten die gesetzl. Regeln. | Die ev. Kirche ist alt.
Wiss. Mitarbeiter gesucht.
Dipl.-Ing. Meier ist da. | Az. VI ZR 5/10 ist alt. | Hans-J. Müller wohnt hier.
gez. Müller
Das geht. | Mind. Peter kommt.
Er kommt mit Hans-J. | Das ist gut.
Das ist eine Art. | Peter kennt sie.
Siehe Art. 5 und App. 7.
Max. Belastung: 5 kg
Das Standard Buch.-Blatt. | Peter druckt es.
Er lebte in der Zeit der altfrz. Dichter.
"""

STOPS = """
Berlin ist groß.¹ | Die Stadt ist alt.² | Sie liegt im Osten.
Berlin ist groß.1 | Die Stadt ist alt.2 | Sie liegt im Osten.
Es ist gut.[1] | Danach kam er.
Es ist gut.[12][13] | Danach kam er.[2, 3] | Dann ging er.[a] | Sie blieb.
Es ist gut.*) | Danach kam er.* | Dann ging er.¹⁾ | Sie blieb.¹,² | Es war spät.(1) | Er schlief.
**Es ist gut.** | Danach kam er.
Siehe Abs.(2) des Gesetzes.
Siehe Abs.3 Satz 2 des Gesetzes.
Es sind 10⁶ Leute und 2.¹ Kinder.
Das ist gut. :-) | Und dann?
Das ist gut! 😀 | Und dann?
Das ist gut 😀 | Und dann?
Ich mag 🍕 Pizza.
Guten Morgen! | Wie geht es dir? | Gut.
Wirklich?! | Ja!!! | Nein…
Hm … | Gut.
Ach … | Das wusste ich nicht.
Ich … Angst habe ich nicht.
Er wartete... | Dann ging er.
Er hat (!) Peter gesehen.
Er sprach leise (sehr leise. Kaum hörbar.) und ging.
Er ging. | (Es war spät.) | Sie blieb.
Das steht auf www.beispiel.de. | Lies es dort.
Es war schön. | 5 Leute kamen.
das ist gut. | und dann kam er. | echt? | ja!
Ach! wie flüchtig.
Er ging. | – Sie blieb.
Die Mehrheit (51 %) war dafür. | Der Rest schwieg.
"""

QUOTES = """
„Das ist gut. | Komm mit!“, sagte er. | Sie kam.
»Komm!« rief er. | »Nein!« rief sie.
"Wirklich?" fragte er. | "Ja." | Er ging.
``Das ist gut.'' | Dann ging er.
“Das ist gut.” | Dann ging er.
‚Ja.‘ | Das war alles.
Er sagte: „Das ist gut.“ | Dann ging er.
Der Film „Halt. Stopp!“ war gut.
Er nannte es „Glück“. | Sie nannte es Zufall.
„Ja“ – mehr sagte er nicht. | Er ging.
„Hallo!“ | „Guten Tag!“
Er las „Der Herr der Ringe. Die zwei Türme“ in einer Nacht.
„Wo bist du?“ | – „Hier.“ | – „Ach so.“
"""


def rows(table: str) -> list[str]:
    return table.strip().splitlines()


@pytest.mark.parametrize("row", rows(ORDINALS + ABBREVIATIONS + STOPS + QUOTES))
def test_german_sentences(row: str) -> None:
    bounded = row.split(" | ")
    text = " ".join(bounded)
    assert " | ".join(part.source for part in segment(text)) == row


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("en", "Mr. Smith went home. | He slept. :-) | Then he woke up."),
        ("fr", "Il est parti. | Elle est restée."),
        ("ru", "Он ушёл. | Она осталась."),
    ],
)
def test_other_languages_are_left_to_sentencex(language: str, row: str) -> None:
    text = row.replace(" | ", " ")
    assert " | ".join(part.source for part in segment(text, language)) == row


def test_a_missing_space_hides_no_sentence() -> None:
    assert [part.source for part in segment("Das ist gut.Dann kam er.")] == [
        "Das ist gut.",
        "Dann kam er.",
    ]
