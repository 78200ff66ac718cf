"""Connected components by large-star and small-star (Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii 2014,
"Connected Components in MapReduce and Beyond", SoCC): every node ends at the least of its component, after rounds whose
number grows with the logarithm of the nodes and not with the length of chains."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
from pyspark.sql import DataFrame, Observation, Window
from pyspark.sql import functions as F

from ._files import Files

#: So many edges take less than 200 MB and a second or two of one task, and less than any round of many.
SMALL = 500_000

#: More rounds than any graph takes that fits a cluster; a bound, so that a fault ends.
MOST = 100


def stars(edges: DataFrame, folder: str, partitions: int, files: Files, small: int = SMALL) -> DataFrame:
    """Nodes with the least node of their component: ``node``, ``least``; the least ones themselves are left out.

    ``edges`` has the nodes of each edge in ``a`` and ``b``. Each round is written to ``folder``, where a run that was
    stopped goes on. At most ``small`` edges are looked at by one task, which needs no rounds.
    """
    spark = edges.sparkSession
    schema = "node binary, least binary"
    now = edges.where("a <> b").select(F.greatest("a", "b").alias("node"), F.least("a", "b").alias("least")).distinct()
    if now.count() <= small:
        return now.repartition(1).mapInArrow(_at_once, schema)
    for n in range(MOST):
        path, said = f"{folder}/{n:02}", f"{folder}/{n:02}.json"
        if not files.done(path) or files.read(said) is None:
            if n > 0:
                now = _small_star(_large_star(now, partitions), partitions)
            # Two sums of hashes: edges that are others and look the same to both are not to be expected.
            seen = Observation()
            now = now.observe(
                seen,
                F.count(F.lit(1)).alias("edges"),
                F.sum(F.xxhash64("node", "least").cast("decimal(38,0)")).alias("one"),
                F.sum(F.hash("least", "node").cast("decimal(38,0)")).alias("two"),
            )
            now.write.mode("overwrite").parquet(path)
            files.write(said, [str(seen.get[name]) for name in ("edges", "one", "two")])
        now = spark.read.schema(schema).parquet(path)
        same = files.read(said)
        if same[0] == "0" or (n > 0 and same == files.read(f"{folder}/{n - 1:02}.json")):
            return now
    raise RuntimeError("components did not settle; this is a fault in gainsay, please send it in")


def _at_once(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
    """The same of all edges (Galler and Fischer 1964, "An improved equivalence algorithm", CACM 7)."""
    least: dict[bytes, bytes] = {}

    def root(node: bytes) -> bytes:
        top = node
        while (above := least.get(top, top)) != top:
            top = above
        while node != top:
            least[node], node = top, least.get(node, node)
        return top

    for batch in batches:
        for a, b in zip(batch.column("node").to_pylist(), batch.column("least").to_pylist(), strict=True):
            a, b = root(a), root(b)
            least[max(a, b)] = min(a, b)
            least.setdefault(min(a, b), min(a, b))
    nodes = sorted(node for node in least if root(node) != node)
    yield pa.RecordBatch.from_pydict(
        {"node": pa.array(nodes, pa.binary()), "least": pa.array([root(node) for node in nodes], pa.binary())}
    )


def _large_star(edges: DataFrame, partitions: int) -> DataFrame:
    """Joins the greater neighbours of every node to the least of all its neighbours."""
    both = edges.select("node", F.col("least").alias("beside")).unionByName(
        edges.select(F.col("least").alias("node"), F.col("node").alias("beside"))
    )
    near = Window.partitionBy("node")
    least = F.least("node", F.min("beside").over(near))
    found = both.repartition(partitions, "node").select("node", "beside", least.alias("least"))
    return found.where("beside > node").select(F.col("beside").alias("node"), "least").distinct()


def _small_star(edges: DataFrame, partitions: int) -> DataFrame:
    """Joins every node and its lesser neighbours to the least of them."""
    near = Window.partitionBy("node")
    found = edges.repartition(partitions, "node").select(
        "node", F.col("least").alias("beside"), F.min("least").over(near).alias("least")
    )
    own = found.select("node", "least")
    others = found.where("beside <> least").select(F.col("beside").alias("node"), "least")
    return own.unionByName(others).distinct()
