"""Language codes as models have them, and in the one spelling that the service has for each."""

import re
from typing import Final

# Two letters wherever there are, then a script or a country where two kinds are told apart: as
# LibreTranslate and DeepL have them. Norwegian without more is Bokmål, Chinese is simplified.
_SAME: Final = {
    "cmn": "zh",
    "cmn-hans": "zh",
    "cmn-hant": "zh-Hant",
    "iw": "he",
    "in": "id",
    "no": "nb",
    "nor": "nb",
    "pb": "pt-BR",
    "pob": "pt-BR",
    "pt-pt": "pt",
    "yue-hant": "yue",
    "zh-cn": "zh",
    "zh-hans": "zh",
    "zh-hk": "zh-Hant",
    "zh-sg": "zh",
    "zh-tw": "zh-Hant",
    "zht": "zh-Hant",
    "zt": "zh-Hant",
}
# ISO 639-3, with which NLLB and the Tatoeba Challenge name languages, and ISO 639-1.
_PAIRS: Final = (
    "afr:af als:sq amh:am ara:ar arb:ar asm:as aze:az azj:az bel:be ben:bn bos:bs bre:br "
    "bul:bg cat:ca ces:cs cym:cy dan:da deu:de ekk:et ell:el eng:en epo:eo est:et eus:eu "
    "fao:fo fas:fa fin:fi fra:fr fry:fy gle:ga gla:gd glg:gl guj:gu hat:ht hau:ha heb:he "
    "hin:hi hrv:hr hun:hu hye:hy ibo:ig ind:id isl:is ita:it jav:jv jpn:ja kan:kn kat:ka "
    "kaz:kk khk:mn khm:km kin:rw kir:ky kor:ko lao:lo lat:la lav:lv lit:lt ltz:lb lvs:lv "
    "mal:ml mar:mr mkd:mk mlt:mt mon:mn mri:mi msa:ms mya:my nep:ne nld:nl nno:nn nob:nb "
    "npi:ne oci:oc ory:or pan:pa pbt:ps pes:fa pol:pl por:pt pus:ps ron:ro rus:ru sin:si "
    "slk:sk slv:sl sna:sn snd:sd som:so spa:es sqi:sq srp:sr sun:su swa:sw swe:sv swh:sw "
    "tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th tuk:tk tur:tr uig:ug ukr:uk urd:ur uzb:uz "
    "uzn:uz vie:vi xho:xh ydd:yi yid:yi yor:yo zho:zh zsm:ms zul:zu"
)
_THREE: Final = dict(pair.split(":") for pair in _PAIRS.split())
_CODE: Final = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2}|-\d{3})?")
# Scripts that a language is written in anyway; of others the code keeps the name.
_USUAL: Final = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ug", "sd"), "arab"),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "kk", "ky", "mn", "tg", "tt", "sr"), "cyrl"),
    **dict.fromkeys(("hi", "mr", "ne"), "deva"),
    "zh": "hans",
    "ja": "jpan",
    "ko": "hang",
    "el": "grek",
    "he": "hebr",
    "yi": "hebr",
    "th": "thai",
    "bn": "beng",
    "as": "beng",
    "pa": "guru",
    "gu": "gujr",
    "or": "orya",
    "ta": "taml",
    "te": "telu",
    "kn": "knda",
    "ml": "mlym",
    "si": "sinh",
    "km": "khmr",
    "lo": "laoo",
    "my": "mymr",
    "hy": "armn",
    "ka": "geor",
    "am": "ethi",
}


def language_code(given: str) -> str:
    """Language code in the service's spelling: zh-Hans and zho_Hans are zh, pb is pt-BR, no is nb.

    Raises ValueError when it cannot be one of a language.
    """
    code = given.strip().lower().replace("_", "-")
    if code in _SAME:
        return _SAME[code]
    if not _CODE.fullmatch(code):
        raise ValueError(f"{given!r} is no language code: de, pt-BR and zh-Hant are some.")
    language, *rest = code.split("-")
    language = _THREE.get(language, language)
    if rest and rest[0] == _USUAL.get(language, "latn"):
        rest = rest[1:]
    written = [each.title() if len(each) == 4 else each.upper() for each in rest]  # noqa: PLR2004
    joined = "-".join([language, *written])
    return _SAME.get(joined.lower(), joined)
