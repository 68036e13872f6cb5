"""The rules that an organisation's alarms need, and no others."""

from functools import partial
from urllib.parse import quote

from dashboards.alarms import FOLDER, AlarmRule, rule, rule_title, rules_wanted
from dashboards.grafana.administration import Api, Json
from dashboards.grafana.changes import Changes, holds
from dashboards.grafana.wanted import Wanted
from reportgen.texts import Language


def ensure_rules(api: Api, changes: Changes, wanted: Wanted) -> None:
    """One rule for each kind of alarm and duration that occurs."""
    kinds = rules_wanted((alarm.kind, alarm.for_minutes) for alarm in wanted.alarms)
    groups = {
        rule_title(kind, minutes, wanted.language): _group(kind, minutes, wanted.language)
        for kind, minutes in kinds
    }
    there = {
        each["ruleGroup"] for each in api.get("/v1/provisioning/alert-rules") if each["folderUID"] == FOLDER
    }
    # First, since a rule that is called otherwise now would be in two groups.
    for title in sorted(there - groups.keys()):
        changes(f'the rule "{title}" is needed no longer', partial(api.delete, _path(title)))
    for title, group in groups.items():
        found = api.find(_path(title))
        if found is None:
            changes(f'the rule "{title}" is missing', partial(api.put, _path(title), group))
        elif not holds(found, group):
            changes(f'the rule "{title}" is not current', partial(api.put, _path(title), group))


def _group(kind: AlarmRule, minutes: int, language: Language) -> Json:
    return {
        "title": rule_title(kind, minutes, language),
        "folderUid": FOLDER,
        "interval": kind.seconds,
        "rules": [rule(kind, minutes, language)],
    }


def _path(title: str) -> str:
    return f"/v1/provisioning/folder/{FOLDER}/rule-groups/{quote(title)}"
