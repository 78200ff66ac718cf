"""claimreview and prov, against the shapes that their standards give."""

import json

import jsonschema
import pytest

WORK = {"type": "object", "required": ["@type"], "properties": {"@type": {"const": "CreativeWork"}, "url": {"type": "string"}, "datePublished": {"type": "string", "format": "date"}}}
REVIEWS = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@graph": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["@type", "@id", "claimReviewed", "author", "itemReviewed", "reviewRating"],
                "properties": {
                    "@type": {"const": "ClaimReview"},
                    "claimReviewed": {"type": "string", "minLength": 1},
                    "itemReviewed": {
                        "type": "object",
                        "required": ["@type", "appearance", "author"],
                        "properties": {"@type": {"const": "Claim"}, "appearance": {"type": "array", "items": WORK}, "firstAppearance": WORK},
                    },
                    "reviewRating": {"type": "object", "required": ["@type", "alternateName"], "properties": {"@type": {"const": "Rating"}, "ratingValue": False}},
                },
            },
        },
    },
}

# PROV-JSON (W3C member submission of 24 April 2013): each table maps identifiers to attributes or lists of these.
RECORD = {"type": "object", "additionalProperties": {"oneOf": [{"type": ["string", "number", "boolean"]}, {"type": "object", "required": ["$"], "properties": {"type": {"type": "string"}, "lang": {"type": "string"}}}, {"type": "array"}]}}


def relation(*needed):
    return {"type": "object", "additionalProperties": {**RECORD, "required": [f"prov:{name}" for name in needed]}}


PROV = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "prefix": {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}},
        "entity": {"type": "object", "additionalProperties": RECORD},
        "activity": {"type": "object", "additionalProperties": RECORD},
        "agent": {"type": "object", "additionalProperties": RECORD},
        "wasGeneratedBy": relation("entity"),
        "used": relation("activity"),
        "wasAssociatedWith": relation("activity"),
        "wasAttributedTo": relation("entity", "agent"),
        "wasDerivedFrom": relation("generatedEntity", "usedEntity"),
        "actedOnBehalfOf": relation("delegate", "responsible"),
    },
}


def test_reviews_say_what_is_disputed(exports):
    document = json.loads((exports / "disputes.jsonld").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(REVIEWS, format_checker=jsonschema.FormatChecker()).validate(document)
    disputed = [review["reviewRating"]["alternateName"] for review in document["@graph"]]
    assert any(text.startswith("Disputed: count") for text in disputed)
    assert not any(word in text.lower() for text in disputed for word in ["true", "false", "correct"])
    ids = [review["@id"] for review in document["@graph"]]
    assert len(ids) == len(set(ids))


@pytest.fixture(scope="module")
def document(exports):
    return json.loads((exports / "all.prov.json").read_text(encoding="utf-8"))


def test_prov_has_its_shape(document):
    jsonschema.Draft202012Validator(PROV).validate(document)


def test_every_relation_is_between_records_that_are_there(document):
    kinds = {"prov:entity": "entity", "prov:generatedEntity": "entity", "prov:usedEntity": "entity", "prov:activity": "activity", "prov:agent": "agent", "prov:delegate": "agent", "prov:responsible": "agent"}
    prefixes = set(document["prefix"]) | {"prov", "xsd"}
    for table, rows in document.items():
        if table == "prefix":
            continue
        for name, row in rows.items():
            assert name.startswith("_:") or name.split(":")[0] in prefixes, name
            for key, value in row.items():
                if key in kinds:
                    assert value in document[kinds[key]], f"{table}: {value}"


def test_every_claim_leads_to_its_report(document, claims):
    derived = {(row["prov:generatedEntity"], row["prov:usedEntity"]) for row in document["wasDerivedFrom"].values()}
    for claim in claims.values():
        assert (f"gs:claim/{claim['id']}", f"gs:report/{claim['document']}") in derived
