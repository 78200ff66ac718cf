"""Turns a language model's answer into claims.jsonl for `gainsay add`.

    claims_of_answer.py REPORTS.jsonl READER@VERSION < ANSWER.json > claims.jsonl

The answer is what `prompt.txt` asks for: {"document": …, "claims": [{"kind": …, "quote": …, …}]}, or a list of these.
Nothing is corrected here: gainsay holds each value to the report and refuses what does not follow from it.
"""
import json
import sys

FIELDS = ("kind", "status", "actor", "target", "place", "time", "count", "source", "degree", "unverified")


def evidence(text, quote):
    """The quotation with its offsets in code points where it stands once; else gainsay looks for it or says why not."""
    at = text.find(quote)
    if at < 0 or text.find(quote, at + 1) >= 0:
        return {"exact": quote}
    return {"start": at, "end": at + len(quote), "exact": quote}


def claims(answer, texts, reader):
    """A claim for each that the model gives."""
    document = answer["document"]
    for said in answer["claims"]:
        claim = {field: said[field] for field in FIELDS if said.get(field) not in (None, "", [])}
        quotes = said["quote"] if isinstance(said.get("quote"), list) else [said.get("quote") or ""]
        claim["evidence"] = [evidence(texts.get(document, ""), quote) for quote in quotes]
        yield {"document": document, "reader": reader, **claim}


def main(reports, reader):
    with open(reports, encoding="utf-8") as lines:
        texts = {report["id"]: report["text"] for report in map(json.loads, lines)}
    answers = json.load(sys.stdin)
    for answer in answers if isinstance(answers, list) else [answers]:
        for claim in claims(answer, texts, reader):
            print(json.dumps(claim, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
