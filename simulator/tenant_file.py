"""Writes the demo company as a tenant file."""

from typing import Any

import yaml

from simulator.company import DEPARTMENTS, SCHEDULES, SITES, TIME_ZONE, TRUNK, Company

TENANT = "voorbeeld"
PBX = "centrale"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 40">'
    '<path d="M4 6 L20 34 L36 6" fill="none" stroke="#1d4f7c" stroke-width="7" stroke-linejoin="round"/>'
    '<path d="M44 9 H70 L46 32 H72" fill="none" stroke="#e08a3c" stroke-width="7" stroke-linejoin="round"/>'
    '<circle cx="86" cy="30" r="5" fill="#1d4f7c"/></svg>'
)

Entries = list[dict[str, Any]]


def tenant_file(company: Company) -> str:
    """The company's organisation in YAML, for `gespreksrapportage tenant load`."""
    content = {
        "tenant": {
            "slug": TENANT,
            "name": "Voorbeeld & Zonen (fictief)",
            "time_zone": TIME_ZONE,
            "language": "nl",
            "region": "NL",
            "edition": "premium",
            "answer_target_seconds": 20,
            "short_call_seconds": 0,
            "resolution_target_minutes": 30,
            "colour": "#1d4f7c",
            "logo": LOGO,
        },
        "pbxs": [{"slug": PBX, "kind": "asterisk", "time_zone": TIME_ZONE, "trunks": [TRUNK]}],
        **_units(),
        **_people(company),
        **_numbers(company),
        "contact_groups": _contact_groups(company),
        "agents": _agents(company),
        "customers": _customers(company),
        "working_hours": _working_hours(company),
        "holidays": [{"public": "NL"}],
    }
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)


def _units() -> dict[str, Entries]:
    divisions = dict.fromkeys(department.division for department in DEPARTMENTS)
    return {
        "sites": [
            {"name": name, "code": code, "area_code": area_code} for name, (code, area_code) in SITES.items()
        ],
        "divisions": [{"name": name} for name in divisions],
        "departments": [{"name": department.name} for department in DEPARTMENTS],
        "cost_centres": [
            {"name": department.cost_centre, "code": department.cost_centre_code}
            for department in DEPARTMENTS
        ],
    }


def _people(company: Company) -> dict[str, Entries]:
    departments = {department.name: department for department in DEPARTMENTS}
    return {
        "persons": [
            {"reference": person.reference, "name": person.name, "email": person.email}
            for person in company.persons
        ],
        "extensions": [
            {
                "number": person.extension,
                "person": person.reference,
                "site": person.site,
                "division": departments[person.department].division,
                "department": person.department,
                "cost_centre": departments[person.department].cost_centre,
            }
            for person in company.persons
        ],
    }


def _numbers(company: Company) -> dict[str, Entries]:
    groups = dict.fromkeys(line.group for line in company.lines)
    return {
        "ddi_groups": [{"name": name} for name in groups],
        "ddis": [
            {"number": line.number, "name": line.name, "ddi_group": line.group, "site": line.site}
            for line in company.lines
        ],
    }


def _contact_groups(company: Company) -> Entries:
    queues: Entries = [
        {
            "kind": "queue",
            "pbx_name": queue.name,
            "name": queue.title,
            "number": queue.number,
            "wrap_up_seconds": queue.wrap_up,
            "members": list(queue.members),
        }
        for queue in company.queues
    ]
    groups: Entries = [
        {
            "kind": "hunt_group",
            "pbx_name": group.number,
            "name": group.title,
            "number": group.number,
            "members": list(group.members),
        }
        for group in company.hunt_groups
    ]
    return queues + groups


def _agents(company: Company) -> Entries:
    members = dict.fromkeys(member for queue in company.queues for member in queue.members)
    return [
        {
            "pbx_name": company.person(member).name,
            "extension": member,
            "person": company.person(member).reference,
        }
        for member in members
    ]


def _customers(company: Company) -> Entries:
    return [
        {"reference": customer.reference, "name": customer.name, "numbers": list(customer.numbers)}
        for customer in company.customers
    ]


def _working_hours(company: Company) -> Entries:
    lines = [("", "office")]
    lines += [(line.number, line.schedule) for line in company.lines if line.schedule != "office"]
    return [
        {
            "line": line,
            "days": [WEEKDAYS[day - 1] for day in days],
            "opens": opens,
            "closes": closes,
        }
        for line, schedule in lines
        for days, opens, closes in SCHEDULES[schedule]
    ]
