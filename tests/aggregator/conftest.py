from collections.abc import Iterator

import pytest

from store.connect import connect
from tests.aggregator.recorded_pbx import RecordedPbx, recorded_pbx
from tests.conftest import Database


@pytest.fixture
def recorded(database: Database) -> Iterator[RecordedPbx]:
    """A database with the organisation of the recordings, and no events yet."""
    with connect(database.url, "test") as connection:
        yield recorded_pbx(connection, database.url)
