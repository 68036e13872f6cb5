"""An alarm in a real Grafana: it rings, is mailed and posted, is acknowledged, and recovers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from typing import Any

import httpx
import pytest

from dashboards import alarms
from dashboards.grafana import notifications
from reportgen.access.grafana import Grafana
from reportgen.web.app import create_app
from store.connect import connect
from store.login import create_login
from store.migrate import migrate
from tests.access.test_portal import form_token
from tests.conftest import RoleNames
from tests.dashboards.door import jwt_settings, new_key
from tests.dashboards.listeners import (
    Mailbox,
    Posted,
    eventually,
    https_server,
    mail_server,
    service_inside,
)
from tests.dashboards.real_grafana import PASSWORD, World, real_grafana
from tests.dashboards.tenants import TenantUnderTest, fill, moment
from tests.reportgen.serving import served

RULE = {"kind": "queue_length", "limit_value": 2, "recovery_value": 1, "working_hours_only": False}


@dataclass
class Site:
    world: World
    tenant: TenantUnderTest
    mailbox: Mailbox
    posted: Posted
    anna: httpx.Client
    """The administrator's browser."""

    def wait_for(self, callers: int) -> None:
        """So many callers wait from now on; the telephone system is heard."""
        connection = self.world.connection
        connection.execute("DELETE FROM store.live_waiting")
        for number in range(callers):
            connection.execute(
                "INSERT INTO store.live_waiting "
                "(pbx_id, connection, tenant_id, contact_group, withheld, entered_at) "
                "SELECT pbx_id, %s, tenant_id, 'ours-queue', false, now() "
                "FROM store.pbx WHERE tenant_id = %s",
                (f"c{number}", self.tenant.tenant_id),
            )
        # As the exporter would go on doing, for as long as the test lasts.
        connection.execute(
            "UPDATE store.live_pbx SET connected = true, updated_at = now() + interval '10 minutes'"
        )

    def make(self, **alarm: Any) -> int:
        answer = self.anna.post("/api/v1/alarms", json={**RULE, **alarm})
        assert answer.status_code == httpx.codes.CREATED, answer.text
        return int(answer.json()["alarm_id"])

    def ringing(self) -> Any:
        return self.anna.get("/api/v1/alarms/ringing").raise_for_status().json()

    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.anna.get("/alarms").text)
        assert found is not None
        return found[1]


@pytest.fixture
def site(
    tmp_path: Path, ours: TenantUnderTest, role_names: RoleNames, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """Grafana looks every ten seconds, and tells what changed at once: all else is as in earnest."""
    for kind, rule in alarms.KINDS.items():
        monkeypatch.setitem(alarms.KINDS, kind, replace(rule, seconds=10))
    monkeypatch.setattr(notifications, "GROUP_WAIT", "1s")
    monkeypatch.setattr(notifications, "GROUP_INTERVAL", "1s")
    migrate(ours.database.url)
    key = new_key()
    with connect(ours.database.url, "test", autocommit=True) as connection:
        url = create_login(connection, ours.database.url, role_names("report"), "report", None)
    with mail_server() as mailbox, https_server(tmp_path) as posted:
        settings = {
            **jwt_settings(tmp_path, key),
            "GF_SMTP_ENABLED": "true",
            "GF_SMTP_HOST": f"127.0.0.1:{mailbox.port}",
            "GF_SMTP_FROM_ADDRESS": "alarms@example.org",
            "GF_SMTP_FROM_NAME": "Gespreksrapportage",
            "GF_UNIFIED_ALERTING_STATE_HISTORY_ANNOTATIONS_MAX_AGE": "7d",
            "SSL_CERT_FILE": str(posted.certificate),
        }
        with real_grafana(tmp_path, ours, settings) as world:
            fill(ours, 1, moment())
            world.account("ours", "anna")
            # Only the alarms of the test.
            world.sync()
            connection_of = world.connection
            connection_of.execute("DELETE FROM store.alarm")
            app = create_app(url, grafana_beside=Grafana(world.grafana.url, key))
            with served(app) as anna:
                anna.post("/sign-in", data={"name": "ours/anna", "password": PASSWORD})
                anna.headers["X-CSRF-Token"] = form_token(anna, "/account")
                yield Site(world, ours, mailbox, posted, anna)


def subject(message: Message) -> str:
    return str(make_header(decode_header(message["Subject"])))


def text(message: Message) -> str:
    parts = [part for part in message.walk() if part.get_content_type() == "text/plain"]
    payload = (parts or list(message.walk()))[0].get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def test_an_alarm_rings_is_acknowledged_and_recovers(site: Site) -> None:
    alarm = site.make(
        name="Drukte bij Verkoop",
        mail_to=["anna@example.org", "bert@example.org"],
        channels={
            "webhook": "https://hooks.example.org/hook",
            "teams": "https://hooks.example.org/teams",
            "slack": "https://hooks.example.org/slack",
        },
    )
    # The portal takes no address inside; the test's server is one, and gets the messages in their stead.
    site.world.connection.execute(
        "UPDATE store.alarm SET settings = (SELECT jsonb_object_agg(key, replace(value, %s, %s)) "
        "FROM jsonb_each_text(settings))",
        ("https://hooks.example.org", site.posted.url),
    )
    quiet = site.make(name="Niemand", limit_value=1)
    site.wait_for(callers=3)
    site.world.sync()

    mail = eventually(lambda: site.mailbox.messages, "no mail arrives")[0]
    assert subject(mail) == "Alarm: Drukte bij Verkoop"
    assert {address.strip() for address in mail["To"].split(",")} == {"anna@example.org", "bert@example.org"}
    assert "Alarm: ours queue: 3 wachtenden (grens 2)" in text(mail)
    for path in ("/hook", "/teams", "/slack"):
        content = eventually(lambda: site.posted.to(path), f"nothing arrives at {path}")[0]  # noqa: B023
        assert "ours queue: 3 wachtenden (grens 2)" in str(content)
    assert site.posted.to("/hook")[0]["status"] == "firing"

    rings = eventually(
        lambda: {each["alarm_id"]: each for each in site.ringing()}, "the portal shows nothing"
    )
    assert rings[alarm]["summary"] == "ours queue: 3 wachtenden (grens 2)"
    page = site.anna.get("/alarms").text
    assert "Drukte bij Verkoop" in page
    assert "Niemand" in page
    form = {"csrf": site.csrf(), "hours": "4"}
    assert site.anna.post(f"/alarms/{alarm}/acknowledge", data=form).status_code == 303
    rings = eventually(
        lambda: {each["alarm_id"]: each for each in site.ringing() if each["acknowledged_by"]},
        "not acknowledged",
    )
    assert set(rings) == {alarm}
    assert rings[alarm]["acknowledged_by"] == "anna"
    assert "bevestigd door anna" in site.anna.get("/alarms").text

    # Between recovery and limit it rings on; while it is acknowledged nobody is told.
    told = len(site.mailbox.messages), len(site.posted.requests)
    site.wait_for(callers=2)
    evaluated(site)
    assert alarm in {each["alarm_id"] for each in site.ringing()}
    form = {"csrf": site.csrf()}
    assert (len(site.mailbox.messages), len(site.posted.requests)) == told
    assert site.anna.post(f"/alarms/{alarm}/withdraw", data=form).status_code == 303

    site.wait_for(callers=1)
    mail = eventually(
        lambda: [each for each in site.mailbox.messages if "Hersteld" in subject(each)], "no end"
    )
    assert subject(mail[0]) == "Hersteld: Drukte bij Verkoop"
    eventually(lambda: [each for each in site.posted.to("/hook") if each["status"] == "resolved"], "no end")
    eventually(lambda: not site.ringing(), "it rings on")
    page = eventually(
        lambda: re.search("hersteld.*ging af", site.anna.get("/alarms").text, re.DOTALL), "no past"
    )
    assert page
    assert quiet not in {each["alarm_id"] for each in site.ringing()}
    assert {subject(each).split(": ")[1] for each in site.mailbox.messages} == {"Drukte bij Verkoop"}


def evaluated(site: Site) -> None:
    """Grafana has looked anew, after what was changed just now."""

    def last() -> Any:
        with site.world.admin(site.world.organisation(site.tenant)) as admin:
            groups = admin.get("/api/prometheus/grafana/api/v1/rules").json()["data"]["groups"]
            return min(group["lastEvaluation"] for group in groups)

    before = last()
    eventually(lambda: last() > before, "Grafana does not look again")
    before = last()
    eventually(lambda: last() > before, "Grafana does not look again")


def test_a_changed_limit_touches_no_rule_and_holds_at_once(site: Site) -> None:
    alarm = site.make(limit_value=9, recovery_value=5, mail_to=["anna@example.org"])
    site.wait_for(callers=3)
    site.world.sync()
    evaluated(site)
    assert site.ringing() == []
    changed = {**RULE, "limit_value": 2, "recovery_value": 0, "mail_to": ["anna@example.org"]}
    assert site.anna.put(f"/api/v1/alarms/{alarm}", json=changed).status_code == httpx.codes.OK
    assert site.world.sync(check=True).differences == []
    eventually(site.ringing, "the new limit does not hold")
    assert site.anna.delete(f"/api/v1/alarms/{alarm}").status_code == httpx.codes.NO_CONTENT
    eventually(lambda: not site.ringing(), "a deleted alarm rings on")


def test_a_webhook_leads_nobody_to_services_inside(site: Site) -> None:
    """They speak plain HTTP, and so an address that must be https names none; its answer may name one."""
    site.make(channels={"webhook": "https://hooks.example.org/elsewhere"})
    site.world.connection.execute(
        "UPDATE store.alarm SET settings = jsonb_build_object('webhook', %s::text)",
        (f"{site.posted.url}/elsewhere",),
    )
    with service_inside() as (address, came):
        site.posted.elsewhere = address
        site.wait_for(callers=3)
        site.world.sync()
        eventually(lambda: len(site.posted.to("/elsewhere")) > 1 or came, "the webhook is not tried again")
        assert came == []
