"""From a figure on a Grafana board to the portal's report with the same filters and days."""

import json
import re

import httpx
import pytest

from dashboards.boards import BOARDS
from reportgen.catalogue import CATALOGUE
from reportgen.texts import Language
from tests.access.conftest import Accounts
from tests.access.test_portal import sign_in

RESPONSE = "/reports/call-response?from=2026-10-01&to=2026-10-07"
DAYS = {"from": "2026-10-01", "to": "2026-10-07"}


@pytest.mark.parametrize(
    ("slug", "asked", "leads_to"),
    [
        ("call-response", DAYS, RESPONSE),
        (
            "call-response",
            [*DAYS.items(), ("var-ddi", "+31201"), ("var-ddi", "+31202"), ("var-site", "Utrecht, Oost")],
            f"{RESPONSE}&ddi=%2B31201&ddi=%2B31202&site=Utrecht%5C%2C+Oost",
        ),
        (
            "contact-group-overview",
            DAYS | {"var-hunt_group": "600", "var-agent": "$__all", "var-unknown": "x"},
            "/reports/contact-group-overview?from=2026-10-01&to=2026-10-07&contact-group=600",
        ),
        (
            "calls-by-ddi",
            DAYS | {"var-ddi": "+31201", "ddi": "+31202"},
            "/reports/calls-by-ddi?from=2026-10-01&to=2026-10-07&ddi=%2B31202",
        ),
        ("now", {}, "/live"),
    ],
)
def test_a_boards_choices_become_the_reports_filters(
    client: httpx.Client, make_account: Accounts, slug: str, asked: dict[str, str], leads_to: str
) -> None:
    make_account("anna")
    sign_in(client, "acme/anna")
    answer = client.get(f"/board-report/{slug}", params=asked)
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)


def test_a_stranger_is_led_to_the_sign_in(client: httpx.Client) -> None:
    answer = client.get("/board-report/call-response", params=DAYS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.uid)
@pytest.mark.parametrize("language", Language)
def test_every_link_of_a_board_leads_somewhere(board: object, language: Language) -> None:
    """To a report that there is, by variables and columns that there are; or to a board."""
    dashboard = json.loads(board.json(language, portal_url="https://portal.example"))  # type: ignore[attr-defined]
    variables = {each["name"] for each in dashboard["templating"]["list"]}
    uids = {f"{each.uid}-{language}" for each in BOARDS}
    links = [link for panel in dashboard["panels"] for link in links_in(panel)]
    assert links or board.uid in ("system-health",)  # type: ignore[attr-defined]
    for link in links:
        assert link["title"]
        if found := re.match(r"/d/([a-z-]+)\?", link["url"]):
            assert found[1] in uids
            continue
        found = re.match(r"\$\{portal\}/board-report/([a-z-]+)(?:\?|$)", link["url"])
        assert found, link
        assert found[1] in CATALOGUE or found[1] == "now"
        assert link["targetBlank"] is True
        assert {"portal", *re.findall(r"\$\{(from_day|to_day)\}", link["url"])} <= variables


def links_in(panel: dict[str, object]) -> list[dict[str, str]]:
    field = panel["fieldConfig"]
    assert isinstance(field, dict)
    columns = {each["matcher"]["options"] for each in field["overrides"]}
    found = list(field["defaults"].get("links", []))
    for override in field["overrides"]:
        for each in override["properties"]:
            if each["id"] == "links":
                found += each["value"]
    for link in found:
        assert set(re.findall(r"\$\{__data\.fields\.(\w+)", link["url"])) <= columns
    return found
