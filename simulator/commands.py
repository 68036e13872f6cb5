"""The command group `simulate`: a telephone system that behaves, for demos and tests."""

import os
import time
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
@click.option("--until-now", is_flag=True, help="Leave out what has not happened yet.")
@seed_option
def history(
    first: datetime, last: datetime, output: Path, truth: Path | None, until_now: bool, seed: int
) -> None:
    """Write days of the past, one recording per day, for: gespreksrapportage import --format ami."""
    from simulator.history import write_history

    if last < first:
        raise click.BadParameter("it lies before --from", param_hint="--to")
    until = time.time_ns() // 1_000_000 if until_now else None
    calls = messages = 0
    for written in write_history(first.date(), last.date(), output, seed, until=until):
        calls += written.calls
        messages += written.messages
    if truth is not None:
        from simulator.truth import write_truth

        write_truth(first.date(), last.date(), truth, seed)
    click.echo(f"{calls} calls, {messages} messages in {output}")


@simulate.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=5038, show_default=True, help="0: any free one."
)
@click.option("--user", default="gespreksrapportage", show_default=True, help="Who may log in.")
@click.option(
    "--play-at",
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    help="Play what happens at this local time as if it were now.  [default: now]",
)
@click.option(
    "--speed", type=click.FloatRange(min=0.1), default=1.0, show_default=True, help="2: twice as fast."
)
@seed_option
def serve(host: str, port: int, user: str, play_at: datetime | None, speed: float, seed: int) -> None:
    """Serve AMI as the company's telephone system, playing its day.

    The secret for logging in comes from the environment variable AMI_SECRET, or from the file that
    AMI_SECRET_FILE names.
    """
    import asyncio

    from simulator.ami_server import AmiServer
    from simulator.playback import clock

    server = AmiServer(user, _secret(), clock(play_at, speed), host, port, seed)
    try:
        asyncio.run(server.serve(lambda actual: click.echo(f"AMI on {host}:{actual}")))
    except OSError as error:
        raise click.ClickException(f"Port {port} of {host} cannot be used: {error.strerror}.") from error
    except KeyboardInterrupt:
        click.echo("stopped")


def _secret() -> str:
    if path := os.environ.get("AMI_SECRET_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise click.ClickException(
                f"The secret's file {path} cannot be read: {error.strerror}."
            ) from error
    if secret := os.environ.get("AMI_SECRET"):
        return secret
    raise click.ClickException(
        "No secret is given: set AMI_SECRET, or AMI_SECRET_FILE to a file that holds it."
    )
