"""`gespreksrapportage dashboards`: Grafana's boards, made from code."""

from pathlib import Path

import click

from dashboards.build import files
from store.errors import UserError

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
