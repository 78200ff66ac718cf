//! `gainsay encrypt`, `decrypt` and `init --encrypted`, and the desk on an encrypted ledger.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::Duration;

use crate::desk::{Desk, REPORTS};

const PASSPHRASE: &str = "river stones in winter";

/// Runs the program with a passphrase in the environment; what it printed, complained of, and how it ended.
fn run(desk: &Desk, args: &[&str], passphrase: &str) -> (String, String, i32) {
    let output = desk.command(args).env("GAINSAY_PASSPHRASE", passphrase).output().unwrap();
    let text = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).unwrap();
        let told = |line: &&str| !line.ends_with(" so far") && !line.contains("note: made keys");
        text.lines().filter(told).map(|line| format!("{line}\n")).collect::<String>()
    };
    (text(output.stdout), text(output.stderr), output.status.code().unwrap_or(-1))
}

fn ok(desk: &Desk, args: &[&str]) -> String {
    let (out, err, code) = run(desk, args, PASSPHRASE);
    assert_eq!(code, 0, "{args:?}: {out}{err}");
    out
}

fn refused(desk: &Desk, args: &[&str], passphrase: &str) -> String {
    let (out, err, code) = run(desk, args, passphrase);
    assert_eq!(code, 2, "{args:?}: {out}{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    err
}

/// Files of the folder that hold words of the reports.
fn telling(desk: &Desk) -> Vec<String> {
    let files = std::fs::read_dir(desk.path(".")).unwrap().flatten();
    let tells = |name: &String| {
        let text = std::fs::read(desk.path(name)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        text.is_ok_and(|text| {
            ["Siyasiyeh", "North Desk", "CREATE TABLE"].iter().any(|word| text.contains(word))
        })
    };
    files.map(|file| file.file_name().into_string().unwrap()).filter(tells).collect()
}

#[test]
fn a_copy_of_keys_from_before_does_not_lock_an_encrypted_ledger_for_good() {
    let desk = Desk::with_ledger();
    desk.write("word", PASSPHRASE);
    let restore = ["--passphrase-file", "word", "key", "restore"];
    let backup = |name: &str| {
        let mut child = desk.command(&["--passphrase-file", "word", "key", "backup", name]);
        let mut child = child.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{PASSPHRASE}").unwrap();
        assert!(child.wait().unwrap().success());
    };
    backup("before.keys");
    ok(&desk, &["encrypt"]);
    backup("after.keys");
    let keys = std::fs::read(desk.path("gainsay.gpkg.keys")).unwrap();
    let told = refused(&desk, &[&restore[..], &["before.keys"]].concat(), PASSPHRASE);
    assert!(told.contains("holds no key to it"), "{told}");
    assert_eq!(std::fs::read(desk.path("gainsay.gpkg.keys")).unwrap(), keys);
    // Damaged ones are kept, and a copy put in their place.
    desk.write("gainsay.gpkg.keys", "{");
    ok(&desk, &[&restore[..], &["after.keys"]].concat());
    assert_eq!(std::fs::read(desk.path("gainsay.gpkg.keys.damaged")).unwrap(), b"{");
    ok(&desk, &["claims"]);
    // The same signing key may have stood beside another secret.
    ok(&desk, &["decrypt"]);
    let keys = std::fs::read(desk.path("gainsay.gpkg.keys")).unwrap();
    ok(&desk, &[&restore[..], &["after.keys"]].concat());
    let kept = std::fs::read_dir(desk.path(".")).unwrap().flatten();
    assert!(kept.map(|file| file.path()).any(|file| file.is_file()
        && !file.ends_with("gainsay.gpkg.keys")
        && std::fs::read(&file).unwrap() == keys));
    ok(&desk, &["claims"]);
}

#[test]
fn a_ledger_is_encrypted_used_and_decrypted() {
    let desk = Desk::with_ledger();
    let before = desk.ok(&["claims"]);
    insta::assert_snapshot!(refused(&desk, &["encrypt"], ""), @"gainsay: gainsay.gpkg.keys: the keys are under no passphrase, and whoever takes the ledger would take its key with it; give one in GAINSAY_PASSPHRASE or by --passphrase-file FILE");
    insta::assert_snapshot!(refused(&desk, &["encrypt"], "short"), @"gainsay: a passphrase has at least 10 characters, not a few again and again");
    assert_eq!(desk.ok(&["claims"]), before);
    std::fs::remove_file(desk.path("reports.jsonl")).unwrap();
    insta::assert_snapshot!(ok(&desk, &["encrypt"]), @"gainsay.gpkg is encrypted; keep a copy of its keys apart from it (`gainsay key backup FILE`)");
    assert_eq!(telling(&desk), Vec::<String>::new());
    insta::assert_snapshot!(refused(&desk, &["encrypt"], PASSPHRASE), @"gainsay: gainsay.gpkg: is encrypted already");

    // Everything works as before, by the passphrase alone.
    assert_eq!(ok(&desk, &["claims"]), before);
    assert!(ok(&desk, &["verify"]).starts_with("sound: 4 reports"));
    ok(&desk, &["weigh"]);
    assert_eq!(telling(&desk), Vec::<String>::new());
    desk.write("one.jsonl", r#"{"id":"more","published":"2014-06-07","text":"Two civilians were killed in Raqqa on 6 June 2014, SANA said."}"#);
    assert!(ok(&desk, &["add", "one.jsonl"]).starts_with("1 reports added"));
    assert_eq!(telling(&desk), Vec::<String>::new());

    // What does not open says in a line why.
    insta::assert_snapshot!(refused(&desk, &["claims"], ""), @"gainsay: gainsay.gpkg: gainsay.gpkg.keys: is under a passphrase; give it in GAINSAY_PASSPHRASE or by --passphrase-file FILE");
    insta::assert_snapshot!(refused(&desk, &["claims"], "another passphrase"), @"gainsay: gainsay.gpkg: gainsay.gpkg.keys: the passphrase does not fit");
    let keys = std::fs::read(desk.path("gainsay.gpkg.keys")).unwrap();
    std::fs::remove_file(desk.path("gainsay.gpkg.keys")).unwrap();
    insta::assert_snapshot!(refused(&desk, &["claims"], PASSPHRASE), @"gainsay: gainsay.gpkg: not a gainsay ledger, or an encrypted one whose key is not here; put `gainsay.gpkg.keys` beside it, as it was when it was encrypted");
    desk.write("gainsay.gpkg.keys", keys);
    // The keys' own file is told apart from a passphrase that is taken away.
    let (_, err, code) = run(&desk, &["key", "passphrase", "--remove"], PASSPHRASE);
    assert!(code == 2 && err.contains("gainsay decrypt"), "{err}");

    insta::assert_snapshot!(ok(&desk, &["decrypt"]), @"gainsay.gpkg is not encrypted any more");
    assert!(desk.run(&["verify"]).out.starts_with("sound: 5 reports"));
    insta::assert_snapshot!(refused(&desk, &["decrypt"], PASSPHRASE), @"gainsay: gainsay.gpkg: is not encrypted");
}

#[test]
fn a_ledger_is_encrypted_from_the_first_byte() {
    let desk = Desk::empty();
    refused(&desk, &["init", "--encrypted"], "");
    assert_eq!(std::fs::read_dir(desk.path(".")).unwrap().count(), 0, "nothing is left of what was refused");
    insta::assert_snapshot!(ok(&desk, &["init", "--encrypted"]), @"made gainsay.gpkg");
    assert!(!std::fs::read(desk.path("gainsay.gpkg")).unwrap().starts_with(b"SQLite"));
    let reports = tempfile::tempdir().unwrap();
    let file = reports.path().join("reports.jsonl");
    std::fs::write(&file, REPORTS).unwrap();
    assert!(ok(&desk, &["add", file.to_str().unwrap()]).starts_with("4 reports added"));
    assert_eq!(telling(&desk), Vec::<String>::new());
    assert!(refused(&desk, &["init", "--encrypted"], PASSPHRASE).contains("already there"));
}

#[test]
fn what_is_no_ledger_is_not_encrypted() {
    let desk = Desk::empty();
    desk.write("gainsay.gpkg", "nothing of the sort");
    assert!(refused(&desk, &["encrypt"], PASSPHRASE).contains("no SQLite file"));
    assert!(refused(&desk, &["decrypt"], PASSPHRASE).contains("no SQLite file"));
    assert_eq!(std::fs::read(desk.path("gainsay.gpkg")).unwrap(), b"nothing of the sort");
    assert!(!desk.path("gainsay.gpkg.keys").exists());
}

#[test]
fn the_desk_works_on_an_encrypted_ledger() {
    let desk = Desk::with_ledger();
    std::fs::remove_file(desk.path("reports.jsonl")).unwrap();
    ok(&desk, &["encrypt"]);
    let mut command = desk.command(&["serve", "--listen", "127.0.0.1:0"]);
    command.env("GAINSAY_PASSPHRASE", PASSPHRASE).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let begun = said.find_map(|line| Some(line.strip_prefix("gainsay: the desk is at http://")?.to_owned()));
    let at = begun.unwrap().trim_end_matches('/').to_owned();
    let link = said.find_map(|line| Some(line.split_once(&at)?.1.trim().to_owned())).unwrap();
    let get = |path: &str, more: &str| {
        let mut stream = TcpStream::connect(&at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n{more}\r\n").unwrap();
        let mut back = Vec::new();
        let _ = stream.read_to_end(&mut back);
        String::from_utf8_lossy(&back).into_owned()
    };
    let entered = get(&link, "");
    let cookie = entered.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next());
    let cookie = format!("Cookie: {}\r\n", cookie.unwrap());
    // Answers are made by a process of its own, which is handed the keys.
    let reports = get("/api/reports", &cookie);
    assert!(reports.starts_with("HTTP/1.1 200 ") && reports.contains("Crossing lost"), "{reports}");
    let mut tells = telling(&desk);
    // Nobody else can put another file in its place meanwhile.
    let (_, err, code) = run(&desk, &["decrypt"], PASSPHRASE);
    assert!(code == 2 && err.contains("in use by another program"), "{err}");
    tells.extend(telling(&desk));
    child.kill().unwrap();
    child.wait().unwrap();
    tells.extend(telling(&desk));
    assert_eq!(tells, Vec::<String>::new());
    assert!(ok(&desk, &["verify"]).starts_with("sound: 4 reports"));
}
