"""The command `gallery`: every report in every language and form, with a page that leads to them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from reportgen.catalogue import CATALOGUE, find_report
from reportgen.catalogue.parts import Report
from reportgen.commands import login_name
from reportgen.compile import Tenant
from reportgen.compile.period import Period, choose_period
from reportgen.errors import ReportError
from reportgen.render.html_page import Shown, by_itself, data_url, shown_result
from reportgen.render.outputs import Output, blocks
from reportgen.run import Question, answer, as_tenant, find_tenant
from reportgen.templating import render
from reportgen.texts import Language, _
from reportgen.units import Writer
from store.connect import Connection, connect, database_url

FORMS = ("pdf", "html", "csv")
MONTH, WEEK, A_DAY = timedelta(days=30), timedelta(days=7), timedelta(days=1)
SHORT_BUCKETS = ("hour", "half_hour")
OF_ONE_DAY = frozenset({"call-lifecycle"})
"""Reports that fill a document with a day."""
FIGURES_ON_A_CARD = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One report on the page that leads to them all."""

    slug: str
    section: str
    folder: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class _Making:
    """A gallery being made."""

    connection: Connection
    tenant: Tenant
    logo: str | None
    last_day: date
    folder: Path
    made_at: datetime
    made_by: str


@click.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="A folder."
)
@click.option("--tenant", "tenant_slug", default="voorbeeld", show_default=True, help="Whose calls.")
@click.option("--until", metavar="DATE", help="Last day of the reports.  [default: the last that has calls]")
@click.option("--report", "slugs", multiple=True, help="Only this report; several are allowed.")
@click.option("--database-url", "url", help="Default: DATABASE_URL.")
def gallery(
    output: Path, tenant_slug: str, until: str | None, slugs: tuple[str, ...], url: str | None
) -> None:
    """Makes every report as PDF, HTML and CSV in both languages, with an index page."""
    reports = [find_report(slug) for slug in slugs] or list(CATALOGUE.values())
    with connect(database_url(url), "gallery") as connection:
        tenant = find_tenant(connection, tenant_slug)
        now = datetime.now(UTC)
        if until:
            last = choose_period(tenant.time_zone, now, first=until).last_day
        else:
            last = _last_day(connection, tenant)
        output.mkdir(parents=True, exist_ok=True)
        making = _Making(connection, tenant, _logo(connection, tenant), last, output, now, login_name())
        for language in Language:
            _in_language(making, reports, language)
    click.echo(f"{len(reports)} reports are in {output}; begin at {output / 'index.html'}.")


def _in_language(making: _Making, reports: list[Report], language: Language) -> None:
    writer = Writer(language, making.tenant.time_zone, making.tenant.region)
    folders: dict[str, list[Card]] = {}
    for report in reports:
        title = writer.text(report.folder.value)
        card = Card(report.slug, report.section, title, _make(making, report, writer))
        folders.setdefault(title, []).append(card)
    index = render(
        "gallery.html",
        language,
        style=_style(),
        tenant=making.tenant,
        logo=making.logo,
        folders=folders,
        count=len(reports),
        until=writer.long_date(making.last_day),
        figures=FIGURES_ON_A_CARD,
        forms=FORMS,
        other=next(each.value for each in Language if each is not language),
    )
    names = [f"index.{language.value}.html"]
    if language.value == making.tenant.language:
        names.append("index.html")
    for name in names:
        (making.folder / name).write_text(index, encoding="utf-8")


def _make(making: _Making, report: Report, writer: Writer) -> Shown:
    """Writes one report's files in one language; gives what its page shows."""
    question = Question(report, making.tenant, _period(report, making.tenant, making.last_day))
    name = f"{report.slug}.{writer.language.value}"
    for form in ("pdf", "csv"):
        parts = blocks(
            making.connection, question, writer, Output(form), now=making.made_at, made_by=making.made_by
        )
        (making.folder / f"{name}.{form}").write_bytes(b"".join(parts))
    with answer(making.connection, question, now=making.made_at, made_by=making.made_by) as result:
        shown = shown_result(result, writer)
    page = render("page.html", writer.language, style=_style(), **by_itself(shown, making.logo))
    (making.folder / f"{name}.html").write_text(page, encoding="utf-8")
    return shown


def _style() -> str:
    return (files("reportgen") / "static" / "portal.css").read_text(encoding="utf-8")


def _logo(connection: Connection, tenant: Tenant) -> str | None:
    with as_tenant(connection, tenant.tenant_id):
        row = connection.execute("SELECT picture FROM report.tenant_logo").fetchone()
    return data_url(row[0]) if row else None


def _last_day(connection: Connection, tenant: Tenant) -> date:
    with as_tenant(connection, tenant.tenant_id):
        row = connection.execute("SELECT max(started_at) FROM report.call").fetchone()
    if row is None or row[0] is None:
        raise ReportError(_("There are no calls yet to make reports of."))
    moment: datetime = row[0]
    return moment.astimezone(ZoneInfo(tenant.time_zone)).date()


def _period(report: Report, tenant: Tenant, last: date) -> Period:
    """A month; a week of what would fill a book."""
    fine = report.is_list or any(dimension.bucket in SHORT_BUCKETS for dimension in report.dimensions)
    length = A_DAY if report.slug in OF_ONE_DAY else WEEK if fine else MONTH
    return Period(last - length + A_DAY, last, tenant.time_zone)
