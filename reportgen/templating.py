"""The HTML templates that come with the package."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from reportgen.texts import Language, translator


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reportgen"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, language: Language, **context: Any) -> str:
    """A template in a language; everything that it shows is escaped."""
    template = _environment().get_template(name)
    return template.render(_=translator(language), language=language.value, **context)
