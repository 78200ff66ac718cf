"""Components and numbers, on graphs that archives have: chains, stars, pairs."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from gainsay.spark._files import Files
from gainsay.spark._graph import stars
from gainsay.spark._rank import ranks


def key(n: int) -> bytearray:
    # Some greater than 127, so that bytes are not taken for signed.
    return bytearray(n.to_bytes(3, "big"))


def least_of(edges: list[tuple[int, int]]) -> dict[int, int]:
    home = {node: node for edge in edges for node in edge}
    for a, b in edges * len(home):
        home[a] = home[b] = min(home[a], home[b])
        if all(home[a] == home[b] for a, b in edges):
            break
    return {node: least for node, least in home.items() if node != least}


def graph() -> list[tuple[int, int]]:
    dice = random.Random(3)
    chain = [(n, n + 1) for n in range(100, 140)]
    star = [(1000, n) for n in range(1001, 1020)]
    pairs = [(dice.randrange(40000, 41000), dice.randrange(40000, 41000)) for _ in range(120)]
    return [*chain, *star, *pairs, (7, 7), (9, 8), (8, 9)]


def test_rounds_and_one_task_find_the_same_components(spark: Any, tmp_path: Path) -> None:
    edges = graph()
    frame = spark.createDataFrame([(key(a), key(b)) for a, b in edges], "a binary, b binary").coalesce(1)
    expected = {bytes(key(node)): bytes(key(least)) for node, least in least_of(edges).items()}
    for small in (0, 10_000):
        folder = tmp_path / str(small)
        found = stars(frame, str(folder), 2, Files(spark), small).collect()
        assert {bytes(row["node"]): bytes(row["least"]) for row in found} == expected
    # A chain of forty takes far fewer rounds than it has links.
    assert len(list((tmp_path / "0").glob("*.json"))) <= 8


def test_keys_are_numbered_in_the_order_of_their_bytes(spark: Any, tmp_path: Path) -> None:
    keys = [bytearray([n, 255 - n]) for n in range(0, 256, 3)] + [bytearray(b"\x05"), bytearray(b"\x05\xfa\x00")]
    random.Random(5).shuffle(keys)
    frame = spark.createDataFrame([(key,) for key in [*keys, keys[0]]], "key binary")
    found = ranks(frame, str(tmp_path), 3, Files(spark)).collect()
    numbers = {bytes(row["key"]): int.from_bytes(row["row"], "big") for row in found}
    assert numbers == {key: n for n, key in enumerate(sorted(bytes(key) for key in keys))}
