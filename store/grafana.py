"""Who is called what in Grafana: the portal signs in those whom the set-up has made there."""

PORTAL_LOGIN = "gespreksrapportage-portal"
"""Grafana's user as which the portal itself acknowledges alarms."""
OPERATORS_ORGANISATION = 1
"""Grafana's first organisation, which belongs to those who run the installation."""
ACCOUNT_LOGIN = "account-"


def login_of(account_id: int) -> str:
    """Grafana's login of a portal account; it stays when the account gets another name."""
    return f"{ACCOUNT_LOGIN}{account_id}"
