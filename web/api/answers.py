"""Answers of the project's own API: a translation with its warnings, and the text's language."""

from collections.abc import Iterable

from web.api.schema import (
    DetectedLanguage,
    RememberedAnswer,
    TranslationAnswer,
    WarningAnswer,
)
from web.text.sentences import Sentence, doubts
from web.translation.following import Following, target_of
from web.translation.language_check import LanguageCheck, language_warning
from web.translation.results import Finished
from web.translation.store import Translation


def finished_answer(
    answer: Finished, source: str, language_check: LanguageCheck
) -> TranslationAnswer:
    """The answer for a text of one passage, sent as one in the language `source`."""
    stored = answer.id is not None
    body = TranslationAnswer(
        text=answer.text,
        model=answer.model,
        id=answer.id,
        stored=stored,
        warnings=_warnings(answer.sentences),
    )
    if remembered := _remembered(answer.sentences):
        body.memory = remembered
    if not stored:
        body.kept = answer.kept
    return _with_language(body, answer.source, source, answer.sentences, language_check)


async def whole_answer(
    translation: Translation, following: Following, language_check: LanguageCheck
) -> TranslationAnswer:
    """The answer for a stored translation as it is now.

    Its language is looked for in passages at its beginning, in its middle and at its end. Raises
    StoreUnavailableError when the database does not answer.
    """
    texts: list[str] = []
    warnings: list[WarningAnswer] = []
    remembered: list[RememberedAnswer] = []
    first: list[Sentence] = []
    sampled = {0, 1, translation.passages // 2, translation.passages - 1}
    samples: list[str] = []
    async for passage in following.texts(translation.id):
        texts.append(target_of(passage))
        warnings += _warnings(passage.sentences)
        remembered += _remembered(passage.sentences)
        first = first or passage.sentences
        if passage.seq in sampled:
            samples.append(passage.source)
    body = TranslationAnswer.model_validate(
        {
            "text": "".join(texts),
            "model": translation.model,
            "id": translation.id,
            "stored": True,
            "warnings": warnings,
            "status": translation.status,
            "passages": translation.passages,
            "passages_done": translation.passages_done,
        }
    )
    if remembered:
        body.memory = remembered
    source = translation.source_lang
    return _with_language(body, "\n".join(samples), source, first, language_check)


def _warnings(found: Iterable[Sentence]) -> list[WarningAnswer]:
    return [WarningAnswer.model_validate(each) for each in doubts(found)]


def _remembered(found: Iterable[Sentence]) -> list[RememberedAnswer]:
    return [
        RememberedAnswer(source=each.source, target=each.target)
        for each in found
        if each.remembered
    ]


def _with_language(
    body: TranslationAnswer,
    text: str,
    source: str,
    sentences: Iterable[Sentence],
    language_check: LanguageCheck,
) -> TranslationAnswer:
    """The answer with the language that a text is clearly in, and a warning when it is another."""
    found = language_check.detect(text, source)
    if found is None:
        return body
    language, confidence = found.language.language, found.language.confidence
    body.detected_language = DetectedLanguage(language=language, confidence=confidence)
    if found.other:
        warning = WarningAnswer.model_validate(language_warning(language, sentences))
        body.warnings = [warning, *body.warnings]
    return body
