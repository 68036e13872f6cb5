"""The API by which a tenant's lists are read and changed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from reportgen.configuration.change import change_lines, change_thing, end_thing, remove_thing
from reportgen.configuration.csv_file import fields_of, read_csv
from reportgen.configuration.kinds import KINDS, Kind, find_kind
from reportgen.configuration.lines import Line, Outcome
from reportgen.configuration.listing import THINGS_PER_PAGE, changes_of, csv_of, history_of, list_things
from reportgen.errors import ReportError
from reportgen.texts import Language, _, translator
from reportgen.web.administration import AdministratorOf, MayChange, administrator
from reportgen.web.problems import problem, sentence

router = APIRouter(prefix="/api/v1/configuration", tags=["configuration"])

Value = str | int | list[str] | None
From = Annotated[
    date | None,
    Query(alias="from", description="First day of the changes, where none is given; default today."),
]


class FieldOut(BaseModel):
    """Something that is known of a thing."""

    name: str
    title: str
    required: bool
    values: list[str] | None = Field(description="The values that there are, of a closed list.")
    help: str


class KindOut(BaseModel):
    """A list that can be changed."""

    slug: str
    title: str
    key: list[str] = Field(description="Fields that say which thing it is; in addresses with ~ between them.")
    has_history: bool
    fields: list[FieldOut]


class ThingOut(BaseModel):
    """A thing; of what has a history, what is true for a time."""

    key: str
    fields: dict[str, str]


class AuditOut(BaseModel):
    """A change of a thing."""

    occurred_at: datetime
    actor: str
    action: str
    details: dict[str, Any]


class ThingDetailOut(BaseModel):
    """A thing with all that was ever true of it, and who changed it."""

    key: str
    history: list[ThingOut]
    changes: list[AuditOut]


class ThingIn(BaseModel):
    """Fields by name; of a change those that are left out stay as they are."""

    model_config = ConfigDict(extra="forbid")

    fields: dict[str, Value] = Field(examples=[{"number": "201", "department": "Sales"}])
    first_day: date | None = Field(
        None, alias="from", description="First day of the change; default today.", examples=["2026-12-01"]
    )


class DifferenceOut(BaseModel):
    field: str
    old: str
    new: str


class ChangeOut(BaseModel):
    line: int
    what: str
    verb: str = Field(description="added, changed, ended or removed")
    differences: list[DifferenceOut]


class ProblemOut(BaseModel):
    line: int
    field: str
    message: str


class OutcomeOut(BaseModel):
    """What was changed, or would be."""

    carried_out: bool
    changes: list[ChangeOut]
    unchanged: int
    rebuilt_calls: int = Field(description="Calls that are built again because of it.")
    problems: list[ProblemOut]


@router.get("", dependencies=[Depends(administrator)])
def list_kinds(language: Language = Language.ENGLISH) -> list[KindOut]:
    """The lists that can be changed, with their fields."""
    text = translator(language)
    return [
        KindOut(
            slug=kind.slug,
            title=text(kind.title),
            key=list(kind.key),
            has_history=kind.has_history,
            fields=[
                FieldOut(
                    name=each.name,
                    title=text(each.title),
                    required=each.required,
                    values=list(each.options) or None,
                    help=text(each.help) if each.help else "",
                )
                for each in fields_of(kind)
            ],
        )
        for kind in KINDS.values()
    ]


@router.get("/{kind}.csv", response_class=StreamingResponse)
def export(kind: str, admin: AdministratorOf) -> Response:
    """Everything of a list as CSV that can be imported again."""
    with admin.transaction() as administration:
        content = "".join(csv_of(administration, find_kind(kind)))
    return Response(
        content,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{find_kind(kind).slug}.csv"'},
    )


@router.get("/{kind}")
def list_of_kind(
    kind: str,
    admin: AdministratorOf,
    search: Annotated[str, Query(max_length=200)] = "",
    past: bool = False,
    offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = THINGS_PER_PAGE,
) -> list[ThingOut]:
    """The things of a list, in order of their keys. `past` shows also what is over."""
    with admin.transaction() as administration:
        things = list_things(
            administration, find_kind(kind), search=search, past=past, offset=offset, limit=limit
        )
    return [ThingOut(key=thing.name, fields=thing.texts()) for thing in things]


@router.get("/{kind}/{key:path}")
def describe_thing(kind: str, key: str, admin: AdministratorOf) -> ThingDetailOut:
    """A thing with its history and with every change of it."""
    found = find_kind(kind)
    with admin.transaction() as administration:
        history = history_of(administration, found, key)
        changes = changes_of(administration, found, history[-1])
    return ThingDetailOut(
        key=history[-1].name,
        history=[ThingOut(key=thing.name, fields=thing.texts()) for thing in history],
        changes=[AuditOut.model_validate(entry, from_attributes=True) for entry in changes],
    )


@router.post("/{kind}", status_code=201, response_model=OutcomeOut, dependencies=[MayChange])
def create_thing(kind: str, body: ThingIn, admin: AdministratorOf) -> Response | OutcomeOut:
    """Adds a thing; of what has a history, what is true from a day on."""
    found = find_kind(kind)
    line = Line(1, _texts(found, body.fields))
    with admin.transaction() as administration:
        outcome = change_lines(administration, found, [line], day=body.first_day, carry_out=True)
    return _answer(outcome)


@router.post(
    "/{kind}/import",
    response_model=OutcomeOut,
    dependencies=[MayChange],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "text/csv": {"schema": {"type": "string"}, "example": "number;department\n201;Sales\n"}
            },
        }
    },
)
def import_file(
    kind: str,
    admin: AdministratorOf,
    content: Annotated[bytes, Body(media_type="text/csv", include_in_schema=False)] = b"",
    dry_run: Annotated[bool, Query(description="Say what would change, and change nothing.")] = False,
    skip_wrong_lines: Annotated[bool, Query(description="Otherwise it is all or nothing.")] = False,
    first_day: From = None,
) -> Response | OutcomeOut:
    """Adds and changes what a CSV file says; what it does not name stays as it is."""
    found = find_kind(kind)
    lines = read_csv(content, found)
    with admin.transaction() as administration:
        outcome = change_lines(
            administration,
            found,
            lines,
            day=first_day,
            carry_out=not dry_run,
            skip_wrong=skip_wrong_lines,
        )
    return _answer(outcome, dry_run=dry_run)


@router.put("/{kind}/{key:path}", response_model=OutcomeOut, dependencies=[MayChange])
def change(kind: str, key: str, body: ThingIn, admin: AdministratorOf) -> Response | OutcomeOut:
    """Changes a thing. Of what has a history, what was true before the first day of the change stays."""
    found = find_kind(kind)
    with admin.transaction() as administration:
        outcome = change_thing(administration, found, key, _texts(found, body.fields), day=body.first_day)
    return _answer(outcome)


@router.delete("/{kind}/{key:path}", dependencies=[MayChange])
def remove(
    kind: str,
    key: str,
    admin: AdministratorOf,
    last_day: Annotated[
        date | None,
        Query(description="Of what has a history: the last day on which it is true; default today."),
    ] = None,
    whole_history: Annotated[bool, Query(description="Remove it as if it had never been.")] = False,
) -> OutcomeOut:
    """Ends what has a history, and removes what has none and is not in use."""
    found = find_kind(kind)
    with admin.transaction() as administration:
        if found.has_history and not whole_history:
            outcome = end_thing(administration, found, key, last_day or administration.today)
        else:
            outcome = remove_thing(administration, found, key)
    return shown(outcome)


def shown(outcome: Outcome) -> OutcomeOut:
    return OutcomeOut(
        carried_out=outcome.carried_out,
        changes=[ChangeOut.model_validate(each, from_attributes=True) for each in outcome.changes],
        unchanged=outcome.unchanged,
        rebuilt_calls=outcome.rebuilt_calls,
        problems=[
            ProblemOut(line=each.line, field=each.field, message=sentence(each.error, Language.ENGLISH))
            for each in outcome.problems
        ],
    )


def _answer(outcome: Outcome, *, dry_run: bool = False) -> Response | OutcomeOut:
    if outcome.carried_out or dry_run:
        return shown(outcome)
    problems = [each.model_dump() for each in shown(outcome).problems]
    return problem(422, "wrong-lines", "Nothing was carried out: some values will not do.", errors=problems)


def _texts(kind: Kind, fields: Mapping[str, Value]) -> dict[str, str]:
    known = {each.name for each in fields_of(kind)}
    for name in fields:
        if name not in known:
            raise UnknownFieldError(
                _('There is no field "{name}"; there are: {known}.'),
                name=name,
                known=", ".join(sorted(known)),
            )
    return {name: _text(value) for name, value in fields.items()}


class UnknownFieldError(ReportError):
    """A thing of this kind has no such field."""

    code = "unknown-field"


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case list():
            return ", ".join(value)
        case _:
            return str(value)
