"""What pictures a tenant may put on its documents: small, and nothing that runs or fetches."""

import re
from typing import Literal

MOST_BYTES = 262_144
_PNG = b"\x89PNG\r\n\x1a\n"
_ACTIVE = re.compile(
    rb"<!|<\?xml-stylesheet|<\s*(script|foreignObject|image|use)\b|\bon[a-z]+\s*=|(href|url)\s*[=(]\s*[\"']?\s*(?!#)[a-z]",
    re.I,
)
"""Declarations, scripts, handlers, and references to anything outside the picture."""


def kind_of(picture: bytes) -> Literal["png", "svg"]:
    """Which of the two it is, once it has been checked."""
    return "png" if picture.startswith(_PNG) else "svg"


def checked_picture(picture: bytes) -> bytes:
    """The picture, if it may be used. Raises ValueError with what is wrong."""
    if len(picture) > MOST_BYTES:
        raise ValueError(f"the picture has {len(picture):,} bytes; at most {MOST_BYTES:,} are taken")
    if picture.startswith(_PNG):
        return picture
    text = re.sub(rb"<!--.*?-->", b"", picture, flags=re.S)
    if not re.match(rb"\s*(<\?xml[^>]*>)?\s*<svg[\s>]", text):
        raise ValueError("the picture is neither SVG nor PNG")
    if _ACTIVE.search(text):
        raise ValueError("the SVG holds a script, or refers to something outside itself; draw it without")
    return text
