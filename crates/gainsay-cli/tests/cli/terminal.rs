//! Hostile words at a terminal: nothing that a ledger or a report holds steers it.

use std::process::{Command, Stdio};

use crate::desk::Desk;

/// Red from here on, in both ways that terminals know; the writing turned round; the line written over.
const HOSTILE: &str = "\u{1b}[31mX\u{9b}31mY\u{202e}Z\rW\u{2028}";

/// The same as far as JSON holds it as it is.
const QUOTED: &str = "\u{9b}31mY\u{202e}Z\u{2028}";

fn steering(text: &str) -> Option<char> {
    let steers = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    text.chars().find(|c| steers(*c))
}

/// Changes rows behind the ledger's back, as a stranger does who passes it on.
fn tamper(desk: &Desk, sql: &str) {
    let script = "import sqlite3, sys\nb = sqlite3.connect('gainsay.gpkg')\n\
                  t = b.execute(\"SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'\").fetchall()\n\
                  for n, _ in t: b.execute('DROP TRIGGER ' + n)\nb.executescript(sys.argv[1])\n\
                  for _, s in t: b.execute(s)\nb.commit()\n";
    let mut python = Command::new("python3");
    python.args(["-c", script, sql]).current_dir(desk.path("")).stdin(Stdio::null());
    assert!(python.status().expect("python3 runs").success());
}

/// A ledger that holds them wherever a stranger may put them; the id of one of its claims.
fn hostile() -> (Desk, String) {
    let desk = Desk::with_ledger();
    let claim = desk.lines(&["claims", "--report", "sana-1"])[0]["id"].as_str().unwrap().to_owned();
    let cell = |text: &str| {
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        format!("CAST(x'{hex}' AS TEXT)")
    };
    let (text, quoted) = (cell(HOSTILE), cell(QUOTED));
    tamper(
        &desk,
        &format!(
            "UPDATE reports SET title = {text} || title, publisher = {text}, url = {text}, raw_name = {text},
                 added_by = {text}, tool = {text};
             UPDATE log SET by = {text} WHERE seq > 4;
             UPDATE claims SET json = replace(json, 'Deir ez-Zor', {quoted});
             UPDATE events SET id = {text} WHERE fid = 1;
             UPDATE meta SET value = {text} WHERE key = 'log_count'; INSERT INTO meta VALUES ({text}, 'x');
             CREATE TABLE \"x\u{1b}[31m\u{202e}\" (a)"
        ),
    );
    (desk, claim)
}

#[test]
fn no_word_of_a_hostile_ledger_steers_a_terminal() {
    let (desk, claim) = hostile();
    let mut shown = 0;
    for args in [
        &["verify"][..],
        &["claims"],
        &["events"],
        &["disputes"],
        &["sources"],
        &["actors"],
        &["places"],
        &["tally"],
        &["decisions"],
        &["review"],
        &["custody", "sana-1"],
        &["why", &claim],
        &["key", "list"],
        &["custody", "no-such\u{1b}[31m"],
        &["--ledger", "no\u{1b}[31m\u{202e}.gpkg", "claims"],
        &["add", "no\u{1b}[31m\u{202e}.jsonl"],
    ] {
        for format in ["table", "jsonl"] {
            let ran = desk.run(&[args, &["--format", format]].concat());
            assert_eq!(
                steering(&(ran.out.clone() + &ran.err)),
                None,
                "{args:?} {format}: {:?}",
                ran.out + &ran.err
            );
            shown += usize::from((ran.out + &ran.err).contains("31m"));
        }
    }
    assert!(shown > 12, "the hostile words are in {shown} of them");
}

#[cfg(unix)]
#[test]
fn tables_of_cells_steer_no_terminal_and_are_true_in_a_file() {
    let (desk, _) = hostile();
    let args = ["claims", "--format", "csv"];
    assert!(steering(&desk.run(&args).out).is_some(), "what goes to a file is as it is");
    // A terminal of Python's making: what it is shown comes back.
    let script = "import pty, sys\nsys.exit(pty.spawn(sys.argv[1:]) >> 8)";
    let own = desk.command(&args);
    let mut python = Command::new("python3");
    python.args(["-c", script]).arg(own.get_program()).args(own.get_args());
    let ran = python.current_dir(desk.path("")).stdin(Stdio::null()).output().expect("python3 runs");
    let shown = String::from_utf8_lossy(&ran.stdout).replace("\r\n", "\n");
    assert!(shown.contains("31m"), "{shown}");
    assert_eq!(steering(&shown), None, "{shown:?}");
}
