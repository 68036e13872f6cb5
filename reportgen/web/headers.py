"""What every answer tells the browser about safety."""

from collections.abc import Awaitable, Callable, Sequence

from fastapi import Request, Response

_POLICY = (
    "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


def content_policy(frames: Sequence[str] = ()) -> str:
    """What a page may load: our own, and in frames pages of these hosts (https)."""
    if not frames:
        return _POLICY
    return f"{_POLICY}; frame-src {' '.join(f'https://{host}' for host in frames)}"


async def safe_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Adds the headers to whatever the application answers; a page may have a policy of its own."""
    response = await call_next(request)
    response.headers.setdefault("Content-Security-Policy", content_policy())
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if not request.url.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
    if request.url.scheme == "https":
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
