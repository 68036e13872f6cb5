"""What rings, what was acknowledged and what is over: Grafana's word, asked by the portal itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from reportgen.access.grafana import Grafana, GrafanaUnavailableError

LABEL = "alarm"
"""The label by which an alert tells which alarm it is."""
LONGEST_HOURS = 72
SHOWN = timedelta(days=7)
MOST_SHOWN = 100
# Grafana keeps an alert's labels in the text of its history alone, in the order of their names.
_ALARM = re.compile(r"\{alarm=(\d+), ")
_SUBJECT = re.compile(r", subject=(.*)\} - ")


@dataclass(frozen=True, slots=True)
class Ringing:
    """An alarm that rings for one queue, line or telephone system."""

    alarm_id: int
    subject: str
    summary: str
    since: datetime
    acknowledged_by: str | None
    acknowledged_until: datetime | None


@dataclass(frozen=True, slots=True)
class Past:
    """A moment at which an alarm began or was over."""

    at: datetime
    alarm_id: int
    subject: str
    began: bool


def ringing(grafana: Grafana, organisation: int, now: datetime) -> list[Ringing]:
    """What rings in a tenant's organisation, the oldest first.

    Raises:
        GrafanaUnavailableError: Grafana does not answer.
    """
    with grafana.as_portal(organisation, now) as client:
        alerts = client.GET("/alertmanager/grafana/api/v2/alerts")
        silences = {each["id"]: each for each in _silences(client)}
    found = [_ringing(alert, silences) for alert in alerts if LABEL in alert["labels"]]
    return sorted(found, key=lambda each: (each.since, each.alarm_id, each.subject))


def _ringing(alert: Mapping[str, Any], silences: Mapping[str, Mapping[str, Any]]) -> Ringing:
    by = [silences[id_] for id_ in alert["status"]["silencedBy"] if id_ in silences]
    silence = max(by, key=lambda each: str(each["endsAt"]), default=None)
    return Ringing(
        int(alert["labels"][LABEL]),
        alert["labels"].get("subject", ""),
        alert["annotations"].get("summary", ""),
        datetime.fromisoformat(alert["startsAt"]),
        silence["createdBy"] if silence else None,
        datetime.fromisoformat(silence["endsAt"]) if silence else None,
    )


def past(grafana: Grafana, organisation: int, now: datetime) -> list[Past]:
    """What began and was over in the last days, the newest first.

    Raises:
        GrafanaUnavailableError: Grafana does not answer.
    """
    since = int((now - SHOWN).timestamp() * 1000)
    until = int((now + timedelta(minutes=1)).timestamp() * 1000)
    with grafana.as_portal(organisation, now) as client:
        entries = client.GET(f"/annotations?type=alert&from={since}&to={until}&limit={5 * MOST_SHOWN}")
    return list(_past(entries))[:MOST_SHOWN]


def _past(entries: Sequence[Mapping[str, Any]]) -> Iterator[Past]:
    for entry in sorted(entries, key=lambda each: -int(each["time"])):
        began, over = entry["newState"].startswith("Alerting"), entry["prevState"].startswith("Alerting")
        if began == over:
            continue
        text = entry.get("text", "")
        if found := _ALARM.search(text):
            subject = _SUBJECT.search(text)
            at = datetime.fromtimestamp(entry["time"] / 1000, tz=UTC)
            yield Past(at, int(found[1]), subject[1] if subject else "", began)


def acknowledge(
    grafana: Grafana, organisation: int, alarm_id: int, name: str, hours: int, now: datetime
) -> None:
    """Nobody is told of this alarm for so many hours (at most LONGEST_HOURS); it rings on until it is over.

    Args:
        name: who acknowledges it, shown to the others.

    Raises:
        GrafanaUnavailableError: Grafana does not answer.
    """
    withdraw(grafana, organisation, alarm_id, now)
    silence = {
        "matchers": [{"name": LABEL, "value": str(alarm_id), "isRegex": False, "isEqual": True}],
        "startsAt": now.isoformat(),
        "endsAt": (now + timedelta(hours=min(max(hours, 1), LONGEST_HOURS))).isoformat(),
        "createdBy": name,
        "comment": "gespreksrapportage",
    }
    with grafana.as_portal(organisation, now) as client:
        client.POST("/alertmanager/grafana/api/v2/silences", json=silence)


def withdraw(grafana: Grafana, organisation: int, alarm_id: int, now: datetime) -> None:
    """Takes the acknowledgement back, if there is one.

    Raises:
        GrafanaUnavailableError: Grafana does not answer.
    """
    with grafana.as_portal(organisation, now) as client:
        for silence in _silences(client):
            if {"name": LABEL, "value": str(alarm_id)}.items() <= silence["matchers"][0].items():
                client.DELETE(f"/alertmanager/grafana/api/v2/silence/{silence['id']}")


def _silences(client: Any) -> list[Any]:
    """Those that hold now."""
    silences = client.GET("/alertmanager/grafana/api/v2/silences")
    if not isinstance(silences, list):
        raise GrafanaUnavailableError
    return [each for each in silences if each["status"]["state"] == "active"]
