"""The pages on which an administrator keeps a tenant's lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from reportgen.configuration.administration import Administration
from reportgen.configuration.change import change_lines, change_thing, end_thing, remove_thing
from reportgen.configuration.csv_file import MOST_BYTES, decoded, fields_of, read_csv
from reportgen.configuration.kinds import KINDS, VALIDITY, Field, Kind, find_kind
from reportgen.configuration.lines import Line, Outcome
from reportgen.configuration.listing import (
    THINGS_PER_PAGE,
    Thing,
    changes_of,
    find_thing,
    history_of,
    list_things,
)
from reportgen.configuration.lookups import AllNames
from reportgen.configuration.values import FieldError, Reading, day
from reportgen.errors import ReportError
from reportgen.history.names import trail_of
from reportgen.history.words import Teller
from reportgen.texts import Translate, _, translator
from reportgen.units import WEEKDAYS, Writer
from reportgen.web.administration import AdministratorOf
from reportgen.web.pages import language_of, page
from reportgen.web.problems import sentence
from reportgen.web.sign_in import FromHere, OwnForm

router = APIRouter(prefix="/configuration")

MOST_SHOWN = 500
"""Lines of a preview; of more their number is told."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    _("Organisation"): ("persons", "extensions", "sites", "divisions", "departments", "cost-centres"),
    _("Lines and groups"): ("ddis", "campaigns", "contact-groups", "members", "agents"),
    _("Customers and times"): ("customers", "customer-numbers", "working-hours", "holidays", "targets"),
}
"""Heading of the overview → kinds under it."""


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a form."""

    name: str
    title: str
    kind: str
    """text, date, choice or number."""
    value: str
    options: list[tuple[str, str]]
    """Values with titles: all there are of a choice, suggestions of a text."""
    required: bool
    help: str
    message: str


async def form_texts(request: Request, slug: str) -> dict[str, str]:
    """The form's fields of this kind."""
    form: Mapping[str, Any] = await request.form()
    known = {each.name for each in (*find_kind(slug).fields, *VALIDITY)}
    return {name: value for name, value in form.items() if name in known and isinstance(value, str)}


TextsOf = Annotated[dict[str, str], Depends(form_texts)]


@router.get("")
def overview(request: Request, administrator: AdministratorOf) -> Response:
    with administrator.transaction() as administration:
        tenant = administration.name
    groups = {title: [KINDS[slug] for slug in slugs] for title, slugs in GROUPS.items()}
    return page(request, "configuration.html", tenant=tenant, groups=groups)


@router.get("/{slug}")
def list_page(
    slug: str,
    request: Request,
    administrator: AdministratorOf,
    search: Annotated[str, Query(max_length=200)] = "",
    past: bool = False,
    page_number: Annotated[int, Query(alias="page", ge=1, le=10**6)] = 1,
) -> Response:
    kind = find_kind(slug)
    if not kind.key:
        return thing_page(slug, "", request, administrator)
    with administrator.transaction() as administration:
        things = list_things(
            administration,
            kind,
            search=search.replace("\0", ""),
            past=past,
            offset=(page_number - 1) * THINGS_PER_PAGE,
        )
        writer = _writer(request, administration)
        rows = [(quote(thing.name), _shown(kind, thing, writer)) for thing in things]
        tenant = administration.name
    return page(
        request,
        "configuration_list.html",
        tenant=tenant,
        kind=kind,
        fields=fields_of(kind),
        rows=rows,
        search=search,
        past=past,
        number=page_number,
        more=len(things) == THINGS_PER_PAGE,
        query=urlencode({"search": search, **({"past": "true"} if past else {})}),
    )


@router.get("/{slug}/new")
def new_page(slug: str, request: Request, administrator: AdministratorOf) -> Response:
    kind = find_kind(slug)
    if not kind.key:
        return RedirectResponse(f"/configuration/{kind.slug}", 303)
    with administrator.transaction() as administration:
        return _form(request, administration, kind, None, {}, Outcome())


@router.post("/{slug}/new", dependencies=[FromHere, OwnForm])
def create(slug: str, request: Request, administrator: AdministratorOf, texts: TextsOf) -> Response:
    kind = find_kind(slug)
    with administrator.transaction() as administration:
        outcome = change_lines(administration, kind, [Line(1, texts)], carry_out=True)
        if outcome.problems:
            return _form(request, administration, kind, None, texts, outcome)
    return RedirectResponse(f"/configuration/{kind.slug}", 303)


@router.get("/{slug}/import")
def import_page(slug: str, request: Request, administrator: AdministratorOf) -> Response:
    with administrator.transaction() as administration:
        return _import_form(request, administration, find_kind(slug))


@router.post("/{slug}/import", dependencies=[FromHere, OwnForm])
def preview(
    slug: str,
    request: Request,
    administrator: AdministratorOf,
    file: Annotated[UploadFile | str | None, File()] = None,
    first_day: Annotated[str, Form(alias="from")] = "",
) -> Response:
    """Shows what a file would change; nothing is carried out."""
    content = b"" if file is None or isinstance(file, str) else file.file.read(MOST_BYTES + 1)
    return _import(request, administrator, find_kind(slug), content, first_day, carry_out=False)


@router.post("/{slug}/import/confirm", dependencies=[FromHere, OwnForm])
def confirm(
    slug: str,
    request: Request,
    administrator: AdministratorOf,
    content: Annotated[str, Form()] = "",
    first_day: Annotated[str, Form(alias="from")] = "",
) -> Response:
    """Carries out the good lines of a file that was shown before."""
    kind = find_kind(slug)
    return _import(request, administrator, kind, content.encode(), first_day, carry_out=True)


def _import(
    request: Request,
    administrator: AdministratorOf,
    kind: Kind,
    content: bytes,
    from_day: str,
    *,
    carry_out: bool,
) -> Response:
    language = language_of(request)
    with administrator.transaction() as administration:
        try:
            if not content:
                raise FieldError(_("Choose a CSV file."))
            first_day = day(from_day, Reading(administration.region)) if from_day else None
            lines = read_csv(content, kind)
            outcome = change_lines(
                administration, kind, lines, day=first_day, carry_out=carry_out, skip_wrong=True
            )
        except ReportError as error:
            return _import_form(request, administration, kind, sentence(error, language), from_day)
        text = translator(language)
        return page(
            request,
            "configuration_preview.html",
            tenant=administration.name,
            kind=kind,
            outcome=outcome,
            problems=[
                (each.line, _title(kind, each.field, text), sentence(each.error, language))
                for each in outcome.problems[:MOST_SHOWN]
            ],
            changes=[
                (each, [(_title(kind, one.field, text), one.old, one.new) for one in each.differences])
                for each in outcome.changes[:MOST_SHOWN]
            ],
            verbs=VERBS,
            content="" if carry_out else decoded(content),
            first_day=first_day.isoformat() if first_day else "",
        )


VERBS = {
    "added": _("Added"),
    "changed": _("Changed"),
    "ended": _("Ended"),
    "removed": _("Removed"),
}


@router.get("/{slug}/entry/{key:path}")
def thing_page(slug: str, key: str, request: Request, administrator: AdministratorOf) -> Response:
    kind = find_kind(slug)
    with administrator.transaction() as administration:
        thing = find_thing(administration, kind, key)
        return _form(request, administration, kind, thing, thing.texts(), Outcome())


@router.post("/{slug}/entry/{key:path}", dependencies=[FromHere, OwnForm])
def change(
    slug: str,
    key: str,
    request: Request,
    administrator: AdministratorOf,
    texts: TextsOf,
    action: Annotated[str, Form()] = "save",
) -> Response:
    """Saves a form, or ends or removes the thing."""
    kind = find_kind(slug)
    with administrator.transaction() as administration:
        thing = find_thing(administration, kind, key)
        message, outcome = "", Outcome()
        try:
            if action == "end":
                last_day = day(texts.get("valid_until", ""), Reading(administration.region))
                outcome = end_thing(administration, kind, key, last_day)
            elif action == "remove":
                outcome = remove_thing(administration, kind, key)
            else:
                outcome = change_thing(administration, kind, key, texts)
        except ReportError as error:
            message = sentence(error, language_of(request))
        if message or outcome.problems:
            return _form(request, administration, kind, thing, texts, outcome, message)
    return RedirectResponse(f"/configuration/{kind.slug}", 303)


def _form(
    request: Request,
    administration: Administration,
    kind: Kind,
    thing: Thing | None,
    texts: Mapping[str, str],
    outcome: Outcome,
    message: str = "",
) -> Response:
    language = language_of(request)
    text = translator(language)
    writer = _writer(request, administration)
    wrong = {each.field: sentence(each.error, language) for each in outcome.problems}
    names = AllNames(administration)
    fields = [*kind.fields, *(VALIDITY if thing is None and kind.has_history else ())]
    failed = bool(message or wrong)
    shown = {each.name for each in fields}
    elsewhere = [said for name, said in wrong.items() if name not in shown]
    history = history_of(administration, kind, thing.name) if thing and kind.has_history else []
    return page(
        request,
        "configuration_thing.html",
        status=400 if failed else 200,
        tenant=administration.name,
        kind=kind,
        thing=thing,
        heading=_heading(kind, thing, text) if thing else "",
        address=_address(kind, thing),
        inputs=[_input(each, texts, names, text, wrong) for each in fields],
        today=administration.today.isoformat(),
        message=message or " ".join(elsewhere),
        last_day=(failed and texts.get("valid_until")) or administration.today.isoformat(),
        from_day=(failed and texts.get("valid_from")) or administration.today.isoformat(),
        titles=[text(each.title) for each in fields_of(kind)],
        history=[_shown(kind, each, writer) for each in history],
        changes=Teller(writer, trail_of(administration)).tell(
            changes_of(administration, kind, thing) if thing else []
        ),
    )


def _address(kind: Kind, thing: Thing | None) -> str:
    """Where the form goes: not always to where it was shown, since a list of one thing shows that."""
    return f"/configuration/{kind.slug}/" + ("new" if thing is None else f"entry/{quote(thing.name)}")


def _heading(kind: Kind, thing: Thing, text: Translate) -> str:
    """What tells a thing from others, in words."""
    parts = [
        text(kind.by_name[name].options.get(value, value)) if value else ""
        for name, value in thing.key_texts.items()
    ]
    return " ".join(filter(None, parts)) or "–"


def _input(
    field: Field, texts: Mapping[str, str], names: AllNames, text: Translate, wrong: Mapping[str, str]
) -> Input:
    options = [(value, text(title)) for value, title in field.options.items()]
    kind = "choice" if options else "date" if field.read is day else "text"
    if not options and field.refers and field.refers != "customer":
        options = [(name, "") for name in sorted(names[field.refers].by_id.values(), key=str.casefold)]
    value = texts.get(field.name, "")
    return Input(
        field.name,
        text(field.title),
        kind,
        value,
        options,
        field.required,
        text(field.help) if field.help else "",
        wrong.get(field.name, ""),
    )


def _import_form(
    request: Request, administration: Administration, kind: Kind, message: str = "", from_day: str = ""
) -> Response:
    return page(
        request,
        "configuration_import.html",
        status=400 if message else 200,
        tenant=administration.name,
        kind=kind,
        fields=fields_of(kind),
        first_day=from_day or administration.today.isoformat(),
        message=message,
    )


def _writer(request: Request, administration: Administration) -> Writer:
    return Writer(language_of(request), administration.time_zone, administration.region)


def _shown(kind: Kind, thing: Thing, writer: Writer) -> list[str]:
    texts, shown = thing.texts(), []
    for field in fields_of(kind):
        value = thing.values[field.name]
        if isinstance(value, date):
            shown.append(writer.day(value))
        elif field.options and value is not None:
            shown.append(writer.text(field.options[value]))
        elif field.name == "days":
            shown.append(writer.text(WEEKDAYS[value[0] - 1]))
        else:
            shown.append(texts[field.name])
    return shown


def _title(kind: Kind, name: str, text: Translate) -> str:
    return next((text(each.title) for each in fields_of(kind) if each.name == name), "")
