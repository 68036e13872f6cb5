"""Links in mails by which somebody chooses a password: each once, and for a while."""

import secrets
from datetime import timedelta

from reportgen.access.accounts import UnknownAccountError
from reportgen.access.audit import act_as
from reportgen.access.passwords import check_strength, hash_password
from reportgen.access.sign_in import parts_of_name
from reportgen.access.tokens import digest
from reportgen.configuration.administration import Administration
from reportgen.errors import ReportError
from reportgen.mail.smtp import Mail
from reportgen.texts import Language, Translate, _, translator
from store.connect import Connection, sentences

RESET_LIFETIME = timedelta(minutes=30)
INVITATION_LIFETIME = timedelta(days=7)
MOST_ACCOUNTS = 3
"""Of one name, in several tenants."""


class PasswordLinkError(ReportError):
    """The link was used before, is too old, or never was one."""

    code = "password-link"

    def __init__(self) -> None:
        super().__init__(_("This link is no longer valid; ask for a new one."))


def reset_mails(connection: Connection, name: str, portal_url: str, *, address: str) -> list[Mail]:
    """The mails for a forgotten password: none when nobody may get one, which the asker must not learn.

    Args:
        name: a user name or e-mail address, with `TENANT/` before it where that is needed.
        address: of the network, from which it is asked.
    """
    tenant_slug, own_name = parts_of_name(name)
    links = [secrets.token_urlsafe(32) for _place in range(MOST_ACCOUNTS)]
    with sentences(), connection.transaction():
        rows = connection.execute(
            "SELECT link_number, account_name, email, language "
            "FROM report.offer_password_links(%s, %s, %s, %s, %s)",
            (tenant_slug, own_name, address, [digest(link) for link in links], RESET_LIFETIME),
        ).fetchall()
    return [
        _mail(
            Language(language),
            email,
            _("Choose a new password"),
            _(
                "Somebody, probably you, said that the password of the user {name} was forgotten. "
                "With this link you choose a new one, within 30 minutes:"
            ),
            _("If it was not you, do nothing: the password stays as it is."),
            f"{portal_url}/password/{links[number - 1]}",
            account_name,
        )
        for number, account_name, email, language in rows
    ]


def invitation_mail(
    administration: Administration,
    account_id: int,
    name: str,
    email: str,
    language: Language,
    portal_url: str,
) -> Mail:
    """The mail by which a new user chooses a password.

    Raises:
        UnknownAccountError: it is no account of this tenant.
    """
    link = secrets.token_urlsafe(32)
    row = administration.connection.execute(
        "SELECT configuration.make_password_link(%s, %s, %s)", (account_id, digest(link), INVITATION_LIFETIME)
    ).fetchone()
    if row != (True,):
        raise UnknownAccountError(_('There is no user "{name}".'), name=name)
    return _mail(
        language,
        email,
        _("Your account for call reporting"),
        _(
            "There is an account for you, with the user name {name}. "
            "With this link you choose a password, within a week:"
        ),
        _("Afterwards you sign in with your user name or e-mail address."),
        f"{portal_url}/password/{link}",
        f"{administration.slug}/{name}",
    )


def user_of_link(connection: Connection, link: str) -> str:
    """Raises PasswordLinkError when it is no good (any more)."""
    with sentences(), connection.transaction():
        row = connection.execute("SELECT report.account_of_password_link(%s)", (digest(link),)).fetchone()
    if row is None or row[0] is None:
        raise PasswordLinkError
    return str(row[0])


def choose_password(connection: Connection, link: str, password: str, *, address: str) -> None:
    """Uses a link up: its account gets the password, and all its sessions end.

    Raises:
        PasswordLinkError: the link is no good (any more).
        WeakPasswordError: the password will not do; the link stays good.
    """
    name = user_of_link(connection, link)
    check_strength(password, name)
    with sentences(), connection.transaction():
        act_as(connection, name)
        row = connection.execute(
            "SELECT report.use_password_link(%s, %s, %s)", (digest(link), hash_password(password), address)
        ).fetchone()
    if row != (True,):
        raise PasswordLinkError


def _mail(language: Language, to: str, subject: str, before: str, after: str, link: str, name: str) -> Mail:
    text: Translate = translator(language)
    return Mail([to], text(subject), f"{text(before, name=name)}\n\n{link}\n\n{text(after)}\n")
