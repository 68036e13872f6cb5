from tests.conftest import Database

def test_a(database: Database) -> None:
    with database.connect() as c:
        print(c.execute("select version(), (select count(*) from pg_class where relname='event'), (select extversion from pg_extension where extname='timescaledb')").fetchall())

def test_b(database: Database, empty_database: Database) -> None:
    assert database.kind
