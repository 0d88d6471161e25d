"""A translation's figures against those of its source: each is there, or is reported."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.figures import GERMAN_FIGURES, translated
from translator.text.figures import Clock, Difference, compare, figures

# Pairs of sentences by people (Tatoeba), of which 94 have figures or number words.
EVALUATION = Path(__file__).parents[2] / "translator/install/evaluation.tsv"
# German and English sentences that mean the same.
SAME = [
    # integers, decimals, thousands
    ("Es kamen 755 Leute.", "There were 755 people."),
    ("Die Stadt hat 1.250.000 Einwohner.", "The city has 1,250,000 inhabitants."),
    ("Das sind 1000 Leute.", "That's 1,000 people."),
    ("Das sind 1.000 Leute.", "That's 1000 people."),
    ("Das sind 10 000 Leute.", "That's 10,000 people."),
    ("Das sind 10 000 Leute.", "That's 10 000 people."),
    ("Das sind 10\u202f000 Leute.", "That's 10,000 people."),
    ("Der Saldo beträgt 1'250.50.", "The balance is 1,250.50."),
    ("Sie lief 42,195 km.", "She ran 42.195 km."),
    ("Der Wert ist 1.250,50.", "The value is 1,250.50."),
    ("Der Wert ist 1.250,50.", "The value is 1,250.5."),
    ("Der Wert ist 3,0.", "The value is 3."),
    ("Er war 3.", "He was 3."),
    ("Er hat 2 Kinder und 12 Katzen.", "He has two children and twelve cats."),
    ("Er hat zwei Kinder und zwölf Katzen.", "He has 2 children and 12 cats."),
    ("Er aß drei Äpfel und 3 Birnen.", "He ate 3 apples and three pears."),
    ("Nach 200 Jahren", "After two hundred years"),
    ("Nach zweihundertfünfzig Jahren", "After 250 years"),
    ("Es waren 21 Gäste.", "There were twenty-one guests."),
    ("Hier wohnen 3,5 Milliarden Menschen.", "3.5 billion people live here."),
    ("Hier wohnen 3,5 Mrd. Menschen.", "3,500,000,000 people live here."),
    ("Die Schulden: 2 Billionen Euro.", "The debts: 2 trillion euros."),
    ("Rund 4,2 Mio. Zuschauer", "About 4.2 million viewers"),
    ("Rund 500 Tsd. Zuschauer", "About 500,000 viewers"),
    ("Eine Million Zuschauer", "1 million viewers"),
    ("Eine halbe Million Zuschauer", "500,000 viewers"),
    ("1 Million Zuschauer", "A million viewers"),
    ("Es waren 3 bis 8 Millionen Menschen.", "There were 3 million to 8 million people."),
    ("Ich nahm 1 Apfel.", "I took an apple."),
    ("Ich nahm 1 Apfel.", "I took one apple."),
    ("Ich nahm einen Apfel.", "I took 1 apple."),
    ("Ich nahm 12 Eier.", "I took a dozen eggs."),
    ("Die 2 Brüder", "Both brothers"),
    ("2-mal täglich", "twice a day"),
    ("1-mal täglich", "once a day"),
    ("3x täglich", "three times a day"),
    ("16-mal", "16 times"),
    ("10-fach", "tenfold"),
    ("Es ist 0 Uhr.", "It is midnight."),
    ("Es ist 12 Uhr.", "It is noon."),
    ("Das Spiel endete 2:0.", "The game ended two-nil."),
    ("Arabisch: ٣ und ٤٥", "Arabic: 3 and 45"),
    ("Breit: １２３", "Wide: 123"),
    ("Wert 1.000.00", "Value 1.000.00"),
    ("Wert 12,5,3", "Value 12,5,3"),
    # percent
    ("50 % der Leute", "50% of the people"),
    ("50 % der Leute", "50 percent of the people"),
    ("50 Prozent der Leute", "50 per cent of the people"),
    ("Ungefähr 2,5 Prozent", "About 2.5%"),
    ("100-prozentig sicher", "100 percent sure"),
    ("zwischen 5 und 10 Prozent", "between 5% and 10%"),
    ("0,8 Promille", "0.8 per mille"),
    ("um 3 Prozentpunkte", "by three percentage points"),
    # currency
    ("Kaution 3.751,50 €", "Deposit €3,751.50"),
    ("Kaution 3.751,50 €", "Deposit 3,751.50 euros"),
    ("Es kostet 5 €.", "It costs €5."),
    ("Es kostet 5 €.", "It costs 5 euros."),
    ("Es kostet 5 €.", "It costs EUR 5."),
    ("Es kostet € 19,99.", "It costs €19.99."),
    ("Es kostet EUR 19,99.", "It costs EUR 19.99."),
    ("Es kostet 19,- Euro.", "It costs 19 euros."),
    ("Es kostet 19,-- €.", "It costs €19."),
    ("Es kostet 1.000.000 €.", "It costs €1 million."),
    ("Es kostet fünf Euro.", "It costs €5."),
    ("Alles kostet 30 Dollar.", "Everything is $30."),
    ("Das sind 5 US-Dollar.", "That's US$5."),
    ("Das sind 200 Schweizer Franken.", "That's CHF 200."),
    ("Das sind 20 Pfund.", "That's £20."),
    ("Das sind 2 Pfund Äpfel.", "That's two pounds of apples."),
    ("5 bis 10 Euro", "€5 to €10"),
    ("Das kostet 5–10 €.", "That costs €5–10."),
    ("Das kostet 5–10 €.", "That costs between €5 and €10."),
    ("Kosten von 3,5 Mrd. €", "Costs of €3.5bn"),
    ("Kosten von 3,5 Milliarden Euro", "Costs of €3.5 billion"),
    ("Ein 100-Euro-Schein", "A 100-euro note"),
    ("Minus 5 € Verlust", "A loss of minus 5 euros"),
    ("Konto: -5 €", "Account: -€5"),
    ("50 Cent", "50 cents"),
    # units
    ("Es wiegt 6,5 t.", "It weighs 6.5 t."),
    ("Es wiegt 6,5 Tonnen.", "It weighs 6.5 metric tons."),
    ("Das Paket wiegt 2,500 kg.", "The package weighs 2.500 kg."),
    ("Das Paket wiegt 2,500 kg.", "The package weighs 2.5 kilograms."),
    ("Es sind 110 km/h.", "It's 110 kilometers per hour."),
    ("Es sind -5 °C.", "It's -5°C."),
    ("Es sind −5 °C.", "It's minus 5 degrees."),
    ("Es ist –5 °C kalt.", "It is -5 °C cold."),
    ("Es sind 5 Grad unter null.", "It's -5 degrees."),
    ("Meine Temperatur beträgt 38°C.", "My temperature is 38 degrees."),
    ("Ein Winkel von 30°", "An angle of 30 degrees"),
    ("Er lief 100 Meter in 9,58 Sekunden.", "He ran 100 metres in 9.58 seconds."),
    ("Die Wohnung hat 80 qm.", "The flat has 80 square metres."),
    ("Die Wohnung hat 80 m².", "The flat has 80 m²."),
    ("Ein 2-Meter-Mann", "A two-meter man"),
    ("14 Tage Urlaub", "two weeks of holidays"),
    ("Platte 11x15mm", "Plate 11 x 15 mm"),
    ("In 3:28,45 Minuten", "In 3:28.45 minutes"),
    ("Platte 180 x 90 cm", "Plate 180 cm × 90 cm"),
    ("Ein Zimmer, 4 x 5 m", "A room, 4 by 5 metres"),
    ("Ein Zimmer, 4 mal 5 Meter", "A room, 4 by 5 m"),
    ("Es dauert 2 h 15 min.", "It takes 2 hours and 15 minutes."),
    ("Es dauert 2 Stunden und 15 Minuten.", "It takes 2 h 15 min."),
    ("Geöffnet von 22 bis 6 Uhr", "Open from 10 p.m. to 6 a.m."),
    ("Es braucht 5,8 l/100 km.", "It needs 5.8 litres per 100 km."),
    ("Es braucht 5,8 Liter auf 100 km.", "It needs 5.8 l/100 km."),
    ("Es kostet 3,20 €/kg.", "It costs €3.20/kg."),
    ("Es kostet 3,20 €/kg.", "It costs €3.20 per kilo."),
    ("Es kostet 3,20 € pro Kilo.", "It costs €3.20/kg."),
    ("Bei 3.000 U/min", "At 3,000 rpm"),
    ("Bei 3.000 U/min", "At 3,000 revolutions per minute"),
    ("1.000 I.E. Vitamin D", "1,000 IU of vitamin D"),
    ("12,5 % vol", "12.5% by volume"),
    ("12,5 Vol.-%", "12.5% vol"),
    ("2027 980 €, 2028 1.010 €", "2027 €980, 2028 €1,010"),
    # dates
    ("Die Frist endet am 31.12.2025.", "The deadline is 31 December 2025."),
    ("Die Frist endet am 31.12.2025.", "The deadline is December 31, 2025."),
    ("Die Frist endet am 31.12.2025.", "The deadline is 2025-12-31."),
    ("Die Frist endet am 31.12.2025.", "The deadline is 31.12.2025."),
    ("Die Frist endet am 31.12.2025.", "The deadline is 12/31/2025."),
    ("Die Frist endet am 03.05.1988.", "The deadline is May 3rd, 1988."),
    ("Am 3. Oktober", "On October 3"),
    ("Am 3. Oktober", "On the 3rd of October"),
    ("Am 3. Oktober", "On the third of October"),
    ("Am dritten Oktober", "On 3 October"),
    ("Am 3. Oktober 2026", "On 3rd October 2026"),
    ("Am 3.10.", "On October 3"),
    ("Am 3. des Monats", "On the 3rd of the month"),
    ("Vom 3. bis 5. Oktober 2026", "From October 3 to 5, 2026"),
    ("Vom 3. bis 5. Oktober 2026", "From 3 to 5 October 2026"),
    ("Vom 3.–5. Oktober", "October 3–5"),
    ("Im Oktober 2026", "In October 2026"),
    ("Geboren am 30.11.26", "Born on 30.11.26"),
    ("Geboren am 30.11.26", "Born on 30 November 2026"),
    ("In den Jahren 2010–2020", "From 2010 to 2020"),
    ("Im Krieg 1939–45", "In the war of 1939–1945"),
    ("Die Saison 2024/25", "The 2024-25 season"),
    ("Stand 12/2024", "As of December 2024"),
    ("Die 20er Jahre", "The 1920s"),
    ("Die 20er Jahre", "The twenties"),
    ("Die 1990er", "The 1990s"),
    ("In den Achtzigern", "In the 80s"),
    ("Es war 1848.", "It was 1848."),
    ("Im Jahr 1984", "In nineteen eighty-four"),
    # times
    ("Um 14.30 Uhr", "At 2:30 p.m."),
    ("Um 14.30 Uhr", "At 14:30"),
    ("Um 14.30 Uhr", "At 2.30 pm"),
    ("Um 14:30 Uhr", "At half past two"),
    ("Um halb drei", "At 2:30"),
    ("Um halb 3", "At half past 2"),
    ("Um vierzehn Uhr dreißig", "At 2:30 p.m."),
    ("Um 18 Uhr", "At 6 p.m."),
    ("Um 18 Uhr", "At 6 o'clock"),
    ("Um 18 Uhr", "At 6"),
    ("Um 18 Uhr", "At 18:00"),
    ("Um neun Uhr", "By 9:00"),
    ("Um 6 Uhr abends", "At 6 p.m."),
    ("Abends um 6 Uhr", "At 6 p.m."),
    ("Um 6 Uhr morgens", "At 6 in the morning"),
    ("Um 22 Uhr 14", "At 10:14 p.m."),
    ("Um 22 Uhr 14", "At 22:14"),
    ("Um 0:15 Uhr", "At 12:15 a.m."),
    ("Geöffnet von 8–18 Uhr", "Open from 8 a.m. to 6 p.m."),
    ("Geöffnet von 8–18 Uhr", "Open 8:00–18:00"),
    ("Geöffnet von 8 bis 18 Uhr", "Open from 8 to 18"),
    ("Start 14:30:15", "Start 14:30:15"),
    ("Um 16.15 Uhr", "At 16:15h"),
    # ranges, scores, fractions
    ("Das sind 5-10 Leute.", "That's 5-10 people."),
    ("Das sind 5–10 Leute.", "That's 5 to 10 people."),
    ("Das sind 5 bis 10 Leute.", "That's between 5 and 10 people."),
    ("Das sind 5–10 Leute.", "That's five to ten people."),
    ("1.000–2.000 Leute", "1,000–2,000 people"),
    ("Sie gewannen 3:1.", "They won 3-1."),
    ("Sie gewannen 3:1.", "They won 3:1."),
    ("Sie gewannen 3:1.", "They won by 3 to 1."),
    ("Sie gewannen mit 112:55.", "They won 112-55."),
    ("Sie gewannen mit 21:15.", "They won 21-15."),
    ("Im Maßstab 1:100.000", "At a scale of 1:100,000"),
    ("½ Liter", "1/2 liter"),
    ("½ Liter", "half a liter"),
    ("1/2 Liter", "0.5 liters"),
    ("2 1/2 Stunden", "2½ hours"),
    ("2 1/2 Stunden", "two and a half hours"),
    ("zweieinhalb Stunden", "2.5 hours"),
    ("2/3 der Leute", "two thirds of the people"),
    ("drei Viertel", "3/4"),
    # ordinals
    ("Im 19. Jahrhundert", "In the 19th century"),
    ("Im neunzehnten Jahrhundert", "In the 19th century"),
    ("Der 3. Platz", "The third place"),
    ("Zum 1. Mal", "For the first time"),
    ("Der 12. Mann", "The 12th man"),
    # to the letter
    ("Kundennummer 4711-0815", "Customer number 4711-0815"),
    ("Der Bomber B52", "The B52 bomber"),
    ("Auf der A8", "On the A 8"),
    ("Die Lok E 95", "The E95 locomotive"),
    ("Papier in DIN A4", "DIN A4 paper"),
    ("Ein E10-Kraftstoff", "E10 fuel"),
    ("Das Formel-1-Rennen", "The Formula 1 race"),
    ("Die COVID-19-Pandemie", "The Covid-19 pandemic"),
    ("Eine 3-Zimmer-Wohnung", "A three-room apartment"),
    ("Ein 18-Jähriger", "An 18-year-old"),
    ("Version 2.10.3", "Version 2.10.3"),
    ("Ab v1.2", "Since v1.2"),
    ("Kapitel 2.3 lesen", "Read chapter 2.3"),
    ("ISBN 978-3-16-148410-0", "ISBN 978-3-16-148410-0"),
    ("Die MAC-Adresse ist 00:1A:2B:3C:4D:5E.", "The MAC address is 00:1A:2B:3C:4D:5E."),
    ("DOI 10.1000/182", "DOI 10.1000/182"),
    ("Tel. +49 30 1234567", "Phone +49 30 1234567"),
    ("Tel. (030) 12 34 56", "Phone (030) 12 34 56"),
    ("Die Nummer ist 0221/123456.", "The number is 0221/123456."),
    ("IBAN DE02 1203 0000 0000 2020 51", "IBAN DE02120300000000202051"),
    ("Nach § 12 Abs. 3", "Under § 12 Abs. 3"),
    ("Nach § 12 Abs. 3", "Under Section 12(3)"),
    ("Nach Art. 5 GG", "Under Article 5 of the Basic Law"),
    ("Nr. 7", "No. 7"),
    ("Nr. 7", "#7"),
    ("Nr.7", "No. 7"),
    ("Siehe https://a.de/b?c=3.145&d=7", "See https://a.de/b?c=3.145&d=7"),
    ("Mail an max12@x.de", "Mail to max12@x.de"),
    ("Ich habe 10⁶ Euro.", "I have 10⁶ euros."),
    ("Die Schritte ①②③", "The steps ①②③"),
    ("Er kam¹ nicht.", "He did not¹ come."),
    ("Ludwig XIV. starb.", "Louis XIV died."),
    ("Der Zweite Weltkrieg", "World War II"),
    ("Der II. Weltkrieg", "The Second World War"),
    ("Kapitel IV", "Chapter IV"),
    ("Das Hartz-IV-Gesetz", "The Hartz IV law"),
    ("Im XIX. Jahrhundert", "In the 19th century"),
    ("Teil I.", "Part I."),
    # no figures at all
    ("Ein Dutzend Eier und halb so viele Hühner", "Plenty of eggs, and fewer hens"),
    ("Er gab acht und sagte elf Worte.", "He took care and spoke."),
    ("Zwei Fliegen mit einer Klappe", "A double success"),
]

# What a model made of it: the figures that are missing, and those that were added.
DIFFERENT = [
    ("Kaution 3.751,50 €", "Deposit 3.750 €", ["3.751,50 €"], ["3.750 €"]),
    ("Kaution 3.751,50 €", "Deposit €3,750", ["3.751,50 €"], ["€3,750"]),
    ("3,5 Milliarden", "35 billion", ["3,5 Milliarden"], ["35 billion"]),
    ("3,5 Milliarden", "3.5 million", ["3,5 Milliarden"], ["3.5 million"]),
    ("2 Billionen", "2 billion", ["2 Billionen"], ["2 billion"]),
    ("Geboren am 03.05.1988", "Born on 03.05.198", ["03.05.1988"], ["03.05.198"]),
    ("bis spätestens 30.11.2026", "by 30.2026 at the latest", ["30.11.2026"], ["30.2026"]),
    ("Kundennummer 4711-0815", "Customer number 4711815", ["4711-0815"], ["4711815"]),
    ("Kundennummer 4711-0815", "Customer number 4711 0815", ["4711-0815"], ["4711", "0815"]),
    ("Es sind -5 °C.", "It's - °C.", ["-5 °C"], []),
    ("Es sind -5 °C.", "It's 5 °C.", ["-5 °C"], ["5 °C"]),
    ("Sie gewannen 112:55.", "They won 112:5.", ["112:55"], ["112:5"]),
    ("Sie gewannen 3:1.", "They won 1:3.", ["3:1"], ["1:3"]),
    ("um 22 Uhr 14", "at 2:00 p.m.", ["22 Uhr 14"], ["2:00 p.m."]),
    ("Um 14.30 Uhr", "At 4:30 p.m.", ["14.30 Uhr"], ["4:30 p.m."]),
    ("Um 6 Uhr", "At 6 p.m.", ["6 Uhr"], ["6 p.m."]),
    ("5-10 Leute", "510 people", ["5-10"], ["510"]),
    ("Die Seiten 12-15", "Pages 12", ["12-15"], []),
    ("Es kamen 3.145 Leute.", "There were 3.145 people.", ["3.145"], ["3.145"]),
    ("Das Paket wiegt 2,500 kg.", "It weighs 2,500 kg.", ["2,500 kg"], ["2,500 kg"]),
    ("Das sind 3.145,50 Euro.", "That's 3.145,50 euros.", ["3.145,50 Euro"], ["3.145,50 euros"]),
    ("1.000.000 €", "1,000. €", ["1.000.000 €"], ["1,000"]),
    ("Es kostet 5 €.", "It costs $5.", ["5 €"], ["$5"]),
    ("Es kostet 5 €.", "It costs 5.", ["5 €"], ["5"]),
    ("50 % der Leute", "50 of the people", ["50 %"], ["50"]),
    ("5 kg Mehl", "5 g of flour", ["5 kg"], ["5 g"]),
    ("30 °C", "30 °F", ["30 °C"], ["30 °F"]),
    ("Es sind 10⁶.", "It's 106.", ["10⁶"], ["106"]),
    ("Die Zahl 2³", "The number 23", ["2³"], ["23"]),
    ("①②③", "123", ["①②③"], ["123"]),
    ("Er kam.¹", "He came.1", ["¹"], ["1"]),
    ("Am 3. Oktober", "On 3 November", ["3. Oktober"], ["3 November"]),
    ("Am 3. Oktober", "On October 13", ["3. Oktober"], ["October 13"]),
    ("Am 3.10.2026", "On 10/3/2026", ["3.10.2026"], ["10/3/2026"]),
    ("Am 3.10.2026", "On 3 October", ["3.10.2026"], []),
    ("Am 30.11.26", "On 30 November 2027", ["30.11.26"], ["30 November 2027"]),
    ("Oktober 2026", "September 2026", ["Oktober 2026"], ["September 2026"]),
    ("Es kamen 120 Leute.", "There were 1200 people.", ["120"], ["1200"]),
    ("Es kamen 120 Leute.", "There were 12 people.", ["120"], ["12"]),
    ("Es kamen 12 Leute.", "There were 120 people.", ["12"], ["120"]),
    ("20 Tore und 20 Punkte", "20 goals and points", ["20"], []),
    ("20 Tore und Punkte", "20 goals and 20 points", [], ["20"]),
    ("Es kamen Leute.", "There were 120 people.", [], ["120"]),
    ("Es kamen 755 Leute.", "There were people.", ["755"], []),
    ("Er hat 2 Kinder.", "He has three children.", ["2"], []),
    ("Version 2.10.3", "Version 2.1.3", ["2.10.3"], ["2.1.3"]),
    ("Nr. 0815", "No. 815", ["0815"], ["815"]),
    ("Agent 007", "Agent 7", ["007"], ["7"]),
    ("Der Bomber B52", "The bomber B25", ["B52"], ["B25"]),
    ("DIN A4", "DIN 4", ["A4"], ["4"]),
    ("Tel. +49 30 1234567", "Phone +49 30 123456", ["+49 30 1234567"], ["+49 30 123456"]),
    (
        "IBAN DE02 1203 0000 0000 2020 51",
        "IBAN DE02 1203 0000 0000 2020 15",
        ["DE02 1203 0000 0000 2020 51"],
        ["DE02 1203 0000 0000 2020 15"],
    ),
    ("Nach § 12 Abs. 3", "Under § 12", ["§ 12 Abs. 3"], ["§ 12"]),
    ("Nach § 312d BGB", "Under § 312 of the Code", ["§ 312d"], ["§ 312"]),
    ("Kapitel IV", "Chapter VI", ["IV"], ["VI"]),
    ("½ Tasse", "1/4 cup", ["½"], ["1/4"]),
    ("Im 19. Jahrhundert", "In the 9th century", ["19."], ["9th"]),
    ("Die 1990er", "The 1980s", ["1990er"], ["1980s"]),
    ("Wert 1.000.00", "Value 1,000.00", ["1.000.00"], ["1,000.00"]),
    ("In 1,5 Stunden", "In 15 hours", ["1,5 Stunden"], ["15 hours"]),
    ("Platte 180 x 90 cm", "Plate 180 90 cm", ["180 x 90 cm"], ["180", "90 cm"]),
    ("Platte 180 x 90 cm", "Plate 90 x 180 cm", ["180 x 90 cm"], ["90 x 180 cm"]),
    ("2 h 15 min", "2:15 minor", ["2 h 15 min"], ["2:15"]),
    ("Von 22 bis 6 Uhr", "22 by 6:00", ["22 bis 6 Uhr"], ["22"]),
    ("5,8 l/100 km", "5.8 l/100", ["5,8 l/100 km"], ["5.8 l/100"]),
    ("9 €/kg", "€9/m", ["9 €/kg"], ["€9/m"]),
    ('Kennwort "Start2026!"', 'Password "Start2026."', ["Start2026!"], ["Start2026."]),
    ("5 bis 10 Euro", "5 to 100 euros", ["10 Euro"], ["100 euros"]),
    (
        "Siehe https://a.de/b?c=3",
        "See https://a.de/b?c=4",
        ["https://a.de/b?c=3"],
        ["https://a.de/b?c=4"],
    ),
]


def texts(difference: Difference) -> tuple[list[str], list[str]]:
    return [each.text for each in difference.missing], [each.text for each in difference.added]


@pytest.mark.parametrize(("german", "english"), SAME)
def test_a_translation_that_means_the_same_is_not_reported(german: str, english: str) -> None:
    assert texts(compare(german, english, "de", "en")) == ([], [])
    assert texts(compare(english, german, "en", "de")) == ([], [])


@pytest.mark.parametrize(("german", "english", "missing", "added"), DIFFERENT)
def test_a_figure_that_is_lost_or_changed_is_reported(
    german: str, english: str, missing: list[str], added: list[str]
) -> None:
    assert texts(compare(german, english, "de", "en")) == (missing, added)


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Auflage: 1.5 Stück", "Edition: 1.5 pieces"),
        ("Bis zu 1.5A Strom", "Up to 1.5 A of current"),
        ("Nur 2.50 €", "Only €2.50"),
    ],
)
def test_what_the_source_has_in_no_german_form_may_be_copied(german: str, english: str) -> None:
    assert texts(compare(german, english, "de", "en")) == ([], [])
    assert compare(english, german, "en", "de")


FRENCH = [
    ("Es kostet 1.299,50 €.", "Cela coûte 1\u202f299,50 €."),
    ("Es kostet 5 Euro.", "Cela coûte 5 euros."),
    ("Am 3. Oktober 2026", "Le 3 octobre 2026"),
    ("Am 30.11.2026", "Le 30/11/2026"),
    ("Um 14.30 Uhr", "À 14h30"),
    ("Im 19. Jahrhundert", "Au 19e siècle"),
    ("3,5 Milliarden Menschen", "3,5 milliards de personnes"),
    ("50 % der Leute", "50 % des gens"),
    ("Er hat 3 Kinder.", "Il a trois enfants."),
]


@pytest.mark.parametrize(("german", "french"), FRENCH)
def test_other_languages_are_read_by_the_data_of_cldr(german: str, french: str) -> None:
    assert not compare(german, french, "de", "fr")
    assert not compare(french, german, "fr", "de")


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("Es kamen 755 Leute.", "Il y avait 75 personnes.", ("de", "fr")),
        ("Es kostet 1.299,50 €.", "Cela coûte 1.299,50 €.", ("de", "fr")),
        ("Es kamen 1.250 Leute.", "来たのは1,25人だった。", ("de", "ja")),
        ("Am 3. Oktober", "10月4日に", ("de", "ja")),
    ],
)
def test_what_other_languages_lack_is_reported(
    source: str, target: str, languages: tuple[str, str]
) -> None:
    difference = compare(source, target, *languages)
    assert len(difference.missing) == len(difference.added) == 1


def test_languages_without_blanks_are_read() -> None:
    assert not compare("Am 8. Oktober kamen 50.000 Leute.", "10月8日に5万人が来た。", "de", "ja")


def test_each_figure_counts_as_often_as_it_is_there() -> None:
    assert texts(compare("5, 5 und 5", "5 and 5", "de", "en")) == (["5"], [])
    assert texts(compare("5 und 5", "5, 5, and 5", "de", "en")) == ([], ["5"])


def test_a_word_stands_for_one_figure_only() -> None:
    assert texts(compare("3 Äpfel und 3 Birnen", "three apples and pears", "de", "en")) == (
        ["3"],
        [],
    )


def test_the_word_in_a_time_is_no_article() -> None:
    assert texts(compare("Um 5 Uhr 1 Mann", "A man at 5 a.m.", "de", "en")) == ([], [])
    assert texts(compare("Um 5 Uhr 1 Mann", "Men at 5 a.m.", "de", "en")) == (["1"], [])


SENTENCES = st.lists(GERMAN_FIGURES, min_size=1, max_size=3).map(
    lambda parts: f"Das war {', dann: '.join(parts)}."
)


@given(SENTENCES)
def test_a_copy_has_the_same_figures(text: str) -> None:
    assert not compare(text, text, "de", "de")
    assert not compare(text, text, "en", "en")


@given(st.text(), st.sampled_from(["de", "en", "fr", "ja"]))
def test_a_copy_of_any_text_has_the_same_figures(text: str, language: str) -> None:
    assert not compare(text, text, language, language)


@given(SENTENCES, st.sampled_from((12, 24)))
def test_written_figures_are_the_same(text: str, clock: Clock) -> None:
    assert not compare(text, translated(text, clock=clock), "de", "en")


@given(SENTENCES, st.sampled_from((12, 24)), st.data())
def test_a_digit_that_changes_is_missing_and_added(
    text: str, clock: Clock, data: st.DataObject
) -> None:
    target = translated(text, clock=clock)
    place = data.draw(
        st.sampled_from([each.start() for each in re.finditer("[0-9¼-¾①-⑳⁰-⁹]", target)])
    )
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != target[place]))
    difference = compare(text, target[:place] + other + target[place + 1 :], "de", "en")
    assert difference.missing
    assert difference.added


@given(st.lists(GERMAN_FIGURES, min_size=1, max_size=5), st.randoms())
def test_the_order_does_not_matter(parts: list[str], chance: random.Random) -> None:
    shuffled = list(parts)
    chance.shuffle(shuffled)
    source, target = ("; so: ".join(each) for each in (parts, shuffled))
    assert not compare(source, translated(target), "de", "en")


@given(st.text(), st.text(), st.sampled_from(["de", "en", "fr", "ja", "ar", "xx", "pt-BR", ""]))
def test_what_is_reported_is_in_the_texts(source: str, target: str, language: str) -> None:
    difference = compare(source, target, language, "en")
    for text, found in ((source, difference.missing), (target, difference.added)):
        assert all(text[each.start : each.end] == each.text for each in found)
        assert not any(each.optional for each in found)


@given(st.text(alphabet="abcdefghijk lmnopqrstuw,.!?-'äöüß", max_size=80))
def test_a_text_without_figures_lacks_none(text: str) -> None:
    if not figures(text, "de"):
        assert not compare(text, "No figure here.", "de", "en").missing


def test_human_translations_are_hardly_ever_reported() -> None:
    pairs = [line.split("\t") for line in EVALUATION.read_text("utf-8").splitlines()]
    reported = [pair for pair in pairs if compare(pair[0], pair[1], "de", "en")]
    assert reported == []


def test_a_malformed_number_may_be_copied_with_its_sign() -> None:
    assert not compare("Es ist -0.0 hier", "It is -0.0 here", "de", "en")
    assert compare("Es ist -0.0 hier", "It is 0.5 here", "de", "en")
