//! Private persons never leave the program by any command or option: each is in a table, and a new one that is not
//! fails here.
//!
//! The reports are those of `suite/people/people.md`, whose private persons people marked by hand.

mod desk;
mod help;
mod seen;
mod table;

use std::collections::BTreeSet;
use std::sync::Mutex;

use desk::Desk;
use table::{GLOBAL, Goes, Row, TABLE, UNRUN};

#[test]
fn every_command_and_option_is_in_the_table() {
    let desk = Desk::empty();
    let commands = help::commands(&|args| desk.run(args).out);
    let mut wrong = Vec::new();
    for command in &commands {
        let name = command.path.join(" ");
        let Some(row) = TABLE.iter().find(|row| row.command == name) else {
            wrong.push(format!("`{name}` has no row: does what it prints leave the desk, or show names to its owner?"));
            continue;
        };
        let typed: BTreeSet<&str> = row.runs.iter().flat_map(|run| run.iter().copied()).collect();
        for option in command.options.iter().filter(|option| !GLOBAL.contains(&option.name.as_str())) {
            let unrun = UNRUN.iter().any(|(of, unrun, _)| *of == name && *unrun == option.name);
            if !unrun && !typed.contains(option.name.as_str()) {
                wrong.push(format!("`{name} {}` is tried by no run of its row", option.name));
            }
        }
    }
    let known: BTreeSet<String> = commands.iter().map(|command| command.path.join(" ")).collect();
    wrong.extend(
        TABLE.iter().filter(|row| !known.contains(row.command)).map(|row| format!("`{}` is no command", row.command)),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(commands.len() > 40, "{}", commands.len());
}

#[test]
fn no_command_lets_a_name_out() {
    let made = Desk::with_ledger();
    let jobs: Vec<(&Row, Vec<String>)> = TABLE.iter().flat_map(|row| jobs(&made, row)).collect();
    assert!(jobs.len() > 80, "{}", jobs.len());
    let next = Mutex::new(jobs.iter());
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some((row, args)) = next.lock().unwrap().next() else { return };
                    let found = try_one(&made, row, args);
                    wrong.lock().unwrap().extend(found);
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().unwrap();
    wrong.sort();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The runs of a row; one for each value of an option that stands as `{each}` in it, so that a new value is tried too.
fn jobs<'r>(made: &Desk, row: &'r Row) -> Vec<(&'r Row, Vec<String>)> {
    let path: Vec<&str> = row.command.split(' ').collect();
    let mut jobs = Vec::new();
    for run in row.runs {
        let mut args: Vec<String> = path.iter().map(|word| (*word).to_owned()).collect();
        args.extend(run.iter().map(|word| made.filled(word)));
        let Some(at) = args.iter().position(|word| word == "{each}") else {
            jobs.push((row, args));
            continue;
        };
        let command = help::command(&|args| made.run(args).out, &path);
        let option = command.options.iter().find(|option| option.name == args[at - 1]).unwrap();
        assert!(option.values.len() > 1, "{} {}", row.command, option.name);
        for value in &option.values {
            let mut args = args.clone();
            args[at] = value.clone();
            jobs.push((row, args));
        }
    }
    jobs
}

/// Runs a command on a ledger of its own; what of it shows a name.
fn try_one(made: &Desk, row: &Row, args: &[String]) -> Vec<String> {
    let desk = made.copy();
    let typed: Vec<&str> = args.iter().map(String::as_str).collect();
    let before = desk.files();
    let ran = desk.run(&typed);
    let what = args.join(" ");
    let mut wrong = Vec::new();
    if row.goes == Goes::Out && ran.code != 0 && !row.refused {
        wrong.push(format!("{what}: ended with {}: {}", ran.code, ran.err));
    }
    // What was typed may be said again.
    let own: Vec<String> = args.iter().map(|word| word.to_lowercase()).collect();
    let mut look = |part: &str, text: &str| {
        let names = made.names.iter().filter(|name| !own.iter().any(|word| word.contains(name.as_str())));
        let text = text.to_lowercase();
        for (name, at) in names.filter_map(|name| Some((name, whole(&text, name)?))) {
            let around: String = text[..at].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
            let behind: String = text[at..].chars().take(60).collect();
            wrong.push(format!("{what}: {part} shows `{name}`: …{around}{behind}…"));
            break;
        }
    };
    look("standard error", &ran.err);
    if row.goes == Goes::Out {
        look("standard output", &ran.out);
    }
    for file in desk.files().difference(&before) {
        look("a file's name", file);
        let kept = file.starts_with("gainsay.gpkg") || file.starts_with("other.gpkg");
        if !kept {
            seen::texts(&desk.path(file)).iter().for_each(|text| look(file, text));
        }
    }
    let left = desk.left_in_temp();
    if !left.is_empty() {
        wrong.push(format!("{what}: left in the folder for passing files: {left:?}"));
    }
    wrong
}

/// Where a word stands as a whole, however it is joined to others by signs.
fn whole(text: &str, word: &str) -> Option<usize> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let mut found = text.match_indices(word).map(|(at, _)| at);
    found.find(|&at| {
        !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
    })
}

#[test]
fn the_owner_does_see_names_and_the_reports_do_hold_them() {
    let desk = Desk::with_ledger();
    let shown = desk.run(&["export", "--format", "jsonl", "-o", "-", "--what", "claims", "--names"]).out.to_lowercase();
    let hidden = desk.run(&["export", "--format", "jsonl", "-o", "-", "--what", "claims"]).out.to_lowercase();
    let seen = |text: &str| desk.names.iter().filter(|name| whole(text, name).is_some()).count();
    assert!(seen(&shown) > 20, "{}", seen(&shown));
    assert_eq!(seen(&hidden), 0);
}

#[test]
fn a_fault_of_the_program_says_where_and_not_what_it_read() {
    let source = include_str!("../../src/main.rs");
    assert!(source.contains("set_hook"), "the message of a fault may hold words of a report");
}
