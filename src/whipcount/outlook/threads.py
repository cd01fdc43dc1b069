"""Linear algebra on one thread: the same answer on any machine, and CPU time that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def single_thread() -> Iterator[None]:
    """Hold numpy's and scipy's thread pools to one thread.

    Matrices here are small, so more threads cost CPU time; and sums split over threads would
    differ in the last digit with their number.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield
