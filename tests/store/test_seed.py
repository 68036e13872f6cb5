"""A tenant file: what it may say, what becomes of it in the database, and what is said of mistakes."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from store.connect import connect
from store.errors import InvalidOrganisationError
from store.organisation import load_organisation, load_pbxs, load_tenant
from store.seed import SeedFile, read_seed
from store.seed_load import load_seed
from store.seed_write import Changes
from tests.conftest import Database

EXAMPLE = Path(__file__).parents[2] / "examples" / "tenant.yaml"
LAB = Path(__file__).parents[1] / "recordings" / "tenant.yaml"

BEGINNING = """\
tenant: {slug: acme, name: Acme}
departments: [{name: Sales}, {name: Service}]
persons: [{reference: p1, name: Ann}]
"""
EXTENSIONS = BEGINNING + "extensions:\n"
MARCH = date(2026, 3, 1)
JUNE = date(2026, 6, 1)
MARCH_BEGINS = datetime(2026, 2, 28, 23, tzinfo=UTC)
JUNE_BEGINS = datetime(2026, 5, 31, 22, tzinfo=UTC)


def load(database: Database, text: str, day: date = MARCH) -> Changes:
    with connect(database.url, "test") as connection:
        return load_seed(connection, SeedFile(text, "acme.yaml"), day)


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.connect() as connection:
        return connection.execute(query.encode()).fetchall()


def history(database: Database, number: str = "101") -> list[tuple[Any, ...]]:
    return rows(
        database,
        "SELECT lower(valid), upper(valid), unit.name FROM store.extension "
        "LEFT JOIN store.organisation_unit AS unit ON unit_id = department_id "
        f"WHERE number = '{number}' ORDER BY lower(valid) NULLS FIRST",
    )


@pytest.mark.parametrize("path", [EXAMPLE, LAB], ids=["example", "lab"])
def test_the_shipped_files_load_and_load_again_without_a_change(database: Database, path: Path) -> None:
    seed = read_seed(path)
    with connect(database.url, "test") as connection:
        first = load_seed(connection, seed, MARCH)
        again = load_seed(connection, seed, JUNE)
    assert first.new_tenant
    assert again.entries == []


def test_the_lab_is_found_by_the_names_that_its_pbx_says(database: Database) -> None:
    with connect(database.url, "test") as connection:
        load_seed(connection, read_seed(LAB), MARCH)
        tenant = load_tenant(connection, "lab")
        organisation = load_organisation(connection, tenant)
        (pbx,) = load_pbxs(connection, tenant)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    agent = organisation.agent("Alice Janssen")
    assert pbx.trunks == {"trunk", "sipp"}
    assert agent is not None
    assert agent.extension == "1001"
    assert organisation.ddi("+31201230009", now) is not None
    assert {group.pbx_name: group.wrap_up_seconds for group in organisation.groups.values()} == {
        "sales": 3,
        "support": 1,
        "backoffice": 0,
        "600": 0,
    }


def test_what_was_never_known_is_taken_to_have_been_so_always(database: Database) -> None:
    load(database, EXTENSIONS + "  - {number: 101, department: Sales}\n")
    assert history(database) == [(None, None, "Sales")]


def test_a_move_does_not_rewrite_what_was_before(database: Database) -> None:
    load(database, EXTENSIONS + "  - {number: 101, department: Sales}\n", MARCH)
    changes = load(database, EXTENSIONS + "  - {number: 101, department: Service}\n", JUNE)
    assert history(database) == [(None, JUNE_BEGINS, "Sales"), (JUNE_BEGINS, None, "Service")]
    assert changes.counts() == {"extensions": {"changed": 1}}


def test_who_is_no_longer_in_the_file_ends_on_that_day_and_may_come_back(database: Database) -> None:
    load(database, EXTENSIONS + "  - {number: 101, department: Sales}\n", date(2026, 1, 1))
    load(database, EXTENSIONS + "  []\n", MARCH)
    assert history(database) == [(None, MARCH_BEGINS, "Sales")]
    load(database, EXTENSIONS + "  - {number: 101, department: Sales}\n", JUNE)
    assert history(database) == [(None, MARCH_BEGINS, "Sales"), (JUNE_BEGINS, None, "Sales")]


def test_a_change_of_mind_on_the_same_day_leaves_no_trace(database: Database) -> None:
    load(database, EXTENSIONS + "  - {number: 101, department: Sales}\n", MARCH)
    load(database, EXTENSIONS + "  - {number: 101, department: Service}\n", JUNE)
    load(database, EXTENSIONS + "  - {number: 101, department: Sales}\n", JUNE)
    assert history(database) == [(None, None, "Sales")]


def test_days_that_the_file_gives_are_the_whole_history(database: Database) -> None:
    load(database, EXTENSIONS + "  - {number: 101, department: Service}\n", MARCH)
    both = (
        "  - {number: 101, department: Sales, valid_until: 2026-02-28}\n"
        "  - {number: 101, department: Service, valid_from: 2026-03-01, valid_until: 2026-05-31}\n"
    )
    load(database, EXTENSIONS + both, JUNE)
    assert history(database) == [(None, MARCH_BEGINS, "Sales"), (MARCH_BEGINS, JUNE_BEGINS, "Service")]


def test_who_joins_a_group_that_was_there_was_no_member_before(database: Database) -> None:
    group = (
        EXTENSIONS
        + "  [{number: 101}, {number: 102}]\n"
        + "contact_groups:\n  - {kind: queue, pbx_name: q, name: Q, members: "
    )
    load(database, group + "[101]}\n", MARCH)
    load(database, group + "[101, 102]}\n", JUNE)
    members = "SELECT extension, lower(valid) FROM store.contact_group_member ORDER BY extension"
    assert rows(database, members) == [("101", None), ("102", JUNE_BEGINS)]


def test_a_section_that_the_file_leaves_out_stays_as_it_is(database: Database) -> None:
    load(database, EXTENSIONS + "  - {number: 101, department: Sales, person: p1}\n")
    assert load(database, "tenant: {slug: acme, name: Acme}\n", JUNE).entries == []
    customers = "customers:\n  - {reference: k1, name: Klant, numbers: [020 1234567]}\n"
    load(database, "tenant: {slug: acme, name: Acme}\n" + customers, JUNE)
    assert history(database) == [(None, None, "Sales")]
    assert rows(database, "SELECT number FROM store.customer_number") == [("+31201234567",)]


def test_public_holidays_come_with_their_names_and_own_days_beside_them(database: Database) -> None:
    load(
        database,
        BEGINNING
        + "holidays:\n  - {public: NL, without: [Goede vrijdag]}\n  - {day: 2026-12-24, name: Dicht}\n",
    )
    days = dict(rows(database, "SELECT day, name FROM store.holiday WHERE extract(year FROM day) = 2026"))
    assert days[date(2026, 4, 27)] == "Koningsdag"
    assert days[date(2026, 12, 24)] == "Dicht"
    assert date(2026, 4, 3) not in days


def test_hours_may_last_until_midnight(database: Database) -> None:
    hours = "working_hours:\n  - {days: [saturday, sunday], opens: 00:00, closes: 24:00}\n"
    load(database, BEGINNING + hours)
    found = rows(database, "SELECT weekday, closes::text FROM store.working_hours ORDER BY weekday")
    assert found == [(6, "23:59:59.999999"), (7, "23:59:59.999999")]


def test_every_mistake_is_told_with_its_line_and_field() -> None:
    text = """\
tenant:
  slug: Acme B.V.
  name: Acme
  edtion: premium
extensions:
  - number: 101
    valid_from: 2026-13-01
ddis:
  - {number: banana}
working_hours:
  - {days: [monday], opens: 17:00, closes: 08:30}
"""
    with pytest.raises(InvalidOrganisationError) as caught:
        SeedFile(text, "acme.yaml")
    said = str(caught.value)
    assert said.startswith("acme.yaml has 5 mistakes:")
    for line in (
        'line 2: tenant.slug: "Acme B.V." is no slug',
        "line 4: tenant.edtion: there is no such field",
        "line 7: extensions[0].valid_from:",
        'line 9: ddis[0].number: "banana" is no telephone number',
        "line 11: working_hours[0]: closes must be later than opens",
    ):
        assert line in said


def test_names_that_do_not_exist_are_told_and_nothing_is_loaded(database: Database) -> None:
    text = EXTENSIONS + "  - {number: 101, department: Mars, person: ghost}\n  - {number: 101}\n"
    with pytest.raises(InvalidOrganisationError) as caught:
        load(database, text)
    said = str(caught.value)
    assert 'line 5: extensions[0].department: there is no department "Mars"' in said
    assert 'line 5: extensions[0].person: there is no person "ghost"' in said
    assert "line 6: extensions[1]: stands here a second time for the same days" in said
    assert rows(database, "SELECT slug FROM store.tenant") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tenant: [", "acme.yaml, line 2: "),
        ("- 1\n", "acme.yaml has one mistake"),
        ("", "acme.yaml has one mistake"),
        ("tenant: &a {slug: acme, name: Acme}\nextensions: *a\n", "anchors and aliases are not read"),
        ("tenant: {slug: acme, name: Acme, name: Twice}\n", '"name" stands here a second time'),
    ],
)
def test_what_is_no_tenant_file_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(InvalidOrganisationError) as caught:
        SeedFile(text, "acme.yaml")
    assert said in str(caught.value)
