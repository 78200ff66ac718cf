//! The guide to a bundle: for somebody who never heard of gainsay and has to say what is in it, and what it shows.

use serde_json::Value;

use super::Packed;
use crate::custody::page::Page;
use crate::custody::statement::Statement;

/// The guide, as a page.
pub(super) fn guide(event: &Value, reports: &[Packed], statement: &Statement, names: bool) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let mut page = Page::new(format!("Bundle of evidence: {}", text(&event["id"])));
    page.text(
        "This folder holds what stands behind one event in a ledger of claims: the reports in which it was read, the \
         claims themselves, and the record that shows that nothing of it was changed since it was taken in. It says who \
         said what; it does not say what is true.",
    );
    page.heading("How to check it");
    page.list([
        "You need Python 3.9 or newer and nothing else: no network, no other program. Unpack the archive, open a terminal in the folder, and run: python3 verify.py",
        "It ends with “sound”, or lists each thing that is wrong. It also lists what it did not check, and why. “Nothing wrong, and nothing shown but by whoever packed this” is less than sound: names are left out, and nothing but the packer's signature holds the texts.",
        "Compare the ids of all keys that it prints with those that the people who collected the reports gave you themselves; a key that nobody gave you may be a forger's. This is the step that no program can take for you.",
        "Whoever forges a bundle can change the script in it as well. If it matters, run a verify.py that you have from elsewhere on this folder: python3 verify.py FOLDER",
        "If a checkpoint of this ledger was published or handed to you earlier, run: python3 verify.py . NOTE.txt – it says whether this is the ledger that the note speaks of, unchanged up to that entry.",
        "Time stamps of authorities are checked with OpenSSL: openssl ts -verify -data checkpoints/NUMBER.txt -in checkpoints/NUMBER-NUMBER.tsr -CAfile AUTHORITY.pem",
    ]);
    page.heading("What is in it");
    page.table(&["file", "what it is"], FILES.iter().map(|row| row.map(str::to_owned).to_vec()).collect());
    if !names {
        page.text(
            "In this copy private persons bear pseudonyms, for their safety. The bytes of the reports, what lay beside \
             them and the particulars of the log are left out. So it cannot be checked here that the texts are those \
             that were taken in: ask whoever made the bundle for one with names, which a court can order to be sealed.",
        );
    }
    page.heading("Reports");
    let row = |packed: &Packed| {
        let told = &packed.told;
        ["report", "publisher", "published", "title", "url", "added", "raw_sha256"]
            .into_iter()
            .map(|name| text(&told[name]))
            .chain([packed.folder.clone()])
            .collect()
    };
    let head =
        ["id", "outlet", "said on", "headline", "address", "taken in (UTC)", "SHA-256 as it came", "folder"];
    page.table(&head, reports.iter().map(row).collect());
    page.heading("How the record works");
    page.list([
        "Everything that was done to the ledger is an entry of its log: a report taken in, claims read from it, a decision taken, each with who and when.",
        "Each entry bears a fingerprint (SHA-256) of itself and of the entry before it. Whoever changes, removes or puts in an entry changes every fingerprint after it.",
        "Each entry is signed (Ed25519) by the key of whoever wrote it. Without that key nobody can make another entry that looks like theirs.",
        "A checkpoint is a signed note of where the log stood. Published, or stamped by an authority, it shows that everything up to that entry was there by then.",
        "Entries that do not concern this event are there with their fingerprints alone, so that the chain is whole without telling of other matters.",
        "Where a report was removed because a source was in danger, its entries keep their fingerprints and a later entry says so.",
    ]);
    page.heading("State of the ledger when this was packed");
    page.facts(&[
        ("Checked by", statement.tool.clone()),
        ("Checked at (UTC)", statement.checked_at.clone()),
        ("Faults found", statement.faults.len().to_string()),
        ("Entries in the log", statement.entries.to_string()),
        ("Hash of the last entry", statement.head.clone().unwrap_or_default()),
        ("Checkpoints", statement.checkpoints.len().to_string()),
    ]);
    page.text("The full statement is in verification.html.");
    page.heading("What this does not show");
    page.list([
        "Whether a report is true, or who really wrote it: only that these bytes were taken in, by whom, and since when.",
        "Whether claims were read rightly: each quotes the words it was read from, so that you can judge yourself.",
        "Times are those of the computers of whoever wrote the entries; time stamps of others are in checkpoints.",
    ]);
    page.html()
}

const FILES: [[&str; 2]; 11] = [
    ["START-HERE.html", "this guide"],
    ["verify.py", "the script that checks everything here; 60 lines, to be read by whoever wants to"],
    [
        "verification.html",
        "the statement of what gainsay checked in the whole ledger, and found; verification.json for programs",
    ],
    ["event.json", "the event as it was weighed: where, when, how many, by how many independent voices"],
    [
        "claims.jsonl",
        "its claims as they stand after decisions, one a line, each with the words it was read from (evidence)",
    ],
    [
        "decisions.jsonl",
        "what people decided of it: confirmed, corrected, merged, undone; by whom, when and why",
    ],
    [
        "reports/",
        "for each report: report.json (custody), text.txt, raw.* (as it came), beside/ (checksums, headers), reading-* (claims as first read)",
    ],
    ["log.jsonl", "the whole chain of the log, one entry a line"],
    ["checkpoints/", "signed notes (.txt), and what timestamp services answered (.tsr, .ots)"],
    ["bound.jsonl", "which file has its hash in which entry of the log"],
    ["SHA256SUMS", "the hash of every file; SHA256SUMS.signature is the packer's signature over it"],
];
