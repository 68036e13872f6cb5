"""Passwords: what one must be, and how it is kept (argon2id, RFC 9106)."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from reportgen.errors import ReportError
from reportgen.texts import _

SHORTEST = 12
LONGEST = 200
"""Longer ones would only cost time to hash."""

_hasher = PasswordHasher()
_nobodys_hash = _hasher.hash(secrets.token_urlsafe())


class WeakPasswordError(ReportError):
    """A password that is too easily guessed, or too long."""

    code = "weak-password"


def check_strength(password: str, *names: str) -> None:
    """Length counts, not kinds of characters (NIST SP 800-63B, section 5.1.1).

    Args:
        names: what a guesser tries first: the user's own name and address.

    Raises:
        WeakPasswordError: too short, too long, or hardly anything but one of the names or one character.
    """
    if len(password) < SHORTEST:
        raise WeakPasswordError(_("Choose a password of at least {shortest} characters."), shortest=SHORTEST)
    if len(password) > LONGEST:
        raise WeakPasswordError(_("Choose a password of at most {longest} characters."), longest=LONGEST)
    rest = password.lower()
    for name in names:
        rest = rest.replace(name.lower(), "") if name else rest
    if len(set(rest)) < SHORTEST // 2:
        raise WeakPasswordError(_("Choose a password that is less easily guessed."))


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Takes the same time when there is nothing to check against, so that it does not tell who exists."""
    try:
        right = _hasher.verify(password_hash or _nobodys_hash, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None


def random_password() -> str:
    """To be shown once."""
    return secrets.token_urlsafe(15)
