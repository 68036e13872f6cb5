"""Every text that readers see has its Dutch."""

import re
import string
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import reportgen

ROOT = Path(reportgen.__file__).parent
DUTCH = ROOT / "locale" / "nl" / "LC_MESSAGES" / "messages.po"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]


def marked() -> set[str]:
    """Every text that the code and the templates mark for translation."""
    found = extract_from_dir(ROOT, METHODS, keywords={"_": None})
    return {message[2] for message in found if isinstance(message[2], str)}


def test_every_text_is_translated_and_no_translation_is_left_over() -> None:
    with DUTCH.open("rb") as file:
        translated = {str(message.id): message for message in read_po(file) if message.id}
    assert marked() == set(translated)
    for message in translated.values():
        assert message.string, message.id
        assert not message.fuzzy, message.id


def test_translations_keep_their_placeholders() -> None:
    with DUTCH.open("rb") as file:
        for message in read_po(file):
            assert _placeholders(str(message.id)) == _placeholders(str(message.string)), message.id


def test_templates_show_no_text_that_is_not_marked() -> None:
    # The product's own name and the language's own names need no translation.
    known = {
        "Gespreksrapportage",
        "English",
        "Nederlands",
        "PDF",
        "CSV",
        "XLSX",
        "Grafana",
        "Teams",
        "Slack",
        "Webhook",
    }
    for template in (ROOT / "templates").glob("*.html"):
        text = re.sub(r"\{[{%#].*?[}%#]\}|<!doctype html>|<[^>]*>", " ", template.read_text(encoding="utf-8"))
        words = set(re.findall(r"[A-Za-z]{3,}", text))
        assert words <= known, template.name


def _placeholders(text: str) -> set[str | None]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text)} - {None}
