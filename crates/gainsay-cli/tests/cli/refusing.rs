//! Bad input and bad usage: one clear line each, the rest of the batch goes on, exit 2, the ledger as it was.

use crate::desk::{Desk, REPORTS};

/// Adds a folder with one bad file beside good ones; the line of complaint.
fn beside_good(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let desk = Desk::empty();
    desk.write("in/good.jsonl", REPORTS);
    desk.write(&format!("in/{name}"), bytes);
    desk.ok(&["init"]);
    let ran = desk.run(&["add", "in"]);
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("1 refused") && !ran.out.starts_with("0 reports"), "{}", ran.out);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(desk.lines(&["claims"]).len() > 4);
    // Without a ledger it is the same line.
    let extracted = desk.run(&["extract", "in"]);
    assert_eq!((extracted.code, &extracted.err), (2, &ran.err));
    assert!(extracted.out.lines().count() > 4);
    ran.err
}

/// A line that lists every kind of file, with these in one word.
fn kinds(line: &str) -> String {
    line.replace(gainsay::keep::ACCEPTED, "[kinds]")
}

#[test]
fn files_that_hold_no_report() {
    insta::assert_snapshot!(beside_good("empty.txt", ""), @"gainsay: in/empty.txt: the file is empty; fill it or take it out");
    insta::assert_snapshot!(beside_good("latin.txt", b"Fighting near Mayadin\nca\xff\xfe and more\n"), @"gainsay: in/latin.txt:2: not UTF-8 (byte 25 is 0xFF); save the file as UTF-8");
    insta::assert_snapshot!(beside_good("binary.txt", (0..=255).collect::<Vec<u8>>().repeat(20)), @"gainsay: in/binary.txt:1: is binary, not text (a zero at byte 1); give its text as .txt");
    insta::assert_snapshot!(beside_good("page.html", "<html><body><script>var a = 1</script></body></html>"), @"gainsay: in/page.html: the page holds no text; save it again once it has loaded, or as .txt");
    insta::assert_snapshot!(kinds(&beside_good("scan.png", "PNG")), @"gainsay: in/scan.png: not a kind of file that is read; accepted are [kinds]");
    let lines: Vec<String> = (1..=20).map(|n| match n {
        17 => r#"{"id":"n17","text":"cut off"#.to_owned(),
        _ => format!(r#"{{"id":"n{n}","published":"2014-06-04","text":"Rebels left the village number {n} on Tuesday."}}"#),
    }).collect();
    insta::assert_snapshot!(beside_good("lines.jsonl", lines.join("\n")), @"gainsay: in/lines.jsonl:17: broken JSON at column 27 (EOF while parsing a string); mend it");
}

#[test]
fn utf_16_is_read() {
    let desk = Desk::empty();
    let text = "3 June 2014\n\nRebels captured the town of Mayadin on Tuesday, activists said.\n";
    let bytes: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    desk.write("wide.txt", bytes);
    assert!(desk.ok(&["extract", "wide.txt"]).contains("capture"));
}

#[test]
fn a_report_without_a_date_is_kept_and_told_of() {
    let desk = Desk::empty();
    desk.write(
        "a.jsonl",
        "{\"id\":\"a\",\"text\":\"Rebels captured the town of Mayadin, activists said.\"}\n",
    );
    let ran = desk.run(&["add", "--init", "a.jsonl"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, "1 reports added, 0 already there, 0 refused; 1 claims\n"));
    insta::assert_snapshot!(ran.err, @r#"gainsay: a.jsonl:1: the report has no date, so days that it names by weekday or "yesterday" stay open; add "published""#);
    // Read without a ledger it is worth a note and no more.
    assert_eq!(desk.run(&["extract", "a.jsonl"]).code, 0);
    desk.write("b.jsonl", "{\"id\":\"b\",\"published\":\"32 Juvember\",\"text\":\"Rebels left Mayadin.\"}\n");
    let ran = desk.run(&["add", "b.jsonl"]);
    insta::assert_snapshot!(ran.err, @r#"gainsay: b.jsonl:1: report b: its date "32 Juvember" is no day; write it as 2016-01-18"#);
}

#[test]
fn inputs_that_are_not_there() {
    let desk = Desk::with_ledger();
    insta::assert_snapshot!(desk.refused(&["add", "nowhere.txt"]), @"gainsay: nowhere.txt: there is no such file or folder; check the name");
    insta::assert_snapshot!(desk.refused(&["extract", "nowhere"]), @"gainsay: nowhere: there is no such file or folder; check the name");
    std::fs::create_dir(desk.path("hollow")).unwrap();
    insta::assert_snapshot!(kinds(&desk.refused(&["extract", "hollow"])), @"gainsay: hollow: the folder holds no report; give a folder with [kinds]");
}

#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::empty();
    desk.write("in/good.jsonl", REPORTS);
    desk.write("in/shut/a.txt", "x");
    let shut =
        |mode| std::fs::set_permissions(desk.path("in/shut"), std::fs::Permissions::from_mode(mode)).unwrap();
    shut(0o000);
    // Whoever may read everything cannot be kept out.
    if std::fs::read_dir(desk.path("in/shut")).is_err() {
        let ran = desk.run(&["extract", "in"]);
        assert_eq!((ran.code, ran.err.lines().count()), (2, 1), "{}", ran.err);
        assert!(ran.err.contains("in/shut") && !ran.out.is_empty());
    }
    shut(0o755);
}

#[test]
fn files_that_are_no_ledger() {
    let desk = Desk::empty();
    desk.write("reports.jsonl", REPORTS);
    insta::assert_snapshot!(desk.refused(&["claims"]), @"gainsay: gainsay.gpkg: no such file; make a ledger with `gainsay init`");
    insta::assert_snapshot!(desk.refused(&["add", "reports.jsonl"]), @"gainsay: gainsay.gpkg: no such file; make a ledger with `gainsay init`");
    insta::assert_snapshot!(desk.refused(&["--ledger", "reports.jsonl", "claims"]), @"gainsay: reports.jsonl: not a gainsay ledger: no SQLite file");
    insta::assert_snapshot!(desk.refused(&["--ledger", "reports.jsonl", "add", "reports.jsonl"]), @"gainsay: reports.jsonl: not a gainsay ledger: no SQLite file");
    desk.write("empty.gpkg", "");
    insta::assert_snapshot!(desk.refused(&["--ledger", "empty.gpkg", "verify"]), @"gainsay: empty.gpkg: not a gainsay ledger: an empty file; `gainsay init` makes a ledger of it");
    insta::assert_snapshot!(desk.refused(&["--ledger", "no/such/folder.gpkg", "init"]), @"gainsay: no/such/folder.gpkg: the folder does not exist; make it first, or choose another");
    assert_eq!(std::fs::read_to_string(desk.path("reports.jsonl")).unwrap(), REPORTS);
    desk.ok(&["init"]);
    insta::assert_snapshot!(desk.refused(&["init"]), @"gainsay: gainsay.gpkg: already there; open it, or choose another name");
}

#[test]
fn a_ledger_of_a_newer_gainsay() {
    let desk = Desk::with_ledger();
    let file = rusqlite::Connection::open(desk.path("gainsay.gpkg")).unwrap();
    file.execute("UPDATE meta SET value = '99' WHERE key = 'schema'", []).unwrap();
    drop(file);
    let before = std::fs::read(desk.path("gainsay.gpkg")).unwrap();
    insta::assert_snapshot!(desk.refused(&["add", "reports.jsonl"]), @"gainsay: gainsay.gpkg: made by a newer gainsay (schema 99, this one reads up to 4); update gainsay");
    assert!(before == std::fs::read(desk.path("gainsay.gpkg")).unwrap());
}

#[test]
fn names_days_and_kinds_that_nobody_knows() {
    let desk = Desk::with_ledger();
    let unknown = desk.refused(&["claims", "--place", "Mayadoun Camp"]);
    assert!(unknown.starts_with("gainsay: no place is called `Mayadoun Camp`; nearest: "), "{unknown}");
    assert!(
        desk.refused(&["ties", "ISIS", "Qwertyuiop"])
            .starts_with("gainsay: no actor is called `Qwertyuiop`; ")
    );
    insta::assert_snapshot!(desk.refused(&["claims", "--from", "2014-06-05", "--to", "2014-06-01"]), @"gainsay: --from 2014-06-05 is later than --to 2014-06-01; swap them");
    insta::assert_snapshot!(desk.refused(&["claims", "--report", "none"]), @"gainsay: no report in the ledger has the id `none`");
    insta::assert_snapshot!(desk.refused(&["tally", "--event", "none"]), @"gainsay: no event has the id `none`; `gainsay events` lists them");
    insta::assert_snapshot!(desk.refused(&["why", "none"]), @"gainsay: no claim, event or dispute has the id `none`");
    insta::assert_snapshot!(desk.refused(&["brief", "-o", "brief.pdf"]), @"gainsay: brief.pdf: a brief is written as .html or .md; name it so");
    insta::assert_snapshot!(desk.refused(&["brief", "-o", "no/such/folder.md"]), @"gainsay: no/such/folder.md: the folder does not exist; make it first");
    assert!(desk.refused(&["claims", "--kind", "battle"]).contains("one of clash, capture"));
    assert!(desk.refused(&["control", "--at", "3.6.2014"]).contains("give a day as 2014-06-03"));
    assert!(desk.refused(&["tally", "--measure", "dead"]).contains("one of killed, injured"));
    desk.refused(&["control"]);
    desk.refused(&["nonsense"]);
}

#[test]
fn a_file_of_200_megabytes() {
    // Takes half a minute and the disk to hold it.
    if std::env::var_os("GAINSAY_TEST_LARGE").is_none() {
        eprintln!("not run: set GAINSAY_TEST_LARGE to test a file of 200 MB");
        return;
    }
    let line = beside_good("large.txt", "Rebels left the town on Tuesday. ".repeat(6_400_000));
    assert!(line.contains("in/large.txt: too large"), "{line}");
}
