"""Texts in other languages than German, and German ones that look like others."""

OTHERS = {
    "fr": "Le train pour Paris part à huit heures du matin, n'oublie pas ton billet. Nous avons "
    "mangé dans un petit restaurant près de la gare avant de rentrer.",
    "en": "The train to London leaves at half past eight this morning. Do not forget your ticket, "
    "and please bring something to eat for the journey.",
    "es": "El tren para Madrid sale a las ocho de la mañana, no olvides el billete. Comimos en un "
    "pequeño restaurante cerca de la estación antes de volver a casa.",
    "nl": "De trein naar Amsterdam vertrekt om acht uur in de ochtend, vergeet je kaartje niet. We "
    "hebben in een klein restaurant bij het station gegeten voordat we naar huis gingen.",
    "pl": "Pociąg do Warszawy odjeżdża o ósmej rano, nie zapomnij biletu. Zjedliśmy obiad w małej "
    "restauracji niedaleko dworca, zanim wróciliśmy do domu.",
    "it": "Il treno per Roma parte alle otto di mattina, non dimenticare il biglietto. Abbiamo "
    "mangiato in un piccolo ristorante vicino alla stazione prima di tornare a casa.",
    "pt": "O comboio para Lisboa parte às oito da manhã, não te esqueças do bilhete. Comemos num "
    "pequeno restaurante perto da estação antes de voltar para casa.",
    "sv": "Tåget till Stockholm avgår klockan åtta på morgonen, så glöm inte din biljett. Vi åt på "
    "en liten restaurang nära stationen innan vi åkte hem.",
    "da": "Toget til København afgår klokken otte om morgenen, så glem ikke din billet. Vi spiste "
    "på en lille restaurant i nærheden af stationen, før vi tog hjem.",
    "cs": "Vlak do Prahy odjíždí v osm hodin ráno, nezapomeň si jízdenku. Najedli jsme se v malé "
    "restauraci poblíž nádraží, než jsme se vrátili domů.",
    "hu": "A vonat reggel nyolc órakor indul Budapestre, ne felejtsd el a jegyedet. Egy kis "
    "étteremben ettünk az állomás közelében, mielőtt hazamentünk.",
    "tr": "Ankara treni sabah saat sekizde kalkıyor, biletini unutma. Eve dönmeden önce "
    "istasyonun yakınındaki küçük bir lokantada yemek yedik.",
    "ru": "Поезд в Москву отправляется в восемь часов утра, не забудь билет. Мы поели в маленьком "
    "ресторане недалеко от вокзала, прежде чем вернуться домой.",
    "uk": "Потяг до Києва відправляється о восьмій годині ранку, не забудь квиток. Ми поїли в "
    "маленькому ресторані біля вокзалу, перш ніж повернутися додому.",
    "ar": "يغادر القطار إلى القاهرة في الساعة الثامنة صباحا، فلا تنس تذكرتك. تناولنا الطعام في "
    "مطعم صغير بالقرب من المحطة قبل أن نعود إلى المنزل.",
    "zh": "去北京的火车早上八点开,别忘了带票。"
    "我们在车站附近的一家小餐馆吃了饭,然后才回家。今天的天气很好,大家都很高兴。",
    "ja": "東京行きの電車は朝八時に出発しますので、切符を忘れないでください。"
    "家に帰る前に駅の近くの小さなレストランで食事をしました。",
}
FRENCH, ENGLISH = OTHERS["fr"], OTHERS["en"]

# None of them is clearly in another language than German: short, mixed, a dialect, or no prose.
UNCLEAR = {
    "a word": "Restaurant",
    "OK": "OK",
    "a greeting": "Hallo Tom",
    "a French greeting": "Bon appétit!",
    "a title": "Game of Thrones – Staffel 3",
    "a short English sentence": "I have never been to London.",
    "English words in German": "Das Team hat im Meeting das Feedback zum Release Management "
    "diskutiert. Der Product Owner will das Backlog Refinement morgen per Call machen.",
    "an English quotation": "Churchill sagte: We shall fight on the beaches, we shall fight on the "
    "landing grounds, we shall fight in the fields and in the streets. Das kennt jeder.",
    "English between German lines": f"Guten Morgen, wie geht es dir?\n{ENGLISH}\nMir geht es gut.",
    "one German line in an English text": f"{ENGLISH}\n\n" * 4
    + f"Wir freuen uns auf Ihre Antwort.\n\n{ENGLISH}",
    "Latin in German": "Nach dem Prinzip pacta sunt servanda ist der Vertrag bindend; lex "
    "specialis derogat legi generali.",
    "names": "Tom Müller\nJohn Smith\nMary Jones\nPeter Schmidt\nDavid Miller\nSarah Connor",
    "songs": "Yesterday, Let It Be, Come Together, Here Comes the Sun, While My Guitar Gently "
    "Weeps, Hey Jude",
    "an address": "https://www.example.com/this/is/the/way/to/the/page/about/the/house/and/garden",
    "mail addresses": "john.smith@example.com, mary.jones@example.com, info@the-rising-sun.co.uk",
    "code": "def main():\n    for line in open('x.txt'):\n        print(line.strip())\n\n"
    "if __name__ == '__main__':\n    main()",
    "JSON": '{"name": "John", "age": 30, "address": {"street": "Main Street", "city": "London"}}',
    "a recipe": "200 g Mehl\n3 Eier\n1/2 l Milch\n1 Prise Salz\n50 g Butter\n2 EL Zucker",
    "a menu": "Spaghetti Carbonara, Pizza Margherita, Tiramisu, Panna Cotta, Espresso, Cappuccino",
    "Swiss German": "Grüezi mitenand, mir händ hüt es schöns Fäscht gha und sind erst am Morge hei "
    "choo. S Wätter isch wunderbar gsi.",
    "Low German": "Moin, wi hebbt vandaag en feine Dag hatt un sünd eerst laat na Huus kamen. Dat "
    "Weder weer wunnerbor.",
    "capitals": "BITTE BEACHTEN SIE, DASS DAS GEBÄUDE AM MONTAG LEIDER GESCHLOSSEN BLEIBT.",
    "no umlauts": "Schoene Gruesse aus Muenchen, wir haben uns sehr ueber das Geschenk gefreut.",
}
