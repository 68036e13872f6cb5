"""The command `gespreksrapportage`: each sub-command lives in the package that does the work."""

import importlib
import logging
import sys

import click

from store.errors import UserError

COMMANDS = {
    "aggregate": ("aggregator.commands", "aggregate"),
    "check": ("aggregator.check", "check"),
    "configuration": ("reportgen.configuration.commands", "configuration"),
    "dashboards": ("dashboards.commands", "dashboards"),
    "database": ("store.commands", "database"),
    "demo": ("gespreksrapportage.demo", "demo"),
    "exporter": ("exporter.commands", "exporter"),
    "gallery": ("reportgen.gallery", "gallery"),
    "grafana": ("dashboards.grafana.commands", "grafana"),
    "import": ("exporter.commands", "import_files"),
    "oidc": ("reportgen.access.oidc_commands", "oidc"),
    "report": ("reportgen.commands", "report"),
    "scope": ("reportgen.access.commands", "scope"),
    "serve": ("reportgen.commands", "serve"),
    "simulate": ("simulator.commands", "simulate"),
    "privacy": ("reportgen.privacy.commands", "privacy"),
    "tenant": ("gespreksrapportage.tenant_commands", "tenant"),
    "token": ("reportgen.commands", "token"),
    "user": ("reportgen.access.commands", "user"),
}
"""Sub-command → where it is: loaded when asked for, so that each program carries only its own imports."""


class LazyGroup(click.Group):
    """A group whose commands are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"auto_envvar_prefix": "GESPREKSRAPPORTAGE"})
@click.option("--log-level", default="INFO", show_default=True, help="DEBUG, INFO, WARNING or ERROR.")
@click.version_option(package_name="gespreksrapportage")
def command_line(log_level: str) -> None:
    """Call reporting and wallboards for telephone systems."""
    logging.basicConfig(
        level=log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )


def main() -> None:
    """Runs the command line; an error that the user can mend ends as one sentence and exit code 1."""
    try:
        command_line()
    except UserError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
