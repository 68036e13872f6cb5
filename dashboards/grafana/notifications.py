"""Who is told of which alarm: a contact point for each alarm that tells anybody, and the routes to them."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from dashboards.grafana.administration import Api, Json
from dashboards.grafana.changes import Changes, holds
from dashboards.grafana.wanted import Alarm, Wanted
from dashboards.texts import Text
from reportgen.texts import Language

GROUP_WAIT = "5s"
GROUP_INTERVAL = "1m"
REPEAT_INTERVAL = "4h"
NOBODY = "grafana-default-email"
"""Grafana's own contact point, which each organisation is born with and which mails a stranger: what would go
there, also of a rule that somebody makes in his own folder, is muted."""
ALWAYS: Json = {"name": "gespreksrapportage-always", "time_intervals": [{"weekdays": ["sunday:saturday"]}]}
TEMPLATE = "gespreksrapportage"
OURS = "alarm-"
_WORDS = Text("Alarm", "Alarm"), Text("Hersteld", "Recovered")
"""What a message begins with: when it rings, and when it is over."""
TITLE = '{{ template "gespreksrapportage.title" . }}'
TEXT = '{{ template "gespreksrapportage.text" . }}'


def receiver_of(alarm: Alarm) -> str:
    """Name of the alarm's contact point."""
    return f"{OURS}{alarm.alarm_id}"


def ensure_notifications(api: Api, changes: Changes, wanted: Wanted) -> None:
    """Templates, contact points and routes; in this order, since each names those before it."""
    _ensure_template(api, changes, wanted.language)
    points = {point["uid"]: point for alarm in wanted.alarms for point in _contact_points(alarm)}
    found = {each["uid"]: each for each in api.get("/v1/provisioning/contact-points?decrypt=true")}
    for uid, point in points.items():
        if uid not in found:
            changes(f'the contact point "{uid}" is missing', partial(_post_point, api, point))
        elif not holds(found[uid], point):
            changes(
                f'the contact point "{uid}" is not current',
                partial(api.put, f"/v1/provisioning/contact-points/{uid}", point),
            )
    _ensure_always(api, changes)
    _ensure_routes(api, changes, wanted.alarms)
    for uid in found.keys() - points.keys():
        if uid.startswith(OURS):
            changes(
                f'the contact point "{uid}" is used no longer',
                partial(api.delete, f"/v1/provisioning/contact-points/{uid}"),
            )


def _post_point(api: Api, point: Json) -> None:
    api.post("/v1/provisioning/contact-points", point)


def messages(language: Language) -> str:
    """The title and the text of a message, as Grafana's template."""
    rings, over = (word.in_language(language) for word in _WORDS)
    word = '{{ if eq .Status "firing" }}' + rings + "{{ else }}" + over + "{{ end }}"
    which = "{{ with .CommonLabels.name }}{{ . }}{{ else }}{{ .CommonLabels.alertname }}{{ end }}"
    each = "{{ range .Alerts }}" + word + ": {{ .Annotations.summary }}\n{{ end }}"
    parts = {"title": f"{word}: {which}", "text": each}
    return "\n".join(
        f'{{{{ define "{TEMPLATE}.{name}" }}}}{content}{{{{ end }}}}' for name, content in parts.items()
    )


def _ensure_template(api: Api, changes: Changes, language: Language) -> None:
    path = f"/v1/provisioning/templates/{TEMPLATE}"
    wanted = {"template": messages(language)}
    found = api.find(path)
    if not holds(found, wanted):
        version = {"version": found["version"]} if found else {}
        changes("the texts of messages are not current", partial(api.put, path, {**wanted, **version}))


def _contact_points(alarm: Alarm) -> Iterator[Json]:
    if alarm.mail_to:
        addresses = ";".join(alarm.mail_to)
        yield _point(
            alarm,
            "mail",
            "email",
            {"addresses": addresses, "singleEmail": True, "subject": TITLE, "message": TEXT},
        )
    for kind, address in alarm.channels:
        match kind:
            case "slack":
                settings = {"url": address, "title": TITLE, "text": TEXT}
            case "teams":
                settings = {"url": address, "title": TITLE, "message": TEXT}
            case _:
                settings = {"url": address, "httpMethod": "POST", "title": TITLE, "message": TEXT}
        yield _point(alarm, kind, kind, settings)


def _point(alarm: Alarm, channel: str, type_: str, settings: dict[str, Any]) -> Json:
    return {
        "uid": f"{receiver_of(alarm)}-{channel}",
        "name": receiver_of(alarm),
        "type": type_,
        "settings": settings,
        "disableResolveMessage": False,
    }


def _ensure_always(api: Api, changes: Changes) -> None:
    found = api.find(f"/v1/provisioning/mute-timings/{ALWAYS['name']}")
    if found is None:
        changes(
            "the time in which nobody is told is missing",
            partial(api.post, "/v1/provisioning/mute-timings", ALWAYS),
        )


def _ensure_routes(api: Api, changes: Changes, alarms: Iterable[Alarm]) -> None:
    wanted = {
        "receiver": NOBODY,
        "group_by": ["alertname", "alarm"],
        "group_wait": GROUP_WAIT,
        "group_interval": GROUP_INTERVAL,
        "repeat_interval": REPEAT_INTERVAL,
        "routes": [
            *(_route(alarm) for alarm in alarms if alarm.mail_to or alarm.channels),
            {
                "receiver": NOBODY,
                "object_matchers": [["alertname", "=~", ".+"]],
                "mute_time_intervals": [ALWAYS["name"]],
            },
        ],
    }
    path = "/v1/provisioning/policies"
    if not holds(api.get(path), wanted):
        changes("the routes from alarms to people are not current", partial(api.put, path, wanted))


def _route(alarm: Alarm) -> Json:
    return {
        "receiver": receiver_of(alarm),
        "object_matchers": [["alarm", "=", str(alarm.alarm_id)]],
    }
