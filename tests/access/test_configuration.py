"""An administrator changes the organisation: through the API and the portal, of his own tenant alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import psycopg
import pytest

from reportgen.access.accounts import ScopeWanted
from reportgen.access.roles import Role
from reportgen.access.tokens import digest
from reportgen.configuration.kinds import KINDS
from reportgen.web.app import create_app
from store.connect import Connection, connect
from store.login import create_login
from tests.access.conftest import PASSWORD, Accounts
from tests.access.test_portal import form_token
from tests.conftest import Database, RoleNames
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.serving import served

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
API = "/api/v1/configuration"


@pytest.fixture
def client(
    database: Database, make_account: Accounts, rival: TenantBuilder, role_names: RoleNames
) -> Iterator[httpx.Client]:
    """Signed in as Acme's administrator; what its forms carry goes along."""
    make_account("anna")
    make_account("zoe", tenant="rival")
    with connect(database.url, "test", autocommit=True) as connection:
        url = create_login(connection, database.url, role_names("report"), "report", None)
    with served(create_app(url, clock=lambda: NOW)) as client:
        sign_in(client, "acme/anna")
        yield client


def sign_in(client: httpx.Client, name: str) -> None:
    client.post("/sign-in", data={"name": name, "password": PASSWORD})
    client.headers["X-CSRF-Token"] = form_token(client, "/account")


def upload(client: httpx.Client, kind: str, text: str | bytes, **options: Any) -> httpx.Response:
    content = text.encode() if isinstance(text, str) else text
    return client.post(
        f"{API}/{kind}/import", content=content, params=options, headers={"Content-Type": "text/csv"}
    )


def things(client: httpx.Client, kind: str, **options: Any) -> list[dict[str, str]]:
    return [thing["fields"] for thing in client.get(f"{API}/{kind}", params=options).json()]


@pytest.mark.parametrize(
    "text",
    [
        "reference;name;numbers\nC1;Bakker;020 1234567, 06 12345678\n",
        "\ufeffKlantnummer;Naam;Telefoon\r\nC1;Bakker;+31201234567|0031612345678\r\n",
        'Customer number,Name,Phone\nC1,Bakker,"020-1234567,0612345678"\n',
        "klantnummer\tnaam\ttelefoon\nC1\tBakker\t0201234567\nC1\tBakker\t0612345678\n",
    ],
    ids=["english", "dutch with a mark", "commas", "a line per number"],
)
def test_a_list_of_customers_is_read_as_it_comes(client: httpx.Client, text: str) -> None:
    answer = upload(client, "customers", text)
    assert answer.status_code == 200, answer.text
    assert things(client, "customers") == [
        {"reference": "C1", "name": "Bakker", "numbers": "+31201234567, +31612345678"}
    ]
    again = upload(client, "customers", text).json()
    assert again["changes"] == []


def test_a_spreadsheets_own_letters_are_understood(client: httpx.Client) -> None:
    for text in ("reference;name\nC1;Café\n".encode("cp1252"), "reference;name\nC1;Café\n".encode("utf-16")):
        assert upload(client, "customers", text).status_code == 200
        assert things(client, "customers")[0]["name"] == "Café"


def test_a_wrong_line_is_told_with_its_field_and_stops_the_file(client: httpx.Client) -> None:
    text = "klantnummer;naam;telefoon\nC1;Bakker;020 1234567\nC2;;0612345678\nC3;Slager;bel maar\n"
    answer = upload(client, "customers", text)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [(each["line"], each["field"]) for each in answer.json()["errors"]] == [
        (3, "name"),
        (4, "numbers"),
    ]
    assert things(client, "customers") == []
    answer = upload(client, "customers", text, skip_wrong_lines=True)
    assert answer.json()["carried_out"]
    assert [each["reference"] for each in things(client, "customers")] == ["C1"]


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    client: httpx.Client, acme: TenantBuilder, owner: psycopg.Connection
) -> None:
    acme.unit("department", "Sales")
    upload(client, "extensions", "number;department\n201;Sales\n")
    before = owner.execute("SELECT count(*) FROM store.audit_entry").fetchone()
    answer = upload(client, "extensions", "toestel;afdeling\n201;\n202;Sales\n", dry_run=True).json()
    assert not answer["carried_out"]
    assert [(each["line"], each["verb"], each["what"]) for each in answer["changes"]] == [
        (2, "changed", "201"),
        (3, "added", "202"),
    ]
    assert answer["changes"][0]["differences"] == [{"field": "department", "old": "Sales", "new": ""}]
    assert [each["number"] for each in things(client, "extensions")] == ["201"]
    assert owner.execute("SELECT count(*) FROM store.audit_entry").fetchone() == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("number;colour\n201;red\n", "colour"),
        ("department\nSales\n", "number"),
        ("number;number\n201;202\n", "twice"),
        ('number;department\n201;"Sales\n', "quotation"),
        ("number\n201;Sales\n", "Line 2"),
        (b"\x00\x01\x02", "no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(client: httpx.Client, text: str | bytes, words: str) -> None:
    answer = upload(client, "extensions", text)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]


def test_a_move_ends_the_old_row_and_begins_a_new_one(
    client: httpx.Client, acme: TenantBuilder, owner: psycopg.Connection
) -> None:
    for name in ("Sales", "Service"):
        acme.unit("department", name)
    body = {"fields": {"number": "201", "department": "Sales"}}
    assert client.post(f"{API}/extensions", json=body).status_code == 201
    body = {"fields": {"department": "Service"}, "from": "2026-10-01"}
    assert client.put(f"{API}/extensions/201", json=body).status_code == 200
    told = client.get(f"{API}/extensions/201").json()
    stretches = [
        (each["fields"]["department"], each["fields"]["valid_from"], each["fields"]["valid_until"])
        for each in told["history"]
    ]
    assert stretches == [("Sales", "", "2026-09-30"), ("Service", "2026-10-01", "")]
    assert {(each["actor"], each["action"]) for each in told["changes"]} == {
        ("anna", "created"),
        ("anna", "changed"),
    }
    assert client.delete(f"{API}/extensions/201", params={"last_day": "2026-10-31"}).status_code == 200
    assert things(client, "extensions") == []
    (_first, second) = things(client, "extensions", past=True)
    assert (second["department"], second["valid_until"]) == ("Service", "2026-10-31")
    assert client.delete(f"{API}/extensions/201", params={"whole_history": True}).status_code == 200
    assert things(client, "extensions", past=True) == []


def test_a_name_is_changed_in_place_and_what_is_in_use_stays(
    client: httpx.Client, acme: TenantBuilder, owner: psycopg.Connection
) -> None:
    unit = acme.unit("department", "Sales")
    upload(client, "extensions", "number;department\n201;Sales\n")
    client.put(f"{API}/departments/Sales", json={"fields": {"name": "Verkoop"}})
    assert owner.execute("SELECT unit_id, name FROM store.organisation_unit").fetchall() == [
        (unit, "Verkoop")
    ]
    assert client.delete(f"{API}/departments/Verkoop").status_code == 409
    client.post(f"{API}/departments", json={"fields": {"name": "Nieuw"}})
    assert client.put(f"{API}/departments/Nieuw", json={"fields": {"name": "Verkoop"}}).status_code == 409
    assert client.delete(f"{API}/departments/Nieuw").status_code == 200
    history = client.get(f"{API}/departments/Verkoop").json()["changes"]
    assert [each["details"]["new"]["name"] for each in history] == ["Verkoop", "Sales"]


def test_a_column_that_a_file_lacks_stays_as_it_is(client: httpx.Client) -> None:
    upload(client, "contact-groups", "kind;pbx_name;name;wrap_up_seconds\nqueue;sales;Verkoop;20\n")
    answer = upload(client, "contact-groups", "kind;pbx_name;answer_target_seconds\nqueue;sales;15\n")
    assert answer.status_code == 200, answer.text
    (group,) = things(client, "contact-groups")
    assert (group["name"], group["wrap_up_seconds"], group["answer_target_seconds"]) == (
        "Verkoop",
        "20",
        "15",
    )
    answer = upload(client, "contact-groups", "kind;pbx_name;answer_target_seconds\nqueue;new;15\n")
    assert [(each["line"], each["field"]) for each in answer.json()["errors"]] == [(2, "name")]


def test_every_kind_can_be_written_out_and_read_in_again(client: httpx.Client, acme: TenantBuilder) -> None:
    files = {
        "sites": "name;area_code\nAmsterdam;020\n",
        "divisions": "name\nNoord\n",
        "departments": "name;code\nVerkoop;V\n",
        "cost-centres": "name\n4711\n",
        "persons": "reference;name;email\np1;Ann;ann@example.org\n",
        "extensions": "number;person;site;department\n201;p1;Amsterdam;Verkoop\n202;;;\n",
        "campaigns": "name\nVoorjaar\n",
        "ddis": "number;name;campaign;answer_target_seconds\n020 1234500;Balie;Voorjaar;15\n",
        "contact-groups": "soort;naam in de centrale;naam\nwachtrij;sales;Verkoop\nbelgroep;600;Balie\n",
        "members": "groep;toestel;vanaf\nsales;201;01-10-2026\n600;202;\n",
        "agents": "pbx_name;extension;person\nAnn Jansen;201;p1\n",
        "customers": "reference;name;numbers\nC1;Bakker;0201111111\n",
        "customer-numbers": "number;customer;valid_until\n0202222222;C1;2026-12-31\n",
        "working-hours": "lijn;dagen;open;dicht\n;ma-vr;8:30;17.00\nsales;za;10:00;24:00\n",
        "holidays": "datum;naam\n25-12-2026;Kerst\n",
        "targets": "answer_target_seconds;returned_when\n30;gesprek\n",
    }
    assert files.keys() == KINDS.keys()
    for kind, text in files.items():
        answer = upload(client, kind, text)
        assert answer.status_code == 200, (kind, answer.text)
        assert answer.json()["changes"], kind
    for kind in files:
        written = client.get(f"{API}/{kind}.csv").text
        answer = upload(client, kind, written)
        assert answer.status_code == 200, (kind, answer.text, written)
        assert answer.json()["changes"] == [], kind
    assert len(things(client, "working-hours")) == 6


def test_the_pages_show_a_file_before_it_is_carried_out(client: httpx.Client, acme: TenantBuilder) -> None:
    csrf = {"csrf": form_token(client, "/configuration/customers/import")}
    file = {"file": ("klanten.csv", b"klantnummer;naam\nC1;Bakker\nC2;\n")}
    shown = client.post("/configuration/customers/import", data={**csrf, "from": ""}, files=file)
    assert shown.status_code == 200
    assert "Regel 3" in shown.text
    assert things(client, "customers") == []
    data = {**csrf, "from": "", "content": "klantnummer;naam\nC1;Bakker\nC2;\n"}
    assert "Bakker" in client.post("/configuration/customers/import/confirm", data=data).text
    assert [each["reference"] for each in things(client, "customers")] == ["C1"]


def test_the_pages_add_change_end_and_remove(client: httpx.Client, acme: TenantBuilder) -> None:
    acme.unit("department", "Sales")
    csrf = {"csrf": form_token(client, "/configuration/extensions/new")}
    data = {**csrf, "number": "201", "department": "Nowhere"}
    answer = client.post("/configuration/extensions/new", data=data)
    assert answer.status_code == 400
    assert "Nowhere" in answer.text
    data = {**csrf, "number": "201", "department": "sales"}
    assert client.post("/configuration/extensions/new", data=data).status_code == 303
    page = "/configuration/extensions/entry/201"
    assert "anna" in client.get(page).text
    data = {**csrf, "number": "201", "department": "", "valid_from": "2026-11-01"}
    assert client.post(page, data=data).status_code == 303
    assert "Door de tijd" in client.get(page).text
    data = {**csrf, "valid_until": "2026-11-05", "action": "end"}
    assert client.post(page, data=data).status_code == 303
    assert client.post(page, data={**csrf, "action": "remove"}).status_code == 303
    assert client.get(page).status_code == 404
    for kind in KINDS:
        assert client.get(f"/configuration/{kind}").status_code == 200, kind


def test_only_administrators_may(client: httpx.Client, make_account: Accounts, acme: TenantBuilder) -> None:
    acme.unit("department", "Sales")
    make_account("sam", Role.SUPERVISOR, scope=ScopeWanted({"department": ["Sales"]}))
    make_account("pat", Role.PRIVACY_OFFICER)
    for name in ("acme/sam", "acme/pat"):
        sign_in(client, name)
        for path in ("/configuration", "/configuration/persons", API, f"{API}/persons", f"{API}/persons/x"):
            assert client.get(path).status_code == 403, path
        assert upload(client, "persons", "reference\np1\n").status_code == 403


def test_a_cookie_alone_changes_nothing(client: httpx.Client) -> None:
    del client.headers["X-CSRF-Token"]
    body = {"fields": {"name": "Sales"}}
    assert client.post(f"{API}/departments", json=body).status_code == 403
    assert upload(client, "departments", "name\nSales\n").status_code == 403
    assert client.put(f"{API}/departments/Sales", json=body).status_code == 403
    assert client.delete(f"{API}/departments/Sales").status_code == 403
    for path in (
        "departments/new",
        "departments/entry/x",
        "departments/import",
        "departments/import/confirm",
    ):
        assert client.post(f"/configuration/{path}", data={"name": "Sales"}).status_code in (403, 422), path
    assert things(client, "departments") == []


def test_what_is_anothers_is_as_if_it_were_not_there(
    client: httpx.Client, rival: TenantBuilder, owner: psycopg.Connection
) -> None:
    rival.unit("department", "Zulu")
    rival.person("zulu")
    rival.group("zulu-queue", "Zulu")
    rival.customer("zulu")
    before = owner.execute("SELECT * FROM store.organisation_unit WHERE tenant_id = %s", [rival.tenant_id])
    rows = before.fetchall()
    for kind, key in (("departments", "Zulu"), ("persons", "pzulu"), ("contact-groups", "queue~zulu-queue")):
        assert client.get(f"{API}/{kind}/{key}").status_code == 404
        assert client.put(f"{API}/{kind}/{key}", json={"fields": {"name": "x"}}).status_code == 404
        assert client.delete(f"{API}/{kind}/{key}").status_code == 404
    for kind, text in (
        ("extensions", "number;person\n201;pzulu\n"),
        ("extensions", "number;department\n201;Zulu\n"),
        ("members", "group;extension\nzulu-queue;201\n"),
        ("customer-numbers", "number;customer\n0201234567;czulu\n"),
        ("working-hours", "line;days;opens;closes\nzulu-queue;ma;8:00;9:00\n"),
    ):
        assert upload(client, kind, text).status_code == 422, text
    after = owner.execute("SELECT * FROM store.organisation_unit WHERE tenant_id = %s", [rival.tenant_id])
    assert after.fetchall() == rows


@pytest.fixture
def as_anna(client: httpx.Client, portal: Connection) -> Connection:
    """The report generator's login with Anna's session, to send SQL of one's own."""
    session = digest(client.cookies["session"]).hex()
    portal.execute("SELECT set_config('gespreksrapportage.administrator', %s, false)", [session])
    portal.commit()
    return portal


def refused(connection: Connection, statement: str, *values: Any) -> bool:
    """Whether the database refuses a statement or does nothing."""
    try:
        with connection.transaction():
            return connection.execute(statement.encode(), values).rowcount <= 0
    except psycopg.Error:
        return True


def test_own_sql_with_an_administrators_session_reaches_its_tenant_alone(
    as_anna: Connection, acme: TenantBuilder, rival: TenantBuilder, owner: psycopg.Connection
) -> None:
    theirs = rival.unit("department", "Zulu")
    person = rival.person("zulu")
    rival.group("zulu", "Zulu")
    (group,) = owner.execute("SELECT group_id FROM store.contact_group").fetchone() or (0,)
    scope = owner.execute(
        "INSERT INTO store.access_scope (tenant_id) VALUES (%s) RETURNING scope_id", [rival.tenant_id]
    ).fetchone()
    assert scope is not None
    for setting in ("gespreksrapportage.tenant", "gespreksrapportage.scope"):
        as_anna.execute("SELECT set_config(%s, %s, false)", [setting, str(rival.tenant_id)])
    ours, other = acme.tenant_id, rival.tenant_id
    add_token = (
        "INSERT INTO c.api_token (token_hash, tenant_id, name, expires_at) "
        "VALUES (sha256('x'), %s, 'x', 'infinity')"
    )
    add_account = "INSERT INTO c.account (tenant_id, name, role, scope_id) VALUES (%s, 's', %s, %s)"
    assert not refused(as_anna, "UPDATE configuration.tenant SET answer_target_seconds = 21")
    for statement, values in (
        ("UPDATE c.organisation_unit SET name = 'x' WHERE unit_id = %s", (theirs,)),
        ("DELETE FROM c.organisation_unit WHERE unit_id = %s", (theirs,)),
        ("INSERT INTO c.organisation_unit (tenant_id, kind, name) VALUES (%s, 'site', 'x')", (other,)),
        ("INSERT INTO c.extension (tenant_id, number) VALUES (%s, '1')", (other,)),
        ("INSERT INTO c.extension (tenant_id, number, person_id) VALUES (%s, '1', %s)", (ours, person)),
        ("INSERT INTO c.extension (tenant_id, number, site_id) VALUES (%s, '1', %s)", (ours, theirs)),
        ("INSERT INTO c.contact_group_member (group_id, extension) VALUES (%s, '1')", (group,)),
        ("UPDATE c.tenant SET edition = 'premium'", ()),
        ("UPDATE c.tenant SET slug = 'x'", ()),
        ("UPDATE c.tenant SET answer_target_seconds = 9 WHERE tenant_id = %s", (other,)),
        ("UPDATE c.account SET tenant_id = %s", (other,)),
        ("UPDATE c.account SET role = 'operator'", ()),
        ("SELECT password_hash FROM c.account", ()),
        ("SELECT totp_secret FROM c.account", ()),
        ("SELECT token_hash FROM c.api_token", ()),
        (add_account, (None, "operator", None)),
        (add_account, (other, "administrator", None)),
        (add_account, (ours, "user", *scope)),
        (add_token, (other,)),
        ("SELECT c.touch_calls(%s, 'tenant', '{}', NULL, NULL) AS t WHERE false", (other,)),
        ("SELECT store.touch_calls(%s, 'tenant', '{}', NULL, NULL)", (ours,)),
        ("UPDATE store.tenant SET name = 'x'", ()),
    ):  # fmt: skip
        assert refused(as_anna, statement.replace(" c.", " configuration."), *values), statement
    row = as_anna.execute(
        "SELECT configuration.touch_calls(%s, 'tenant', '{}', NULL, NULL)", [other]
    ).fetchone()
    assert row == (None,)
    assert as_anna.execute("SELECT DISTINCT tenant_id FROM configuration.account").fetchall() == [(ours,)]
    as_anna.commit()
    assert owner.execute("SELECT answer_target_seconds FROM store.tenant ORDER BY slug").fetchall() == [
        (21,),
        (20,),
    ]


def test_without_an_open_session_the_report_generators_login_changes_nothing(
    client: httpx.Client, portal: Connection, owner: psycopg.Connection, acme: TenantBuilder
) -> None:
    session = digest(client.cookies["session"]).hex()
    hashes = ["", "0" * 64, session[:-1] + ("0" if session[-1] != "0" else "1"), "x", str(acme.tenant_id)]
    insert = "INSERT INTO configuration.person (tenant_id, reference) VALUES (%s, 'p')"
    for secret in hashes:
        portal.execute("SELECT set_config('gespreksrapportage.administrator', %s, false)", [secret])
        assert refused(portal, insert, acme.tenant_id)
        assert portal.execute("SELECT * FROM configuration.tenant").fetchall() == []
    portal.execute("SELECT set_config('gespreksrapportage.administrator', %s, false)", [session])
    assert not refused(portal, insert, acme.tenant_id)
    portal.commit()
    for change in (
        "UPDATE store.account_session SET seen_at = now() - interval '2 hours'",
        "UPDATE store.account_session SET seen_at = now(), stage = 'second_factor'",
        "UPDATE store.account SET role = 'privacy_officer' WHERE name = 'anna'",
    ):
        owner.execute(change.encode())
        assert portal.execute("SELECT * FROM configuration.tenant").fetchall() == []
        portal.commit()
