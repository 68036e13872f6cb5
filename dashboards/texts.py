"""Texts in the product's two languages, put into a board when it is rendered."""

from typing import Any, NamedTuple

from reportgen.texts import Language, translator


class Text(NamedTuple):
    """One text in every language of the product."""

    nl: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.nl if language is Language.DUTCH else self.en

    def followed_by(self, other: "Text") -> "Text":
        """Both texts, a space between them."""
        return Text(f"{self.nl} {other.nl}".strip(), f"{self.en} {other.en}".strip())


NO_TEXT = Text("", "")


def catalogue_text(source: str) -> Text:
    """A text that the catalogue of reports has marked for translation."""
    return Text(translator(Language.DUTCH)(source), translator(Language.ENGLISH)(source))


def resolved(value: Any, language: Language) -> Any:
    """`value` (anything that JSON can hold) with each Text in it replaced by its words in `language`."""
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, dict):
        return {key: resolved(member, language) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [resolved(member, language) for member in value]
    return value
