"""`gespreksrapportage dashboards`: Grafana's boards, made from code."""

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from dashboards.build import files
from store.errors import UserError

if TYPE_CHECKING:
    from dashboards.organisation import Administration

REPOSITORY = Path(__file__).parent.parent


@click.group()
def dashboards() -> None:
    """Grafana's boards, made from code."""


@dashboards.command()
def build() -> None:
    """Write the boards to provisioning/grafana/dashboards; in a copy of the repository."""
    if not (REPOSITORY / "provisioning").is_dir():
        raise UserError("The boards are written into the repository: run this from a copy of it.")
    for name, content in files().items():
        path = REPOSITORY / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        click.echo(name)


@dashboards.command()
def check() -> None:
    """Tell whether the boards in provisioning/grafana/dashboards are current."""
    stale = [
        str(name)
        for name, content in files().items()
        if not (REPOSITORY / name).is_file() or (REPOSITORY / name).read_text(encoding="utf-8") != content
    ]
    if stale:
        raise UserError(f"Not current: {', '.join(stale)}; run: gespreksrapportage dashboards build.")


_grafana_option = click.option(
    "--grafana-url", required=True, help="For example https://example.org/grafana."
)
_password_option = click.option(
    "--admin-password-file", type=click.File(), required=True, help="Of Grafana's login admin."
)


@dashboards.command()
@_grafana_option
@_password_option
@click.option(
    "--viewer-url-file",
    type=click.File(),
    required=True,
    help="Holds what `database login NAME --role viewer --tenant SLUG` printed.",
)
def organisation(grafana_url: str, admin_password_file: TextIO, viewer_url_file: TextIO) -> None:
    """Give a tenant its organisation in Grafana, with its boards; or renew them."""
    from dashboards.organisation import ensure_organisation

    administration = _administration(grafana_url, admin_password_file)
    click.echo(f"organisation {ensure_organisation(administration, viewer_url_file.read().strip())}")


@dashboards.command()
@_grafana_option
@_password_option
@click.option(
    "--organisation", "number", type=int, required=True, help="As `dashboards organisation` told it."
)
@click.option("--password-file", type=click.File(), required=True, help="The person's password.")
@click.argument("login")
def person(
    grafana_url: str, admin_password_file: TextIO, number: int, password_file: TextIO, login: str
) -> None:
    """Let LOGIN look at a tenant's boards."""
    from dashboards.organisation import ensure_person

    administration = _administration(grafana_url, admin_password_file)
    ensure_person(administration, number, login, password_file.read().strip())


def _administration(url: str, password_file: TextIO) -> "Administration":
    from dashboards.organisation import Administration

    return Administration(url, "admin", password_file.read().strip())
