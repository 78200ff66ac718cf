"""Files wherever Spark keeps them: on this machine, on HDFS, in a bucket."""

from __future__ import annotations

import json
from typing import Any

from pyspark.sql import SparkSession

from .._errors import InputError

#: A file of this name in a folder says that all of it was written.
DONE = "_SUCCESS"


class Files:
    """What is needed of Hadoop's file systems."""

    def __init__(self, spark: SparkSession) -> None:
        jvm = spark._jvm  # noqa: SLF001, there is no other way to Hadoop's files
        if jvm is None:
            raise InputError("this Spark session has no JVM beside it; Spark Connect cannot be used here")
        self._jvm: Any = jvm
        self._conf = spark.sparkContext._jsc.hadoopConfiguration()  # noqa: SLF001

    def _at(self, path: str) -> tuple[Any, Any]:
        found = self._jvm.org.apache.hadoop.fs.Path(path)
        return found.getFileSystem(self._conf), found

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""
        system, found = self._at(path)
        return bool(system.exists(found))

    def done(self, folder: str) -> bool:
        """Whether a folder was written to its end."""
        return self.exists(f"{folder}/{DONE}")

    def remove(self, path: str) -> None:
        """Takes away a file or a folder with all in it."""
        system, found = self._at(path)
        system.delete(found, True)

    def rename(self, path: str, to: str) -> None:
        """Puts a file or folder where nothing is."""
        system, found = self._at(path)
        if not system.rename(found, self._at(to)[1]):
            raise InputError(f"{to}: cannot be written; look whether something is there already")

    def listed(self, pattern: str) -> list[tuple[str, int, int]]:
        """Files by path, in order: path, bytes, and when they were last written to (ms since 1970)."""
        system, found = self._at(pattern)
        statuses = system.globStatus(found)
        if statuses is None or len(statuses) == 0:
            raise InputError(f"{pattern}: no such file")
        files = []
        for status in statuses:
            if status.isFile():
                files.append((status.getPath().toString(), status.getLen(), status.getModificationTime()))
                continue
            each = system.listFiles(status.getPath(), True)
            while each.hasNext():
                one = each.next()
                files.append((one.getPath().toString(), one.getLen(), one.getModificationTime()))
        hidden = [file for file in files if not file[0].rsplit("/", 1)[-1].startswith(("_", "."))]
        return sorted(hidden)

    def read(self, path: str) -> Any:
        """What a JSON file says; ``None`` where there is none, or one that was not written to its end."""
        if not self.exists(path):
            return None
        system, found = self._at(path)
        stream = system.open(found)
        try:
            text = self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        finally:
            stream.close()
        try:
            return json.loads(text)
        except ValueError:
            return None

    def write(self, path: str, what: Any) -> None:
        """Writes a JSON file."""
        system, found = self._at(path)
        stream = system.create(found, True)
        try:
            stream.write(bytearray(json.dumps(what, ensure_ascii=False, sort_keys=True).encode()))
        finally:
            stream.close()
