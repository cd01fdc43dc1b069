"""One small interface over SQLite (WAL) and PostgreSQL (psycopg 3), the only user of drivers.

SQL is written once with `?` for parameters, the column types `{blob}` and `{serial}`, and what both
databases share otherwise: `ON CONFLICT`, `RETURNING`, partial indexes.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from whipcount.errors import MissingExtra, StoreError

Row = tuple[Any, ...]
BUSY_SECONDS = 60.0  # how long a writer waits for another one before it gives up
POSTGRES_SCHEMES = ("postgresql://", "postgres://")


class Store(Protocol):
    """A database connection that the ledger can use; safe to share between threads."""

    name: str
    dialect: str

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run a query and fetch everything."""
        ...

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement."""
        ...

    def run_many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row of parameters."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """A context: commits at its end, rolls back on any error; nested ones join the outer."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """A context whose reads all see one moment; it holds up no writer."""
        ...

    def tables(self) -> set[str]:
        """Names of the tables that exist."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


def is_postgres(target: str | Path) -> bool:
    """True for a `postgresql://` address."""
    return str(target).startswith(POSTGRES_SCHEMES)


def connect(target: str | Path, *, create: bool) -> Store:
    """Connect to a file or a server; raises StoreError in one line."""
    if is_postgres(target):
        return PostgresStore(str(target))
    return SqliteStore(Path(target), create=create)


class SqliteStore:
    """A file in WAL mode: readers never wait, writers wait for each other.

    A commit survives the death of the process at any moment; `synchronous = NORMAL` means that the
    last commits before a power cut may be missing, never that the file is damaged.
    """

    dialect = "sqlite"

    def __init__(self, path: Path, *, create: bool) -> None:
        """Open the file; without `create` a missing one is an error."""
        self.name = str(path)
        self._lock = threading.RLock()
        self._depth = 0
        if not create and not path.is_file():
            raise StoreError(
                f"{path}: no such ledger; make one with: whipcount read ... --into {path}"
            )
        if create and not path.parent.is_dir():
            raise StoreError(f"{path}: the folder {path.parent} does not exist; create it first")
        with self._guard():
            try:
                self._connection = _open_sqlite(str(path), "journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if create or not _may_read_as_it_is(path, error):
                    raise
                self._connection = _open_sqlite(f"{path.resolve().as_uri()}?mode=ro&immutable=1")

    @contextmanager
    def _guard(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except (sqlite3.Error, OverflowError) as error:
                raise StoreError(f"{self.name}: {_sqlite_fault(error)}") from error

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run a query and fetch everything."""
        with self._guard():
            return self._connection.execute(sql, parameters).fetchall()

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement."""
        with self._guard():
            self._connection.execute(sql, parameters)

    def run_many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row of parameters."""
        with self._guard():
            self._connection.executemany(sql, parameters)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Take the write lock at once, so that two writers queue instead of failing."""
        with self._lock:
            if self._depth == 0:
                self.run("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self.run("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self.run("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads see one moment; writers go on beside it."""
        with self._lock:
            self.run("BEGIN")
            try:
                yield
            finally:
                self.run("ROLLBACK")

    def tables(self) -> set[str]:
        """Names of the tables that exist."""
        return {
            name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        }

    def close(self) -> None:
        """Close the connection; the last one out folds the log back into the file."""
        with self._guard():
            self._connection.close()


def _open_sqlite(target: str, *pragmas: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        target,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=target.startswith("file:"),
    )
    try:
        for pragma in (
            *pragmas,
            "synchronous = NORMAL",
            "cache_size = -64000",
            "mmap_size = 1073741824",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _may_read_as_it_is(path: Path, error: sqlite3.Error) -> bool:
    """Whether a file whose log cannot be opened may be read without one.

    Only where nothing is in the log: else what was committed last would silently be missing.
    """
    log = path.with_name(f"{path.name}-wal")
    refused = "readonly" in str(error) or "unable to open" in str(error)
    return refused and os.access(path, os.R_OK) and not (log.exists() and log.stat().st_size)


def _sqlite_fault(error: Exception) -> str:
    text = str(error)
    if "not a database" in text:
        return "not a ledger (it is no SQLite file); give the path of a ledger"
    if "readonly" in text or "unable to open" in text:
        return f"cannot be written ({text}); check the permissions of the file and its folder"
    if "locked" in text:
        return f"busy for {BUSY_SECONDS:.0f} s with another writer; try again later"
    return text


class PostgresStore:
    """A PostgreSQL server through psycopg 3, one connection; readers never wait."""

    dialect = "postgresql"

    def __init__(self, address: str) -> None:
        """Connect; raises StoreError without the password in its text."""
        try:
            import psycopg
        except ImportError as error:
            raise MissingExtra("PostgreSQL", "postgres") from error
        self._errors = psycopg.Error
        self._lock = threading.RLock()
        self._depth = 0
        self.name = _without_password(address)
        with self._guard():
            self._connection = psycopg.connect(address, autocommit=True, connect_timeout=10)

    @contextmanager
    def _guard(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except self._errors as error:
                text = " ".join(str(error).split())
                raise StoreError(f"{self.name}: {text}; check address and server") from error

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run a query and fetch everything."""
        with self._guard():
            return self._connection.execute(_percent(sql), parameters).fetchall()

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement."""
        with self._guard():
            self._connection.execute(_percent(sql), parameters)

    def run_many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row of parameters, pipelined."""
        with self._guard(), self._connection.cursor() as cursor:
            cursor.executemany(_percent(sql), list(parameters))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One writer at a time in a ledger, as in a file, so that none waits in a circle.

        Echo groups depend on all documents: two writers must see each other's.
        """
        with self._lock:
            if self._depth == 0:
                self.run("BEGIN; SELECT pg_advisory_xact_lock(hashtext(current_schema()))")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0 and not self._connection.closed:
                    self.run("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self.run("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads see one moment; writers go on beside it."""
        with self._lock:
            self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield
            finally:
                self.run("ROLLBACK")

    def tables(self) -> set[str]:
        """Names of the tables in the current schema."""
        found = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return {name for (name,) in found}

    def close(self) -> None:
        """Close the connection."""
        with self._guard():
            self._connection.close()


def _percent(sql: str) -> Any:
    """The driver's placeholder in place of `?`; our SQL has no literal `?` or `%`."""
    return sql.replace("?", "%s")


def _without_password(address: str) -> str:
    from urllib.parse import urlsplit, urlunsplit

    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")
    user = host[0].partition(":")[0]
    return urlunsplit(parts._replace(netloc=f"{user}@{host[2]}" if user else host[2]))
