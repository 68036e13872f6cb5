"""The operator's board: whether everything hears, stores and counts what it should."""

from functools import partial

from dashboards.board import Board
from dashboards.colours import ALARM, WARNING
from dashboards.panels import (
    CALM,
    DURATION,
    Json,
    column,
    promql,
    promql_now,
    stat,
    table,
    time_series,
    value_texts,
    without_columns,
)
from dashboards.texts import Text

tile = partial(stat, width=6, height=3)
chart = partial(time_series, width=8, height=8)

NONE_IS_GOOD = ((None, CALM), (1, ALARM))
PER_PBX = "{{tenant}} {{pbx}}"
SEVERITIES = value_texts(
    {
        "warning": (Text("waarschuwing", "warning"), "text"),
        "critical": (Text("kritiek", "critical"), "text"),
    }
)


def _tiles() -> list[Json]:
    return [
        tile(
            Text("Diensten die niet antwoorden", "Services that do not answer"),
            [promql('count(up{job="gespreksrapportage"} == 0) or vector(0)')],
            steps=NONE_IS_GOOD,
        ),
        tile(
            Text("Centrales die niet worden gehoord", "PBXs that are not heard"),
            [promql("count(gespreksrapportage_pbx_connected == 0) or vector(0)")],
            steps=NONE_IS_GOOD,
        ),
        tile(
            Text("Tot in de database", "Until in the database"),
            [promql("max(gespreksrapportage_exporter_lag_seconds)")],
            unit="s",
            decimals=1,
            steps=((None, CALM), (2, WARNING), (10, ALARM)),
            description=Text(
                "Van ontvangst tot opslag van het laatste bericht, van de traagste centrale.",
                "From receiving the last message to storing it, of the slowest PBX.",
            ),
        ),
        tile(
            Text("Oudste wachtende op schijf", "Oldest that waits on disk"),
            [promql("max(gespreksrapportage_outbox_oldest_age_seconds)")],
            unit=DURATION,
            steps=((None, CALM), (60, WARNING), (900, ALARM)),
            description=Text(
                "Gebeurtenissen wachten op schijf zolang de database weg is.",
                "Events wait on disk while the database is away.",
            ),
        ),
        tile(
            Text("Niet begrepen berichten, 24 uur", "Messages not understood, 24 hours"),
            [promql("sum(increase(gespreksrapportage_rejects_total[24h]))")],
            decimals=0,
            steps=((None, CALM), (1, WARNING)),
        ),
        tile(
            Text("Niet gehoord, 24 uur", "Not heard, 24 hours"),
            [promql("sum(increase(gespreksrapportage_gap_seconds_total[24h]))")],
            unit=DURATION,
            decimals=0,
            steps=((None, CALM), (1, WARNING), (600, ALARM)),
            description=Text(
                "Hoe lang niemand naar een centrale luisterde, van alle centrales bij elkaar.",
                "How long nobody listened to a PBX, of all PBXs together.",
            ),
        ),
        tile(
            Text("Opbouw loopt achter", "Building lags behind"),
            [promql(_since("aggregator_last_success_timestamp_seconds"))],
            unit=DURATION,
            decimals=0,
            steps=((None, CALM), (30, WARNING), (300, ALARM)),
            description=Text(
                "Sinds alles wat binnenkwam voor het laatst helemaal was verwerkt.",
                "Since all that had come in was last worked off.",
            ),
        ),
        tile(
            Text("Niet opgebouwde gesprekken", "Calls that could not be built"),
            [promql("sum(gespreksrapportage_aggregator_set_aside)")],
            steps=((None, CALM), (1, WARNING)),
        ),
    ]


def _jobs() -> list[Json]:
    """Work that nobody waits in front of, so that nobody would notice."""
    return [
        tile(
            Text("Langst wachtend achtergrondrapport", "Longest waiting background report"),
            [promql("max(gespreksrapportage_runs_oldest_waiting_seconds)")],
            unit=DURATION,
            decimals=0,
            steps=((None, CALM), (60, WARNING), (900, ALARM)),
            description=Text(
                "Rapporten die niemand nu maakt; 00:00:00 als er geen wacht.",
                "Reports that nobody makes now; 00:00:00 when none waits.",
            ),
        ),
        tile(
            Text("Mislukte achtergrondrapporten, 24 uur", "Failed background reports, 24 hours"),
            [promql('max(gespreksrapportage_runs{state="failed"})')],
            steps=((None, CALM), (1, WARNING)),
            description=Text(
                "Niet door wie ze vroeg; het logboek van reportgen zegt waarom.",
                "Through no fault of who asked for them; the log of reportgen says why.",
            ),
        ),
        tile(
            Text("Opruimen voor het laatst gedaan", "Removal last done"),
            [promql(_since("aggregator_retention_last_success_timestamp_seconds"))],
            unit=DURATION,
            decimals=0,
            steps=((None, CALM), (7200, WARNING), (21600, ALARM)),
            description=Text(
                "Sinds alles wat voor zijn klant te oud is voor het laatst weg was; elke 10 minuten bekeken.",
                "Since all that is too old for its tenant was last found gone; looked at every 10 minutes.",
            ),
        ),
        tile(
            Text("Grafana voor het laatst bijgewerkt", "Grafana last brought up to date"),
            [promql(_since("grafana_last_success_timestamp_seconds"))],
            unit=DURATION,
            decimals=0,
            steps=((None, CALM), (120, WARNING), (900, ALARM)),
            description=Text(
                "Sinds borden, mensen en alarmen van alle klanten voor het laatst klopten met de database.",
                "Since the boards, people and alarms of all tenants last were what the database says.",
            ),
        ),
    ]


def _since(metric: str) -> str:
    """PromQL for the seconds since a moment; nothing before there was one."""
    return f"time() - (max(gespreksrapportage_{metric}) > 0)"


def _background() -> Json:
    return chart(
        Text("Rapporten op de achtergrond", "Reports in the background"),
        [
            promql(f'max(gespreksrapportage_runs{{state="{state}"}})', legend, ref)
            for state, legend, ref in (
                ("waiting", Text("wachtend", "waiting"), "A"),
                ("running", Text("in de maak", "being made"), "B"),
                ("lost", Text("blijven liggen", "left lying"), "C"),
            )
        ],
        unit="short",
        at_least=5,
    )


def _disks() -> Json:
    return chart(
        Text("Schijven", "Disks"),
        [
            promql(
                "gespreksrapportage_outbox_disk_free_bytes",
                Text("vrij: wachtrij {{tenant}} {{pbx}}", "free: outbox {{tenant}} {{pbx}}"),
            ),
            promql(
                'node_filesystem_avail_bytes{fstype!~"tmpfs|ramfs|squashfs|iso9660|overlay"}',
                Text("vrij: {{instance}} {{mountpoint}}", "free: {{instance}} {{mountpoint}}"),
                "B",
            ),
            promql(
                "max(gespreksrapportage_aggregator_database_bytes)",
                Text("gebruikt door de database", "used by the database"),
                "C",
            ),
        ],
        unit="bytes",
        description=Text(
            "De schijf van de database staat erbij als op haar machine een node exporter draait.",
            "The database's disk is here when a node exporter runs on its machine.",
        ),
    )


def _flow() -> list[Json]:
    return [
        chart(
            Text("Berichten per seconde", "Messages per second"),
            [promql("rate(gespreksrapportage_messages_total[1m])", PER_PBX)],
            unit="short",
        ),
        chart(
            Text("Van ophangen tot in de rapporten", "From hang-up to the reports"),
            [
                promql(
                    f"histogram_quantile({share}, "
                    "sum by (le) (rate(gespreksrapportage_aggregator_call_latency_seconds_bucket[5m])))",
                    legend,
                    ref,
                )
                for share, legend, ref in (
                    (0.5, Text("de helft binnen", "half within"), "A"),
                    (0.99, Text("99 % binnen", "99 % within"), "B"),
                )
            ],
            unit="s",
        ),
        _background(),
    ]


def _stores() -> list[Json]:
    return [
        chart(
            Text("Wacht op schijf", "Waiting on disk"),
            [promql("gespreksrapportage_outbox_events", PER_PBX)],
            unit="short",
            at_least=5,
            description=Text("Gebeurtenissen per centrale.", "Events for each PBX."),
        ),
        _disks(),
        table(
            Text("Alarmen nu", "Alarms now"),
            [promql_now('ALERTS{alertstate="firing"}')],
            width=8,
            height=8,
            columns=[
                column("alertname", Text("Alarm", "Alarm")),
                column("severity", Text("Ernst", "Severity"), mappings=SEVERITIES, custom__width=130),
                column("service", Text("Dienst", "Service"), custom__width=130),
                column("tenant", Text("Klant", "Tenant"), custom__width=130),
                column("pbx", Text("Centrale", "PBX"), custom__width=130),
            ],
            transformations=[without_columns(["Time", "Value", "__name__", "alertstate", "instance", "job"])],
        ),
    ]


SYSTEM_HEALTH = Board(
    uid="system-health",
    title=Text("Systeemstatus", "System health"),
    rows=[_tiles()[:4], _tiles()[4:], _jobs(), _flow(), _stores()],
    refresh="10s",
    period=("now-1h", "now"),
    operator_only=True,
)
