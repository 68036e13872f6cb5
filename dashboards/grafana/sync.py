"""Sets up Grafana for every tenant and part of one, as often as one likes: what is right already stays."""

import logging
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from grafana_client.client import GrafanaServerError
from psycopg import sql

from dashboards.board import SAME_SITE
from dashboards.grafana.administration import Administration, Api
from dashboards.grafana.changes import Changes
from dashboards.grafana.data_source import ensure_data_source, give_login
from dashboards.grafana.defaults import make_default_alarms
from dashboards.grafana.folders import ensure_boards_of, ensure_folders, personal_folder
from dashboards.grafana.notifications import ensure_notifications
from dashboards.grafana.people import ensure_people, ensure_portal, ensure_teams, remove_people
from dashboards.grafana.rules import ensure_rules
from dashboards.grafana.start import ensure_playlist, ensure_preferences
from dashboards.grafana.wanted import Wanted, all_wanted, operators
from store.connect import Connection, sentences
from store.errors import UnknownTenantError, UserError
from store.grafana import OPERATORS_ORGANISATION

log = logging.getLogger(__name__)

READY_SECONDS = 90
"""How long a new organisation may take until it can have alarms."""
LOOKED_AT_ANYWAY = timedelta(hours=1)
"""Where nothing was changed in the database, somebody may still have changed something in Grafana."""


@dataclass
class Outcome:
    """What differed, and for whom it could not be mended."""

    differences: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)

    def add(self, name: str, work: Callable[[], list[str]]) -> None:
        """One organisation's failure does not keep the others from their turn."""
        try:
            self.differences += work()
        except UserError as error:
            self.failures.append(f"{name}: {error}")
            self.failed.add(name)


@dataclass(frozen=True)
class Place:
    """An organisation that was set up before."""

    organisation: int
    role_name: str


@dataclass(frozen=True)
class Setup:
    """One Grafana, and the database whose tenants it shows."""

    administration: Administration
    connection: Connection
    """Of a login that may create others; in autocommit, so that Grafana can use at once what is made."""
    database_url: str
    """The database's address as Grafana reaches it."""
    portal_url: str = SAME_SITE
    """Where links on the boards lead, without a slash at the end."""

    def synchronise(
        self,
        slug: str | None = None,
        *,
        check: bool = False,
        rotate: bool = False,
        changed_only: bool = False,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Outcome:
        """Brings Grafana to what the database says, for one tenant, or for all and the operators.

        Args:
            check: only tell what differs.
            rotate: give every data source a new password.
            changed_only: leave alone what has not changed in the database since it was looked at lately.
            meanwhile: is called before each organisation's turn, since all of them may take long.

        Raises:
            UnknownTenantError: there is no such tenant.
        """
        if not check:
            make_default_alarms(self.connection, slug)
        wanted = self._wanted(slug)
        if slug is not None and not wanted:
            raise UnknownTenantError(slug)
        outcome = Outcome()
        turn = []
        for each in self._turn(wanted, meanwhile, changed_only=changed_only):
            turn.append(each)
            outcome.add(each.name, partial(self._one, each, check=check, rotate=rotate))
        for each in turn:
            if each.name not in outcome.failed:
                outcome.add(each.name, partial(self._alarms, each, check=check))
        if slug is None:
            outcome.add("operators", partial(self._operators, check=check))
        for name, place in self._left_over(wanted, slug):
            outcome.add(name, partial(self._forget, name, place, check=check))
        return outcome

    def _turn(
        self, wanted: Sequence[Wanted], meanwhile: Callable[[], None], *, changed_only: bool
    ) -> Iterator[Wanted]:
        """Those to be looked at, each as it is by the time that its turn comes."""
        for each in wanted:
            if not (changed_only and self._was_looked_at(each)):
                meanwhile()
                yield from (now for now in self._wanted(each.slug) if now.scope_id == each.scope_id)

    def place_boards(self, account_id: int, slug: str | None = None) -> list[str]:
        """Brings one account's own boards to its tiles; gives what was changed.

        Nothing where the account has no place in Grafana (yet), or is of another tenant than `slug`.

        Raises:
            UserError: Grafana does not do it.
        """
        row = self.connection.execute(
            "SELECT slug FROM store.account JOIN store.tenant USING (tenant_id) "
            "WHERE account_id = %s AND slug = coalesce(%s, slug)",
            (account_id, slug),
        ).fetchone()
        for wanted in self._wanted(row[0]) if row is not None else []:
            place = self._known(wanted)
            for person in wanted.people:
                if person.account_id == account_id and place is not None:
                    changes = Changes(wanted.name)
                    with self.administration.api(place.organisation) as api:
                        if api.find(f"/folders/{personal_folder(account_id)}") is not None:
                            ensure_boards_of(api, changes, wanted, person)
                    return changes.sentences
        return []

    def _wanted(self, slug: str | None) -> list[Wanted]:
        return [replace(each, portal_url=self.portal_url) for each in all_wanted(self.connection, slug)]

    def remove(self, slug: str) -> list[str]:
        """Takes a tenant's organisations, users and database logins away; gives what was removed.

        Raises:
            UserError: Grafana does not do it.
        """
        return [
            sentence
            for name, place in self._left_over([], slug)
            for sentence in self._forget(name, place, check=False)
        ]

    def _one(self, wanted: Wanted, *, check: bool, rotate: bool) -> list[str]:
        changes = Changes(wanted.name, check=check)
        with self.administration.api() as server:
            place = self._place(server, changes, wanted)
            if place is None:
                return changes.sentences
            users = ensure_people(server, changes, place.organisation, wanted.people, "Viewer")
            if wanted.scope_id is None:
                ensure_portal(server, changes, place.organisation)
        with self.administration.api(place.organisation) as api:
            login = partial(give_login, self.connection, self.database_url, wanted, place.role_name)
            ensure_data_source(api, changes, login, self.database_url, place.role_name, rotate=rotate)
            ensure_folders(api, changes, wanted, users)
            ensure_teams(api, changes, wanted.people, users, wanted.language)
            ensure_preferences(api, changes, wanted)
            ensure_playlist(api, changes, wanted)
        return changes.sentences

    def _alarms(self, wanted: Wanted, *, check: bool) -> list[str]:
        """In a round of its own: Grafana makes a new organisation ready for alarms some seconds later."""
        place = self._known(wanted)
        if place is None:
            return []
        changes = Changes(wanted.name, check=check)
        with self.administration.api(place.organisation) as api:
            _wait_until_it_takes_alarms(api)
            ensure_notifications(api, changes, wanted)
            ensure_rules(api, changes, wanted)
        if not check:
            self.connection.execute(
                "UPDATE store.grafana_organisation SET wanted_hash = %s, synchronised_at = now() "
                "WHERE organisation = %s",
                (wanted.digest(), place.organisation),
            )
        return changes.sentences

    def _place(self, server: Api, changes: Changes, wanted: Wanted) -> Place | None:
        """None when it is missing and this is only a check."""
        place = self._known(wanted)
        if place is not None and (found := server.find(f"/orgs/{place.organisation}")) is not None:
            if found["name"] != wanted.name:
                changes(
                    f'it is called "{found["name"]}"',
                    partial(server.put, f"/orgs/{place.organisation}", {"name": wanted.name}),
                )
            return place
        changes("it is missing", partial(self._make, server, wanted, place.role_name if place else None))
        return None if changes.check else self._known(wanted)

    def _known(self, wanted: Wanted) -> Place | None:
        row = self.connection.execute(
            "SELECT organisation, role_name FROM store.grafana_organisation "
            "WHERE tenant_id = %s AND scope_id IS NOT DISTINCT FROM %s",
            (wanted.tenant_id, wanted.scope_id),
        ).fetchone()
        return None if row is None else Place(*row)

    def _make(self, server: Api, wanted: Wanted, role_name: str | None) -> None:
        named = server.find(f"/orgs/name/{quote(wanted.name, safe='')}")
        organisation = named["id"] if named else server.post("/orgs", {"name": wanted.name})["orgId"]
        # No name of a tenant: every login of the server can read the names of all others.
        self.connection.execute(
            """
            INSERT INTO store.grafana_organisation (organisation, tenant_id, scope_id, role_name)
            VALUES (%s, %s, %s, %s)
            ON CONFLICT (tenant_id, scope_id) DO UPDATE SET organisation = EXCLUDED.organisation
            """,
            (organisation, wanted.tenant_id, wanted.scope_id, role_name or f"grafana_{secrets.token_hex(6)}"),
        )

    def _was_looked_at(self, wanted: Wanted) -> bool:
        row = self.connection.execute(
            "SELECT FROM store.grafana_organisation "
            "WHERE tenant_id = %s AND scope_id IS NOT DISTINCT FROM %s "
            "AND wanted_hash = %s AND synchronised_at > now() - %s",
            (wanted.tenant_id, wanted.scope_id, wanted.digest(), LOOKED_AT_ANYWAY),
        )
        return row.rowcount > 0

    def _operators(self, *, check: bool) -> list[str]:
        changes = Changes("operators", check=check)
        with self.administration.api() as server:
            ensure_people(server, changes, OPERATORS_ORGANISATION, operators(self.connection), "Editor")
        return changes.sentences

    def _left_over(self, wanted: Sequence[Wanted], slug: str | None) -> list[tuple[str, Place]]:
        """What was set up and is wanted no longer: of one tenant, or of all, also of those that are gone."""
        kept = {(each.tenant_id, each.scope_id) for each in wanted}
        with sentences():
            rows = self.connection.execute(
                """
                SELECT tenant_id, scope_id, coalesce(slug, 'tenant ' || tenant_id), organisation, role_name
                FROM store.grafana_organisation LEFT JOIN store.tenant USING (tenant_id)
                WHERE %(slug)s::text IS NULL OR slug = %(slug)s
                ORDER BY tenant_id, scope_id NULLS LAST
                """,
                {"slug": slug},
            ).fetchall()
        return [
            (name, Place(organisation, role_name))
            for tenant_id, scope_id, name, organisation, role_name in rows
            if (tenant_id, scope_id) not in kept
        ]

    def _forget(self, name: str, place: Place, *, check: bool) -> list[str]:
        changes = Changes(name, check=check)
        with self.administration.api() as server:
            changes("it is wanted no longer", partial(self._take_away, server, place))
        return changes.sentences

    def _take_away(self, server: Api, place: Place) -> None:
        path = f"/orgs/{place.organisation}"
        if server.find(path) is not None:
            remove_people(server, place.organisation)
            server.delete(path)
        self.connection.execute("DELETE FROM store.database_login WHERE role_name = %s", (place.role_name,))
        _drop_login(self.connection, place.role_name)
        self.connection.execute(
            "DELETE FROM store.grafana_organisation WHERE organisation = %s", (place.organisation,)
        )


def _drop_login(connection: Connection, role_name: str) -> None:
    exists: Any = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (role_name,)).rowcount
    if exists:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (role_name,)
        )
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role_name)))


def _wait_until_it_takes_alarms(api: Api) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            api.get("/v1/provisioning/contact-points")
        except GrafanaServerError:
            if time.monotonic() > deadline:
                raise
            time.sleep(1)
        else:
            return
