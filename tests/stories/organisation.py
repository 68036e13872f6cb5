"""The company of the stories, with what a story's Setting makes different."""

import copy
from dataclasses import fields, replace
from functools import cache
from typing import Any

from psycopg import sql

from store.connect import Connection
from store.organisation import ContactGroup, Organisation, Pbx, Tenant, load_pbx, load_tenant
from store.seed import SeedFile, read_seed
from store.seed_load import load_seed
from tests.recordings import FOLDER, ORGANISATION
from tests.stories.reading import Story

CUSTOMER = "customer"
TENANT_FIELDS = frozenset(field.name for field in fields(Tenant))
GROUP_FIELDS = frozenset(field.name for field in fields(ContactGroup))


def organisation_of(story: Story) -> Organisation:
    """In memory, for what is pure."""
    changed = copy.copy(ORGANISATION)
    changed.tenant = replace(changed.tenant, **_tenant_settings(story))
    changed.groups = {
        key: replace(group, **_group_settings(story, group.pbx_name)) for key, group in changed.groups.items()
    }
    return changed


def load(connection: Connection, slug: str, story: Story | None = None) -> tuple[Tenant, Pbx]:
    """In a database, as a tenant of its own."""
    file = copy.copy(_seed_file())
    file.seed = file.seed.model_copy(update={"tenant": file.seed.tenant.model_copy(update={"slug": slug})})
    with connection.transaction():
        load_seed(connection, file)
        tenant = load_tenant(connection, slug)
        if story is not None:
            _apply(connection, tenant, story)
    return load_tenant(connection, slug), load_pbx(connection, tenant, "lab")


@cache
def _seed_file() -> SeedFile:
    return read_seed(FOLDER / "tenant.yaml")


def _apply(connection: Connection, tenant: Tenant, story: Story) -> None:
    for name, value in _tenant_settings(story).items():
        connection.execute(
            sql.SQL("UPDATE store.tenant SET {} = %s WHERE tenant_id = %s").format(sql.Identifier(name)),
            (value, tenant.tenant_id),
        )
    for group in ORGANISATION.groups.values():
        for name, value in _group_settings(story, group.pbx_name).items():
            connection.execute(
                sql.SQL(
                    "UPDATE store.contact_group SET {} = %s WHERE tenant_id = %s AND pbx_name = %s"
                ).format(sql.Identifier(name)),
                (value, tenant.tenant_id, group.pbx_name),
            )
    for words in story.settings:
        if words[0] == CUSTOMER:
            _add_customer(connection, tenant, words[1], words[2:])


def _add_customer(connection: Connection, tenant: Tenant, name: str, numbers: list[str]) -> None:
    connection.execute(
        """
        WITH customer AS (
            INSERT INTO store.customer (tenant_id, reference, name) VALUES (%(tenant)s, %(name)s, %(name)s)
            RETURNING customer_id
        )
        INSERT INTO store.customer_number (tenant_id, number, customer_id)
        SELECT %(tenant)s, number, customer_id FROM customer, unnest(%(numbers)s::text[]) AS number
        """,
        {"tenant": tenant.tenant_id, "name": name, "numbers": numbers},
    )


def _tenant_settings(story: Story) -> dict[str, Any]:
    return {words[0]: int(words[1]) for words in story.settings if words[0] in TENANT_FIELDS}


def _group_settings(story: Story, name: str) -> dict[str, Any]:
    return {
        words[1]: int(words[2])
        for words in story.settings
        if words[0] == name and len(words) == 3 and words[1] in GROUP_FIELDS
    }
