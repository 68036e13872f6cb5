"""The rules that an organisation's alarms need, and no others."""

from functools import partial
from urllib.parse import quote

from dashboards.alarms import FOLDER, AlarmRule, group_name, rule, rules_wanted
from dashboards.grafana.administration import Api, Json
from dashboards.grafana.changes import Changes, holds
from dashboards.grafana.wanted import Wanted
from reportgen.texts import Language


def ensure_rules(api: Api, changes: Changes, wanted: Wanted) -> None:
    """One rule for each kind of alarm and duration that occurs."""
    kinds = rules_wanted((alarm.kind, alarm.for_minutes) for alarm in wanted.alarms)
    names = {group_name(kind, minutes) for kind, minutes in kinds}
    for kind, minutes in kinds:
        group = _group(kind, minutes, wanted.language)
        path = _path(group["title"])
        found = api.find(path)
        if found is None:
            changes(f'the rule "{group["title"]}" is missing', partial(api.put, path, group))
        elif not holds(found, group):
            changes(f'the rule "{group["title"]}" is not current', partial(api.put, path, group))
    there = {
        each["ruleGroup"] for each in api.get("/v1/provisioning/alert-rules") if each["folderUID"] == FOLDER
    }
    for name in sorted(there - names):
        changes(f'the rule "{name}" is needed no longer', partial(api.delete, _path(name)))


def _group(kind: AlarmRule, minutes: int, language: Language) -> Json:
    return {
        "title": group_name(kind, minutes),
        "folderUid": FOLDER,
        "interval": kind.seconds,
        "rules": [rule(kind, minutes, language)],
    }


def _path(name: str) -> str:
    return f"/v1/provisioning/folder/{FOLDER}/rule-groups/{quote(name)}"
