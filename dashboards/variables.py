"""What a reader can choose above a board, and the conditions that it gives."""

from dashboards.panels import CALLS, Json
from dashboards.texts import Text
from reportgen.compile import EVERYTHING, Variable

QUEUE = Variable("queue")
GROUP = Variable("hunt_group")
SITE = Variable("site")
DEPARTMENT = Variable("department")
DDI = Variable("ddi")
AGENT = Variable("agent")
PORTAL = "portal"
"""The hidden constant that holds the portal's address, for links."""


def chosen(variable: Variable, column: str) -> str:
    """Condition that the column holds what is chosen; Grafana quotes each value."""
    values = f"${{{variable.name}:sqlstring}}"
    return f"('{EVERYTHING}' IN ({values}) OR {column} IN ({values}))"


OF_CHOSEN_QUEUE = chosen(QUEUE, "contact_group")


def queue_variable() -> Json:
    """Which queues a board is about: several, or all."""
    return _choice(
        QUEUE,
        Text("Wachtrij", "Queue"),
        "SELECT name AS __text, pbx_name AS __value FROM report.contact_group "
        "WHERE kind = 'queue' ORDER BY name",
    )


def hunt_group_variable() -> Json:
    return _choice(
        GROUP,
        Text("Huntgroep", "Hunt group"),
        "SELECT name AS __text, pbx_name AS __value FROM report.contact_group "
        "WHERE kind = 'hunt_group' ORDER BY name",
    )


def site_variable() -> Json:
    return _choice(SITE, Text("Locatie", "Site"), _units("site"))


def department_variable() -> Json:
    return _choice(DEPARTMENT, Text("Afdeling", "Department"), _units("department"))


def ddi_variable() -> Json:
    return _choice(
        DDI,
        Text("Direct nummer", "Direct number"),
        "SELECT concat_ws(' · ', name, number) AS __text, number AS __value FROM report.ddi "
        "WHERE valid @> now() ORDER BY name, number",
    )


def agent_variable() -> Json:
    return _choice(
        AGENT,
        Text("Agent", "Agent"),
        "SELECT coalesce(person.name, agent.pbx_name) AS __text, agent.pbx_name AS __value "
        "FROM report.agent LEFT JOIN report.person USING (person_id) ORDER BY 1",
    )


def hidden_variables(portal_url: str) -> list[Json]:
    """What the links of every board need: the portal's address, and the board's days in the tenant's zone."""
    return [
        {
            "name": PORTAL,
            "type": "constant",
            "query": portal_url,
            "hide": 2,
            "skipUrlSync": True,
            "current": {"selected": False, "text": portal_url, "value": portal_url},
        },
        _day("from_day", "$__timeFrom()"),
        _day("to_day", "$__timeTo()"),
    ]


def _day(name: str, moment: str) -> Json:
    return {
        "name": name,
        "type": "query",
        "datasource": CALLS,
        "query": f"SELECT to_char(CAST({moment} AS timestamptz) AT TIME ZONE time_zone, 'YYYY-MM-DD') "  # noqa: S608 - our own texts
        "FROM report.tenant",
        "hide": 2,
        # When the board's time range changes.
        "refresh": 2,
        "skipUrlSync": True,
        "current": {},
    }


def _units(kind: str) -> str:
    return (
        "SELECT name AS __text, name AS __value FROM report.organisation_unit "  # noqa: S608 - our own texts
        f"WHERE kind = '{kind}' ORDER BY name"
    )


def _choice(variable: Variable, label: Text, query: str) -> Json:
    """Several of what the query lists, or all."""
    return {
        "name": variable.name,
        "label": label,
        "type": "query",
        "datasource": CALLS,
        "query": query,
        "refresh": 1,
        "multi": True,
        "includeAll": True,
        # Grafana writes this one value as it stands, so it has its quotes.
        "allValue": f"'{EVERYTHING}'",
        "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
    }
