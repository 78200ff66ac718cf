"""While it works: the interpreter is free, Ctrl-C is heard, memory is flat, a fork is safe."""

import json
import multiprocessing
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import pyarrow as pa
import pytest

import gainsay
from shared import EXAMPLES, endless


def test_the_interpreter_is_free_meanwhile(long_text):
    ticks, stop = [0], threading.Event()

    def tick() -> None:
        while not stop.is_set():
            ticks[0] += 1
            time.sleep(0.001)

    gainsay.extract(["Nothing."])
    ticker = threading.Thread(target=tick)
    ticker.start()
    before, begun = ticks[0], time.monotonic()
    gainsay.extract([long_text] * 2, threads=1)
    elapsed, ticked = time.monotonic() - begun, ticks[0] - before
    stop.set()
    ticker.join()
    # Were the interpreter held, the other thread would have stood still all the while.
    assert elapsed > 0.05
    assert ticked > elapsed * 100


def interrupted_within(seconds: float, work) -> float:
    """Presses Ctrl-C while `work` goes on; how long it took to be heard, in seconds."""
    pressed = []

    def press() -> None:
        time.sleep(0.5)
        pressed.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    presser = threading.Thread(target=press)
    presser.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            work()
        heard = time.monotonic() - pressed[0]
    finally:
        presser.join()
    assert heard < seconds
    return heard


def test_ctrl_c_is_heard_while_reading(long_text):
    # One text takes long: the wait is heard all the same.
    interrupted_within(1.0, lambda: gainsay.extract([long_text] * 200))


def test_ctrl_c_is_heard_in_a_stream(reports, long_text):
    def batches():
        while True:
            yield pa.record_batch({"text": [long_text]})

    reader = pa.RecordBatchReader.from_batches(pa.schema([("text", pa.string())]), batches())

    def work() -> None:
        for _ in gainsay.extract_batches(reader):
            pass

    interrupted_within(1.0, work)


def test_ctrl_c_in_the_stream_s_own_code_is_ctrl_c():
    def batches():
        yield pa.record_batch({"text": ["Shells fell."]})
        raise KeyboardInterrupt

    reader = pa.RecordBatchReader.from_batches(pa.schema([("text", pa.string())]), batches())
    with pytest.raises(KeyboardInterrupt):
        gainsay.extract(reader)


def test_after_ctrl_c_all_is_as_before(long_text):
    interrupted_within(1.0, lambda: gainsay.extract([long_text] * 200))
    claims = gainsay.extract(["Shells killed 5 civilians in Al-Qusour."])
    assert len(claims) == 1


def test_ctrl_c_while_adding_keeps_what_was_written(tmp_path, reports):
    many = tmp_path / "many.jsonl"
    with many.open("w", encoding="utf-8") as out:
        for report, _ in zip(endless(reports), range(1500)):
            out.write(json.dumps(report, ensure_ascii=False) + "\n")
    ledger = gainsay.init(tmp_path / "gainsay.gpkg", by="test")
    interrupted_within(20.0, lambda: ledger.add(many, by="test"))
    # What was being written when Ctrl-C came is still written; then all is there to go on from.
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            done = ledger.verify()
            break
        except gainsay.LedgerError:
            time.sleep(0.2)
    assert done.ok
    assert done.reports < 1500
    ledger.close()


STREAM = """
import itertools, json, pathlib, sys
import pyarrow as pa
import gainsay

def memory():
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096

reports = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
texts = itertools.cycle(report["text"] for report in reports)
# Four megabytes beside each of 60 texts: 240 MB in all, were they kept.
padding = "x" * (4 << 20)
batches = (pa.record_batch({"text": [next(texts)], "raw": [padding]}) for _ in range(60))
reader = pa.RecordBatchReader.from_batches(pa.schema([("text", pa.string()), ("raw", pa.string())]), batches)
grown, before, rows = 0, None, 0
for n, claims in enumerate(gainsay.extract_batches(reader)):
    rows += len(claims)
    if n == 10:
        before = memory()
    elif n > 10:
        grown = max(grown, memory() - before)
print(rows, grown)
"""


@pytest.mark.skipif(not pathlib.Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_memory_is_flat_over_a_stream():
    feed = str(EXAMPLES / "feed.jsonl")
    done = subprocess.run([sys.executable, "-c", STREAM, feed], capture_output=True, text=True, check=True)
    rows, grown = map(int, done.stdout.split())
    assert rows > 200
    assert grown < 48 << 20


def read_in_child(queue) -> None:
    queue.put(len(gainsay.extract(["Shells killed 5 civilians in Al-Qusour."])))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_fork_reads_on(ledger):
    # The parent has threads; a child that was forked off has none of them.
    assert len(gainsay.extract(["Shells killed 5 civilians in Al-Qusour."])) == 1
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    child = context.Process(target=read_in_child, args=(queue,))
    child.start()
    child.join(120)
    assert child.exitcode == 0
    assert queue.get() == 1


def ask_in_child(ledger, queue) -> None:
    try:
        ledger.events()
    except gainsay.LedgerError as error:
        queue.put(str(error))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_an_open_ledger_is_of_its_process(ledger):
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    child = context.Process(target=ask_in_child, args=(ledger, queue))
    child.start()
    child.join(60)
    assert child.exitcode == 0
    assert queue.get() == "this was opened in another process; open it anew in this one"


def test_many_threads_ask_one_ledger(ledger):
    answers = []

    def ask() -> None:
        answers.append(len(ledger.events()))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [len(ledger.events())] * 4
