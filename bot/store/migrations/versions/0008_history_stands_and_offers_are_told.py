"""An appointment's history stands by rule of the database; whom an offer of the waiting list reached."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

STEP = "appointment_step"
OWNER = "fk_appointment_step_reference"
SQLITE = (
    """
    CREATE TRIGGER appointment_step_is_not_changed BEFORE UPDATE ON appointment_step
    BEGIN SELECT RAISE(ABORT, 'the history of an appointment is not changed'); END
    """,
    """
    CREATE TRIGGER appointment_step_goes_with_its_appointment BEFORE DELETE ON appointment_step
    WHEN EXISTS (SELECT 1 FROM appointment WHERE reference = OLD.reference)
    BEGIN SELECT RAISE(ABORT, 'the history of an appointment goes only with it'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION keep_appointment_step() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM appointment WHERE reference = OLD.reference) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'the history of an appointment is not changed and goes only with it'
            USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER appointment_step_stands BEFORE UPDATE OR DELETE ON appointment_step
    FOR EACH ROW EXECUTE FUNCTION keep_appointment_step()
    """,
    """
    CREATE TRIGGER appointment_step_is_not_emptied BEFORE TRUNCATE ON appointment_step
    FOR EACH STATEMENT EXECUTE FUNCTION keep_appointment_step()
    """,
)
UNDO_SQLITE = (
    "DROP TRIGGER appointment_step_is_not_changed",
    "DROP TRIGGER appointment_step_goes_with_its_appointment",
)
UNDO_POSTGRESQL = (
    "DROP TRIGGER appointment_step_stands ON appointment_step",
    "DROP TRIGGER appointment_step_is_not_emptied ON appointment_step",
    "DROP FUNCTION keep_appointment_step",
)


def upgrade() -> None:
    """Let the history go with its appointment and not else, and make the columns."""
    _bind_history(ondelete="CASCADE")
    _run(SQLITE, POSTGRESQL)
    op.add_column("waiting_entry", sa.Column("conversation_id", sa.String(64)))
    op.add_column("waiting_entry", sa.Column("told", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("waiting_entry", sa.Column("passed", sa.Text, nullable=False, server_default=sa.text("''")))
    op.create_index("ix_waiting_entry_conversation_id", "waiting_entry", ["conversation_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_waiting_entry_conversation_id", "waiting_entry")
    with op.batch_alter_table("waiting_entry") as entries:
        for column in ("passed", "told", "conversation_id"):
            entries.drop_column(column)
    _run(UNDO_SQLITE, UNDO_POSTGRESQL)
    _bind_history(ondelete=None)


def _bind_history(ondelete: "str | None") -> None:
    with op.batch_alter_table(STEP) as steps:
        steps.drop_constraint(OWNER, type_="foreignkey")
        steps.create_foreign_key(OWNER, "appointment", ["reference"], ["reference"], ondelete=ondelete)


def _run(on_sqlite: "tuple[str, ...]", on_postgresql: "tuple[str, ...]") -> None:
    for statement in on_sqlite if op.get_bind().dialect.name == "sqlite" else on_postgresql:
        op.execute(statement)
