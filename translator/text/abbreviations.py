"""Abbreviations of German: which ones there are, and the forms that no whole word has.

Most are told by their form: they break off where no German word ends („gesetzl“, „Kundennr“).
The lists hold those that end like a word, and those of which it is known whether they end a
sentence. Whole words are in none of the lists but one: each was held against the last words of
1.1 million German sentences.
"""

import re
from typing import Final

from translator.text.characters import words

# These never end a sentence, whatever follows.
NEVER_LAST: Final = words("""
    Dr Drs Dres Prof Profs Hr Hrn Frl Mr Mrs Ms Mme Mlle Sr Sra Ste Dipl Ing Lic Priv-Doz Doz PD
    Univ Univ-Prof Ass Assist Min-Dir Präs Vors Hptm Oblt Lt Lnt Uffz Fw Maj Mag Gebr Fa Fam Kfm
    Kffr Frh Frhr Gf Hzg Kg Pfr Rev Msgr Bgm Insp stud cand Stud Cand stellv stv Stv Nr Nrn nr Kto
    Tel Mob Abs Abschn Abb Anm Ziff Rn Rdnr Rdn Rz Fn Bsp Bde Aufl Az Gz Tz Taf Anl Anh Buchst Pkt
    Sp Lfd lfd Bl Beil Fußn Erw Jahrg Jhrg Expl Fig Drucks bzw beziehungsw vgl Vgl ca Ca sog sogen
    Sog inkl Inkl exkl einschl zzgl abzgl ggf Ggf ggfs evtl Evtl evt eventl mind Mind resp bspw
    Bspw insb insbes Insb insg Insg bes betr Betr zw urspr ehem Ehem entspr gem Gem lt bzgl Bzgl
    bez hins hinr ggü geg gegenü abz mögl vermutl wahrsch voraussichtl vorauss viell ungef Ungef
    näml eigtl ausschl zus zusätzl mglw spez Spez allgem gez Gez untersch unterz Wiss ung allg
    gegr vorm nachm jew unv Hrsg hrsg Übers übers Bearb bearb Verf verf Zit zit gest verh gesch vs
    Vs od z.B Z.B d.h D.h i.d.R u.U U.U m.E M.E z.T Z.T z.Zt z.Z i.A i.V i.S.d i.S.v o.g u.g s.a
    i.e v.a V.a a.a.O Insbes größtent Absend Empf
""")

# These are whole words, too: abbreviations before a number and as the first word alone.
ALSO_WORDS: Final = words("Art Fax Gen Kap Tab Reg Ref App Max Temp Red Dir Best Kop Test")

# These may end a sentence: only an evident opening word after them says that they did.
SELDOM_LAST: Final = words("""
    S Bd St Fr Hl hl Str str Pl Jg Jh Jhd Jhdt Jhs Jahrh Mio Mill Mrd Bio Tsd Std Stdn Min min Sek
    sek max Co Inc Ltd Corp jr Jr sen Sen jun Jun f ff Chr MwSt Mwst USt ESt LSt Hbf Bhf Bf qm Stk
    Stck Zi Whg Abt Jan Feb Febr Mär Apr Jul Aug Sep Sept Okt Nov Dez Mo Di Mi Do Sa Med med phil
    rer nat jur theol Pfd Lit lit Ges Kl Bez Nds Verl Bibl Kat Int Adr Pos Bem Wg Ausg Lfg Nachf
    mult Vol vol Op op Pt pt ed Ed Eds eds al Ph Abg Abk Adj Adv Akk Dat Nom Plur Sing Prät Konj
    Konv Attr Aussch Ausst Forts Schr Rel Inh Berl Einf Einh Erl Gramm Obj Qu Mitt Mitgl Mschr Msp
    Nachw Orig Prot Verg Vers Vorbem Bj Dtzd Etg Ew Ez Geb Hs Jt Kj Kr Krs Kw Ls Lg Mz Obb Ri Rs
    Sg Slg Tgt Urk Urt Wj Wz Rhld Ldkr Diss Hom Philos Psych Phys Chem Biol Zool Anat Päd Soz Ökol
    Abw Akt Bed afghan ags akad alban alem alemann amer andalus arab aram archäol arg argent
    astron austral babyl bair balt bask bret bulg bulgar burjat byzant bras chem chin chron dän
    dial dim eig erg ersch etrusk eur fem fig finn fläm folg fränk französ fries gall gebr ged gef
    gek gel geleg geod geogr geograf geograph geol geolog germ got grammat gyn hait hebr hist idg
    ident iber illyr ind indef indir indiv indon indones iran isländ islam italien jap japan jav
    jem journ jüd kalm kanad karib katal kaukas kelt klass kol korean kret krit kroat kurd landsch
    latein led lett lig ling malai mask math mech mexik milit mod mong neutr niederl norw norweg
    offiz ökol ökon ökum org orth osk osman ostd pers philos phonolog phys poln polit portug pos
    präd prähist preuß prot prov psych päd reg rel relig rhet rumän schles schott schwed schwäb
    semit serb sibir sizilian skand slaw slowak slowen somal sorb soz soziol südafrik südd syr
    tamil tatar techn telef thür thüring tib tirol tschech tungus türk ugs ukrain ungar unang
    unbest versch div vulg weißruss westd zeithist zool ägypt möbl renov gepfl kompl kpl komb
    autom elektr therm opt akust magn organ anorg pharm industr erf erl bek unbek einz regelm gedr
    beil hpts ges Ber Bev Bew Gew gew ger gep Halbs Hamb hamb Hg hg Ks Pr Pf Proz Prov Rep Rh
    Saarl Subst subsp Terr Thür Wwe Änd Österr Bes Gr gr syn trans vl zB zBsp abs Abst anat
    anthrop meteorol hydrol meton mdal kreol ladin lab Anz Ank Neub Konf Inf inf Spezif Folg Gesch
    Erf Dim Trans Chin Allg gynäk gäl fam luxemb langob mazedon palästin peruan jemen provenz
    afrik angelsächs abgek geophys wiss österr schweiz dt dtsch engl frz franz ital span russ
    amerik europ kath evang ev luth durchschn bayr bayer hess sächs rhein westf nördl südl östl
    westl röm griech lat mhd ahd nhd staatl städt tägl wöchentl monatl jährl mtl ehrenamtl gepr
    vereid erw überarb verb geb verw belg biol veröff unveröff beglaub unverb veralt dimin Dimin
    Elektrot vlat kirg kopt e.V u.a U.a u.ä o.ä u.Ä o.Ä s.o s.u v.Chr n.Chr a.D a.M a.d a.Rh d.J
    d.M p.a h.c z.Hd z.Hdn m.b.H i.R v.l.n.r v.l v.r
""")

# These often end a sentence: any capital letter after them begins the next.
OFTEN_LAST: Final = words("usw usf etc uvm uvam u.v.m u.s.w u.dgl u.v.a.m")

# Whole words that look like none, and calls.
_WHOLE: Final = words("""
    Lkw Pkw lkw pkw Kfz kfz Lkws Pkws Haydn Jazz Entf Strg Einfg Hmm hmm Mhm mhm Pst pst Psst psst
    Brr brr Pff pff
""")
# Letters that no German word ends in, nor a name that is often met: „freundl“, „Betr“, „Dtzd“. By
# the last letter those before it; the words above are the exceptions.
_BEFORE_THE_LAST: Final = {
    "b": "dfghjknpstvwz",
    "d": "bcfhjkpstvwz",
    "f": "bdghkmstvz",
    "g": "bcdfhjkmpstvwz",
    "h": "bdfjlmnrvwz",
    "j": "bcdfghklmnprstvz",
    "k": "bdfgmpt",
    "l": "bdfgkmnpstvwxzß",
    "m": "bdfgknpstvwz",
    "n": "bcdfkmpstvxzß",
    "p": "bdfgkntz",
    "r": "bdfgklmnpstvwz",
    "v": "dgjklmnprstvwz",
    "w": "bcdfghjklmnprstvzß",
    "z": "bcfghkmpsvwx",
}
_BROKEN_OFF: Final = frozenset(
    first + last for last, before in _BEFORE_THE_LAST.items() for first in before
)
_BROKEN_OFF_LONG: Final = words("chl hrl chr chn chm frz tdt sdt ldt mdt rdt hdt gdt")
# Adjectives alone are broken off before these: „natürl“, „süddt“; but „Kerl“, „Todd“.
_BROKEN_OFF_LOWER: Final = ("rl", "dd", "ddt")
# Numbers, streets and gazettes have a capital inside: „USt-IdNr“, „BGBl“.
_SHORT_NOUNS: Final = ("Nr", "Str", "Bl")
# Adjectives of languages and sciences are compounds: „altfrz“, „südosteurop“, „betriebswiss“.
_SIDES: Final = tuple(
    sorted(words("alt mittel neu nieder hoch ober nord ost süd west spät früh ur indo anglo balto"))
)
_COMPOUND: Final = re.compile(rf"(?:{'|'.join(_SIDES)}){{1,3}}(?=[^\W\d_]{{2}})")
_SCIENCES: Final = ("wiss", "spol", "germ", "slaw")
_VOWELS: Final = frozenset("aeiouyäöüáàâéèêëíïóôúûAEIOUYÄÖÜÉ")
# Fewest letters without a vowel that are no unit: „km“, „kg“.
_MUTE: Final = 3


def may_be_last(word: str) -> bool:
    """Whether a word is an abbreviation that ends a sentence if an evident opening word follows.

    Known ones, their compounds in lower case, and words that are broken off.
    """
    if word in SELDOM_LAST or is_broken_off(word) or word.endswith(_SHORT_NOUNS):
        return True
    if not word.islower():
        return False
    if word.endswith(_SCIENCES):
        return True
    side = _COMPOUND.match(word) if word.startswith(_SIDES) else None
    return side is not None and (
        word[side.end() :] in SELDOM_LAST or word[side.end() :] in NEVER_LAST
    )


def is_broken_off(word: str) -> bool:
    """Whether a word ends where no German word does, as „gesetzl“ and „Kundennr“ do.

    Acronyms and words with a capital inside of them (GmbH) do not count.
    """
    if word[-1:] in _VOWELS or word[-2:-1] in _VOWELS:
        return False
    if len(word) < _MUTE or not word[1:].islower() or word in _WHOLE:
        return False
    ending = word[-3:].lower()
    return (
        ending[1:] in _BROKEN_OFF
        or ending in _BROKEN_OFF_LONG
        or (word.endswith(_BROKEN_OFF_LOWER) and word.islower())
        or _VOWELS.isdisjoint(word)
    )
