"""Whoever must not see customers' numbers sees none of them on any surface, and every figure stays."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
import pytest
from psycopg import sql
from pypdf import PdfReader

from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Role
from reportgen.catalogue import CATALOGUE
from reportgen.web.app import create_app
from store.connect import connect
from store.login import create_login
from tests.access.conftest import PASSWORD, Accounts
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW
from tests.reportgen.serving import served

OCTOBER = {"from": "2026-10-23", "to": "2026-11-01"}
WHOLE_NUMBERS = re.compile(r"\+?(?:31|0)6(?:1234|9876)[0-9]{4}")
SHOWN = "+3161234****"


@dataclass
class Surfaces:
    """One reader's answers, in every form that there is."""

    client: httpx.Client

    def texts(self, slug: str) -> Iterator[tuple[str, str]]:
        """Surface and all that it says."""
        for form, more in (
            ("json", {}),
            ("html", {}),
            ("csv", {}),
            ("csv", {"flavour": "machine"}),
            ("xlsx", {}),
            ("pdf", {}),
        ):
            answered = self.client.get(f"/api/v1/reports/{slug}.{form}", params={**OCTOBER, **more})
            assert answered.status_code == 200, (slug, form, answered.text[:200])
            yield f"{slug}.{form} {more}", _READERS[form](answered.content)
        screen = self.client.get(f"/reports/{slug}", params=OCTOBER)
        assert screen.status_code == 200
        yield f"{slug} on screen", screen.text

    def rows(self, slug: str, **filters: str) -> Any:
        answered = self.client.get(f"/api/v1/reports/{slug}.json", params={**OCTOBER, **filters})
        assert answered.status_code == 200, answered.text
        return answered.json()


def _plain(content: bytes) -> str:
    return content.decode()


def _xlsx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return "\n".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))


def _pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


_READERS: dict[str, Callable[[bytes], str]] = {
    "json": _plain,
    "html": _plain,
    "csv": _plain,
    "xlsx": _xlsx,
    "pdf": _pdf,
}


def whole_numbers(text: str) -> list[str]:
    """Outside numbers in any way of writing that stand there with all their digits."""
    return WHOLE_NUMBERS.findall(re.sub(r"(?<=\d)[ -](?=\d)", "", text))


def mask(owner: psycopg.Connection, tenant: TenantBuilder, *roles: str, customers: bool = False) -> None:
    owner.execute(
        "UPDATE store.privacy_setting SET masked_roles = %s, customers_masked = %s WHERE tenant_id = %s",
        (list(roles), customers, tenant.tenant_id),
    )


@pytest.fixture
def readers(
    company: TenantBuilder, make_account: Accounts, database: Database, role_names: RoleNames
) -> Iterator[dict[str, Surfaces]]:
    """An administrator, who sees all, and supervisors of the whole and of a part."""
    make_account("anna")
    department = {"department": ["department one", "department two"]}
    make_account("sam", Role.SUPERVISOR, scope=ScopeWanted(department))
    make_account("part", Role.SUPERVISOR, scope=ScopeWanted({"department": ["department one"]}))
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW)) as client:
        found = {}
        for name in ("anna", "sam", "part"):
            answered = client.post("/sign-in", data={"name": name, "password": PASSWORD})
            assert answered.status_code == 303
            own = httpx.Client(base_url=client.base_url, cookies=dict(answered.cookies), timeout=60)
            client.cookies.clear()
            found[name] = Surfaces(own)
        yield found
        for each in found.values():
            each.client.close()


def figures(answered: Any) -> Any:
    """All of an answer but the numbers in it, and the order of its rows, which may be by number."""
    found = json.loads(re.sub(r'"(\+?[0-9*]{6,})"', '"number"', json.dumps(answered)))
    return {**found, "rows": sorted(json.dumps(row) for row in found["rows"])}


def test_masking_and_scope_agree_on_all_surfaces_of_all_reports(
    readers: dict[str, Surfaces], company: TenantBuilder, owner: psycopg.Connection
) -> None:
    whole, part = readers["anna"], readers["part"]
    of_whole = {slug: whole.rows(slug) for slug in CATALOGUE}
    of_part = {slug: part.rows(slug) for slug in CATALOGUE}
    with_numbers = {slug for slug, answered in of_whole.items() if whole_numbers(json.dumps(answered))}
    assert len(with_numbers) > 7, "the reports show numbers, before they are masked"
    mask(owner, company, "supervisor")
    for slug in CATALOGUE:
        answered = part.rows(slug)
        assert whole_numbers(json.dumps(answered)) == [], slug
        assert figures(answered) == figures(of_part[slug]), slug
        assert whole.rows(slug) == of_whole[slug], slug
    mask(owner, company, "administrator")
    for slug in CATALOGUE:
        assert figures(whole.rows(slug)) == figures(of_whole[slug]), slug
        assert part.rows(slug) == of_part[slug], slug
        for name, text in whole.texts(slug):
            assert whole_numbers(text) == [], name
            assert slug not in with_numbers or "****" in text, name


def test_callers_whose_numbers_look_the_same_stay_apart(
    readers: dict[str, Surfaces], company: TenantBuilder, owner: psycopg.Connection
) -> None:
    before = readers["anna"].rows("unreturned-missed-calls")
    mask(owner, company, "administrator")
    masked = readers["anna"].rows("unreturned-missed-calls")
    assert len(masked["rows"]) == len(before["rows"]) > 3
    assert {row["number"] for row in masked["rows"]} == {SHOWN}
    assert masked["summary"] == before["summary"]


def test_a_filter_tells_no_more_than_what_is_shown(
    readers: dict[str, Surfaces], company: TenantBuilder, owner: psycopg.Connection
) -> None:
    anna = readers["anna"]
    everything = len(anna.rows("calls-by-date", number="+31612340*")["rows"])
    one = len(anna.rows("calls-by-date", number="+31612340001")["rows"])
    assert 0 < one < everything
    mask(owner, company, "administrator")
    for report in ("calls-by-date", "missed-calls", "calls-by-extension"):
        answers = {
            pattern: anna.rows(report, number=pattern)["summary"]
            for pattern in ("+31612340001", "0612340002", "+31612349999", SHOWN, "+3161234*")
        }
        assert len({json.dumps(each) for each in answers.values()}) == 1, answers
        assert answers[SHOWN]["total"] > 0
        for pattern in ("+31612340*", "*0001", "+3161234000*"):
            assert anna.rows(report, number=pattern)["rows"] == []


def test_known_customers_are_named_by_their_reference_when_that_is_set(
    readers: dict[str, Surfaces], company: TenantBuilder, owner: psycopg.Connection
) -> None:
    anna = readers["anna"]
    mask(owner, company, "administrator")
    assert {row["customer"] for row in anna.rows("customer-activity")["rows"]} == {"Bakery", "Garage"}
    mask(owner, company, "administrator", customers=True)
    for slug in ("customer-activity", "calls-by-customer", "unreturned-missed-calls"):
        for name, text in anna.texts(slug):
            assert not re.search(
                "Bakery(?!.*option)|>Garage<", text.replace("cBakery", "").replace("cGarage", "")
            ), name
    assert {row["customer"] for row in anna.rows("customer-activity")["rows"]} == {"cBakery", "cGarage"}


def test_the_audit_trail_masks_what_readers_looked_for(
    readers: dict[str, Surfaces], company: TenantBuilder, owner: psycopg.Connection
) -> None:
    anna = readers["anna"]
    anna.rows("calls-by-date", number="0612340001")
    assert whole_numbers(anna.client.get("/audit").text)
    mask(owner, company, "administrator")
    assert whole_numbers(anna.client.get("/audit").text) == []
    assert whole_numbers(anna.client.get("/api/v1/audit.csv").text) == []
    assert SHOWN in anna.client.get("/api/v1/audit").text


Viewer = Callable[[str | None], psycopg.Connection[Any]]


@pytest.fixture
def viewer(
    company: TenantBuilder, database: Database, owner: psycopg.Connection, role_names: RoleNames
) -> Iterator[Viewer]:
    """Logs in as Grafana does, with a login for a role or for anybody."""
    opened: list[psycopg.Connection[Any]] = []

    def log_in(role: str | None) -> psycopg.Connection[Any]:
        name = role_names("viewer")
        with connect(database.url, "test", autocommit=True) as connection:
            url = create_login(connection, database.url, name, "viewer", company.slug, reader=role)
        opened.append(psycopg.connect(url, autocommit=True))
        return opened[-1]

    yield log_in
    for connection in opened:
        connection.close()


def said(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """All that every view says."""
    views = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'report'::regnamespace AND relkind = 'v'"
    ).fetchall()
    return {
        view: "\n".join(
            text
            for (text,) in connection.execute(
                sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier("report", view))
            )
        )
        for (view,) in views
    }


def test_a_database_login_finds_no_whole_number_with_any_sql(
    viewer: Viewer, company: TenantBuilder, owner: psycopg.Connection
) -> None:
    anybody, managers = viewer(None), viewer("administrator")
    with_numbers = {view for view, text in said(anybody).items() if whole_numbers(text)}
    assert with_numbers == {
        "call", "leg", "missed_call", "live_call", "live_waiting", "device_now", "waiting_now",
        "customer_number",
    }  # fmt: skip
    mask(owner, company, "supervisor")
    for view, text in said(anybody).items():
        assert whole_numbers(text) == [], view
        assert "Jan Buiten" not in text
    assert {view for view, text in said(managers).items() if whole_numbers(text)} == with_numbers
    anybody.execute("SET gespreksrapportage.role = 'administrator'")
    assert whole_numbers(said(anybody)["call"]) == []
    for question in (
        "SELECT key FROM store.privacy_key",
        "SELECT masked_roles FROM store.privacy_setting",
        "SELECT store.masked_text('x', 1)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            anybody.execute(question.encode())
    # What fails or is printed along the way would be told of rows that do not pass.
    assert anybody.execute(
        "SELECT count(*) FROM report.call "
        "WHERE outside_number LIKE '+316123400%' AND 1 / length(outside_number) >= 0"
    ).fetchone() == (0,)


def test_live_rows_still_find_their_customer(
    viewer: Viewer, company: TenantBuilder, owner: psycopg.Connection
) -> None:
    mask(owner, company, "administrator")
    question = """
        SELECT now.number, customer.name FROM report.waiting_now AS now
        JOIN report.customer_number AS owned ON owned.number_key = now.number_key
        JOIN report.customer USING (customer_id) ORDER BY 2
    """
    assert viewer(None).execute(question).fetchall() == [(SHOWN, "Bakery"), (SHOWN, "Garage")]


def test_who_is_not_masked_pays_nothing(viewer: Viewer, company: TenantBuilder) -> None:
    """Neither key nor mask is ever computed, and no column that is not asked for is looked at."""
    plan = viewer("administrator").execute(
        "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, VERBOSE) "
        "SELECT outside_key, count(*) FROM report.call GROUP BY 1"
    )
    lines = "\n".join(line for (line,) in plan)
    assert re.search(r"privacy_key[^\n]*\(never executed\)", lines), lines
