"""The command group `simulate`: a telephone system that behaves, for demos and tests."""

from datetime import datetime
from pathlib import Path
from typing import IO

import click

from simulator.company import SEED, make_company

seed_option = click.option(
    "--seed", type=int, default=SEED, show_default=True, help="Another seed is another company."
)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def simulate() -> None:
    """Play a company that telephones: its organisation, its history, its telephone system."""


@simulate.command()
@click.option(
    "-o", "--output", type=click.File("w", encoding="utf-8"), default="-", help="Tenant file to write."
)
@seed_option
def company(output: IO[str], seed: int) -> None:
    """Write the company's tenant file, for: gespreksrapportage tenant load."""
    from simulator.tenant_file import tenant_file

    output.write(tenant_file(make_company(seed)))


@simulate.command()
@click.option("--from", "first", type=DAY, required=True, help="First day.")
@click.option("--to", "last", type=DAY, required=True, help="Last day.")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder."
)
@click.option(
    "--truth", type=click.Path(path_type=Path), help="Also write what every call was, as JSON lines."
)
@seed_option
def history(first: datetime, last: datetime, output: Path, truth: Path | None, seed: int) -> None:
    """Write days of the past, one recording per day, for: gespreksrapportage import --format ami."""
    from simulator.history import write_history

    if last < first:
        raise click.BadParameter("it lies before --from", param_hint="--to")
    calls = messages = 0
    for written in write_history(first.date(), last.date(), output, seed):
        calls += written.calls
        messages += written.messages
    if truth is not None:
        from simulator.truth import write_truth

        write_truth(first.date(), last.date(), truth, seed)
    click.echo(f"{calls} calls, {messages} messages in {output}")
