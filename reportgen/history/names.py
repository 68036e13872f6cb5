"""What the ids that stand in the audit trail are called now, or were called."""

from typing import Any

from psycopg import sql

from reportgen.access.audit import Entry
from reportgen.configuration.administration import Administration
from store.connect import Connection

MOST = 100

_QUERIES = {
    "unit": "SELECT unit_id, name FROM {}.organisation_unit",
    "group": "SELECT group_id, name FROM {}.contact_group",
    "person": "SELECT person_id, coalesce(name, reference) FROM {}.person",
    "campaign": "SELECT ddi_group_id, name FROM {}.ddi_group",
    "customer": "SELECT customer_id, name FROM {}.customer",
}


class Trail:
    """The trail of one tenant within the caller's transaction, which says whose it is."""

    def __init__(self, connection: Connection, schema: str, query: str) -> None:
        self._connection, self._schema, self._query = connection, schema, query
        self._loaded: dict[str, dict[int, str]] = {}
        self._found: dict[tuple[str, int], str] = {}

    def entries(self, kind: str, key: str | None = None, most: int = MOST) -> list[Entry]:
        """What was done to things of a kind, or to one of them; the newest first."""
        asked = {"kind": kind, "key": key, "most": most}
        rows = self._connection.execute(self._query.encode(), asked).fetchall()
        return [Entry(*row) for row in rows]

    def name(self, refers: str, number: int) -> str:
        """Empty when it has none any more."""
        if refers in _QUERIES:
            return self._names(refers).get(number, "")
        if (refers, number) not in self._found:
            self._found[refers, number] = self._scope(number) if refers == "scope" else self._account(number)
        return self._found[refers, number]

    def _names(self, refers: str) -> dict[int, str]:
        if refers not in self._loaded:
            query = sql.SQL(_QUERIES[refers]).format(sql.Identifier(self._schema))
            self._loaded[refers] = dict(self._connection.execute(query).fetchall())
        return self._loaded[refers]

    def _scope(self, number: int) -> str:
        """By the trail, since most scopes are made for one account and go with its next change."""
        members = [
            self._member(each.details.get("new") or {})
            for each in self.entries("access_scope_member", str(number))
            if each.action == "created"
        ]
        return ", ".join(sorted(filter(None, members), key=str.casefold))

    def _member(self, row: dict[str, Any]) -> str:
        kinds = ("unit", "group", "person")
        return next((self.name(kind, row[f"{kind}_id"]) for kind in kinds if row.get(f"{kind}_id")), "")

    def _account(self, number: int) -> str:
        return next((each.name or "" for each in self.entries("account", str(number), 1)), "")


def trail_of(administration: Administration) -> Trail:
    """For who keeps the configuration: with whole numbers, as there."""
    query = "SELECT * FROM configuration.history_of(%(kind)s, %(key)s, %(most)s)"
    return Trail(administration.connection, administration.schema, query)


def watched_trail(connection: Connection) -> Trail:
    """For who watches over the tenant that the transaction names; numbers are masked as for its role."""
    query = "SELECT * FROM report.audit_trail(NULL, NULL, NULL, %(most)s, %(kind)s, %(key)s)"
    return Trail(connection, "report", query)
