"""Texts in the reader's language: the English sentence in the code is the key, Dutch stands in a .po file."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.messages.pofile import read_po


class Language(StrEnum):
    DUTCH = "nl"
    ENGLISH = "en"


_LOCALES = {Language.DUTCH: "nl_NL", Language.ENGLISH: "en_GB"}

Translate = Callable[..., str]
"""A text's English source and its placeholders → the text in one language."""


def _(source: str) -> str:
    """Marks a text for translation; it is looked up when it is shown."""
    return source


def locale(language: Language) -> Locale:
    """How this language writes dates and numbers."""
    return Locale.parse(_LOCALES[language])


def translator(language: Language) -> Translate:
    """Gives the function that shows texts in `language`, with their placeholders filled in."""
    texts = _texts(language)

    def translate(source: str, **placeholders: object) -> str:
        text = texts.get(source, source)
        return text.format(**placeholders) if placeholders else text

    return translate


@cache
def _texts(language: Language) -> Mapping[str, str]:
    if language is Language.ENGLISH:
        return {}
    source = files("reportgen") / "locale" / language.value / "LC_MESSAGES" / "messages.po"
    catalogue = read_po(BytesIO(source.read_bytes()))
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
