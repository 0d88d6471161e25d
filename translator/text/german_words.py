"""Word lists for German full stops: words that carry one, and words that follow one.

Only sentence splitting reads these lists.
"""

from typing import Final

from translator.text.characters import words

# Capitalised words that open a sentence and are no noun: after a doubtful full stop they decide.
STARTERS: Final = words("""
    Der Die Das Den Dem Des Ein Eine Einen Einem Einer Eines Kein Keine Keinen Keiner Keines
    Ich Du Er Sie Es Wir Ihr Man Mich Dich Ihn Ihm Ihnen Uns Euch Mir Dir Wer Was Wen Wem
    Mein Meine Meinen Meinem Meiner Dein Deine Deinen Sein Seine Seinen Seinem Seiner
    Ihre Ihren Ihrem Ihrer Unser Unsere Unseren Euer Eure
    Dieser Diese Dieses Diesen Diesem Jener Jene Jenes Jeder Jede Jedes Jeden Solche Solcher
    Welche Welcher Welches Alle Alles Allen Viele Vieles Einige Manche Mancher Mehrere Beide
    Beides Niemand Jemand Nichts Etwas Andere Anderes
    Wo Wohin Woher Wann Warum Weshalb Wieso Weswegen Wie Womit Wofür Wodurch Worauf Worüber
    Und Oder Aber Denn Doch Sondern Weil Wenn Als Ob Dass Daß Damit Obwohl Während Nachdem
    Bevor Bis Seit Seitdem Sobald Solange Falls Sofern Indem Sodass Weder Entweder Sowohl
    Da Dann Danach Davor Dabei Dafür Dagegen Daher Dadurch Dahinter Daneben Daran Darauf Daraufhin
    Daraus Darin Darum Darüber Darunter Davon Dazu Dazwischen Deshalb Deswegen Demnach Dennoch
    Trotzdem Außerdem Zudem Ferner Ebenso Ebenfalls Auch Nur Noch Schon Sogar Selbst Gerade
    Hier Hierbei Hierfür Hiermit Hierzu Dort Dorthin Drüben Oben Unten Links Rechts Überall
    Jetzt Nun Heute Gestern Vorgestern Damals Früher Später Bald Sofort Gleich Immer Nie Niemals
    Oft Manchmal Selten Meist Meistens Zuerst Zunächst Zuletzt Schließlich Endlich Inzwischen
    Mittlerweile Plötzlich Anschließend Vorher Nachher Seither Bisher Vielleicht Wahrscheinlich
    Vermutlich Leider Natürlich Sicher Sicherlich Tatsächlich Eigentlich Allerdings Jedoch
    Insgesamt Somit Also So Sonst Andernfalls Einerseits Andererseits Erstens Zweitens Drittens
    Zwar Nein Ja Gut Okay Danke Na Ach Oh Hallo Bitte Genau Richtig
    Im In Am An Auf Aus Bei Beim Mit Nach Von Vom Vor Zu Zum Zur Über Unter Zwischen Neben Hinter
    Durch Für Gegen Ohne Um Ab Trotz Wegen Laut Gemäß Statt Anstatt Innerhalb Außerhalb Ins Ans
    Ist Sind War Waren Hat Haben Hatte Wird Werden Wurde Wurden Kann Können Soll Sollen Muss Müssen
    Darf Will Möchte Möchten Siehe Vergleiche Nicht Sehr Ganz Ziemlich Zurzeit
    Dies Zusätzlich Weitere Weiterhin Insbesondere Beispielsweise Kaum Erst Fast
""")

# Nouns, and adjectives before nouns, that an ordinal number stands before.
ORDINAL_NOUNS: Final = words("""
    Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember
    Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez
    Jahrhundert Jahrhunderts Jahrhunderten Jahrhunderte Jahrhunderthälfte Jh Jhd Jhdt Jahrtausend
    Jahrtausends Jahrestag Jahrestages Geburtstag Geburtstags Geburtstages Todestag Hochzeitstag
    Lebensjahr Lebensjahres Lebensjahrs Tag Tages Tage Monat Monats Woche Stunde Minute Sekunde
    Jahr Quartal Quartals Halbjahr Semester Semesters Schuljahr Schwangerschaftswoche
    Schwangerschaftsmonat Auflage Ausgabe Band Kapitel Kapitels Akt Aktes Szene Satz Satzes Teil
    Teils Strophe Vers Buch Klasse Klassen Stufe Mal Male Platz Plätze Rang Preis Preises
    Runde Spieltag Spieltags Saison Etappe Halbzeit Liga Bundesliga Mannschaft Sieger Versuch
    Stock Stockwerk Etage Obergeschoss Untergeschoss OG UG Reihe Bezirk Arrondissement Breitengrad
    Längengrad Weltkrieg Weltkriegs Weltkrieges Kreuzzug Dynastie Republik Reich Armee Division
    Regiment Regiments Bataillon Kompanie Korps Flotte Brigade
    Strafkammer Zivilkammer Kammer Kammern Senat Senats Strafsenat Zivilsenat Instanz Große Großen
    Kleine Kleinen Bundestag Bundestages Wahlperiode Legislaturperiode Sitzung Tagung Kongress
    Konferenz Symphonie Sinfonie Klavierkonzert Sonate Messe Gebot Advent Sonntag Montag Dienstag
    Mittwoch Donnerstag Freitag Samstag Sonnabend Psalm Sure Dalai Präsident Präsidenten
    Präsidentin Bundespräsident Kanzler Vorsitzende Vorsitzender Vorsitzenden Bürgermeister
    Generation Grades Grad Ordnung Dimension Potenz Person Fall Deutsche Deutschen Europäische
    Internationale Internationalen Olympischen Olympische FC FSV FFC SV TSV
""")

# Words before a number that make an ordinal of it: „der 3.“, „am 3.“, „zum 50.“, „seinem 3.“.
ORDINAL_LEADS: Final = words("""
    der die das den dem des im am vom zum zur beim ins ans fürs übers
    ein eine einen einem einer eines kein keine keinen
    mein meine meinen meinem meiner meines dein deine deinen deinem deiner
    sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres
    unser unsere unseren unserem unserer unseres euer eure euren eurem eurer
    jeder jede jedes jeden jedem dieser diese dieses diesen diesem jener jene jenes jenen jenem
    Der Die Das Den Dem Des Im Am Vom Zum Zur Beim Ein Eine Sein Seine Ihr Ihre Mein Meine
    Unser Unsere Dieser Diese Dieses Jeder Jede Jedes deren dessen Deren Dessen
""")
# So do these if it has one or two digits: „bis 3. Mai“, „und 2. Klasse“.
SHORT_ORDINAL_LEADS: Final = words("und oder bis seit ab von vor nach auf in als Ab Bis Seit")

# An ellipsis after one of these is a sentence of its own.
INTERJECTIONS: Final = words("Hm Hmm Ach Oh Ah Äh Ähm Na Naja Tja Nun Puh Oje Also Ja Nein Okay So")
