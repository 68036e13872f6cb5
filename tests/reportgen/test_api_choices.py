"""What programs choose: pages, columns, order, what is behind a figure; and how they are told of mistakes."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from reportgen.access.accounts import create_account
from reportgen.access.roles import Role
from reportgen.access.tokens import create_token
from reportgen.catalogue import CATALOGUE
from reportgen.web.app import create_app
from store.connect import connect
from tests.conftest import Database
from tests.reportgen import sample
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import NOW
from tests.reportgen.serving import served

OCTOBER = {"from": "2026-10-23", "to": "2026-11-01"}
LIST = "/api/v1/reports/calls-by-date"
ACTIVITY = "/api/v1/reports/extension-activity"


@pytest.fixture
def client(acme: TenantBuilder, report_url: str, database: Database) -> Iterator[httpx.Client]:
    """A program with a token."""
    with connect(database.url, "test") as connection:
        token = create_token(connection, acme.slug, name="program", days=1)
    with served(create_app(report_url, clock=lambda: NOW)) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


@pytest.fixture
def browser(client: httpx.Client, database: Database, acme: TenantBuilder) -> httpx.Client:
    with connect(database.url, "test") as connection:
        password = create_account(connection, acme.slug, "ann", Role.ADMINISTRATOR, one_time=False)
    del client.headers["Authorization"]
    client.post("/sign-in", data={"name": "ann", "password": password})
    return client


@pytest.fixture
def five(acme: TenantBuilder) -> TenantBuilder:
    """Calls of one to five minutes, at 201 and 202 in turn."""
    for hour in range(5):
        at = datetime(2026, 10, 23, 8 + hour, tzinfo=UTC)
        acme.call(at, extension=str(201 + hour % 2), talk=60 * (hour + 1))
    acme.roll_up()
    return acme


def test_pages_follow_each_other_by_their_links(client: httpx.Client, five: TenantBuilder) -> None:
    address: str | None = f"{LIST}.json?" + urlencode({**OCTOBER, "limit": 2, "sort": "-duration"})
    durations, pages = [], []
    while address:
        answer = client.get(address)
        found = answer.json()
        durations += [row["duration"] for row in found["rows"]]
        pages.append(found["page"])
        links = dict(re.findall(r'<([^>]*)>; rel="next"()', answer.headers["link"]))
        address = next(iter(links), None)
    assert durations == [300, 240, 180, 120, 60]
    assert pages == [{"limit": 2, "offset": offset, "rows": 5} for offset in (0, 2, 4)]
    assert 'rel="first"' in answer.headers["link"]
    assert 'rel="prev"' in answer.headers["link"]


def test_groups_have_pages_too(client: httpx.Client, five: TenantBuilder) -> None:
    body = {
        **OCTOBER,
        "limit": 1,
        "offset": 1,
        "sort": ["-total_talk"],
        "columns": ["extension", "total_talk"],
    }
    found = client.post(f"{ACTIVITY}/run", json=body).json()
    assert found["rows"] == [{"extension": "202", "total_talk": 360}]
    assert found["page"] == {"limit": 1, "offset": 1, "rows": 2}
    assert found["totals"] == {"total_talk": 900}


@pytest.mark.parametrize("form", ["csv", "html", "json", "pdf", "xlsx"])
def test_columns_and_order_are_the_same_in_every_output(
    client: httpx.Client, five: TenantBuilder, form: str
) -> None:
    choice = {**OCTOBER, "columns": "duration,extension", "sort": "-duration", "language": "en"}
    answer = client.get(f"{LIST}.{form}", params={**choice, "flavour": "machine"})
    assert answer.status_code == 200
    if form == "csv":
        assert answer.text.splitlines()[:2] == ["duration,extension", "300,201"]
        spreadsheet = client.get(f"{LIST}.csv", params=choice).text
        assert spreadsheet.splitlines()[:2] == ["\ufeffDuration,Extension", "0:05:00,201"]
    elif form == "html":
        assert re.findall(r"<th[^>]*>([^<]*)</th>", answer.text) == ["Duration", "Extension"]
        assert re.findall(r"<td[^>]*>([^<]*)</td>", answer.text)[:2] == ["0:05:00", "201"]
    elif form == "json":
        assert answer.json()["rows"][0] == {"duration": 300, "extension": "201"}


def test_the_key_of_a_row_opens_what_is_behind_its_figures(client: httpx.Client, five: TenantBuilder) -> None:
    rows = client.get(f"{ACTIVITY}.json", params={**OCTOBER, "keys": True}).json()["rows"]
    details = {**OCTOBER, "figure": "total_talk", "sort": "-talk_time"}
    for row in rows:
        key = json.dumps(row["key"])
        found = client.get(f"{ACTIVITY}/details.json", params={**details, "key": key}).json()
        talk = [each["talk_time"] for each in found["rows"]]
        assert talk == sorted(talk, reverse=True)
        assert found["summary"]["total_talk"] == row["total_talk"] == sum(talk)
        assert {each["extension"] for each in found["rows"]} == {row["extension"]}
    everything = {**OCTOBER, "figure": "total", "flavour": "machine"}
    csv = client.get(f"{ACTIVITY}/details.csv", params=everything)
    assert len(csv.text.splitlines()) == 1 + sum(row["total"] for row in rows) == 6


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("duration", "60..300", "60..300"),
        ("ring-time", "..20", "..20"),
        ("wait", "0..", "0.."),
        ("duration", "60", "60..60"),
        ("time-of-day", "09:00-24:00", "09:00-00:00"),
        ("weekday", "fri", "fri"),
        ("answer-target", "30", "30"),
        ("number", "06*", "+316*"),
        ("direction", "incoming", "incoming"),
    ],
)
def test_every_kind_of_filter_is_heeded_and_kept_in_the_trail(
    client: httpx.Client, five: TenantBuilder, name: str, value: str, kept: str
) -> None:
    assert client.get(f"{LIST}.json", params={**OCTOBER, name: value}).status_code == 200
    (trail,) = five.connection.execute(
        "SELECT details -> 'filters' FROM store.audit_entry WHERE action = 'run'"
    ).fetchall()
    assert trail == ({name: [kept]},)


def test_rows_have_no_key_unless_it_is_asked_for(client: httpx.Client, five: TenantBuilder) -> None:
    assert "key" not in client.get(f"{ACTIVITY}.json", params=OCTOBER).json()["rows"][0]
    body = {**OCTOBER, "keys": True}
    first = client.post(f"{ACTIVITY}/run", json=body).json()["rows"][0]
    assert first["key"] == {"extension": "201", "user": None}
    assert "key" not in client.post(f"{LIST}/run", json=body).json()["rows"][0]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", f"{LIST}.json?period=today&columns=nonsense", 400, "invalid-columns"),
        ("GET", f"{LIST}.json?period=today&sort=nonsense", 400, "invalid-columns"),
        ("GET", f"{LIST}.json?period=today&limit=0", 422, "invalid-request"),
        ("GET", f"{LIST}.json?period=today&limit=many", 422, "invalid-request"),
        ("GET", f"{LIST}.json?period=today&offset=-1", 422, "invalid-request"),
        ("GET", f"{LIST}/details.json?period=today", 422, "invalid-request"),
        ("GET", f"{LIST}/details.json?period=today&figure=nonsense", 400, "invalid-figure"),
        ("GET", f"{ACTIVITY}/details.json?period=today&figure=total&key=nonsense", 400, "invalid-figure"),
        ("GET", "/api/v1/saved-reports/00000000-0000-0000-0000-000000000000", 404, "unknown-saved-report"),
        ("GET", "/api/v1/saved-reports/nonsense", 422, "invalid-request"),
        ("GET", "/api/v1/runs/00000000-0000-0000-0000-000000000000", 404, "unknown-run"),
        ("DELETE", "/api/v1/reports", 405, "http"),
        ("POST", f"{LIST}.json", 405, "http"),
        ("GET", "/api/v1/nothing", 404, "http"),
    ],
)
def test_every_mistake_is_a_problem(
    client: httpx.Client, acme: TenantBuilder, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"urn:gespreksrapportage:problem:{code}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    if status == 405:
        assert answer.headers["allow"]


def test_what_nobody_foresaw_is_a_problem_without_its_inside(acme: TenantBuilder, report_url: str) -> None:
    app = create_app(report_url, clock=lambda: NOW)

    @app.get("/api/v1/broken")
    def broken() -> None:
        raise RuntimeError("secret")

    with served(app) as client:
        answer = client.get("/api/v1/broken")
    assert answer.status_code == 500
    assert answer.json()["type"].endswith(":unforeseen")
    assert "secret" not in answer.text


def test_a_mistake_in_the_address_of_a_page_is_told_on_a_page(browser: httpx.Client) -> None:
    answer = browser.get("/audit?before=nonsense")
    assert answer.status_code == 422
    assert "niet te begrijpen" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/api/v1/reports", "/api/v1/reports/call-response", f"{LIST}.json?" + urlencode(OCTOBER)],
)
def test_who_has_the_answer_is_not_sent_it_again(
    client: httpx.Client, five: TenantBuilder, path: str
) -> None:
    answer = client.get(path)
    tag = answer.headers["etag"]
    assert answer.headers["cache-control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    five.call(datetime(2026, 10, 23, 15, tzinfo=UTC))
    changed = client.get(path, headers={"If-None-Match": tag}).status_code
    assert changed == (200 if "calls" in path else 304)


def test_a_period_that_goes_on_has_no_tag(client: httpx.Client, five: TenantBuilder) -> None:
    assert "etag" not in client.get(f"{LIST}.json?period=this-month").headers


def test_the_description_has_examples_and_problems_everywhere(client: httpx.Client) -> None:
    schema: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    ours = ("/api/v1/reports", "/api/v1/saved-reports", "/api/v1/runs")
    for path, methods in schema["paths"].items():
        if not path.startswith(ours):
            continue
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation["description"], where
            assert "application/problem+json" in operation["responses"]["400"]["content"], where
            for parameter in operation.get("parameters", []):
                assert is_described(parameter) or parameter["name"] in PLAIN, (where, parameter)
    for name in ("RunIn", "SavedIn", "RunRequest"):
        properties = schema["components"]["schemas"][name]["properties"]
        assert all("examples" in properties[each] for each in ("from", "columns", "sort", "filters"))
    rows = schema["paths"]["/api/v1/reports/{slug}/run"]["post"]["responses"]["200"]["content"]
    assert rows["application/json"]["example"]["rows"]


PLAIN = {"slug", "form", "language", "flavour", "offset", "saved_id", "run_id"}
"""Parameters that are told by their name and their values."""


def is_described(parameter: dict[str, Any]) -> bool:
    return "description" in parameter or "examples" in {**parameter, **parameter.get("schema", {})}


def test_every_figure_of_every_report_on_screen_leads_to_its_rows(
    browser: httpx.Client, acme: TenantBuilder
) -> None:
    sample.fill(acme, calls=80)
    for slug in CATALOGUE:
        page = browser.get(f"/reports/{slug}", params={**OCTOBER, "period": ""}).text
        links = [link.replace("&amp;", "&") for link in re.findall(r'<a class="figure" href="([^"]*)"', page)]
        assert links, slug
        for link in links[:: max(1, len(links) // 3)]:
            details = browser.get(link)
            assert details.status_code == 200, link
            assert f'href="/reports/{slug}?' in details.text, "the way back"
            assert "<td" in details.text, link


def test_the_number_of_rows_on_screen_is_the_figure(browser: httpx.Client, five: TenantBuilder) -> None:
    page = browser.get("/reports/extension-activity", params={**OCTOBER, "period": ""}).text
    link, figure = re.findall(r'<a class="figure" href="([^"]*key[^"]*)">([^<]*)</a>', page)[0]
    details = browser.get(link.replace("&amp;", "&")).text
    assert f"<small>{figure} gesprekken per toestel</small>" in details
    assert details.count("<tr>") == int(figure) + 1


def test_a_click_on_a_heading_sorts_and_the_next_the_other_way(
    browser: httpx.Client, five: TenantBuilder
) -> None:
    page = browser.get("/reports/extension-activity", params={**OCTOBER, "period": ""}).text
    for state, extensions in (("ascending", ["201", "202"]), ("descending", ["202", "201"])):
        link = re.findall(r'<th[^>]*><a href="([^"]*)">Toestel</a>', page)[0]
        page = browser.get(link.replace("&amp;", "&")).text
        assert f'<th aria-sort="{state}"' in page
        assert re.findall(r"<tr><td>(20\d)</td>", page) == extensions


def test_lists_and_groups_have_pages_on_screen(browser: httpx.Client, acme: TenantBuilder) -> None:
    for place in range(105):
        acme.call(datetime(2026, 10, 23, 8, place % 60, tzinfo=UTC), extension=str(1000 + place))
    acme.roll_up()
    for slug in ("calls-by-date", "extension-activity", "hourly-extension-activity"):
        page = browser.get(f"/reports/{slug}", params={**OCTOBER, "period": ""}).text
        assert "Pagina 1 van 2" in page, slug
        after = re.findall(r'href="([^"]*page=2)"', page)[0].replace("&amp;", "&")
        second = browser.get(after).text
        assert "Pagina 2 van 2" in second
        rows = [set(re.findall(r"<td>(1\d\d\d)</td>", text)) for text in (page, second)]
        assert (len(rows[0]), len(rows[1])) == (100, 5), slug
        assert not rows[0] & rows[1]
