//! Folders watched; tables of other people's columns; addresses that are typed as inputs.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::desk::{Desk, REPORTS};

#[test]
fn one_round_takes_what_lies_still_and_the_next_takes_nothing() {
    let desk = Desk::empty();
    desk.write("in/reports.jsonl", REPORTS);
    desk.write("in/feed.xml", "<rss version=\"2.0\"><channel><title>Wadi Post</title><item><guid>https://f.example/1</guid><pubDate>Mon, 18 Jan 2016 10:00:00 GMT</pubDate><description>Rebels left the town of Mayadin on Sunday, residents said.</description></item></channel></rss>");
    desk.write("in/unfinished.html.part", "<p>Half");
    let first = desk.ok(&["watch", "in", "--once", "--init"]);
    assert!(first.starts_with("in: 5 reports added, 0 already there, 0 refused; "), "{first}");
    assert_eq!(desk.ok(&["watch", "in", "--once"]), "");
    assert!(desk.path("gainsay.gpkg.watch").exists());
    desk.write(
        "in/more.txt",
        "4 June 2014\n\nRebels captured the town of Mayadin on Tuesday, activists said.\n",
    );
    assert!(desk.ok(&["watch", "in", "--once"]).starts_with("in: 1 reports added"));
    desk.ok(&["verify"]);
    desk.write("in/bad.jsonl", "{\"text\":");
    let ran = desk.run(&["watch", "in", "--once"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("bad.jsonl:1: broken JSON"), "{}", ran.err);
}

#[test]
fn what_cannot_be_watched_is_said_before_anything_is_made() {
    let desk = Desk::empty();
    for (args, words) in [
        (&["watch", "nowhere", "--init"][..], "neither a folder nor the address of a feed"),
        (&["watch", "https://a b/", "--init"], "not the address of a page"),
        (&["watch", ".", "--every", "1"], "--every"),
        (&["watch"], "FOLDER|FEED"),
    ] {
        let ran = desk.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
    }
    assert!(!desk.path("gainsay.gpkg").exists());
}

#[cfg(unix)]
#[test]
fn it_ends_well_when_it_is_told_to() {
    let desk = Desk::empty();
    desk.write("in/a.txt", "Rebels left the town.");
    let mut child = desk
        .command(&["watch", "in", "--init"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let told = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let told = told.take(2).collect::<Vec<_>>().join("\n");
    assert!(told.contains("watching"), "{told}");
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    desk.ok(&["verify"]);
}

#[test]
fn columns_are_mapped_by_words_or_by_a_file() {
    let desk = Desk::empty();
    desk.write(
        "r.csv",
        "nr;when;words\n1;2014-06-04;\"Islamic State fighters captured the Siyasiyeh bridge on Tuesday, activists said.\"\n",
    );
    desk.write("ours.map", "id = nr\npublished = when\n");
    let claims = desk.ok(&["extract", "r.csv", "--map", "ours.map", "--map", "text=words"]);
    assert!(claims.contains("\"document\":\"1\"") && claims.contains("2014-06-03"), "{claims}");
    let ran = desk.run(&["add", "--init", "r.csv"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains(
            "r.csv:1: no column is called text; say which holds it (--map text=…) of nr, when, words"
        ),
        "{}",
        ran.err
    );
    assert!(
        desk.ok(&["add", "r.csv", "--map", "ours.map", "--map", "text=words"]).starts_with("1 reports added")
    );
    let ran = desk.run(&["add", "r.csv", "--map", "texts=words"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`texts` is no part of a report"), "{}", ran.err);
}

#[test]
fn an_address_inside_is_one_line_and_the_rest_is_added() {
    let desk = Desk::empty();
    desk.write("reports.jsonl", REPORTS);
    let ran = desk.run(&["add", "--init", "http://127.0.0.1:9/x", "reports.jsonl"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.starts_with("4 reports added, 0 already there, 1 refused"), "{}", ran.out);
    assert!(ran.err.contains("http://127.0.0.1:9/x: it lies in a private network"), "{}", ran.err);
}
