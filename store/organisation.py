"""A tenant's organisation as it was at any time, held in memory for those who read events."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from psycopg.rows import dict_row
from psycopg.types.range import TimestamptzRange

from store.calendar import Calendar, load_calendar
from store.connect import Connection
from store.errors import UnknownPbxError, UnknownTenantError
from store.vocabulary import Edition, GroupKind, PbxKind


@dataclass(frozen=True, slots=True)
class Tenant:
    tenant_id: int
    slug: str
    name: str
    time_zone: str
    language: str
    region: str
    edition: Edition
    answer_target_seconds: int
    short_call_seconds: int
    resolution_target_minutes: int


@dataclass(frozen=True, slots=True)
class Pbx:
    pbx_id: int
    tenant_id: int
    slug: str
    kind: PbxKind
    time_zone: str
    trunks: frozenset[str]
    settings: dict[str, object] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Extension:
    number: str
    valid: TimestamptzRange
    device_name: str | None = None
    person_id: int | None = None
    site_id: int | None = None
    division_id: int | None = None
    department_id: int | None = None
    cost_centre_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ddi:
    number: str
    valid: TimestamptzRange
    name: str | None = None
    site_id: int | None = None
    answer_target_seconds: int | None = None
    short_call_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class ContactGroup:
    group_id: int
    kind: GroupKind
    pbx_name: str
    name: str
    number: str | None = None
    answer_target_seconds: int | None = None
    short_call_seconds: int | None = None
    wrap_up_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Agent:
    pbx_name: str
    extension: str | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class CustomerNumber:
    number: str
    valid: TimestamptzRange
    customer_id: int


class _Valid(Protocol):
    @property
    def valid(self) -> TimestamptzRange: ...

    @property
    def number(self) -> str: ...


_V = TypeVar("_V", bound=_Valid)


class _History(Generic[_V]):
    """Entries by number, each with the time for which it was true."""

    def __init__(self, entries: Iterable[_V]) -> None:
        self._by_number: dict[str, list[_V]] = defaultdict(list)
        for entry in entries:
            self._by_number[entry.number].append(entry)

    def at(self, number: str, when: datetime) -> _V | None:
        for entry in self._by_number.get(number, ()):
            if when in entry.valid:
                return entry
        return None

    def knows(self, number: str) -> bool:
        return number in self._by_number


class Organisation:
    """Look-ups by the names that a PBX says; every one is as it was at the time that is asked for."""

    def __init__(
        self,
        tenant: Tenant,
        *,
        extensions: Iterable[Extension] = (),
        ddis: Iterable[Ddi] = (),
        groups: Iterable[ContactGroup] = (),
        agents: Iterable[Agent] = (),
        customer_numbers: Iterable[CustomerNumber] = (),
        area_codes: Mapping[int, str] | None = None,
        calendar: Calendar | None = None,
    ) -> None:
        self.tenant = tenant
        self.calendar = calendar or Calendar(tenant.time_zone, [], [])
        self._area_codes = dict(area_codes or {})
        extensions = list(extensions)
        self._extensions = _History(extensions)
        self._devices = {
            extension.device_name: extension.number for extension in extensions if extension.device_name
        }
        self._ddis = _History(ddis)
        self._customers = _History(customer_numbers)
        self._agents = {agent.pbx_name: agent for agent in agents}
        self.groups = {(group.kind, group.pbx_name): group for group in groups}

    def extension_number(self, device: str) -> str:
        """The extension behind a device name; a device that is not registered is its own extension."""
        return self._devices.get(device, device)

    def extension(self, number: str, when: datetime) -> Extension | None:
        return self._extensions.at(number, when)

    def is_extension(self, number: str) -> bool:
        """Whether the number was ever an extension of this tenant."""
        return self._extensions.knows(number)

    def ddi(self, number: str, when: datetime) -> Ddi | None:
        return self._ddis.at(number, when)

    def is_ddi(self, number: str) -> bool:
        return self._ddis.knows(number)

    def customer_id(self, number: str, when: datetime) -> int | None:
        entry = self._customers.at(number, when)
        return entry.customer_id if entry else None

    def agent(self, pbx_name: str) -> Agent | None:
        return self._agents.get(pbx_name)

    def area_code(self, site_id: int | None) -> str | None:
        """A site's own area code, as it is dialled inside the country: calls to it are local."""
        return None if site_id is None else self._area_codes.get(site_id)

    def group(self, kind: GroupKind, pbx_name: str) -> ContactGroup | None:
        return self.groups.get((kind, pbx_name))


def load_tenant(connection: Connection, slug: str) -> Tenant:
    """Raises UnknownTenantError when there is none of that name."""
    row = connection.execute(
        """
        SELECT tenant_id, slug, name, time_zone, language, region, edition,
               answer_target_seconds, short_call_seconds, resolution_target_minutes
        FROM store.tenant WHERE slug = %s
        """,
        (slug,),
    ).fetchone()
    if row is None:
        raise UnknownTenantError(slug)
    tenant_id, slug, name, time_zone, language, region, edition, target, short, resolution = row
    return Tenant(
        tenant_id, slug, name, time_zone, language, region, Edition(edition), target, short, resolution
    )


def load_tenants(connection: Connection) -> list[Tenant]:
    slugs = connection.execute("SELECT slug FROM store.tenant ORDER BY slug").fetchall()
    return [load_tenant(connection, slug) for (slug,) in slugs]


def load_pbxs(connection: Connection, tenant: Tenant) -> list[Pbx]:
    rows = connection.execute(
        """
        SELECT pbx_id, tenant_id, slug, kind, time_zone, trunks, settings
        FROM store.pbx WHERE tenant_id = %s ORDER BY slug
        """,
        (tenant.tenant_id,),
    ).fetchall()
    return [
        Pbx(pbx_id, tenant_id, slug, PbxKind(kind), time_zone, frozenset(trunks), settings)
        for pbx_id, tenant_id, slug, kind, time_zone, trunks, settings in rows
    ]


def load_pbx(connection: Connection, tenant: Tenant, slug: str) -> Pbx:
    """Raises UnknownPbxError when the tenant has none of that name."""
    pbxs = load_pbxs(connection, tenant)
    for pbx in pbxs:
        if pbx.slug == slug:
            return pbx
    raise UnknownPbxError(tenant.slug, slug, [pbx.slug for pbx in pbxs])


def load_organisation(connection: Connection, tenant: Tenant) -> Organisation:
    """Everything about a tenant that turns the PBX's names into people, lines, groups and customers."""
    with connection.cursor(row_factory=dict_row) as cursor:

        def rows(query: str) -> list[dict[str, object]]:
            return cursor.execute(query.encode(), (tenant.tenant_id,)).fetchall()

        return Organisation(
            tenant,
            extensions=[
                Extension(**row)  # type: ignore[arg-type]
                for row in rows(
                    "SELECT number, valid, device_name, person_id, site_id, division_id, department_id, "
                    "cost_centre_id FROM store.extension WHERE tenant_id = %s"
                )
            ],
            ddis=[
                Ddi(**row)  # type: ignore[arg-type]
                for row in rows(
                    "SELECT number, valid, name, site_id, answer_target_seconds, short_call_seconds "
                    "FROM store.ddi WHERE tenant_id = %s"
                )
            ],
            groups=[
                ContactGroup(**{**row, "kind": GroupKind(str(row["kind"]))})  # type: ignore[arg-type]
                for row in rows(
                    "SELECT group_id, kind, pbx_name, name, number, answer_target_seconds, "
                    "short_call_seconds, wrap_up_seconds FROM store.contact_group WHERE tenant_id = %s"
                )
            ],
            agents=[
                Agent(**row)  # type: ignore[arg-type]
                for row in rows("SELECT pbx_name, extension, person_id FROM store.agent WHERE tenant_id = %s")
            ],
            customer_numbers=[
                CustomerNumber(**row)  # type: ignore[arg-type]
                for row in rows(
                    "SELECT number, valid, customer_id FROM store.customer_number WHERE tenant_id = %s"
                )
            ],
            area_codes={
                int(str(row["unit_id"])): str(row["area_code"])
                for row in rows(
                    "SELECT unit_id, area_code FROM store.organisation_unit "
                    "WHERE tenant_id = %s AND kind = 'site' AND area_code IS NOT NULL"
                )
            },
            calendar=load_calendar(connection, tenant.tenant_id, tenant.time_zone),
        )
