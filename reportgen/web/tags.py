"""Entity tags: whoever has an answer already is told so, and not sent it again (RFC 9110)."""

import hashlib
import re
from collections.abc import Iterator

from fastapi import Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

MOST_BYTES = 1_000_000
"""Of an answer that is kept back until its tag is known."""

_VARYING = re.compile(rb'"(?:made_at|made_by|data_up_to)": (?:"(?:[^"\\]|\\.)*"|null), ')
"""What says when an answer was made, and not what it is."""


def tagged(request: Request, content: object) -> Response:
    """The content as JSON, or 304 when whoever asks has it."""
    response = JSONResponse(jsonable_encoder(content))
    tag = tag_of(bytes(response.body))
    response.headers.update(tag_headers(tag))
    return known(request, tag) or response


def tag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(_VARYING.sub(b"", body, count=3)).hexdigest()[:32]}"'


def known(request: Request, tag: str) -> Response | None:
    """304 when the tag is one of those that come with the request."""
    given = request.headers.get("if-none-match", "")
    tags = {each.strip().removeprefix("W/") for each in given.split(",")}
    if tag in tags or given.strip() == "*":
        return Response(status_code=304, headers=tag_headers(tag))
    return None


def short_enough(first: bytes, rest: Iterator[bytes]) -> tuple[list[bytes], bool]:
    """The first blocks, and whether they are all: not more of them than may be kept back."""
    blocks, size = [first], len(first)
    for block in rest:
        blocks.append(block)
        size += len(block)
        if size > MOST_BYTES:
            return blocks, False
    return blocks, True


def tag_headers(tag: str) -> dict[str, str]:
    """The tag, and that the answer is only to be used after asking whether it is still true."""
    return {"ETag": tag, "Cache-Control": "private, no-cache"}
