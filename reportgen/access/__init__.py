"""Who may see what: accounts, sign-in, tokens, roles, editions; and the trail of what everybody did."""

from reportgen.access.tokens import create_token

__all__ = ["create_token"]
