"""What one organisation of Grafana shall have: read from the database, compared with nothing yet."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import msgspec

from dashboards.board import SAME_SITE, Board
from dashboards.boards import BOARDS
from dashboards.grafana.own_boards import own_boards_of
from dashboards.personal import OwnBoard
from reportgen.texts import Language
from store.connect import Connection, sentences
from store.vocabulary import Edition

STANDARD_BOARDS = frozenset(
    {"company-overview", "call-back", "trends", "business", "my-dashboard", "hunt-groups"}
)
"""The edition Standard has no queues, groups and agents, live calls neither: those boards are Premium's."""
WITH_GRAFANA = ("administrator", "supervisor")
"""Roles whose boards are in Grafana too. An ordinary user's are in the portal alone: since whoever is in an
organisation may ask all that its login sees, each would need an organisation and a login of its own."""


@dataclass(frozen=True, slots=True)
class Person:
    account_id: int
    name: str
    role: str
    boards: tuple[OwnBoard, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarm:
    """What the set-up must know of an alarm; its limits are read by the rules themselves."""

    alarm_id: int
    kind: str
    for_minutes: int
    mail_to: tuple[str, ...]
    channels: tuple[tuple[str, str], ...]
    """Kind (webhook, teams, slack) and address."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of a tenant, or of a part of one."""

    tenant_id: int
    slug: str
    tenant_name: str
    time_zone: str
    language: Language
    edition: Edition
    scope_id: int | None
    scope_name: str | None
    people: tuple[Person, ...]
    alarms: tuple[Alarm, ...]
    portal_url: str = SAME_SITE

    @property
    def name(self) -> str:
        """By the tenant's slug: its name may change, and two tenants may have the same."""
        if self.scope_id is None:
            return self.slug
        return f"{self.slug}:{self.scope_name or self.scope_id}"

    def boards(self) -> list[Board]:
        return boards_of(self.edition)

    def digest(self) -> bytes:
        """Changes with all that can be set up, boards included."""
        boards = _boards_digest(self.edition, self.language, self.time_zone)
        return hashlib.sha256(msgspec.json.encode([asdict(self), boards])).digest()


def boards_of(edition: Edition) -> list[Board]:
    """A tenant's boards."""
    return [
        board
        for board in BOARDS
        if not board.operator_only and (edition is Edition.PREMIUM or board.uid in STANDARD_BOARDS)
    ]


@cache
def _boards_digest(edition: Edition, language: Language, time_zone: str) -> bytes:
    boards = [board.json(language, time_zone) for board in boards_of(edition)]
    return hashlib.sha256("".join(boards).encode()).digest()


def all_wanted(connection: Connection, slug: str | None = None) -> list[Wanted]:
    """Of every tenant, or of one; the whole tenant first, then its parts."""
    with sentences():
        rows = connection.execute(
            """
            SELECT tenant.tenant_id, slug, tenant.name, time_zone, language, edition,
                   part.scope_id, scope.name
            FROM store.tenant
            CROSS JOIN LATERAL (
                SELECT NULL::integer AS scope_id
                UNION
                SELECT account.scope_id FROM store.account
                WHERE account.tenant_id = tenant.tenant_id AND role = ANY (%(roles)s) AND disabled_at IS NULL
            ) AS part
            LEFT JOIN store.access_scope AS scope ON scope.scope_id = part.scope_id
            WHERE slug = coalesce(%(slug)s, slug)
            ORDER BY slug, part.scope_id NULLS FIRST
            """,
            {"roles": list(WITH_GRAFANA), "slug": slug},
        ).fetchall()
        return [_wanted(connection, row) for row in rows]


def _wanted(connection: Connection, row: Sequence[Any]) -> Wanted:
    tenant_id, slug, name, time_zone, language, edition, scope_id, scope_name = row
    people = connection.execute(
        """
        SELECT account_id, name, role FROM store.account
        WHERE tenant_id = %s AND scope_id IS NOT DISTINCT FROM %s AND role = ANY (%s) AND disabled_at IS NULL
        ORDER BY account_id
        """,
        (tenant_id, scope_id, list(WITH_GRAFANA)),
    ).fetchall()
    return Wanted(
        tenant_id,
        slug,
        name,
        time_zone,
        Language(language),
        Edition(edition),
        scope_id,
        scope_name,
        tuple(
            Person(account_id, name, role, own_boards_of(connection, account_id))
            for account_id, name, role in people
        ),
        _alarms(connection, tenant_id) if scope_id is None else (),
    )


def _alarms(connection: Connection, tenant_id: int) -> tuple[Alarm, ...]:
    """All of a tenant's ring in the organisation of the whole tenant."""
    rows = connection.execute(
        "SELECT alarm_id, kind, for_minutes, mail_to, settings FROM store.alarm "
        "WHERE tenant_id = %s AND enabled ORDER BY alarm_id",
        (tenant_id,),
    ).fetchall()
    return tuple(
        Alarm(alarm_id, kind, minutes, tuple(mail_to), tuple(sorted(settings.items())))
        for alarm_id, kind, minutes, mail_to, settings in rows
    )


def operators(connection: Connection) -> tuple[Person, ...]:
    """Those who belong into Grafana's first organisation."""
    with sentences():
        rows = connection.execute(
            "SELECT account_id, name, role FROM store.account "
            "WHERE role = 'operator' AND disabled_at IS NULL ORDER BY account_id"
        ).fetchall()
    return tuple(Person(*row) for row in rows)
