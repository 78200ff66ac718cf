"""The notebooks in examples/python do what they show, from a fresh kernel, and are kept without outputs."""

import html
import json
import os
import re

import pytest

from shared import ROOT

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

FOLDER = ROOT / "examples" / "python"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_outputs_are_kept(name):
    notebook = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What each cell of the notebook on contradictions shows, by the first words of the cell before it."""
    # The kernel's own files belong nowhere.
    os.environ["JUPYTER_RUNTIME_DIR"] = str(tmp_path_factory.mktemp("jupyter"))
    os.environ["IPYTHONDIR"] = str(tmp_path_factory.mktemp("ipython"))
    notebook = nbformat.read(FOLDER / "contradictions.ipynb", as_version=4)
    client = nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}})
    client.execute()
    text = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output["output_type"] != "error"
            data = output.get("data", {})
            text.append(output.get("text") or data.get("text/html") or data.get("text/plain") or "")
    return "\n".join(text)


@pytest.mark.filterwarnings("ignore")
def test_it_shows_what_it_tells_of(shown):
    plain = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown)))
    # Taken in.
    assert "26 reports," in plain and "refused: []" in plain
    # The three figures for soldiers killed, and who gives them.
    assert "50 / 65 / 167" in plain
    for root in ("syrian-observatory-for-human-rights", "deir-ezzor-24", "amaq"):
        assert root in plain
    # The tie that takes the low one.
    assert "tie -> low" in plain
    # The bridge: held, not yet known, and not by SANA.
    assert re.search(r"by all that is known held islamic-state", plain)
    assert re.search(r"'known_by': '2014-06-03'} unknown", plain)
    # The timeline is drawn.
    assert "<svg" in shown and "<rect" in shown
    # Saved, and whole.
    assert "claims, and the ledger is whole" in plain
