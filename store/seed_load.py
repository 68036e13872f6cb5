"""Brings a tenant's organisation in the database to what a tenant file says, in one transaction."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import TypeVar

import holidays
from psycopg import sql

from store import seed_check
from store.connect import Connection
from store.seed import WEEKDAYS, DdiEntry, ExtensionEntry, Seed, SeedFile, TenantEntry, ValidEntry
from store.seed_write import (
    Changes,
    Given,
    HistoryTable,
    Key,
    Row,
    TenantRows,
    excluded,
    identifiers,
    placeholders,
)
from store.validity import Stretch
from store.vocabulary import OrganisationUnitKind

E = TypeVar("E", bound=ValidEntry)

HOLIDAY_YEARS = 3
"""Public holidays are written this many years back and ahead of the load."""


def load_seed(connection: Connection, file: SeedFile, valid_from: date | None = None) -> Changes:
    """Loads the file on the caller's transaction; loading it again changes nothing.

    Changes are true from `valid_from` on (a day in the tenant's zone; default today), unless an entry gives
    its own days. The tenant's row is locked, so that loads of one tenant follow each other.

    Raises:
        InvalidOrganisationError: the file names something that is not there.
    """
    seed = file.seed
    day = valid_from or datetime.now(seed.tenant.zone).date()
    changes = Changes()
    tenant_id = _write_tenant(connection, seed.tenant, changes)
    file.refuse(seed_check.problems(seed, _known(connection, tenant_id)))
    begin = seed_check.midnight(day, seed.tenant.zone).astimezone(UTC)
    rows = TenantRows(connection, tenant_id, begin, changes)
    if ("tenant", seed.tenant.slug, "changed") in changes.entries:
        rows.touch_all()
    _Load(seed, day, tenant_id, rows).run()
    rows.touch_calls()
    return changes


def _write_tenant(connection: Connection, entry: TenantEntry, changes: Changes) -> int:
    columns = [name for name in TenantEntry.model_fields if name != "logo"]
    values = {**entry.model_dump(exclude={"logo"}), "edition": entry.edition.value}
    current = connection.execute(
        sql.SQL("SELECT {} FROM store.tenant WHERE slug = %s FOR UPDATE").format(identifiers(columns)),
        (entry.slug,),
    ).fetchone()
    if current is None:
        changes.new_tenant = True
        changes.note("tenant", (entry.slug,), "added")
    elif list(current) != [values[column] for column in columns]:
        changes.note("tenant", (entry.slug,), "changed")
    row = connection.execute(
        sql.SQL(
            "INSERT INTO store.tenant ({}) VALUES ({}) "
            "ON CONFLICT (slug) DO UPDATE SET {} RETURNING tenant_id"
        ).format(identifiers(columns), placeholders(columns), excluded(columns)),
        values,
    ).fetchone()
    assert row is not None
    _write_logo(connection, int(row[0]), entry, changes)
    return int(row[0])


def _write_logo(connection: Connection, tenant_id: int, entry: TenantEntry, changes: Changes) -> None:
    current = connection.execute(
        "SELECT picture FROM store.tenant_logo WHERE tenant_id = %s", (tenant_id,)
    ).fetchone()
    if (current[0] if current else None) == entry.logo:
        return
    changes.note("tenant", (entry.slug, "logo"), "removed" if entry.logo is None else "changed")
    connection.execute("DELETE FROM store.tenant_logo WHERE tenant_id = %s", (tenant_id,))
    if entry.logo is not None:
        connection.execute(
            "INSERT INTO store.tenant_logo (tenant_id, picture) VALUES (%s, %s)", (tenant_id, entry.logo)
        )


def _known(connection: Connection, tenant_id: int) -> seed_check.Known:
    def names(query: str) -> set[str]:
        return {name for (name,) in connection.execute(query.encode(), (tenant_id,))}

    known = {
        "persons": names("SELECT reference FROM store.person WHERE tenant_id = %s"),
        "extensions": names("SELECT number FROM store.extension WHERE tenant_id = %s"),
        "ddis": names("SELECT number FROM store.ddi WHERE tenant_id = %s"),
        "ddi_groups": names("SELECT name FROM store.ddi_group WHERE tenant_id = %s"),
        "contact_groups": names("SELECT pbx_name FROM store.contact_group WHERE tenant_id = %s"),
    }
    units = connection.execute(
        "SELECT kind, name FROM store.organisation_unit WHERE tenant_id = %s", (tenant_id,)
    ).fetchall()
    for kind, section in seed_check.UNIT_SECTIONS.items():
        known[section] = {name for unit_kind, name in units if unit_kind == kind.value}
    return seed_check.Known(known)


class _Load:
    def __init__(self, seed: Seed, day: date, tenant_id: int, rows: TenantRows) -> None:
        self._seed = seed
        self._day = day
        self._tenant_id = tenant_id
        self._rows = rows
        self._unit_ids: dict[Key, int] = {}
        self._person_ids: dict[Key, int] = {}

    def run(self) -> None:
        self._pbxs()
        self._organisation_units()
        self._persons()
        self._extensions()
        self._ddis()
        self._contact_groups()
        self._agents()
        self._customers()
        self._working_hours()
        self._holidays()

    def _days(self, entry: ValidEntry) -> Stretch[None] | None:
        if entry.valid_from is None and entry.valid_until is None:
            return None
        days = seed_check.stretch(entry, self._seed.tenant.zone)
        return Stretch(_utc(days.lower), _utc(days.upper), None)

    def _of_tenant(self, section: str, table: str) -> HistoryTable:
        return HistoryTable(section, table, "number", "tenant_id", self._tenant_id)

    def _given(
        self, key: Callable[[E], str], attributes: Callable[[E], Row], entries: list[E]
    ) -> Iterator[Given]:
        for entry in entries:
            yield Given(key(entry), attributes(entry), self._days(entry))

    def _pbxs(self) -> None:
        rows = ({**entry.model_dump(), "kind": entry.kind.value} for entry in self._seed.pbxs or ())
        self._rows.upsert("pbxs", "pbx", "pbx_id", ("slug",), rows)

    def _organisation_units(self) -> None:
        rows = [
            {"kind": kind.value, **entry.model_dump()}
            for kind, section in seed_check.UNIT_SECTIONS.items()
            for entry in getattr(self._seed, section) or ()
        ]
        self._unit_ids = self._rows.upsert(
            "organisation units", "organisation_unit", "unit_id", ("kind", "name"), rows
        )

    def _unit(self, kind: OrganisationUnitKind, name: str | None) -> int | None:
        return self._unit_ids[kind.value, name] if name else None

    def _persons(self) -> None:
        rows = (entry.model_dump() for entry in self._seed.persons or ())
        self._person_ids = self._rows.upsert("persons", "person", "person_id", ("reference",), rows)

    def _person(self, reference: str | None) -> int | None:
        return self._person_ids[(reference,)] if reference else None

    def _extensions(self) -> None:
        def attributes(entry: ExtensionEntry) -> Row:
            return {
                "device_name": entry.device_name,
                "person_id": self._person(entry.person),
                **{f"{kind}_id": self._unit(kind, getattr(entry, kind)) for kind in OrganisationUnitKind},
            }

        if (entries := self._seed.extensions) is not None:
            given = self._given(lambda entry: entry.number, attributes, entries)
            self._rows.histories(self._of_tenant("extensions", "extension"), given)

    def _ddis(self) -> None:
        groups = self._rows.upsert(
            "DDI groups",
            "ddi_group",
            "ddi_group_id",
            ("name",),
            (entry.model_dump() for entry in self._seed.ddi_groups or ()),
        )

        def attributes(entry: DdiEntry) -> Row:
            return {
                "name": entry.name,
                "ddi_group_id": groups[(entry.ddi_group,)] if entry.ddi_group else None,
                "site_id": self._unit(OrganisationUnitKind.SITE, entry.site),
                "answer_target_seconds": entry.answer_target_seconds,
                "short_call_seconds": entry.short_call_seconds,
            }

        if (entries := self._seed.ddis) is not None:
            given = self._given(lambda entry: entry.number, attributes, entries)
            self._rows.histories(self._of_tenant("DDIs", "ddi"), given)

    def _contact_groups(self) -> None:
        if (entries := self._seed.contact_groups) is None:
            return
        before = self._rows.current("contact_group", ("group_id",))
        rows = ({**entry.model_dump(exclude={"members"}), "kind": entry.kind.value} for entry in entries)
        groups = self._rows.upsert("contact groups", "contact_group", "group_id", ("kind", "pbx_name"), rows)
        members = {(entry.kind.value, entry.pbx_name): entry.members for entry in entries}
        for name, group_id in groups.items():
            table = HistoryTable(
                f"members of {name[1]}",
                "contact_group_member",
                "extension",
                "group_id",
                group_id,
                # Who joins a group that was there was no member of it before.
                new_is_open=(group_id,) not in before,
            )
            given = self._given(lambda member: member.extension, lambda _: {}, members.get(name, []))
            self._rows.histories(table, given)

    def _agents(self) -> None:
        rows = (
            {
                "pbx_name": entry.pbx_name,
                "extension": entry.extension,
                "person_id": self._person(entry.person),
            }
            for entry in self._seed.agents or ()
        )
        self._rows.upsert("agents", "agent", "agent_id", ("pbx_name",), rows)

    def _customers(self) -> None:
        if (entries := self._seed.customers) is None:
            return
        rows = (entry.model_dump(exclude={"numbers"}) for entry in entries)
        customers = self._rows.upsert("customers", "customer", "customer_id", ("reference",), rows)
        self._rows.histories(
            self._of_tenant("customer numbers", "customer_number"),
            (
                Given(number.number, {"customer_id": customers[(entry.reference,)]}, self._days(number))
                for entry in entries
                for number in entry.numbers
            ),
        )

    def _working_hours(self) -> None:
        if (entries := self._seed.working_hours) is not None:
            wanted = {
                (entry.line, WEEKDAYS.index(day) + 1, entry.opens, entry.closes)
                for entry in entries
                for day in entry.days
            }
            columns = ("line", "weekday", "opens", "closes")
            self._rows.replace("working hours", "working_hours", columns, wanted)

    def _holidays(self) -> None:
        if (entries := self._seed.holidays) is not None:
            wanted = dict(self._public_holidays())
            wanted |= {entry.day: entry.name for entry in entries if entry.day and entry.name}
            first = date(self._day.year - HOLIDAY_YEARS, 1, 1)
            self._rows.replace(
                "holidays", "holiday", ("day", "name"), set(wanted.items()), lambda row: row[0] >= first
            )

    def _public_holidays(self) -> Iterator[tuple[date, str]]:
        years = range(self._day.year - HOLIDAY_YEARS, self._day.year + HOLIDAY_YEARS + 1)
        for entry in self._seed.holidays or ():
            if entry.public:
                days = holidays.country_holidays(entry.public, years=years, language=self._holiday_language())
                yield from ((day, name) for day, name in sorted(days.items()) if name not in entry.without)

    def _holiday_language(self) -> str:
        # The library's name for English; a country without the language gives its own names.
        return "en_US" if self._seed.tenant.language == "en" else self._seed.tenant.language


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
