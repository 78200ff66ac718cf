//! `gainsay key`, passphrases, and that no secret is ever printed.

use std::io::Write;
use std::process::Stdio;

use crate::desk::{Desk, all};

const PASSPHRASE: &str = "river stones in winter";

struct Said {
    out: String,
    err: String,
    code: i32,
}

/// Runs the program with a passphrase in the environment, and a line on standard input.
fn run(desk: &Desk, args: &[&str], passphrase: &str, input: &str) -> Said {
    let mut command = desk.command(args);
    command.env("GAINSAY_PASSPHRASE", passphrase);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One that wants no line may be gone.
    let _ = child.stdin.take().unwrap().write_all(format!("{input}\n").as_bytes());
    let out = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    // How far it is, which a busy machine is told of and an idle one is not.
    let told = |line: &&str| !line.ends_with(" so far") && !line.ends_with(" left");
    let err = text(out.stderr).lines().filter(told).map(|line| format!("{line}\n")).collect();
    Said { out: text(out.stdout), err, code: out.status.code().unwrap_or(-1) }
}

fn ok(desk: &Desk, args: &[&str], passphrase: &str, input: &str) -> String {
    let said = run(desk, args, passphrase, input);
    assert_eq!(said.code, 0, "{args:?}: {}{}", said.out, said.err);
    said.out
}

/// A ledger whose keys are under a passphrase.
fn sealed() -> Desk {
    let desk = Desk::with_ledger();
    ok(&desk, &["key", "passphrase"], "", PASSPHRASE);
    desk
}

fn claim(desk: &Desk) -> String {
    desk.lines(&["claims"])[0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn making_a_ledger_says_in_a_line_what_became_of_its_keys() {
    let desk = Desk::empty();
    let plain = run(&desk, &["init"], "", "");
    assert_eq!(plain.out, "made gainsay.gpkg\n");
    assert!(plain.err.contains("under no passphrase") && plain.err.lines().count() == 1, "{}", plain.err);
    let sealed = run(&desk, &["--ledger", "b.gpkg", "init"], PASSPHRASE, "");
    assert!(sealed.err.contains("under the passphrase; `gainsay key backup FILE`"), "{}", sealed.err);
    assert_eq!(run(&desk, &["--quiet", "--ledger", "c.gpkg", "init"], "", "").err, "");
    let shown = |ledger: &str| desk.lines(&["--ledger", ledger, "key", "show"])[0].clone();
    assert_eq!((&shown("gainsay.gpkg")["sealed"], &shown("b.gpkg")["sealed"]), (&false.into(), &true.into()));
    assert_ne!(shown("gainsay.gpkg")["key"], shown("c.gpkg")["key"]);
    assert_eq!(shown("gainsay.gpkg")["name"], "tester");
}

#[test]
fn a_passphrase_is_asked_for_where_something_is_signed_and_nowhere_else() {
    let desk = sealed();
    let claim = claim(&desk);
    for args in
        [vec!["verify"], vec!["claims"], vec!["key", "show"], vec!["key", "list"], vec!["why", &claim]]
    {
        desk.ok(&args);
    }
    let needed = desk.refused(&["set", &claim, "confirmed"]);
    assert_eq!(
        needed,
        "gainsay: gainsay.gpkg.keys: is under a passphrase; give it in GAINSAY_PASSPHRASE or by --passphrase-file FILE\n"
    );
    let wrong = run(&desk, &["set", &claim, "confirmed"], "river stones in summer", "");
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    assert_eq!(wrong.err, "gainsay: gainsay.gpkg.keys: the passphrase does not fit\n");
    assert!(desk.lines(&["decisions"]).is_empty());
    ok(&desk, &["set", &claim, "confirmed"], PASSPHRASE, "");
    desk.write("secret", format!("{PASSPHRASE}\r\nand more\n"));
    desk.ok(&["--passphrase-file", "secret", "set", &claim, "rejected"]);
    desk.write("empty", "\n");
    assert!(desk.refused(&["--passphrase-file", "empty", "brief", "-o", "b.md"]).contains("no passphrase"));
    assert!(desk.refused(&["--passphrase-file", "none", "brief", "-o", "b.md"]).contains("none"));
    assert!(desk.ok(&["verify"]).starts_with("sound: "));
    assert_eq!(desk.lines(&["decisions"]).len(), 2);
}

#[test]
fn the_next_key_takes_over_and_the_log_stays_whole() {
    let desk = Desk::with_ledger();
    let claim = claim(&desk);
    let old = desk.lines(&["key", "show"])[0].clone();
    desk.ok(&["key", "new", "--why", "yearly"]);
    desk.ok(&["set", &claim, "confirmed"]);
    let list = desk.lines(&["key", "list"]);
    assert_eq!((&list[0]["key"], &list[0]["why"]), (&old["key"], &"yearly".into()));
    assert_eq!((&list[1]["vouched_by"], &list[1]["retired"]), (&old["id"], &serde_json::Value::Null));
    assert!(desk.ok(&["verify"]).starts_with("sound: "));
    assert_eq!(desk.ok(&["key", "export", "--public"]).trim_end(), all(&list, "key")[1]);
    let own = desk.refused(&["key", "retire", all(&list, "id")[1], "--why", "left"]);
    assert!(own.contains("gainsay key new"), "{own}");
    assert!(desk.refused(&["key", "retire", "beef00", "--why", "left"]).contains("no key of this ledger"));
}

#[test]
fn lost_keys_are_said_to_be_lost_and_a_copy_brings_them_back() {
    let desk = Desk::with_ledger();
    let claim = claim(&desk);
    let key = desk.lines(&["key", "show"])[0]["key"].clone();
    let copied = ok(&desk, &["key", "backup", "copy.keys"], "", "another good one");
    assert!(copied.contains("keep it apart"), "{copied}");
    assert_eq!(run(&desk, &["key", "backup", "copy.keys"], "", "another good one").code, 2);
    std::fs::remove_file(desk.path("gainsay.gpkg.keys")).unwrap();
    assert!(desk.refused(&["key", "show"]).contains("there are no keys"));
    desk.ok(&["claims"]);
    assert!(!desk.path("gainsay.gpkg.keys").exists(), "who only reads makes no keys");
    let lost = run(&desk, &["set", &claim, "confirmed"], "", "");
    assert_eq!((lost.code, lost.err.lines().count()), (0, 1), "{}", lost.err);
    assert!(
        lost.err.contains("no earlier key vouches for them") && lost.err.contains("key restore"),
        "{}",
        lost.err
    );
    assert!(run(&desk, &["key", "restore", "copy.keys"], "wrong by far", "").err.contains("does not fit"));
    let made = std::fs::read(desk.path("gainsay.gpkg.keys")).unwrap();
    let aside = format!("gainsay.gpkg.keys.{}", desk.lines(&["key", "show"])[0]["id"].as_str().unwrap());
    // A second name of the keys themselves is what stood there once after a kill.
    std::fs::hard_link(desk.path("gainsay.gpkg.keys"), desk.path(&aside)).unwrap();
    let back = run(&desk, &["key", "restore", "copy.keys"], "another good one", "");
    assert_eq!(back.code, 0, "{}", back.err);
    assert!(back.err.contains(&format!("are kept as {aside}")), "{}", back.err);
    assert_eq!(std::fs::read(desk.path(&aside)).unwrap(), made);
    let shown = desk.lines(&["key", "show"])[0].clone();
    assert_eq!((&shown["key"], &shown["sealed"]), (&key, &true.into()));
    ok(&desk, &["set", &claim, "rejected"], "another good one", "");
    assert_eq!(desk.run(&["verify"]).code, 0);
}

#[test]
fn pseudonyms_hang_on_the_keys_and_on_nothing_else() {
    let report = r#"{"id":"wire-9","published":"2014-06-04","publisher":"Euphrates Wire","title":"Clinic","text":"Dr Samira Haddadin, a surgeon, said government aircraft bombed her clinic in the town of Mayadin on Tuesday and killed four civilians."}"#;
    let desk = Desk::empty();
    desk.write("one.jsonl", report);
    let brief = |ledger: &str| {
        desk.ok(&["--quiet", "--ledger", ledger, "brief", "-o", "b.md"]);
        let text = std::fs::read_to_string(desk.path("b.md")).unwrap();
        assert!(!text.contains("Haddadin"), "{text}");
        text
    };
    for ledger in ["a.gpkg", "b.gpkg"] {
        desk.ok(&["--ledger", ledger, "add", "--init", "one.jsonl"]);
    }
    std::fs::copy(desk.path("a.gpkg.keys"), desk.path("c.gpkg.keys")).unwrap();
    desk.ok(&["--ledger", "c.gpkg", "add", "--init", "one.jsonl"]);
    assert_eq!(brief("a.gpkg"), brief("c.gpkg"));
    assert_ne!(brief("a.gpkg"), brief("b.gpkg"), "two ledgers, two pseudonyms");
    let before = brief("a.gpkg");
    desk.ok(&["--ledger", "a.gpkg", "key", "new"]);
    assert_eq!(brief("a.gpkg"), before);
}

#[test]
fn no_secret_is_ever_in_what_is_printed_or_written() {
    let desk = Desk::with_ledger();
    let claim = claim(&desk);
    let file: serde_json::Value =
        serde_json::from_slice(&std::fs::read(desk.path("gainsay.gpkg.keys")).unwrap()).unwrap();
    let mut secrets = vec![PASSPHRASE.to_owned()];
    for name in ["signing", "pseudonyms"] {
        secrets.push(file["plain"][name].as_str().unwrap().to_owned());
    }
    // As bytes, too.
    let raw = |digits: &str| -> Vec<u8> {
        (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
    };
    let mut hidden: Vec<Vec<u8>> = secrets[1..].iter().map(|digits| raw(digits)).collect();
    hidden.extend(secrets.iter().map(|secret| secret.clone().into_bytes()));
    let mut printed: Vec<u8> = Vec::new();
    let mut go = |args: &[&str], passphrase: &str, input: &str| {
        let said = run(&desk, args, passphrase, input);
        printed.extend(said.out.into_bytes());
        printed.extend(said.err.into_bytes());
    };
    go(&["key", "show"], "", "");
    go(&["key", "show", "--format", "jsonl"], "", "");
    go(&["key", "export", "--public"], "", "");
    go(&["key", "passphrase"], "", PASSPHRASE);
    go(&["key", "backup", "copy.keys"], PASSPHRASE, PASSPHRASE);
    go(&["set", &claim, "confirmed"], PASSPHRASE, "");
    go(&["set", &claim, "confirmed"], "not this one", "");
    go(&["brief", "-o", "brief.html"], PASSPHRASE, "");
    go(&["site", "-o", "site"], PASSPHRASE, "");
    go(&["weigh"], PASSPHRASE, "");
    go(&["export", "-o", "e.jsonl", "--format", "jsonl"], PASSPHRASE, "");
    go(&["key", "list"], "", "");
    go(&["verify"], "", "");
    let holds = |bytes: &[u8]| hidden.iter().any(|secret| bytes.windows(secret.len()).any(|at| at == secret));
    assert!(!holds(&printed), "{}", String::from_utf8_lossy(&printed));
    let mut folders = vec![desk.path("")];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                seen += 1;
                assert!(!holds(&std::fs::read(&entry).unwrap()), "{}", entry.display());
            }
        }
    }
    assert!(seen > 8, "{seen} files");
}

#[test]
fn a_ledger_that_is_not_there_gets_no_keys() {
    let desk = Desk::empty();
    for job in
        [vec!["key", "passphrase"], vec!["key", "show"], vec!["key", "new"], vec!["key", "backup", "b"]]
    {
        let said = run(&desk, &job, "", PASSPHRASE);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        assert_eq!(said.err, "gainsay: gainsay.gpkg: no such ledger; `gainsay init` makes one\n");
    }
    assert_eq!(desk.refused(&["key", "restore", "none"]), "gainsay: none: no such file\n");
    desk.refused(&["serve", "--listen", "127.0.0.1:0"]);
    desk.refused(&["brief", "-o", "b.md"]);
    assert_eq!(std::fs::read_dir(desk.path("")).unwrap().count(), 0);
}

#[test]
fn a_passphrase_is_changed_and_taken_away() {
    let desk = sealed();
    assert_eq!(run(&desk, &["key", "passphrase"], "no", "salt wind over reeds").code, 2);
    assert!(run(&desk, &["key", "passphrase"], PASSPHRASE, "aaaaaaaaaaaaa").err.contains("at least 10"));
    ok(&desk, &["key", "passphrase"], PASSPHRASE, "salt wind over reeds");
    assert_eq!(run(&desk, &["key", "passphrase", "--remove"], PASSPHRASE, "").code, 2);
    ok(&desk, &["key", "passphrase", "--remove"], "salt wind over reeds", "");
    assert_eq!(desk.lines(&["key", "show"])[0]["sealed"], false);
    desk.ok(&["set", &claim(&desk), "confirmed"]);
}

#[cfg(unix)]
#[test]
fn keys_that_others_may_read_are_told_of() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_ledger();
    let file = desk.path("gainsay.gpkg.keys");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = run(&desk, &["brief", "-o", "b.md"], "", "");
    assert_eq!(said.code, 0);
    assert!(said.err.contains("others than its owner may read gainsay.gpkg.keys (mode 644)"), "{}", said.err);
    std::fs::write(&file, "not these").unwrap();
    let damaged = desk.refused(&["brief", "-o", "b.md"]);
    assert!(damaged.contains("is no file of keys") && damaged.lines().count() == 1, "{damaged}");
}

#[test]
fn who_does_it_stands_behind_the_job_too_and_is_the_account_where_nobody_says() {
    let desk = Desk::with_ledger();
    desk.ok(&["key", "list", "--by", "ana"]);
    desk.ok(&["account", "list", "--by", "ana"]);
    desk.ok(&["key", "new", "--by", "ana"]);
    let account = std::process::Command::new("id").arg("-un").output().unwrap().stdout;
    let account = String::from_utf8(account).unwrap().trim().to_owned();
    for (name, value, by) in
        [("USER", "", account.as_str()), ("LOGNAME", "nour", "nour"), ("USER", "huda", "huda")]
    {
        let mut command = desk.command(&["set", &claim(&desk), "confirmed", "--why", by]);
        ["GAINSAY_BY", "USER", "LOGNAME", "USERNAME"].iter().for_each(|name| drop(command.env_remove(name)));
        assert!(command.env(name, value).output().unwrap().status.success());
        let last = desk.lines(&["decisions"]).into_iter().find(|line| line["why"] == by).unwrap();
        assert_eq!(last["by"], by, "{last}");
    }
}
