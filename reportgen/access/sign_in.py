"""Signing in with name and password, and the sessions that follow; all of it kept by the database."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from psycopg.rows import dict_row

from reportgen.access.audit import act_as, record_session, record_sign_in
from reportgen.access.passwords import check_strength, hash_password, is_password
from reportgen.access.roles import Principal, Role, Stage
from reportgen.access.second_factor import new_secret, step_of_code
from reportgen.access.tokens import digest
from reportgen.errors import ReportError
from reportgen.texts import _
from store.connect import Connection, sentences
from store.vocabulary import Edition

IDLE_LIFETIME = timedelta(minutes=60)
LIFETIME = timedelta(hours=12)
LONGEST_NAME = 320


class SignInError(ReportError):
    """A name, password or code is not right. Does not say which, nor whether there is such an account."""

    code = "sign-in"

    def __init__(self, source: str = _("The name or password is not right.")) -> None:
        super().__init__(source)


class TooManyAttemptsError(ReportError):
    """Too many attempts failed: for this account, or from this address."""

    code = "too-many-attempts"

    def __init__(self) -> None:
        super().__init__(_("There were too many attempts; try again in a quarter of an hour."))


class UnfinishedSignInError(ReportError):
    """The session still waits for a code or a new password."""

    code = "unfinished-sign-in"

    def __init__(self, stage: Stage) -> None:
        super().__init__(_("Finish signing in first."))
        self.stage = stage


class DifferentPasswordsError(ReportError):
    """The new password was not typed the same twice."""

    code = "different-passwords"

    def __init__(self) -> None:
        super().__init__(_("The two new passwords differ."))


@dataclass(frozen=True, slots=True)
class Session:
    """A session just opened; its secret goes into the browser's cookie and is kept nowhere else."""

    secret: str
    stage: Stage


def sign_in(connection: Connection, name: str, password: str, *, address: str) -> Session:
    """Opens a session for whoever knows the password.

    Args:
        name: a user name or e-mail address, with `TENANT/` before it where that is needed to tell them apart.
        address: of the network, from which the attempt comes.

    Raises:
        SignInError: unknown, disabled, wrong password, or a one-time password that is too old.
        TooManyAttemptsError: and the password was not looked at.
    """
    tenant_slug, own_name = parts_of_name(name)
    with sentences(), connection.transaction():
        candidates = connection.execute(
            "SELECT sign_in_id, account_id, password_hash, refused FROM report.begin_sign_in(%s, %s, %s)",
            (tenant_slug, own_name, address),
        ).fetchall()
    allowed = [candidate for candidate in candidates if not candidate[3]]
    if not allowed:
        _record(
            connection, [account_id for _id, account_id, _hash, _refused in candidates], address, "locked_out"
        )
        raise TooManyAttemptsError
    for sign_in_id, account_id, password_hash, _refused in allowed:
        if is_password(password, password_hash):
            return _open(connection, sign_in_id, account_id, address)
    _record(connection, [account_id for _id, account_id, _hash, _refused in allowed], address, "refused")
    raise SignInError


def give_code(connection: Connection, session: str, code: str, *, now: datetime) -> Session:
    """Passes the second factor; the session gets a new secret.

    Raises:
        SignInError: the code is not right, was given before, or there is no such session.
        TooManyAttemptsError: and the code was not looked at.
    """
    check = _begin_check(connection, session)
    step = step_of_code(check["totp_secret"], code, now) if check["totp_secret"] else None
    secret = secrets.token_urlsafe(32)
    with sentences(), connection.transaction():
        _act_for(connection, session)
        stage = _pass_second_factor(connection, session, secret, step) if step is not None else None
        if stage is None:
            record_session(connection, digest(session), "refused")
        else:
            connection.execute("SELECT report.pass_check(%s, %s)", (digest(secret), check["sign_in_id"]))
            record_session(connection, digest(secret), "signed_in")
    if stage is None:
        raise SignInError(_("The code is not right; take the one that is shown now."))
    return Session(secret, stage)


def _pass_second_factor(connection: Connection, session: str, secret: str, step: int) -> Stage | None:
    row = connection.execute(
        "SELECT report.pass_second_factor(%s, %s, %s, %s)", (digest(session), digest(secret), step, LIFETIME)
    ).fetchone()
    return Stage(row[0]) if row is not None and row[0] is not None else None


def offer_second_factor(connection: Connection, session: str) -> str:
    """A new secret for an authenticator app; it counts once `give_code` has been passed with it.

    Raises:
        SignInError: the session is not open, or the account has a second factor already.
    """
    secret = new_secret()
    with sentences(), connection.transaction():
        _act_for(connection, session)
        row = connection.execute(
            "SELECT report.offer_second_factor(%s, %s)", (digest(session), secret)
        ).fetchone()
    if row != (True,):
        raise SignInError
    return secret


def change_password(connection: Connection, session: str, old: str, new: str) -> Session:
    """Ends every session of the account and opens a new one.

    Raises:
        SignInError: the old password is not right, or there is no such session.
        TooManyAttemptsError: and the old password was not looked at.
        WeakPasswordError: the new one will not do.
    """
    principal = principal_of_session(connection, session)
    if principal is None or principal.stage is Stage.SECOND_FACTOR:
        raise SignInError
    check_strength(new, principal.name)
    check = _begin_check(connection, session)
    if not is_password(old, check["password_hash"]):
        with sentences(), connection.transaction():
            record_session(connection, digest(session), "refused")
        raise SignInError(_("The present password is not right."))
    if new == old:
        raise SignInError(_("Choose a password that differs from the old one."))
    secret = secrets.token_urlsafe(32)
    with sentences(), connection.transaction():
        act_as(connection, principal.name, principal.account_id)
        connection.execute("SELECT report.pass_check(%s, %s)", (digest(session), check["sign_in_id"]))
        row = connection.execute(
            "SELECT report.change_password(%s, %s, %s)",
            (digest(session), digest(secret), hash_password(new)),
        ).fetchone()
    if row != (True,):
        raise SignInError
    return Session(secret, Stage.OPEN)


def sign_out(connection: Connection, session: str) -> None:
    with sentences(), connection.transaction():
        record_session(connection, digest(session), "signed_out")
        connection.execute("SELECT report.close_account_session(%s)", (digest(session),))


def principal_of_session(connection: Connection, session: str) -> Principal | None:
    """None when the session is unknown, idle for too long, or over."""
    return _principal(connection, "SELECT * FROM report.account_of_session(%s)", session)


def principal_of_token(connection: Connection, token: str) -> Principal | None:
    """None when the token is unknown, too old, or its account is disabled."""
    found = _principal(connection, "SELECT * FROM report.account_of_token(%s)", token)
    return None if found is None else replace(found, token=digest(token).hex())


def csrf_token(session: str) -> str:
    """What every form of this session carries, so that no other site's page can send one.

    Made from the session's secret, which other sites cannot read: nothing has to be kept.
    """
    return hmac.new(session.encode(), b"form", hashlib.sha256).hexdigest()


def is_csrf_token(session: str, given: str) -> bool:
    return hmac.compare_digest(csrf_token(session).encode(), given.encode())


def parts_of_name(name: str) -> tuple[str | None, str]:
    """The tenant, if one is named, and the name itself."""
    readable = name.encode(errors="replace").decode().replace("\0", "")
    tenant_slug, slash, own_name = readable.strip().lower()[:LONGEST_NAME].rpartition("/")
    return (tenant_slug if slash else None), own_name


def _act_for(connection: Connection, session: str) -> None:
    principal = principal_of_session(connection, session)
    if principal is not None:
        act_as(connection, principal.name, principal.account_id)


def _record(connection: Connection, account_ids: Iterable[int | None], address: str, action: str) -> None:
    with sentences(), connection.transaction():
        for account_id in account_ids:
            record_sign_in(connection, account_id, address, action)


def _open(connection: Connection, sign_in_id: int, account_id: int, address: str) -> Session:
    secret = secrets.token_urlsafe(32)
    with sentences(), connection.transaction():
        row = connection.execute(
            "SELECT report.open_account_session(%s, %s, %s, %s, %s)",
            (sign_in_id, account_id, digest(secret), IDLE_LIFETIME, LIFETIME),
        ).fetchone()
        stage = Stage(row[0]) if row is not None and row[0] is not None else None
        record_sign_in(connection, account_id, address, _ACTIONS[stage])
    if stage is None:
        raise SignInError
    return Session(secret, stage)


_ACTIONS = {
    None: "refused",
    Stage.SECOND_FACTOR: "password_given",
    Stage.NEW_PASSWORD: "signed_in",
    Stage.OPEN: "signed_in",
}


def _begin_check(connection: Connection, session: str) -> dict[str, Any]:
    with sentences(), connection.transaction(), connection.cursor(row_factory=dict_row) as cursor:
        check = cursor.execute("SELECT * FROM report.begin_check(%s)", (digest(session),)).fetchone()
    if check is None:
        raise SignInError
    if check["refused"]:
        raise TooManyAttemptsError
    return check


def _principal(connection: Connection, query: str, secret: str) -> Principal | None:
    with sentences(), connection.transaction(), connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(query.encode(), (digest(secret),)).fetchone()
    if row is None:
        return None
    row["role"] = Role(row["role"])
    row["edition"] = Edition(row["edition"]) if row["edition"] else None
    if "stage" in row:
        row["stage"] = Stage(row["stage"])
    return Principal(**row)
