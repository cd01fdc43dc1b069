"""The same in Python: a count that is read, asked and printed from a notebook."""

from __future__ import annotations

from whipcount.notebook.count import Count, open_count, read
from whipcount.notebook.tables import Table

__all__ = ["Count", "Table", "open_count", "read"]
