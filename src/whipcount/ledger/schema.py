"""The tables, as numbered migrations that run on both databases.

A released migration is never edited; a change of the schema is a new one at the end. What is
filtered on is a column, the rest of a record is JSON in `record`, so that new optional fields of a
record need no migration. `cells` and `summaries` are derived and may be rebuilt at any time.
"""

from __future__ import annotations

from whipcount.errors import StoreError
from whipcount.ledger.store import Store

# 1: documents, readings, positions and the review log.
_RECORDS = """
CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE codebooks(seq {serial}, id TEXT NOT NULL, version TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL);
CREATE TABLE runs(seq {serial}, at TEXT NOT NULL, settings TEXT NOT NULL);
CREATE TABLE faults(path TEXT PRIMARY KEY, what TEXT NOT NULL, cure TEXT NOT NULL);
CREATE TABLE documents(id TEXT PRIMARY KEY, content_hash TEXT NOT NULL, date TEXT, echo TEXT,
  record TEXT NOT NULL);
CREATE INDEX documents_by_date ON documents(date);
CREATE INDEX documents_by_echo ON documents(echo);
CREATE TABLE texts(document_id TEXT PRIMARY KEY, body {blob} NOT NULL);
CREATE TABLE readings(document_id TEXT PRIMARY KEY, content_hash TEXT NOT NULL,
  reader_version TEXT NOT NULL, codebook_version TEXT NOT NULL, publisher TEXT);
CREATE INDEX readings_by_content ON readings(content_hash);
CREATE TABLE takedowns(document_id TEXT PRIMARY KEY, content_hash TEXT NOT NULL, at TEXT NOT NULL,
  reason TEXT NOT NULL);
CREATE TABLE positions(id TEXT NOT NULL, kind TEXT NOT NULL, document_id TEXT NOT NULL,
  place INTEGER NOT NULL, measure TEXT NOT NULL, actor TEXT NOT NULL, cell_actor TEXT NOT NULL,
  date TEXT, stance TEXT NOT NULL, origin TEXT NOT NULL, shown INTEGER NOT NULL,
  reviewed INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY(id, kind));
CREATE INDEX positions_by_document ON positions(document_id);
CREATE INDEX positions_by_cell ON positions(measure, cell_actor, date) WHERE shown = 1;
CREATE INDEX positions_by_actor ON positions(actor) WHERE shown = 1;
CREATE INDEX positions_by_origin ON positions(origin);
CREATE TABLE claims(id TEXT NOT NULL, document_id TEXT NOT NULL, place INTEGER NOT NULL, date TEXT,
  record TEXT NOT NULL, PRIMARY KEY(document_id, place));
CREATE TABLE attributions(document_id TEXT PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE reviews(seq {serial}, at TEXT NOT NULL, reviewer TEXT NOT NULL, action TEXT NOT NULL,
  item TEXT NOT NULL, document_id TEXT NOT NULL, record TEXT NOT NULL);
CREATE INDEX reviews_by_document ON reviews(document_id);
CREATE INDEX reviews_by_item ON reviews(item);
"""

# 2: echoes (locality-sensitive bands) and the cached standing of each cell.
_DERIVED = """
CREATE TABLE bands(band BIGINT NOT NULL, document_id TEXT NOT NULL, PRIMARY KEY(band, document_id));
CREATE INDEX bands_by_document ON bands(document_id);
CREATE TABLE cells(measure TEXT NOT NULL, cell_actor TEXT NOT NULL, stamp BIGINT NOT NULL,
  PRIMARY KEY(measure, cell_actor));
CREATE TABLE summaries(rule TEXT NOT NULL, as_of TEXT NOT NULL, measure TEXT NOT NULL,
  cell_actor TEXT NOT NULL, stamp BIGINT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY(rule, as_of, measure, cell_actor));
INSERT INTO cells(measure, cell_actor, stamp)
  SELECT measure, cell_actor, 1 FROM positions GROUP BY measure, cell_actor;
"""

# 3: what reports are compared by, so that a search for echoes need not read texts again.
_FEATURES = """
CREATE TABLE features(document_id TEXT PRIMARY KEY, record TEXT NOT NULL);
"""

MIGRATIONS: tuple[str, ...] = (_RECORDS, _DERIVED, _FEATURES)
LATEST = len(MIGRATIONS)
_TYPES = {
    "sqlite": {"blob": "BLOB", "serial": "INTEGER PRIMARY KEY AUTOINCREMENT"},
    "postgresql": {"blob": "BYTEA", "serial": "BIGSERIAL PRIMARY KEY"},
}
# The log is append-only by the database's own word; only a takedown removes from it.
_APPEND_ONLY = {
    "sqlite": (
        (
            "CREATE TRIGGER reviews_are_kept BEFORE UPDATE ON reviews BEGIN "
            "SELECT RAISE(ABORT, 'the review log is append-only'); END"
        ),
    ),
    "postgresql": (
        (
            "CREATE FUNCTION whipcount_keep_reviews() RETURNS trigger AS $$ BEGIN "
            "RAISE EXCEPTION 'the review log is append-only'; END $$ LANGUAGE plpgsql"
        ),
        (
            "CREATE TRIGGER reviews_are_kept BEFORE UPDATE ON reviews "
            "FOR EACH ROW EXECUTE FUNCTION whipcount_keep_reviews()"
        ),
    ),
}


def version(store: Store) -> int:
    """The schema's version in a store; 0 for an empty one.

    Raises StoreError when the store holds tables of something else.
    """
    tables = store.tables()
    if "settings" in tables and "reviews" in tables:
        rows = store.rows("SELECT value FROM settings WHERE name = 'schema'")
        if rows:
            return int(rows[0][0])
    if tables - {"sqlite_sequence"} and store.dialect == "sqlite":
        raise StoreError(f"{store.name}: not a ledger (other tables are in it); give another path")
    return 0


def upgrade(store: Store, *, to: int = LATEST) -> tuple[int, int]:
    """Bring a store to a schema version in one transaction; returns (before, after).

    Raises StoreError for a store made by a newer version.
    """
    if version(store) == to:
        return to, to
    with store.transaction():
        before = version(store)
        if before > LATEST:
            raise StoreError(
                f"{store.name}: made by a newer version (schema {before}, known up to {LATEST}); "
                "upgrade whipcount"
            )
        for number in range(before, to):
            _migrate(store, number)
        store.run(
            "INSERT INTO settings(name, value) VALUES ('schema', ?) "
            "ON CONFLICT(name) DO UPDATE SET value = excluded.value",
            (str(to),),
        )
    return before, to


def _migrate(store: Store, number: int) -> None:
    text = MIGRATIONS[number].format(**_TYPES[store.dialect])
    for statement in text.split(";"):
        if statement.strip():
            store.run(statement)
    if number == 0:
        for statement in _APPEND_ONLY[store.dialect]:
            store.run(statement)
