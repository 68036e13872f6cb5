"""Answers as the API's own description tells of them: files with rows, and problems."""

from typing import Any

from pydantic import BaseModel, Field

Responses = dict[int | str, dict[str, Any]]


class Problem(BaseModel):
    """What is wrong (RFC 9457); `type` is stable, `detail` is a sentence for people."""

    type: str = Field(examples=["urn:gespreksrapportage:problem:invalid-period"])
    title: str = Field(examples=["Bad Request"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=['There is no period "someday"; choose one of: today, yesterday.'])


def _problem(sentence: str, code: str, status: int, title: str) -> dict[str, Any]:
    example = {
        "type": f"urn:gespreksrapportage:problem:{code}",
        "title": title,
        "status": status,
        "detail": sentence,
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": sentence,
        "model": Problem,
        "content": {"application/problem+json": {"schema": schema, "example": example}},
    }


PROBLEMS: Responses = {
    400: _problem(
        "Give either a named period or its first and last day, not both.",
        "invalid-period",
        400,
        "Bad Request",
    ),
    401: _problem(
        "The access token is missing, unknown or no longer valid.", "invalid-token", 401, "Unauthorized"
    ),
    403: _problem("You may not do this.", "forbidden", 403, "Forbidden"),
    404: _problem('There is no report "x"; choose one of: …', "unknown-report", 404, "Not Found"),
    422: _problem("The request cannot be understood.", "invalid-request", 422, "Unprocessable Content"),
    503: _problem(
        "The report took longer than 60 seconds and was stopped; choose a shorter period or more filters.",
        "report-too-long",
        503,
        "Service Unavailable",
    ),
}

UNCHANGED: Responses = {304: {"description": "It is still what `If-None-Match` names."}}

_EXAMPLE = {
    "report": "extension-activity",
    "title": "Extension call activity",
    "tenant": "acme",
    "period": {
        "from": "2026-10-01",
        "to": "2026-10-31",
        "start": "2026-10-01T00:00:00+02:00",
        "end": "2026-11-01T00:00:00+01:00",
        "zone": "Europe/Amsterdam",
    },
    "filters": ["Call type: Incoming"],
    "made_at": "2026-11-02T09:00:00+01:00",
    "made_by": "anna",
    "data_up_to": "2026-11-02T08:59:59+01:00",
    "gaps": [],
    "columns": [
        {"name": "extension", "title": "Extension", "unit": "number"},
        {"name": "total", "title": "Total", "unit": "count"},
        {"name": "average_talk", "title": "Average talk time", "unit": "duration"},
    ],
    "summary": {"total": 812, "incoming": 812},
    "totals": {"total": 812, "average_talk": 171},
    "page": {"limit": 1, "offset": 0, "rows": 24},
    "rows": [{"extension": "201", "total": 48, "average_talk": 154, "key": {"extension": "201"}}],
}

ROWS: Responses = {
    200: {
        "description": "The report. Of a page, the header `Link` tells which other pages there are.",
        "content": {
            "application/json": {"example": _EXAMPLE},
            "text/csv": {"example": "extension,total\r\n201,48\r\n"},
            "application/pdf": {},
            "text/html": {},
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {},
        },
    }
}
"""Durations are whole seconds, percentages numbers, moments ISO 8601 in the tenant's zone."""
