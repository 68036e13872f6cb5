"""What readers filter on: which calls pass, what is said of it, and what is refused."""

from datetime import datetime, timedelta

import pytest

from reportgen.catalogue import CATALOGUE, find_report
from reportgen.compile import read_pairs, read_selections
from reportgen.compile.conditions import sentence
from reportgen.compile.selection import one_value
from reportgen.errors import InvalidFilterError, UnknownFilterError
from reportgen.run import choices
from reportgen.texts import Language
from reportgen.units import Writer
from store.vocabulary import AgentState, CallOutcome, Direction, LegRole, Phase
from tests.reportgen.builders import TenantBuilder
from tests.reportgen.conftest import Reading

DAY = "2026-10-01"
MONDAY = "2026-10-05"
START = datetime.fromisoformat("2026-10-01 09:00+02")


AGENT_2 = {
    "extension": "202",
    "talk_seconds": 5,
    "agent": "Agent 2",
    "contact_group": "service",
    "role": LegRole.CALLED,
}


@pytest.fixture
def two_calls(acme: TenantBuilder) -> TenantBuilder:
    """One call that every filter below lets pass, and one that none does."""
    sales = {
        "site_id": acme.unit("site", "Utrecht", "UTR"),
        "division_id": acme.unit("division", "Trade"),
        "department_id": acme.unit("department", "Sales, inside"),
        "cost_centre_id": acme.unit("cost_centre", "4100"),
        "person_id": acme.person("Anna"),
    }
    service = {
        "site_id": acme.unit("site", "Zwolle"),
        "department_id": acme.unit("department", "Service"),
        "person_id": acme.person("Bram"),
    }
    acme.ddi("+31201234500", "Main", group="Campaign")
    acme.ddi("+31201234510", "Faults")
    acme.group("sales", "Sales queue")
    acme.call(
        START,
        extension="201",
        ddi="+31201234500",
        contact_group="sales",
        outside_number="+31612345678",
        customer_id=acme.customer("Bakery"),
        wait=5,
        talk=60,
        ring_seconds=4,
        area_code="030",
        destination="local",
        phase=Phase.OPEN,
        legs=({"extension": "201", "agent": "Agent 1", "talk_seconds": 60, "contact_group": "sales"},),
        visits=({"agent": "Agent 1", "extension": "201"},),
        **sales,
    )
    acme.call(
        START + timedelta(days=2, hours=10),
        direction=Direction.OUTGOING,
        outcome=CallOutcome.NO_ANSWER,
        extension="202",
        outside_number="+493012345678",
        wait=50,
        ring_seconds=45,
        destination="international",
        phase=Phase.CLOSED,
        legs=(AGENT_2,),
        visits=({"contact_group": "service", "agent": "Agent 2", "extension": "202", "wait_seconds": 50},),
        **service,
    )
    return acme


@pytest.mark.parametrize(
    "wanted",
    [
        "site=Utrecht",
        "site=utrecht",
        "site=UTR",
        "division=Trade",
        f"department={one_value('Sales, inside')}",
        "cost-centre=4100",
        "user=Anna",
        "user=pAnna",
        "extension=201",
        "extension=201,299",
        "ddi=+31201234500",
        "ddi=020-1234500",
        "ddi-group=Campaign",
        "contact-group=Sales queue",
        "contact-group=sales",
        "direction=incoming",
        "outcome=answered,voicemail",
        "number=+31612345678",
        "number=06 12345678",
        "number=06*",
        "number=0031 6*78",
        "customer=Bakery",
        "duration=60",
        "duration=..60,3600..",
        "ring-time=..10",
        "wait=0..5",
        "time-of-day=09:00-09:01",
        "time-of-day=22:00-10:00",
        "weekday=thu,mon",
        "agent=Agent 1",
        "area-code=030",
        "destination=local",
        "working-hours=open",
    ],
)
def test_a_filter_lets_its_calls_pass_and_no_others(
    two_calls: TenantBuilder, read: Reading, wanted: str
) -> None:
    if wanted == "duration=..60,3600..":
        wanted = "duration=30..60,3600.."
    found = read("calls-by-date", DAY, "2026-10-05", wanted)
    assert found.column("extension") == ["201"]


OF_THE_CALL = ("customer=Bakery", "area-code=030", "destination=local", "working-hours=open")


@pytest.mark.parametrize("wanted", [*OF_THE_CALL, "duration=60", "number=06*", "department=Sales\\, inside"])
def test_legs_and_visits_are_found_by_what_their_call_is(
    two_calls: TenantBuilder, read: Reading, wanted: str
) -> None:
    two_calls.group("service", "Service queue")
    everything = read("agent-by-group", DAY, "2026-10-05").column("agent")
    assert everything == ["Agent 1", "Agent 2"]
    if wanted.startswith("department"):
        two_calls.connection.execute(
            "UPDATE store.leg SET department_id = call.department_id "
            "FROM store.call WHERE call.call_id = leg.call_id"
        )
    assert read("agent-by-group", DAY, "2026-10-05", wanted).column("agent") == ["Agent 1"]
    if not wanted.startswith("duration"):
        groups = read("contact-group-overview", DAY, "2026-10-05", wanted).column("contact_group")
        assert groups == ["Sales queue"]


@pytest.mark.parametrize(
    "wanted", ["extension=201", "user=Anna", "agent=Agent 1", *OF_THE_CALL, "number=06*"]
)
def test_calls_of_a_unit_are_found_by_what_they_are(
    two_calls: TenantBuilder, read: Reading, wanted: str
) -> None:
    assert read("site-activity", DAY, "2026-10-05").column("site") == ["Utrecht", "Zwolle"]
    assert read("site-activity", DAY, "2026-10-05", wanted).column("site") == ["Utrecht"]


@pytest.mark.parametrize(
    "wanted",
    [
        "site=Utrecht",
        "user=Anna",
        "extension=201",
        "contact-group=Sales queue",
        "agent=Agent 1",
        "weekday=thu",
    ],
)
def test_states_are_found_by_where_the_agent_worked(acme: TenantBuilder, read: Reading, wanted: str) -> None:
    acme.group("sales", "Sales queue")
    site = acme.unit("site", "Utrecht")
    for place, name in enumerate(("Anna", "Bram"), start=1):
        person, agent, at = acme.person(name), f"Agent {place}", START + timedelta(days=place - 1)
        acme.extension(f"20{place}", person)
        acme.agent(agent, f"20{place}", person)
        acme.agent_state(agent, at, at + timedelta(hours=1), AgentState.AVAILABLE)
    acme.connection.execute("UPDATE store.extension SET site_id = %s WHERE number = '201'", (site,))
    acme.connection.execute(
        "INSERT INTO store.agent_group_session (tenant_id, pbx_id, agent, contact_group, paused, from_at) "
        "VALUES (%s, %s, 'Agent 1', 'sales', false, %s)",
        (acme.tenant_id, acme.pbx_id, START - timedelta(days=1)),
    )
    for report in ("available-agents", "agent-status-detail", "availability-punctuality"):
        assert read(report, DAY, "2026-10-05").column("agent") == ["Agent 1", "Agent 2"]
        assert read(report, DAY, "2026-10-05", wanted).column("agent") == ["Agent 1"]


@pytest.mark.parametrize("wanted", ["site=Utrecht", "user=Anna", "extension=201", "weekday=thu"])
def test_do_not_disturb_is_found_by_whose_telephone_it_was(
    acme: TenantBuilder, read: Reading, wanted: str
) -> None:
    site = acme.unit("site", "Utrecht")
    for place, name in enumerate(("Anna", "Bram"), start=1):
        at = START + timedelta(days=place - 1)
        acme.extension(f"20{place}", acme.person(name))
        acme.device_state(f"20{place}", at, at + timedelta(hours=1))
    acme.connection.execute("UPDATE store.extension SET site_id = %s WHERE number = '201'", (site,))
    assert read("dnd-detail", DAY, "2026-10-05").column("extension") == ["201", "202"]
    assert read("dnd-detail", DAY, "2026-10-05", wanted).column("extension") == ["201"]


def test_filters_of_several_names_must_all_fit(two_calls: TenantBuilder, read: Reading) -> None:
    assert read("calls-by-date", DAY, "2026-10-05", "extension=201", "direction=outgoing").rows == []


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ("agent=Anna", 1),
        ("agent=Bram", 0),
        ("duration=60..", 1),
        ("duration=61..", 0),
        ("outcome=answered", 1),
    ],
)
def test_legs_have_filters_of_their_own(acme: TenantBuilder, read: Reading, wanted: str, count: int) -> None:
    acme.call(START, legs=({"extension": "201", "agent": "Anna", "talk_seconds": 60},))
    assert len(read("extension-activity", DAY, None, wanted).rows) == count


def test_a_ddi_groups_members_are_those_of_the_time(acme: TenantBuilder, read: Reading) -> None:
    acme.ddi("+31201234500", "Main", group="Spring", valid="(,2026-10-01 12:00+02)")
    acme.ddi("+31201234500", "Main", group="Autumn", valid="[2026-10-01 12:00+02,)")
    acme.call(START, ddi="+31201234500")
    assert len(read("calls-by-date", DAY, None, "ddi-group=Spring").rows) == 1
    assert read("calls-by-date", DAY, None, "ddi-group=Autumn").rows == []


HOSTILE = [
    "' OR 1=1 --",
    "x'; DROP TABLE store.call; --",
    "%",
    "%(tenant_id)s",
    "${x:raw}",
    "\\",
    '"',
    "$__timeFrom()",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_reader_types_is_never_part_of_a_statement(
    two_calls: TenantBuilder, read: Reading, text: str
) -> None:
    assert read("calls-by-date", DAY, "2026-10-05", f"extension={one_value(text)}").rows == []
    with pytest.raises(InvalidFilterError):
        read("calls-by-date", DAY, None, f"department={one_value(text)}")


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        ("colour=red", 'no filter "colour"'),
        ("extension", "name=value"),
        ("direction=sideways", "incoming, outgoing, internal"),
        ("number=abc", "write digits"),
        ("number=0' OR", "write digits"),
        ("duration=long", "number of seconds"),
        ("duration=" + "9" * 5000, "number of seconds"),
        ("duration=..", "needs a bound"),
        ("duration=9..3", "before it begins"),
        ("time-of-day=9-17", "09:00-17:30"),
        ("time-of-day=25:00-26:00", "09:00-17:30"),
        ("weekday=someday", "mon, tue"),
        ("answer-target=-1", "number of seconds"),
        ("extension=2\x0001", "not allowed"),
        ("extension=2\udcff01", "not allowed"),
        ("extension=" + ",".join(map(str, range(2000))), "more than 1000"),
    ],
)
def test_a_mistake_is_named_in_one_sentence(pair: str, says: str) -> None:
    with pytest.raises((InvalidFilterError, UnknownFilterError)) as raised:
        read_selections(find_report("calls-by-date"), read_pairs([pair]))
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_name_that_the_tenant_does_not_have_is_told(two_calls: TenantBuilder, read: Reading) -> None:
    with pytest.raises(InvalidFilterError, match='"site" knows no "Atlantis"'):
        read("calls-by-date", DAY, None, "site=Atlantis")


def test_an_extension_of_many_digits_is_no_public_number(acme: TenantBuilder, read: Reading) -> None:
    acme.call(START, extension="200101")
    acme.call(START, extension="200102")
    assert read("calls-by-date", DAY, None, "extension=200101").column("extension") == ["200101"]


def test_a_user_without_a_name_is_chosen_by_the_reference(acme: TenantBuilder, read: Reading) -> None:
    nameless = acme.person("Anna")
    acme.connection.execute("UPDATE store.person SET name = NULL")
    acme.call(START, person_id=nameless)
    acme.call(START, person_id=acme.person("Bram"), extension="202")
    question = read.question("calls-by-date", DAY)
    listed = choices(read.connection, question.report, question.tenant, question.period)
    assert listed["user"] == [("Bram", "pBram"), ("pAnna", "pAnna")]
    assert read("calls-by-date", DAY, None, "user=pAnna").column("extension") == ["201"]


@pytest.mark.parametrize(
    ("pair", "dutch", "english"),
    [
        ("extension=201,202", "Toestel: 201 of 202", "Extension: 201 or 202"),
        ("direction=incoming", "Gesprekstype: Inkomend", "Call type: Incoming"),
        ("duration=60..300", "Duur van 0:01:00 tot en met 0:05:00", "Duration from 0:01:00 to 0:05:00"),
        ("duration=..20", "Duur hoogstens 0:00:20", "Duration at most 0:00:20"),
        (
            "time-of-day=09:00-17:30",
            "Tijdstip: tussen 09:00 en 17:30",
            "Time of day: between 09:00 and 17:30",
        ),
        ("weekday=tue,mon", "Weekdag: maandag of dinsdag", "Weekday: Monday or Tuesday"),
        ("answer-target=30", "Beantwoorddoel: 30 seconden", "Answer target: 30 seconds"),
        ("ddi=0201234500", "DDI: 020 123 4500", "DDI: 020 123 4500"),
    ],
)
def test_a_filter_is_said_in_words(pair: str, dutch: str, english: str) -> None:
    (selection,) = read_selections(find_report("calls-by-date"), read_pairs([pair]))
    assert sentence(selection, Writer(Language.DUTCH, "Europe/Amsterdam")) == dutch
    assert sentence(selection, Writer(Language.ENGLISH, "Europe/Amsterdam")) == english


def test_every_filter_of_every_report_can_be_asked(acme: TenantBuilder, read: Reading) -> None:
    examples = {
        "direction": "incoming",
        "outcome": "answered",
        "weekday": "mon",
        "state": "busy",
        "destination": "mobile",
        "working-hours": "open",
        "time-of-day": "09:00-17:00",
    }
    names = {
        "site",
        "division",
        "department",
        "cost-centre",
        "user",
        "ddi-group",
        "contact-group",
        "customer",
    }
    for report in CATALOGUE.values():
        for name in report.filters.keys() - names:
            assert read(report.slug, DAY, None, f"{name}={examples.get(name, '20')}").rows == [], name
