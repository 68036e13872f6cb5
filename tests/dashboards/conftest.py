"""Tenants to look at, and to look away from."""

import pytest

from tests.conftest import Database, RoleNames
from tests.dashboards.tenants import TenantUnderTest, make_tenant


@pytest.fixture
def ours(database: Database, role_names: RoleNames) -> TenantUnderTest:
    """The tenant whose login is used; without rows."""
    return make_tenant(database, "ours", role_names)


@pytest.fixture
def theirs(database: Database, role_names: RoleNames) -> TenantUnderTest:
    """Another tenant in the same database, by a name that stands nowhere else; without rows."""
    return make_tenant(database, "theirs-9134", role_names)
