"""A portal with tenants and accounts in it, as for the tests of access."""

from tests.access.conftest import Accounts, acme, administrator, make_account, owner, rival

__all__ = ["Accounts", "acme", "administrator", "make_account", "owner", "rival"]
