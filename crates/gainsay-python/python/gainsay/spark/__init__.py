"""gainsay on Apache Spark: an archive that no one machine reads or weighs.

- :func:`run` reads reports and weighs what they claim, from files to files, and goes on where it was stopped.
- :func:`reports` and :func:`read` give reports and their claims as data frames.
- :func:`weigh` weighs claims: the same entities, voices and events as :func:`gainsay.weigh` finds on one machine.

Every worker needs this wheel, pyarrow and pyspark's own Python. ``docs/spark.md`` tells how much memory, and what to do
on a cluster.
"""

from __future__ import annotations

from ._archive import run
from ._read import read, reports
from ._weigh import Weighed, weigh

__all__ = ["Weighed", "read", "reports", "run", "weigh"]
