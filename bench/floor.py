"""The floor that reading is measured against: spaCy's blank English pipeline (tokeniser) with a sentencizer and an
entity ruler of names; no model is loaded.

floor.py TEXTS.json NAMES.json: prints its version, then for each number on standard input reads all texts so many
times and prints the seconds that its thread ran on a processor.
"""
import json
import sys
import time

import spacy


def pipeline(names):
    nlp = spacy.blank("en")
    nlp.max_length = 1 << 30
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "NAME", "pattern": name} for name in names])
    return nlp


def main(texts, names):
    with open(texts, encoding="utf8") as file:
        texts = json.load(file)
    with open(names, encoding="utf8") as file:
        nlp = pipeline(json.load(file))
    print(spacy.__version__, flush=True)
    for line in sys.stdin:
        start = time.thread_time()
        for _ in range(int(line)):
            for doc in nlp.pipe(texts):
                assert doc.has_annotation("SENT_START")
        print(time.thread_time() - start, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
