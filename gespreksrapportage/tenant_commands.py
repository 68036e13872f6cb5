"""`gespreksrapportage tenant delete`: what every package holds of a tenant, removed together."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from store.commands import tenant
from store.connect import connect, database_url, sentences
from store.deletion import Certificate, delete_tenant, logins_of, organisations_of
from store.errors import UserError
from store.organisation import load_tenant


@tenant.command("delete")
@click.argument("slug")
@click.option("--confirm", metavar="SLUG", help="Instead of typing it: the same once more.")
@click.option(
    "--certificate",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, writable=True),
    default=Path(),
    show_default="here",
    help="Where the certificate goes.",
)
@click.option(
    "--language", type=click.Choice(["nl", "en"]), help="Of the certificate; default: the tenant's."
)
@click.option(
    "--also-remove",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Files or folders of this tenant, such as an exporter's outbox.",
)
@click.option("--grafana-url", help="Where the tenant's boards are, for example https://example.org/grafana.")
@click.option("--admin-password-file", type=click.File(), help="Of Grafana's login admin.")
def delete_command(
    slug: str,
    confirm: str | None,
    folder: Path,
    language: str | None,
    paths: tuple[Path, ...],
    grafana_url: str | None,
    admin_password_file: TextIO | None,
) -> None:
    """Delete the tenant SLUG with everything that is kept of it, for good, and write a certificate.

    Stop the exporters of its telephone systems first: what they bring afterwards is refused.
    """
    if grafana_url is not None and admin_password_file is None:
        raise click.UsageError("--grafana-url needs --admin-password-file.")
    with sentences(), connect(database_url(), "tenant delete") as connection:
        entry = load_tenant(connection, slug)
        connection.rollback()
        _confirm(slug, confirm)
        organisations, logins = organisations_of(connection, slug), logins_of(connection, slug)
        connection.rollback()
        _leave_grafana(slug, organisations, grafana_url, admin_password_file)
        _remove(paths)
        certificate = delete_tenant(
            connection,
            slug,
            database_logins=logins,
            grafana_organisations=organisations,
            files=[str(path) for path in paths],
        )
        if not certificate.is_clean:
            raise UserError(
                f"Rows of the tenant are left: {certificate.found_afterwards}; nothing was deleted."
            )
    written = _write(certificate, folder, language or entry.language, entry.time_zone, entry.region)
    click.echo(f'Tenant "{slug}" is deleted: {sum(certificate.removed.values())} rows.')
    for path in written:
        click.echo(str(path))


def _confirm(slug: str, given: str | None) -> None:
    if given is None:
        given = click.prompt(f'Everything of "{slug}" will be lost. Type its name to go on', default="")
    if given != slug:
        raise UserError("The name that was typed is another; nothing was deleted.")


def _leave_grafana(
    slug: str, organisations: Sequence[int], url: str | None, password_file: TextIO | None
) -> None:
    """Before the tenant's rows go: what belongs to it in Grafana could not be found afterwards."""
    if not organisations:
        return
    if url is None or password_file is None:
        raise UserError(
            "The tenant has organisations in Grafana: give --grafana-url and --admin-password-file, "
            "so that they go too; nothing was deleted."
        )
    from dashboards.grafana.administration import Administration
    from dashboards.grafana.sync import Setup

    administration = Administration(url, "admin", password_file.read().strip())
    with connect(database_url(), "tenant delete", autocommit=True) as connection:
        Setup(administration, connection, database_url()).remove(slug)


def _remove(paths: tuple[Path, ...]) -> None:
    for path in paths:
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        except OSError as error:
            raise UserError(f"{path} cannot be removed: {error.strerror}; nothing else was.") from error


def _write(
    certificate: Certificate, folder: Path, language: str, time_zone: str, region: str
) -> tuple[Path, Path]:
    from reportgen.privacy.certificate import certificate_json, certificate_pdf
    from reportgen.texts import Language
    from reportgen.units import Writer

    name = f"deletion-{certificate.tenant}-{certificate.deleted_at:%Y-%m-%d}"
    data, document = folder / f"{name}.json", folder / f"{name}.pdf"
    data.write_text(json.dumps(certificate_json(certificate), indent=2), encoding="utf-8")
    document.write_bytes(certificate_pdf(certificate, Writer(Language(language), time_zone, region)))
    return data, document


__all__ = ["tenant"]
