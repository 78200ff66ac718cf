//! What cannot be read gives one line: which file, which line, what to do. The rest of the batch goes on.

use std::fs;
use std::io::{BufReader, Read};

use gainsay_intake::{Input, MAX_FILE_BYTES, MAX_LINE_BYTES, take_in_from};

use super::{folder, ids, take, take_stream};

/// Takes in a folder of one bad file between two good ones.
fn check(name: &str, bytes: &[u8], line: Option<usize>, words: &str) {
    let folder = folder(&[("0.txt", b"Good."), (name, bytes), ("z.txt", b"Good too.")]);
    let (taken, warnings) = take(&[folder.path()]);
    assert_eq!(ids(&taken), ["0", "z"], "{name}");
    assert_eq!(warnings.len(), 1, "{name}: {warnings:?}");
    let warning = &warnings[0];
    assert!(warning.subject.ends_with(name), "{warning}");
    assert_eq!(warning.line, line, "{warning}");
    assert!(warning.message.contains(words), "{warning}");
    assert!(!warning.message.contains('\n') && warning.message.contains([';', ' ']), "{warning}");
}

#[test]
fn what_a_warning_quotes_writes_no_lines_of_its_own() {
    let line = "{\"text\":\"Shells fell.\",\"published\":\"20\\n6\\u001b[2J 18\\u202et\"}";
    let folder = folder(&[("a.jsonl", line.as_bytes())]);
    let (taken, warnings) = take(&[folder.path()]);
    assert_eq!((taken.len(), warnings.len()), (1, 1));
    assert!(warnings[0].message.contains("\"20 6[2J 18t\" is no day"), "{:?}", warnings[0].message);
}

#[test]
fn one_line_for_each_bad_file() {
    check("a.txt", b"", None, "empty");
    check("a.txt", b" \n\t\n", None, "empty");
    check("a.jsonl", b"\n\n", None, "empty");
    check("a.json", b"[]", None, "no report");
    check("a.txt", b"one\ntwo\nthr\xE9e", Some(3), "not UTF-8 (byte 12 is 0xE9)");
    check("a.html", b"<p>caf\xE9</p>", Some(1), "not UTF-8");
    check("a.txt", b"\x7FELF\x02\x01\x01\0\0\0", Some(1), "binary");
    check("a.jsonl", b"\x7FELF\x02\x01\x01\0\0\0\n\0\n", Some(1), "binary");
    check("a.txt", b"%PDF-1.7\n...", None, "a PDF");
    check("a.md", b"PK\x03\x04rest", None, "a zip archive");
    check("a.html", b"<html><body><img src=x></body></html>", None, "no text");
    check("a.json", b"{\"text\":\n\"x\"", Some(2), "broken JSON");
    check("a.json", b"{\"text\":\"x\"}\n{\"text\":\"y\"}", Some(2), ".jsonl");
    check("a.xyz", b"x", None, "accepted are .txt");
    check("a.pdf", b"x", None, "is no PDF");
    check("LICENSE", b"x", None, "accepted are .txt");
}

#[test]
fn a_broken_line_is_named_and_the_others_are_read() {
    let lines: Vec<String> = (1..=20)
        .map(|line| {
            if line == 17 {
                "{\"id\": \"x\", ".to_owned()
            } else {
                format!("{{\"id\":\"{line}\",\"text\":\"T.\"}}")
            }
        })
        .collect();
    let folder = folder(&[("r.jsonl", lines.join("\n").as_bytes())]);
    let (taken, warnings) = take(&[folder.path()]);
    assert_eq!((taken.len(), warnings.len()), (19, 1));
    assert_eq!(warnings[0].line, Some(17));
    assert!(warnings[0].to_string().contains("r.jsonl:17: broken JSON at column"), "{}", warnings[0]);
}

#[test]
fn a_line_that_is_not_utf8_is_named() {
    let (taken, warnings) = take_stream(b"{\"text\":\"a\"}\n{\"text\":\"\xE9\"}\n{\"text\":\"c\"}\n");
    assert_eq!((taken.len(), warnings.len()), (2, 1));
    assert_eq!(warnings[0].line, Some(2));
    assert!(warnings[0].message.contains("in this line, byte 10"), "{}", warnings[0]);
}

#[test]
fn a_line_that_is_too_long_is_named_and_the_next_is_read() {
    let head = b"{\"id\":\"a\",\"text\":\"A.\"}\n{\"text\":\"";
    let tail = b"\"}\n{\"id\":\"c\",\"text\":\"C.\"}\n";
    let long = std::io::repeat(b'x').take(MAX_LINE_BYTES as u64);
    let mut stream = BufReader::new(head.chain(long).chain(&tail[..]));
    let (mut found, mut warnings) = (Vec::new(), Vec::new());
    take_in_from(&[Input::Stdin], &mut stream, |outcome| match outcome {
        Ok(intake) => found.push(intake.report.id),
        Err(warning) => warnings.push(warning),
    });
    assert_eq!(found, ["a", "c"]);
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].line, Some(2));
    assert!(warnings[0].message.contains("16 MiB"), "{}", warnings[0]);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = folder(&[("a.txt", b"Good."), ("big.txt", b"")]);
    let big = fs::File::options().write(true).open(folder.path().join("big.txt")).unwrap();
    // Without content, so that the test needs no room.
    big.set_len(200 << 20).unwrap();
    let (taken, warnings) = take(&[folder.path()]);
    assert_eq!(ids(&taken), ["a"]);
    assert!(warnings[0].message.contains("200 MiB of at most 64 MiB"), "{}", warnings[0]);
    let mut stream = BufReader::new(std::io::repeat(b'x').take(MAX_FILE_BYTES + 1));
    let mut told = Vec::new();
    take_in_from(&[Input::Stdin], &mut stream, |outcome| told.push(outcome.unwrap_err().message));
    assert!(told.len() == 1 && told[0].contains("too large"), "{told:?}");
}

#[test]
fn a_missing_file_and_an_empty_folder() {
    let folder = folder(&[("a.txt", b"Good."), ("sub/.keep", b"")]);
    let at = |name: &str| folder.path().join(name);
    let (taken, warnings) = take(&[&at("gone.txt"), &at("a.txt"), &at("sub")]);
    assert_eq!(ids(&taken), ["a"]);
    assert!(warnings[0].to_string().ends_with("gone.txt: there is no such file or folder; check the name"));
    assert!(warnings[1].message.contains("holds no report"));
}

#[cfg(unix)]
#[test]
fn links_that_loop_or_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("in/a.txt", b"Good."), ("in/deep/b.txt", b"Good too.")]);
    symlink(folder.path().join("in"), folder.path().join("in/deep/loop")).unwrap();
    symlink("nowhere.txt", folder.path().join("in/gone.txt")).unwrap();
    symlink("self.txt", folder.path().join("in/self.txt")).unwrap();
    let (taken, warnings) = take(&[folder.path()]);
    assert_eq!(ids(&taken), ["a", "b"]);
    let messages: Vec<&str> = warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(messages.len(), 3, "{messages:?}");
    assert!(messages[0].contains("links back to a folder"), "{messages:?}");
    assert!(messages[1].contains("link to something that is not there"), "{messages:?}");
    assert!(messages[2].contains("cannot be read"), "{messages:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_and_a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.txt", b"Good."), ("b.txt", b"Shut."), ("shut/c.txt", b"Shut.")]);
    for name in ["b.txt", "shut"] {
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(0o000)).unwrap();
    }
    let open = fs::read_dir(folder.path().join("shut")).is_ok();
    let (taken, warnings) = take(&[folder.path()]);
    fs::set_permissions(folder.path().join("shut"), fs::Permissions::from_mode(0o700)).unwrap();
    if open {
        // The system administrator may read everything, so there is nothing to see here.
        return;
    }
    assert_eq!(ids(&taken), ["a"]);
    assert!(warnings[0].message.contains("no permission to read this file"), "{}", warnings[0]);
    assert!(warnings[1].message.contains("no permission to read this folder"), "{}", warnings[1]);
}

#[test]
fn json_that_nests_a_million_deep_is_one_line() {
    let deep = "[".repeat(1_000_000);
    let whole = format!("{deep}{}", "]".repeat(1_000_000));
    let inside = format!("{{\"text\":\"x\",\"id\":{whole}}}");
    for bytes in [deep.as_bytes(), whole.as_bytes(), inside.as_bytes()] {
        for name in ["a.json", "a.jsonl"] {
            let folder = folder(&[("0.txt", b"Good."), (name, bytes), ("z.txt", b"Good too.")]);
            let (taken, warnings) = take(&[folder.path()]);
            assert_eq!(ids(&taken), ["0", "z"], "{name}");
            assert_eq!(warnings.len(), 1, "{name}: {warnings:?}");
            assert!(warnings[0].message.chars().count() < 300, "{name}");
        }
    }
    // Beside the text it harms nothing.
    let aside = format!("{{\"text\":\"Good.\",\"other\":{whole}}}");
    let (taken, warnings) = take_stream(aside.as_bytes());
    assert!(taken.len() + warnings.len() == 1, "{warnings:?}");
}
