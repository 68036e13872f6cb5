"""Who may see what: accounts, sign-in, tokens, roles, editions; and the trail of what everybody did."""

from reportgen.access.tokens import (
    SESSION_LIFETIME,
    Holder,
    close_session,
    create_token,
    digest,
    holder_of_session,
    holder_of_token,
    open_session,
)

__all__ = [
    "SESSION_LIFETIME",
    "Holder",
    "close_session",
    "create_token",
    "digest",
    "holder_of_session",
    "holder_of_token",
    "open_session",
]
