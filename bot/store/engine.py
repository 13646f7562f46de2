"""Connections to the database, safe for several threads and processes on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, ExceptionContext
from sqlalchemy.pool import NullPool

LOOKS_ONLY = {"handrail_looks_only": True}
"""Options of a connection that changes nothing: on SQLite it waits for no writer, and none waits for it."""


def make_engine(url: str) -> Engine:
    """An engine for this database address; values never show in its errors or logs.

    SQLite: write-ahead log, writers take their turn at the start (BEGIN IMMEDIATE) and wait up to
    30 s. PostgreSQL: dead connections are replaced unseen, no statement outlasts 5 s, no wait for a lock
    2 s, and who falls silent in the middle of a change has lost it after 5 s.
    """
    if url.startswith("sqlite"):
        engine = create_engine(url, future=True, hide_parameters=True, poolclass=NullPool)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    limits = "-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=5000"
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_recycle=1800,
        pool_timeout=5,
        # A server that went away without a word is noticed after 10 s.
        connect_args={"connect_timeout": 3, "tcp_user_timeout": 10_000, "options": limits},
    )
    event.listen(engine, "handle_error", _keep_values_out)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come too late
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 30000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    looks_only = connection.get_execution_options().get("handrail_looks_only")
    connection.exec_driver_sql("BEGIN" if looks_only else "BEGIN IMMEDIATE")


def _keep_values_out(context: ExceptionContext) -> None:
    """PostgreSQL repeats the row that failed, from the second line of its error on."""
    for problem in (context.original_exception, context.sqlalchemy_exception):
        if problem is not None:
            problem.args = (str(problem.args[0]).partition("\n")[0],) if problem.args else ()
