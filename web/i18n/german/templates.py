"""The German of the page: for each template, what stands for which of its passages.

A passage may hold a template's own expressions. Longer ones come before those that are in them.
"""

_HTML = ('<html lang="en">', '<html lang="de">')

TEMPLATES: dict[str, list[tuple[str, str]]] = {
    "page.html": [
        _HTML,
        ("To the text<", "Zum Text<"),
        ("No text limit, your own server", "Ohne Textlimit, auf dem eigenen Server"),
        ("Log out", "Abmelden"),
        ("Light or dark", "Hell oder dunkel"),
        ('aria-keyshortcuts="?">Help<', 'aria-keyshortcuts="?">Hilfe<'),
        (
            "What arrived before that is kept, and translated:",
            "Was davor ankam, ist gespeichert und wird übersetzt:",
        ),
        ('">translation {{ stored }}', '">Übersetzung {{ stored }}'),
        (
            "The text area holds the beginning of your text. To get back all of it, go back in your "
            "browser.",
            "Im Textfeld steht der Anfang des Textes. Im Browser zurückgehen bringt den ganzen Text "
            "wieder.",
        ),
        (
            "This translation is not stored yet: the database does not answer. It is kept in a file "
            "and stored when the database is back; there is nothing to do.",
            "Diese Übersetzung ist noch nicht gespeichert: Die Datenbank antwortet nicht. Sie liegt "
            "in einer Datei und wird gespeichert, sobald die Datenbank zurück ist; zu tun ist nichts.",
        ),
        (
            "This translation is not stored: neither the database nor the disk takes it. Copy it if "
            "you need it.",
            "Diese Übersetzung ist nicht gespeichert: Weder die Datenbank noch die Festplatte "
            "nimmt sie an. Bei Bedarf bitte kopieren.",
        ),
        (
            "There is no answer from the server. Your text is still here, as you left it. Check the "
            "connection and try again.",
            "Der Server antwortet nicht. Der Text ist noch da, wie er war. Prüfen Sie die Verbindung "
            "und versuchen Sie es noch einmal.",
        ),
        ("Earlier translations", "Frühere Übersetzungen"),
        (
            'translation{{ " is" if waiting == 1 else "s are" }} not stored yet and will be listed '
            "here when the database is back.",
            'Übersetzung{{ " ist" if waiting == 1 else "en sind" }} noch nicht gespeichert und '
            "stehen hier, sobald die Datenbank zurück ist.",
        ),
        (
            "The translator does not answer just now. Your text stays where it is; press Translate "
            "again in a moment.",
            "Der Übersetzer antwortet gerade nicht. Der Text bleibt, wo er ist; versuchen Sie es "
            "gleich noch einmal.",
        ),
        (
            "is a demonstration model: it knows everyday {{ model.source|language_name }} and little "
            "else. For real work install an Opus-MT model: run <code>scripts/get-model</code> on the "
            "server and start it again. The README says more, under “Models”.",
            "ist ein Demomodell: Es kann {{ model.source|language_name }} für den Alltag "
            "und wenig mehr. Für richtige Arbeit installieren Sie ein Modell von Opus-MT: auf dem "
            "Server mit <code>scripts/get-model</code>, danach neu starten. Mehr dazu steht in der "
            "README unter „Models“.",
        ),
        ("<p>Model:", "<p>Modell:"),
        ("{% else %}unknown{% endfor %}", "{% else %}unbekannt{% endfor %}"),
        ("· version", "· Version"),
        (">status<", ">Status<"),
        ("Other translations of this sentence", "Andere Übersetzungen dieses Satzes"),
    ],
    "form.html": [
        ('aria-label="Another text"', 'aria-label="Ein anderer Text"'),
        ("{% if long %}Another text{% else %}", "{% if long %}Ein anderer Text{% else %}"),
        (
            "Type or paste a word, a page or a book, or drop a file.",
            "Ein Wort, eine Seite oder ein Buch eintippen oder einfügen, oder eine Datei hierher "
            "ziehen.",
        ),
        ('aria-label="Languages"', 'aria-label="Sprachen"'),
        ("Swap languages", "Sprachen tauschen"),
        (">Translate</button>", ">Übersetzen</button>"),
        ("<kbd>Ctrl</kbd>", "<kbd>Strg</kbd>"),
        (
            'data-one="word" data-other="words" data-characters="characters"',
            'data-one="Wort" data-other="Wörter" data-characters="Zeichen"',
        ),
        ("or a file <input", "oder eine Datei <input"),
        ("%}Translation{% else %}", "%}Übersetzung{% else %}"),
        (">demonstration model<", ">Demomodell<"),
        ('data-done="Copied"', 'data-done="Kopiert"'),
        ("hidden>Copy<", "hidden>Kopieren<"),
        ("Translating …", "Wird übersetzt …"),
        (
            '<span class="hint" lang="en">The translation appears here.',
            '<span class="hint" lang="de">Hier erscheint die Übersetzung.',
        ),
    ],
    "long.html": [
        ("Download {{ document.name }}", "{{ document.name }} herunterladen"),
        ("Download as .txt", "Als .txt herunterladen"),
        ('data-done="Copied">Copy<', 'data-done="Kopiert">Kopieren<'),
        ("Pages of this translation", "Seiten dieser Übersetzung"),
        (">First passages<", ">Erste Abschnitte<"),
        (">Previous passages<", ">Vorige Abschnitte<"),
        (">Next passages<", ">Nächste Abschnitte<"),
        (
            "{{ (start + 1)|number }} to {{ ([end, translation.passages]|min)|number }} of",
            "{{ (start + 1)|number }} bis {{ ([end, translation.passages]|min)|number }} von",
        ),
    ],
    "progress.html": [("Download {{ document.name }}", "{{ document.name }} herunterladen")],
    "state.html": [
        (
            "{{ translation.passages_done|number }} of {{ translation.passages|number }} passages, "
            "{{ characters }} characters.",
            "{{ translation.passages_done|number }} von {{ translation.passages|number }} Abschnitten, "
            "{{ characters }} Zeichen.",
        ),
        (
            "{{ translation.passages_done|number }} of {{ translation.passages|number }} passages",
            "{{ translation.passages_done|number }} von {{ translation.passages|number }} Abschnitten",
        ),
        (
            ", about {{ pace.characters_done|number }} of {{ characters }} characters",
            ", etwa {{ pace.characters_done|number }} von {{ characters }} Zeichen",
        ),
        ("characters a second", "Zeichen je Sekunde"),
        ("· {{ pace.left }} left", "· noch {{ pace.left|said }}"),
        ("· the text is still arriving", "· der Text kommt noch an"),
        ("%}Done: {%", "%}Fertig: {%"),
        (
            "Cancelled. What was translated stays:",
            "Abgebrochen. Was übersetzt ist, bleibt:",
        ),
        (
            "The text stopped arriving before its end. What arrived is translated:",
            "Der Text kam nicht vollständig an. Was ankam, ist übersetzt:",
        ),
        (
            'of them could not be translated and stand{{ "s" if failed == 1 }} as '
            '{{ "its" if failed == 1 else "their" }} source.',
            'davon {{ "ließ" if failed == 1 else "ließen" }} sich nicht übersetzen; dort steht der '
            "Ausgangstext.",
        ),
    ],
    "status.html": [
        ("%}waiting", "%}wartet"),
        ("%}arriving", "%}kommt an"),
        ("%}cancelled", "%}abgebrochen"),
        ("%}incomplete", "%}unvollständig"),
    ],
    "action.html": [('"Cancel"', '"Abbrechen"'), ('"Try them again"', '"Noch einmal versuchen"')],
    "passage.html": [
        ('class="mark" lang="en"', 'class="mark" lang="de"'),
        ("Not translated yet", "Noch nicht übersetzt"),
        (
            "Not translated: it failed several times",
            "Nicht übersetzt: Es ist mehrmals misslungen",
        ),
    ],
    "sentences.html": [
        ("The model is unsure of this sentence.", "Bei diesem Satz ist das Modell unsicher."),
    ],
    "alternatives.html": [
        (
            "The model knows no other translation.",
            "Das Modell kennt keine andere Übersetzung.",
        ),
    ],
    "problem.html": [('lang="en"', 'lang="de"')],
    "history.html": [
        (">Search <input", ">Suche <input"),
        ('<option value="">any</option>', '<option value="">alle</option>'),
        (">{{ status }}</option>", ' value="{{ status }}">{{ status|said }}</option>'),
        ("<label>From <input", "<label>Von <input"),
        ("<label>to <input", "<label>bis <input"),
        ('<button class="quiet">Search</button>', '<button class="quiet">Suchen</button>'),
    ],
    "history_list.html": [
        (
            '"Everything was deleted" if deleted_at else "Deleted"',
            '"Alles ist gelöscht" if deleted_at else "Gelöscht"',
        ),
        ("; for 24 hours this can be undone.", "; 24 Stunden lang lässt sich das zurücknehmen."),
        ("data-undo>Undo<", "data-undo>Rückgängig<"),
        (
            "The history cannot be reached just now: the database does not answer. Short texts are "
            "translated all the same, and stored when it is back.",
            "Der Verlauf ist gerade nicht zu erreichen: Die Datenbank antwortet nicht. Kurze Texte "
            "werden trotzdem übersetzt und gespeichert, sobald sie zurück ist.",
        ),
        ("Nothing found so far.", "Bis hierher nichts gefunden."),
        ("Search in older translations", "In älteren Übersetzungen suchen"),
        (
            "Nothing found. A search finds words by their beginnings, all of them in one passage of a "
            "text or of its translation.",
            "Nichts gefunden. Gesucht wird nach Wortanfängen, die alle in einem Abschnitt des Textes "
            "oder seiner Übersetzung stehen.",
        ),
        ("Show everything", "Alles zeigen"),
        (
            "Nothing here yet. What you translate is kept in the database of this server and listed "
            "here, each with an address of its own that you can bookmark.",
            "Noch ist nichts da. Übersetzungen bleiben in der Datenbank dieses Servers und stehen dann "
            "hier, jede mit einer eigenen Adresse für ein Lesezeichen.",
        ),
        ('character{{ "" if each.characters == 1 else "s" }}', "Zeichen"),
        ('"%d %b %Y, %H:%M"', '"%d.%m.%Y, %H:%M"'),
        (
            'aria-label="More about {{ each.title }}">More<',
            'aria-label="Mehr zu {{ each.title }}">Mehr<',
        ),
        ("<label>Title <input", "<label>Titel <input"),
        ('data-done="Copied">Copy<', 'data-done="Kopiert">Kopieren<'),
        (">Rename<", ">Umbenennen<"),
        (">Delete<", ">Löschen<"),
        (">Older translations<", ">Ältere Übersetzungen<"),
        ("Download everything (.jsonl)", "Alles herunterladen (.jsonl)"),
        ("Delete everything …", "Alles löschen …"),
    ],
    "help.html": [
        (">Keyboard<", ">Tastatur<"),
        ("<kbd>Ctrl</kbd>", "<kbd>Strg</kbd>"),
        ("Translate and store", "Übersetzen und speichern"),
        ("</kbd>, then <kbd>", "</kbd>, dann <kbd>"),
        (
            "From sentence to sentence; its partner is marked",
            "Von Satz zu Satz; das Gegenstück ist markiert",
        ),
        ("Other translations of the sentence", "Andere Übersetzungen des Satzes"),
        ("Copy the translation", "Die Übersetzung kopieren"),
        ("<dd>To the text<", "<dd>Zum Text<"),
        ("Search in earlier translations", "In früheren Übersetzungen suchen"),
        ("This help", "Diese Hilfe"),
        (
            "Letters are shortcuts only while no text is being typed.",
            "Buchstaben sind nur Kürzel, solange kein Text getippt wird.",
        ),
        (">Close<", ">Schließen<"),
    ],
    "small.html": [_HTML],
    "login.html": [
        ("Log in{% endblock %}", "Anmelden{% endblock %}"),
        (">Log in<", ">Anmelden<"),
        ("Your key", "Ihr Schlüssel"),
        (
            "You have it from whoever runs this service.",
            "Er kommt von der Person, die diesen Dienst betreibt.",
        ),
    ],
    "refused.html": [
        ("Refused{% endblock %}", "Abgelehnt{% endblock %}"),
        (
            "You are not logged in, or not any more. What you typed is still where you typed it:",
            "Sie sind nicht oder nicht mehr angemeldet. Was Sie getippt haben, ist noch da:",
        ),
        ("log in in a new tab", "In einem neuen Tab anmelden"),
        (", come back, and send it again.", ", zurückkommen und noch einmal senden."),
    ],
    "delete_all.html": [
        ("Delete everything?", "Alles löschen?"),
        (
            'This deletes {{ "the one translation" if count == 1 else "all %s '
            'translations"|format(count|number) }} in the history. For 24 hours it can be undone; '
            "after that the texts are gone for good.",
            'Das löscht {{ "die eine Übersetzung" if count == 1 else "alle %s '
            'Übersetzungen"|format(count|number) }} im Verlauf. 24 Stunden lang lässt es sich '
            "zurücknehmen; danach sind die Texte endgültig gelöscht.",
        ),
        (">Delete everything<", ">Alles löschen<"),
        ("Keep everything", "Alles behalten"),
    ],
    "overview.html": [
        _HTML,
        ("{% if value is none %}unknown{% else %}", "{% if value is none %}unbekannt{% else %}"),
        ('{{ "up" if up else "down" }}</span>', '{{ "läuft" if up else "gestört" }}</span>'),
        (
            "web does not answer. The figures below are old.",
            "web antwortet nicht. Die Zahlen unten sind alt.",
        ),
        (">Services<", ">Dienste<"),
        ("This page is from it.", "Diese Seite kommt von ihm."),
        ("%d of %d replicas answer.", "%d von %d Replikaten antworten."),
        ("It translates.", "Er übersetzt."),
        ("%d replicas, and all answer.", "%d Replikate, und alle antworten."),
        (
            "It does not answer, or cannot translate. Long texts wait for it; short ones are refused "
            "until then.",
            "Er antwortet nicht oder kann nicht übersetzen. Lange Texte warten auf ihn, kurze werden "
            "bis dahin abgelehnt.",
        ),
        ("It stores.", "Sie speichert."),
        (
            "It does not answer. Short texts are translated all the same, and stored when it is back.",
            "Sie antwortet nicht. Kurze Texte werden trotzdem übersetzt und gespeichert, sobald sie "
            "zurück ist.",
        ),
        (
            "It does not answer. Nothing can be taken in until it or the translator is back.",
            "Sie antwortet nicht. Bis sie oder der Übersetzer zurück ist, kann nichts angenommen "
            "werden.",
        ),
        (">Queue<", ">Warteschlange<"),
        (
            "Passages to translate, all long texts",
            "Noch zu übersetzende Abschnitte, alle langen Texte",
        ),
        ("Passages in work, this replica", "Abschnitte in Arbeit, dieses Replikat"),
        ("of at most {{ workers }}", "von höchstens {{ workers }}"),
        ("Sentences that wait in the translator", "Sätze, die im Übersetzer warten"),
        ("Translations not stored yet", "Übersetzungen, die noch nicht gespeichert sind"),
        ("Tokens a second, the last hour", "Tokens je Sekunde, letzte Stunde"),
        (
            "Tokens a second in each of the last 60 minutes",
            "Tokens je Sekunde in jeder der letzten 60 Minuten",
        ),
        ("On average {{", "Im Mittel {{"),
        (", at most {{", ", höchstens {{"),
        (
            "; known of {{ chart.known }} of 60 minutes.",
            "; bekannt von {{ chart.known }} von 60 Minuten.",
        ),
        ("Nothing is known yet.", "Noch ist nichts bekannt."),
        ("60 minutes ago", "vor 60 Minuten"),
        ("<span>now<", "<span>jetzt<"),
        ("Just now", "Eben"),
        (">On average<", ">Im Mittel<"),
        ("Best minute", "Beste Minute"),
        ("In all", "Insgesamt"),
        ('"tokens"', '"Tokens"'),
        ('"a second"', '"je Sekunde"'),
        (
            "Source tokens of all translators, a token being a word or a part of one; what came from "
            "the cache is not in it.",
            "Tokens der Ausgangstexte aller Übersetzer; ein Token ist ein Wort oder ein Teil davon. "
            "Was aus dem Zwischenspeicher kam, zählt nicht.",
        ),
        (
            "of the 60 minutes (shaded) are unknown: this replica of web had not started, or no "
            "translator answered.",
            "der 60 Minuten (grau) sind unbekannt: Dieses Replikat von web lief noch nicht, "
            "oder kein Übersetzer antwortete.",
        ),
        (">History<", ">Verlauf<"),
        (">Translations<", ">Übersetzungen<"),
        ("%}about {% endif %}", "%}etwa {% endif %}"),
        ("On the disk, about", "Auf der Festplatte, etwa"),
        ('else "unknown" }}', 'else "unbekannt" }}'),
        ('or "unknown" }}', 'or "unbekannt" }}'),
        (">Versions<", ">Versionen<"),
        (
            '{{ "Model" if models|length == 1 else "Models" }}',
            '{{ "Modell" if models|length == 1 else "Modelle" }}',
        ),
        (">Database<", ">Datenbank<"),
        ("As of <time", "Stand <time"),
        (
            "new every few seconds; the history is counted once a minute.",
            "alle paar Sekunden neu; der Verlauf wird einmal je Minute gezählt.",
        ),
    ],
}
