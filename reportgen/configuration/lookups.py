"""What a field names: names of the tenant's own things, and the ids that are stored."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from psycopg import sql

from reportgen.configuration.administration import Administration

_UNITS = "SELECT unit_id, name FROM {}.organisation_unit WHERE tenant_id = %s AND kind = "
_GROUPS = """
    SELECT group_id,
           CASE WHEN count(*) OVER (PARTITION BY pbx_name) > 1 THEN kind || ':' ELSE '' END || pbx_name
    FROM {}.contact_group WHERE tenant_id = %s
"""

LOOKUPS: Mapping[str, str] = {
    "person": "SELECT person_id, reference FROM {}.person WHERE tenant_id = %s",
    "site": f"{_UNITS}'site'",
    "division": f"{_UNITS}'division'",
    "department": f"{_UNITS}'department'",
    "cost_centre": f"{_UNITS}'cost_centre'",
    "campaign": "SELECT ddi_group_id, name FROM {}.ddi_group WHERE tenant_id = %s",
    "customer": "SELECT customer_id, reference FROM {}.customer WHERE tenant_id = %s",
    # A queue and a hunt group of one name are told apart by their kind.
    "group": _GROUPS,
    "extension": "SELECT DISTINCT number, number FROM {}.extension WHERE tenant_id = %s",
    "line": "SELECT number, number FROM {0}.ddi WHERE tenant_id = %s "
    "UNION SELECT pbx_name, pbx_name FROM {0}.contact_group WHERE tenant_id = %s",
}
"""What is named → query for ids and names; in this schema, of this tenant."""


class Names:
    """Both ways between the names and the stored ids of one kind of thing."""

    def __init__(self, administration: Administration, lookup: str) -> None:
        query = sql.SQL(LOOKUPS[lookup]).format(sql.Identifier(administration.schema))
        parameters = (administration.tenant_id,) * LOOKUPS[lookup].count("%s")
        self.by_id: dict[Any, str] = dict(administration.connection.execute(query, parameters).fetchall())

    @cached_property
    def by_name(self) -> dict[str, Any]:
        return {name.casefold(): key for key, name in self.by_id.items()}


class AllNames:
    """Loaded when asked for, once."""

    def __init__(self, administration: Administration) -> None:
        self._administration = administration
        self._loaded: dict[str, Names] = {}

    def __getitem__(self, lookup: str) -> Names:
        if lookup not in self._loaded:
            self._loaded[lookup] = Names(self._administration, lookup)
        return self._loaded[lookup]
