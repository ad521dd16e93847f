"""Tables in files that people bring: whatever they hold, they are text to us, never code."""

from transfers.files.kinds import MOST_BYTES, UnreadableError
from transfers.files.tables import FORMULA, MOST_COLUMNS, MOST_ROWS, Table, read_table
from transfers.files.writing import table_response

__all__ = [
    "FORMULA",
    "MOST_BYTES",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Table",
    "UnreadableError",
    "read_table",
    "table_response",
]
