"""Links names with Splink on DuckDB, as its documentation recommends for names.

linking.py IN OUT: reads records {id, name, kind, province}; writes a line for each threshold and way of making
clusters: {version, way, threshold, seconds, clusters}, the clusters in the order of the mentions (ids that begin
with m; those of list entries hold a #). The seconds are those of normalising, training, predicting and that way of
clustering.
"""

import json
import logging
import sys
import time
import unicodedata

import duckdb
import pyarrow
import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

ARTICLES = {"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "the"}
THRESHOLDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.9]


def normal(name):
    """Lower case, without accents, marks and articles."""
    letters = unicodedata.normalize("NFKD", name.lower())
    letters = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c) and c not in "'’`")
    words = [word for word in letters.split() if word not in ARTICLES]
    return " ".join(words) or letters.strip()


def linker(records, training):
    """A trained model: names by Jaro-Winkler levels with term frequencies, provinces and kinds by equality.

    Trained by expectation maximisation, or by the entries of the lists, which are labels. How often the province
    of one place is told the same cannot be learned from either and is set.
    """
    api = DuckDBAPI()
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            cl.NameComparison("name").configure(term_frequency_adjustments=True),
            cl.ExactMatch("province").configure(m_probabilities=[0.85, 0.15]),
            cl.ExactMatch("kind"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("kind", "name"),
            block_on("kind", "start"),
            block_on("kind", "province", "substr(name, 1, 1)"),
        ],
        retain_matching_columns=False,
    )
    made = Linker(api.register(pyarrow.Table.from_pylist(records)), settings, log_level=logging.ERROR)
    train = made.training
    train.estimate_probability_two_random_records_match([block_on("kind", "name")], recall=0.6)
    train.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    if training == "labels":
        train.estimate_m_from_label_column("entry")
    else:
        train.estimate_parameters_using_expectation_maximisation(block_on("kind", "start"))
    return made


def by_components(made, pairs, threshold, records):
    """Splink's own clusters."""
    clusters = made.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=threshold)
    rows = clusters.as_duckdbpyrelation().select("id, cluster_id").fetchall()
    return {name: str(cluster) for name, cluster in rows}


def by_best_entry(made, pairs, threshold, records):
    """Each mention to the entry of the lists that it matches best; mentions without one by components."""
    kept = pairs.as_duckdbpyrelation().filter(f"match_probability >= {threshold}")
    rows = kept.select("id_l, id_r, match_probability").fetchall()
    best, others, group = {}, [], {}
    for a, b, odds in rows:
        listed = [name for name in (a, b) if "#" in name]
        if len(listed) == 1:
            mention = b if listed[0] == a else a
            best[mention] = max(best.get(mention, (0.0, "")), (odds, listed[0].split("#")[0]))
        elif not listed:
            others.append((a, b))

    def top(name):
        while group.get(name, name) != name:
            name = group[name]
        return name

    for a, b in others:
        if a not in best and b not in best:
            a, b = sorted((top(a), top(b)))
            group[b] = a
    ids = [record["id"] for record in records if "#" not in record["id"]]
    return {name: best[name][1] if name in best else top(name) for name in ids}


def main(source, target):
    with open(source, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    mentions = [record["id"] for record in records if "#" not in record["id"]]
    version = f"Splink {splink.__version__} on DuckDB {duckdb.__version__}"
    start = time.perf_counter()
    for record in records:
        record["name"] = normal(record["name"])
        record["start"] = record["name"][:3]
        record["entry"] = record["id"].split("#")[0] if "#" in record["id"] else None
    prepared = time.perf_counter() - start
    with open(target, "w", encoding="utf-8") as out:
        for training in ["expectation maximisation", "labels"]:
            start = time.perf_counter()
            made = linker(records, training)
            pairs = made.inference.predict(threshold_match_probability=min(THRESHOLDS))
            trained = prepared + time.perf_counter() - start
            for threshold in THRESHOLDS:
                for way, cluster in [("components", by_components), ("best listed entry", by_best_entry)]:
                    start = time.perf_counter()
                    found = cluster(made, pairs, threshold, records)
                    run = {
                        "version": version,
                        "way": f"{training}, {way}",
                        "threshold": threshold,
                        "seconds": trained + time.perf_counter() - start,
                        "clusters": [found.get(mention, mention) for mention in mentions],
                    }
                    out.write(json.dumps(run) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
