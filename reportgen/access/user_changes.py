"""What an administrator does with users, beyond what the tables can tell: nobody locks himself out."""

from reportgen.access.accounts import AccountError, Accounts
from reportgen.access.password_links import invitation_mail
from reportgen.access.roles import Principal, Role
from reportgen.configuration.administration import Administration
from reportgen.mail.smtp import MailServer
from reportgen.texts import Language, _


def refuse_own_role(accounts: Accounts, principal: Principal, name: str, role: Role) -> None:
    """Raises AccountError when somebody would take away his own rights."""
    if accounts.find(name).account_id == principal.account_id and role is not principal.role:
        raise AccountError(_("You cannot give yourself another role; another administrator can."))


def disable(accounts: Accounts, principal: Principal, name: str) -> None:
    """Keeps a user out, at once.

    Raises:
        AccountError: he is the one who asks.
        UnknownAccountError: there is no such user.
    """
    account = accounts.find(name)
    if account.account_id == principal.account_id:
        raise AccountError(_("You cannot keep yourself out; another administrator can."))
    accounts.disable(name)


def invite(administration: Administration, accounts: Accounts, name: str, server: MailServer | None) -> None:
    """Sends a user a link by which he chooses a password; at the end of the transaction it counts.

    Raises:
        AccountError: no mail can be sent to him.
        UnknownAccountError: there is no such user.
        MailError: the mail server does not take it.
    """
    if server is None:
        raise AccountError(_("No mail server is set up: give a one-time password instead."))
    account = accounts.find(name)
    if account.email is None:
        raise AccountError(_("This user has no e-mail address."))
    row = administration.connection.execute("SELECT language FROM configuration.tenant").fetchone()
    language = Language(row[0]) if row else Language.DUTCH
    mail = invitation_mail(
        administration, account.account_id, name, account.email, language, server.portal_url
    )
    server.send(mail)
