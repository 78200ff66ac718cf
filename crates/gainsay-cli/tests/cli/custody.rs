//! What leaves the house as proof: notes, time stamps, statements, the custody of reports.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::desk::Desk;

/// Makes time stamps by a throw-away authority; needs OpenSSL.
fn authority() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../gainsay-custody/tests/tokens/make.sh")
}

fn statement(desk: &Desk, args: &[&str]) -> Value {
    let ran = desk.run(&[&["verify", "-o", "statement.json"], args].concat());
    assert_eq!(ran.err, "", "{}", ran.out);
    let found: Value = serde_json::from_slice(&std::fs::read(desk.path("statement.json")).unwrap()).unwrap();
    assert_eq!(ran.code, i32::from(!found["faults"].as_array().unwrap().is_empty()), "{}", ran.out);
    found
}

/// What the statement says of the only stamp of the last checkpoint.
fn told(statement: &Value) -> String {
    let stamps = statement["checkpoints"].as_array().unwrap().last().unwrap()["stamps"].as_array().unwrap();
    stamps.last().unwrap()["told"].as_str().unwrap().to_owned()
}

#[test]
fn a_published_note_tells_whether_the_ledger_is_the_one_it_speaks_of() {
    let desk = Desk::with_ledger();
    let note = desk.ok(&["--quiet", "checkpoint"]);
    assert!(note.starts_with("gainsay checkpoint\nledger ") && note.lines().count() == 7, "{note}");
    desk.write("note.txt", &note);
    let said = desk.ok(&["verify", "--checkpoint", "note.txt"]);
    assert!(said.contains("unchanged up to entry") && said.contains("(tester)"), "{said}");
    // What comes later changes nothing of it.
    desk.write(
        "more.txt",
        "3 June 2014\n\nRebels captured the town of Mayadin on Tuesday, activists said.\n",
    );
    desk.ok(&["add", "more.txt"]);
    desk.ok(&["verify", "--checkpoint", "note.txt"]);
    // The same note again, and of an entry that records none.
    let entry = note.lines().nth(2).unwrap().strip_prefix("entry ").unwrap();
    assert_eq!(desk.ok(&["--quiet", "checkpoint", "--of", entry]), note);
    assert!(desk.refused(&["checkpoint", "--of", "1"]).contains("no checkpoint is recorded by entry 1"));

    // Another ledger of the same reports, by the same hands.
    desk.ok(&["--quiet", "--ledger", "other.gpkg", "add", "--init", "more.txt"]);
    let ran = desk.run(&["--ledger", "other.gpkg", "verify", "--checkpoint", "note.txt"]);
    assert!(
        ran.code == 1 && ran.out.contains("note `note.txt`: is a note of another ledger"),
        "{}{}",
        ran.out,
        ran.err
    );
    // A note that somebody changed is no note.
    desk.write("changed.txt", note.replace("entry ", "entry 1"));
    assert!(
        desk.refused(&["verify", "--checkpoint", "changed.txt"])
            .contains("changed.txt: the checkpoint note was changed")
    );
    desk.write("changed.txt", "hello");
    assert!(desk.refused(&["verify", "--checkpoint", "changed.txt"]).contains("no checkpoint note"));
    assert!(desk.refused(&["verify", "--checkpoint", "none.txt"]).contains("none.txt: cannot be read"));
}

#[test]
fn a_statement_says_what_was_checked_in_every_form() {
    let desk = Desk::with_ledger();
    desk.ok(&["--quiet", "checkpoint"]);
    let found = statement(&desk, &[]);
    assert_eq!(
        (&found["reports"], &found["unsigned"]),
        (&Value::from(4), &Value::from(Vec::<String>::new()))
    );
    assert_eq!(found["checked_at"], "2023-11-14T22:13:20Z");
    let file = std::fs::read(desk.path("gainsay.gpkg")).unwrap();
    assert_eq!(found["size"], file.len());
    assert_eq!(found["keys"][0]["signed"], found["entries"]);
    for name in ["statement.html", "statement.md", "statement.txt"] {
        let said = desk.ok(&["verify", "-o", name]);
        assert!(said.ends_with(&format!("wrote {name}\n")), "{said}");
        let text = std::fs::read_to_string(desk.path(name)).unwrap();
        for part in [
            "Statement of verification",
            found["sha256"].as_str().unwrap(),
            found["head"].as_str().unwrap(),
            "tester",
        ] {
            assert!(text.contains(part), "{name}: {part}");
        }
        assert!(!text.contains(desk.path("").to_str().unwrap()), "{name} names a folder");
        desk.ok(&["verify", "-o", name]);
        assert_eq!(std::fs::read_to_string(desk.path(name)).unwrap(), text, "{name} differs");
    }
    assert!(desk.refused(&["verify", "-o", "statement.docx"]).contains(".html, .md, .txt or .json"));
    assert!(!desk.path("statement.docx").exists());
}

#[test]
fn what_was_weighed_without_a_key_and_changed_with_its_hash_is_found() {
    let desk = Desk::with_ledger();
    let tamper = |sql: &str| {
        let script = "import sqlite3, sys\nb = sqlite3.connect('gainsay.gpkg')\nb.executescript(sys.argv[1])";
        let ran = Command::new("python3").args(["-c", script, sql]).current_dir(desk.path("")).status();
        assert!(ran.expect("python3 runs").success());
    };
    tamper("DELETE FROM meta WHERE key IN ('derived_key', 'derived_signature')");
    let sound = desk.ok(&["verify"]);
    assert!(sound.starts_with("sound: ") && sound.contains("was weighed again from the log"), "{sound}");
    tamper("UPDATE events SET killed_best = 41 WHERE killed_best IS NOT NULL");
    let ran = desk.run(&["verify"]);
    assert!(ran.code == 1 && ran.out.contains("events `2014-06-03-casualties"), "{}", ran.out);
}

#[test]
fn no_slip_of_the_hand_costs_the_ledger_or_its_keys() {
    let desk = Desk::with_ledger();
    for to in ["gainsay.gpkg", "gainsay.gpkg.keys"] {
        assert!(desk.refused(&["--quiet", "checkpoint", "-o", to]).contains("choose another name"));
    }
    desk.ok(&["verify"]);
}

#[test]
fn keys_that_nobody_trusts_are_faults_where_it_is_said_whom_to_trust() {
    let desk = Desk::with_ledger();
    let found = statement(&desk, &[]);
    let (id, key) = (found["keys"][0]["id"].as_str().unwrap(), found["keys"][0]["key"].as_str().unwrap());
    desk.ok(&["verify", "--trust", id]);
    assert_eq!(statement(&desk, &["--trust", key])["keys"][0]["trusted"], true);
    let ran = desk.run(&["verify", "--trust", &"0".repeat(16)]);
    assert!(
        ran.code == 1 && ran.out.contains("none of those trusted") && ran.out.contains("signed nothing here"),
        "{}",
        ran.out
    );
}

#[test]
fn answers_of_an_authority_are_checked_and_kept() {
    let desk = Desk::with_ledger();
    desk.ok(&["checkpoint", "-o", "note.txt", "--tsq", "note.tsq"]);
    let made = Command::new("sh").arg(authority()).arg(desk.path("tsa")).arg(desk.path("note.tsq")).output();
    if !made.is_ok_and(|made| made.status.success()) {
        // No shell or no OpenSSL 3 here: the tests of gainsay-custody check tokens that are kept.
        return;
    }
    let refused = desk.refused(&["stamp", "tsa/own.tsr", "--ca", "tsa/other.pem"]);
    assert!(refused.contains("leads to no certificate that is trusted"), "{refused}");
    assert!(desk.refused(&["stamp", "tsa/rsa.tsr"]).contains("over no checkpoint of this ledger's"));
    assert!(desk.refused(&["stamp", "note.txt"]).contains("nor an answer of OpenTimestamps"));
    let mut forged = std::fs::read(desk.path("tsa/own.tsr")).unwrap();
    *forged.last_mut().unwrap() ^= 1;
    desk.write("forged.tsr", forged);
    assert!(desk.refused(&["stamp", "forged.tsr"]).contains("its signature is not by the certificate"));
    assert_eq!(statement(&desk, &[])["checkpoints"][0]["stamps"], Value::Array(vec![]), "nothing was kept");

    let taken = desk.lines(&["stamp", "tsa/own.tsr", "--ca", "tsa/root.pem"]);
    assert_eq!((&taken[0]["kind"], taken[0]["entry"].is_u64()), (&Value::from("rfc3161"), true));
    assert!(desk.lines(&["stamp", "tsa/own.tsr"])[0]["entry"].is_null(), "kept twice");
    let found = statement(&desk, &["--ca", "tsa/root.pem", "--checkpoint", "note.txt"]);
    assert!(told(&found).contains("which is trusted"), "{}", told(&found));
    assert!(found["checkpoints"][0]["stamps"][0]["time"].as_str().unwrap().ends_with('Z'));
    assert!(!told(&found).contains("another request"), "{}", told(&found));
    // Whoever checks may trust somebody else.
    let ran = desk.run(&["verify", "--ca", "tsa/other.pem"]);
    assert!(ran.code == 1 && ran.out.starts_with("stamps `"), "{}", ran.out);
}

#[test]
fn proofs_of_calendars_are_computed_to_the_block() {
    let desk = Desk::with_ledger();
    assert!(desk.refused(&["stamp", "reports.jsonl"]).contains("has no checkpoint"));
    desk.ok(&["checkpoint", "-o", "note.txt", "--ots", "digest"]);
    let digest = std::fs::read(desk.path("digest")).unwrap();
    assert_eq!(digest.len(), 32);
    let pending = b"\xF0\x03abc\x08\x00\x83\xDF\xE3\x0D\x2E\xF9\x0C\x8E\x14\x13https://cal.example";
    desk.write("answer", pending);
    let taken = desk.lines(&["stamp", "answer"]);
    assert!(
        taken[0]["told"].as_str().unwrap().starts_with("pending: to be asked of https://cal.example for ")
    );
    let done = b"\xF0\x03abc\x08\x00\x05\x88\x96\x0D\x73\xD7\x19\x01\x03\xF7\xEF\x15";
    let proof =
        [b"\x00OpenTimestamps\x00\x00Proof\x00\xBF\x89\xE2\xE8\x84\xE8\x92\x94\x01\x08", &digest[..], done]
            .concat();
    desk.write("note.txt.ots", proof);
    desk.ok(&["stamp", "note.txt.ots"]);
    let said = told(&statement(&desk, &[]));
    let root = said.split("Merkle root is ").nth(1).unwrap().split(' ').next().unwrap();
    let fits = told(&statement(&desk, &["--block", &format!("358391:{root}")]));
    assert!(fits.contains("compared and fits"), "{fits}");
    let ran = desk.run(&["verify", "--block", &format!("358391:{}", "0".repeat(64))]);
    assert!(ran.code == 1 && ran.out.contains("block 358391 of Bitcoin, which has 000"), "{}", ran.out);
    assert!(desk.refused(&["verify", "--block", "358391"]).contains("HEIGHT:MERKLEROOT"));
}

#[test]
fn the_custody_of_a_report_is_shown() {
    let desk = Desk::with_ledger();
    let found = &desk.lines(&["custody", "wire-1"])[0];
    assert_eq!(found["collector"], "tester");
    assert!(found["tool"].as_str().unwrap().starts_with("gainsay-intake "));
    assert_eq!(found["added"], "2023-11-14T22:13:20Z");
    assert_eq!(found["checkpoint"], "in no checkpoint yet");
    assert!(found["signed_by"].as_str().unwrap().ends_with("(tester)"));
    assert!(
        found["text_sha256"].as_str().unwrap().len() == 64 && found["raw_sha256"] != found["text_sha256"]
    );
    desk.ok(&["--quiet", "checkpoint"]);
    let text = desk.ok(&["custody", "wire-1", "sana-1"]);
    assert!(
        text.contains("checkpoint   in the checkpoint of entry") && text.contains("report sana-1"),
        "{text}"
    );
    assert!(desk.refused(&["custody", "nobody"]).contains("no report in the ledger has the id `nobody`"));
}
