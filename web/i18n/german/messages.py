"""The German of what the program says: errors, and words that are inserted elsewhere.

`#` stands for a number, `{name}` for something that stays as it is (a key's name, a file's
endings), `{said}` for something that is itself looked up here. All of them keep their order.
"""

WORDS = {
    "done": "fertig",
    "running": "läuft",
    "receiving": "kommt an",
    "cancelled": "abgebrochen",
    "interrupted": "unvollständig",
    "about a minute": "etwa eine Minute",
    "about # seconds": "etwa # Sekunden",
    "about # minutes": "etwa # Minuten",
    "about # hours": "etwa # Stunden",
    "January": "Januar",
    "February": "Februar",
    "March": "März",
    "April": "April",
    "May": "Mai",
    "June": "Juni",
    "July": "Juli",
    "August": "August",
    "September": "September",
    "October": "Oktober",
    "November": "November",
    "December": "Dezember",
    "Nothing was stored.": "Es wurde nichts gespeichert.",
    "invalid start byte": "ungültiges erstes Byte",
    "invalid continuation byte": "ungültiges Folgebyte",
    "unexpected end of data": "unerwartetes Ende",
}

_UNSTORED = "Es wurde nichts gespeichert"
_UNKEPT = "Es wurde nichts aufbewahrt"
_UNREAD = f"und wurde nicht gelesen. {_UNKEPT}"

MESSAGES = {
    # Texts and forms.
    "There is no text to translate. Nothing was stored.": (
        f"Es gibt keinen Text zum Übersetzen. {_UNSTORED}."
    ),
    "Send one value for '{name}', not several. Nothing was stored.": (
        f"Bitte nur einen Wert für „{{name}}“ senden, nicht mehrere. {_UNSTORED}."
    ),
    "Send '{name}' before the text, which is read as it arrives.": (
        "Bitte „{name}“ vor dem Text senden, der schon gelesen wird, während er ankommt."
    ),
    "Send one text or one file at a time.": (
        "Bitte nur einen Text oder eine Datei auf einmal senden."
    ),
    "Over # characters a text is translated by the button.": (
        "Ein Text mit über # Zeichen wird über den Knopf übersetzt."
    ),
    "The text holds a NUL character, which texts do not have: is it a binary file? Nothing was stored.": (
        "Der Text enthält ein NUL-Zeichen, das in Texten nicht vorkommt: Ist es eine Binärdatei? "
        f"{_UNSTORED}."
    ),
    "The text holds half of a surrogate pair at character #, which is no character. Nothing was stored.": (
        f"Der Text enthält an Stelle # ein halbes Surrogatpaar, das kein Zeichen ist. {_UNSTORED}."
    ),
    "The text is not valid {name}: {said}. Convert the file, or name its encoding, for instance Content-Type: text/plain; charset=iso-8859-1.": (
        "Der Text ist kein gültiges {name}: {said}. Die Datei umwandeln oder ihre Kodierung "
        "angeben, zum Beispiel Content-Type: text/plain; charset=iso-8859-1."
    ),
    "The charset '{name}' is not supported: send UTF-8. Nothing was stored.": (
        f"Die Kodierung „{{name}}“ wird nicht unterstützt: Bitte UTF-8 senden. {_UNSTORED}."
    ),
    "The body is over # bytes. Nothing was stored.": (
        f"Die Anfrage ist größer als # Bytes. {_UNSTORED}."
    ),
    "The form is over # bytes. Send it as multipart/form-data or the text as text/plain; neither has a limit. Nothing was stored.": (
        "Das Formular ist größer als # Bytes. Als multipart/form-data, oder den Text als "
        f"text/plain gesendet, gibt es keine Grenze. {_UNSTORED}."
    ),
    "The form has more than # fields. Nothing was stored.": (
        f"Das Formular hat mehr als # Felder. {_UNSTORED}."
    ),
    "The form is not valid UTF-8. Convert the text and send it again. Nothing was stored.": (
        "Das Formular ist kein gültiges UTF-8. Bitte den Text umwandeln und noch einmal senden. "
        f"{_UNSTORED}."
    ),
    "The form is too large. Nothing was stored.": f"Das Formular ist zu groß. {_UNSTORED}.",
    "The form names no boundary. Nothing was stored.": (
        f"Das Formular nennt kein Trennzeichen (boundary). {_UNSTORED}."
    ),
    "The form is malformed: {name}. Nothing was stored.": (
        f"Das Formular ist fehlerhaft: {{name}}. {_UNSTORED}."
    ),
    "No model for {name} is installed. Installed: {name}. Nothing was stored.": (
        f"Für {{name}} ist kein Modell installiert. Installiert: {{name}}. {_UNSTORED}."
    ),
    # What is away, or wrong.
    "The translator does not answer just now. Nothing is lost on your side: try again in a moment.": (
        "Der Übersetzer antwortet gerade nicht. Es ist nichts verloren: Versuchen Sie es gleich "
        "noch einmal."
    ),
    "What answers in the translator's place is not it.": (
        "Was anstelle des Übersetzers antwortet, ist nicht der Übersetzer."
    ),
    "The translator is busy or starting. Try again in a moment.": (
        "Der Übersetzer ist ausgelastet oder startet gerade. Versuchen Sie es gleich noch einmal."
    ),
    "The translator broke off.": "Der Übersetzer hat abgebrochen.",
    "The history cannot be reached just now: the database does not answer. Try again in a moment.": (
        "Der Verlauf ist gerade nicht erreichbar: Die Datenbank antwortet nicht. Versuchen Sie es "
        "gleich noch einmal."
    ),
    "The database does not answer, and a text of this length needs it. Nothing was stored; keep your text and try again in a moment. Up to # characters are translated all the same.": (
        f"Die Datenbank antwortet nicht, und ein so langer Text braucht sie. {_UNSTORED}; behalten "
        "Sie den Text und versuchen Sie es gleich noch einmal. Bis zu # Zeichen werden trotzdem "
        "übersetzt."
    ),
    "Something went wrong on our side. Try again; if it stays, the log says more at request id {name}.": (
        "Bei uns ist etwas schiefgegangen. Versuchen Sie es noch einmal; bleibt es dabei, steht im "
        "Protokoll mehr unter der Anfrage {name}."
    ),
    "Not found: there is nothing at this address.": "Unter dieser Adresse gibt es nichts.",
    "Refused: this came from another site. Nothing was stored.": (
        f"Abgelehnt: Das kam von einer fremden Website. {_UNSTORED}."
    ),
    # Keys, rates, budgets.
    "This needs a key: send it as `Authorization: Bearer KEY`, or log in on the page. Nothing was stored.": (
        "Dafür ist ein Schlüssel nötig: als `Authorization: Bearer KEY` senden oder auf der Seite "
        f"anmelden. {_UNSTORED}."
    ),
    "This is for holders of a key only. Make one with scripts/add-key NAME and send it as `Authorization: Bearer KEY`. From then on everything here needs a key.": (
        "Das ist nur mit Schlüssel zugänglich. scripts/add-key NAME erzeugt einen; er wird als "
        "`Authorization: Bearer KEY` gesendet. Von da an braucht hier alles einen Schlüssel."
    ),
    "Over # bytes are read for holders of a key only, and none that is known here came with this: send it as `Authorization: Bearer KEY`. Nothing was stored.": (
        "Mehr als # Bytes werden nur mit Schlüssel gelesen, und hier kam kein bekannter mit: als "
        f"`Authorization: Bearer KEY` senden. {_UNSTORED}."
    ),
    "This key is not known here. Nothing was stored.": (
        f"Dieser Schlüssel ist hier nicht bekannt. {_UNSTORED}."
    ),
    "This key is not known here. Is it complete?": (
        "Dieser Schlüssel ist hier nicht bekannt. Ist er vollständig?"
    ),
    "These were many attempts. Try again in a moment.": (
        "Das waren viele Versuche. Versuchen Sie es gleich noch einmal."
    ),
    "The key '{name}' has # requests a minute, and they are used up. Nothing was stored. Try again in # s.": (
        f"Der Schlüssel „{{name}}“ hat # Anfragen pro Minute, und sie sind verbraucht. {_UNSTORED}. "
        "Versuchen Sie es in # s noch einmal."
    ),
    # With, and without, what was kept.
    **{
        f"The key '{{name}}' has # characters a month, of which # are used; this is # more. It has new ones on # {{said}} (UTC), or when the operator of this service gives it a larger budget.{kept}": (
            "Der Schlüssel „{name}“ hat # Zeichen im Monat, davon sind # verbraucht; hier kommen # "
            "dazu. Neue gibt es am #. {said} (UTC), oder wenn der Betreiber dieses Dienstes das "
            f"Kontingent erhöht.{kept}"
        )
        for kept in (" {said}", "")
    },
    # The history.
    "There is no translation #.": "Eine Übersetzung # gibt es nicht.",
    "Translation # cannot be brought back any more.": (
        "Übersetzung # lässt sich nicht mehr wiederherstellen."
    ),
    "A title has 1 to # characters. The old one stays.": (
        "Ein Titel hat 1 bis # Zeichen. Der alte bleibt."
    ),
    "A status is one of: {name}.": "Als Status gibt es: {name}.",
    "A date is written as 2026-01-31.": "Ein Datum wird als 2026-01-31 geschrieben.",
    '"before" is the number of a translation.': "„before“ ist die Nummer einer Übersetzung.",
    '"deleted_at" is not a time.': "„deleted_at“ ist keine Zeit.",
    "A sentence has no line break. Nothing was changed.": (
        "Ein Satz hat keinen Zeilenumbruch. Es wurde nichts geändert."
    ),
    "That sentence is not there any more. Load the page again.": (
        "Diesen Satz gibt es nicht mehr. Bitte die Seite neu laden."
    ),
    # Documents.
    "Not found: there is no such document.": "Ein solches Dokument gibt es nicht.",
    "Translation # is of no document.": "Übersetzung # gehört zu keinem Dokument.",
    "The document holds no text to translate. Nothing was stored.": (
        f"Das Dokument enthält keinen Text zum Übersetzen. {_UNSTORED}."
    ),
    "The document is still being translated. Ask again in a moment.": (
        "Das Dokument wird noch übersetzt. Bitte gleich noch einmal nachsehen."
    ),
    "The translation was cancelled; what is done of it is on the page.": (
        "Die Übersetzung wurde abgebrochen; was davon fertig ist, steht auf der Seite."
    ),
    "Files of this kind are not translated. Nothing was kept. These are: {name}": (
        f"Dateien dieser Art werden nicht übersetzt. {_UNKEPT}. Möglich sind: {{name}}"
    ),
    "A plain text is translated as a text, not as a document.": (
        "Reiner Text wird als Text übersetzt, nicht als Dokument."
    ),
    "The document is larger than # MB and was not read. Nothing was kept; divide it.": (
        f"Das Dokument ist größer als # MB {_UNREAD}; bitte aufteilen."
    ),
    "The document is larger than # MB when unpacked and was not read. Nothing was kept; divide the document.": (
        f"Das Dokument ist entpackt größer als # MB {_UNREAD}; bitte aufteilen."
    ),
    "The document is packed so tightly that it could be made to do harm and was not read. Nothing was kept; divide the document.": (
        "Das Dokument ist so dicht gepackt, dass es Schaden anrichten könnte, "
        f"{_UNREAD}; bitte aufteilen."
    ),
    "A part of the document is larger than # MB and was not read. Nothing was kept; divide the document.": (
        f"Ein Teil des Dokuments ist größer als # MB {_UNREAD}; bitte aufteilen."
    ),
    "The document has more than # parts and was not read. Nothing was kept; divide the document.": (
        f"Das Dokument hat mehr als # Teile {_UNREAD}; bitte aufteilen."
    ),
    "The document names a file outside of itself and was not read. Nothing was kept.": (
        f"Das Dokument verweist auf eine Datei außerhalb {_UNREAD}."
    ),
    "The document is protected with a password or by its seller and cannot be read. Nothing was kept; remove the protection and send it again.": (
        "Das Dokument ist mit einem Passwort oder vom Verkäufer geschützt und nicht lesbar. "
        f"{_UNKEPT}; bitte den Schutz entfernen und noch einmal senden."
    ),
    "The document is damaged or is not what its name says. Nothing was kept; open it in the program that made it, save it again and try that.": (
        f"Das Dokument ist beschädigt oder nicht das, was sein Name sagt. {_UNKEPT}; bitte im "
        "ursprünglichen Programm öffnen, neu speichern und damit versuchen."
    ),
    "This is a document of an older program (.doc) under another name. Nothing was kept; save it as .docx or .odt and send that.": (
        "Das ist ein Dokument eines älteren Programms (.doc) unter anderem Namen. "
        f"{_UNKEPT}; bitte als .docx oder .odt speichern und das senden."
    ),
    "Documents with macros (.docm) are not taken. Nothing was kept; save it as .docx and send that.": (
        "Dokumente mit Makros (.docm) werden nicht angenommen. "
        f"{_UNKEPT}; bitte als .docx speichern und das senden."
    ),
    "The document is not a text document of OpenDocument (.odt). Nothing was kept.": (
        f"Das Dokument ist kein Textdokument von OpenDocument (.odt). {_UNKEPT}."
    ),
    "The file has more than # characters and was not read. Nothing was kept; divide it, or send it as .txt.": (
        f"Die Datei hat mehr als # Zeichen {_UNREAD}; bitte aufteilen oder als .txt senden."
    ),
    "This is no text file, or damaged. Nothing was kept; save it as text in UTF-8 and send that.": (
        "Das ist keine Textdatei, oder sie ist beschädigt. "
        f"{_UNKEPT}; bitte als Text in UTF-8 speichern und das senden."
    ),
    "There are no subtitles in the file. Nothing was kept.": (
        f"In der Datei sind keine Untertitel. {_UNKEPT}."
    ),
    "The translation has another number of lines. Nothing was kept.": (
        f"Die Übersetzung hat eine andere Zahl von Zeilen. {_UNKEPT}."
    ),
    "A part of the document has an encoding that cannot be read. Nothing was kept; save the document again and try that.": (
        "Ein Teil des Dokuments hat eine Kodierung, die nicht lesbar ist. "
        f"{_UNKEPT}; bitte neu speichern und damit versuchen."
    ),
    "A part of the document is no well-formed XML (its line #). Nothing was kept; save the document again and try that.": (
        "Ein Teil des Dokuments ist kein wohlgeformtes XML (dort Zeile #). "
        f"{_UNKEPT}; bitte neu speichern und damit versuchen."
    ),
    "The document has more than # elements inside of each other and was not read. Nothing was kept.": (
        f"Das Dokument hat mehr als # ineinander geschachtelte Elemente {_UNREAD}."
    ),
    "A part of the document has more than # elements and was not read. Nothing was kept; divide the document.": (
        f"Ein Teil des Dokuments hat mehr als # Elemente {_UNREAD}; bitte aufteilen."
    ),
    "The document declares entities of its own, which could make it grow without end, and was not read. Nothing was kept.": (
        f"Das Dokument deklariert eigene Entitäten, durch die es endlos wachsen könnte, {_UNREAD}."
    ),
}
