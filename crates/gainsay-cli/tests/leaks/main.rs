//! Private persons never leave the program by any command or option: each is in a table, and a new one that is not
//! fails here.
//!
//! The reports are those of `suite/people/people.txt`, whose private persons people marked by hand.

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
            wrong.push(format!(
                "`{name}` has no row: does what it prints leave the desk, or show names to its owner?"
            ));
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
        TABLE
            .iter()
            .filter(|row| !known.contains(row.command))
            .map(|row| format!("`{}` is no command", row.command)),
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
    if ran.err.contains("Usage: gainsay") {
        wrong.push(format!("{what}: is no way to type it: {}", ran.err.lines().next().unwrap_or_default()));
    }
    // What was typed may be said again.
    let own: Vec<String> = args.iter().map(|word| word.to_lowercase()).collect();
    let mut look = |part: &str, text: &str| {
        let names = made.names.iter().filter(|name| !own.iter().any(|word| word.contains(name.as_str())));
        let text = text.to_lowercase();
        let found = names.filter_map(|name| Some((name, whole(&text, name)?))).next();
        if let Some((name, at)) = found {
            let around: String =
                text[..at].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
            let behind: String = text[at..].chars().take(60).collect();
            wrong.push(format!("{what}: {part} shows `{name}`: …{around}{behind}…"));
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
    let shown = desk
        .run(&["export", "--format", "jsonl", "-o", "-", "--what", "claims", "--names"])
        .out
        .to_lowercase();
    let hidden = desk.run(&["export", "--format", "jsonl", "-o", "-", "--what", "claims"]).out.to_lowercase();
    let seen = |text: &str| desk.names.iter().filter(|name| whole(text, name).is_some()).count();
    assert!(seen(&shown) > 20, "{}", seen(&shown));
    assert_eq!(seen(&hidden), 0);
}

#[test]
fn persons_that_older_rules_found_are_looked_for_anew() {
    let desk = Desk::with_ledger();
    let of = |sql: &str| {
        let file = rusqlite::Connection::open(desk.path("gainsay.gpkg.answers")).unwrap();
        file.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap()
    };
    const ASKED: &str = "SELECT group_concat(json) FROM made WHERE name LIKE 'private%' ORDER BY name";
    let found = of(ASKED);
    assert!(found.contains("zarqouni") || found.contains("Zarqouni"), "{found}");
    let kept = r#"UPDATE made SET json = CASE name WHEN 'private by' THEN '"1"' ELSE '{"people":{"people":{},"by_report":{},"mentions":{}}}' END
        WHERE name LIKE 'private%' RETURNING name"#;
    of(kept);
    assert_ne!(of(ASKED), found);
    assert_eq!(desk.run(&["weigh", "--answers"]).code, 0);
    assert_eq!(of(ASKED), found);
}

#[test]
fn a_fault_of_the_program_says_where_and_not_what_it_read() {
    let source = include_str!("../../src/main.rs");
    assert!(source.contains("set_hook"), "the message of a fault may hold words of a report");
}

#[test]
fn nothing_finer_than_a_district_leaves_when_places_are_coarse() {
    let desk = Desk::with_ledger();
    // What the ledger knows of places, and which of them are finer.
    let places = desk.run(&["places", "--format", "jsonl"]).out;
    let places: Vec<serde_json::Value> =
        places.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let coarse = ["country", "governorate", "district"];
    let fine: Vec<&serde_json::Value> =
        places.iter().filter(|place| !coarse.contains(&place["kind"].as_str().unwrap_or_default())).collect();
    // A district bears the names of its town too.
    let seat = |place: &&&serde_json::Value| {
        let parent =
            place["parent"].as_str().and_then(|parent| parent.rsplit_once('-')).map(|(town, _)| town);
        parent.is_some_and(|town| town == place["id"] || place["id"] == "al-bukamal")
    };
    let fine: Vec<&serde_json::Value> = fine.iter().filter(|place| !seat(place)).copied().collect();
    let named: Vec<String> =
        fine.iter().filter_map(|place| place["name"].as_str()).map(str::to_lowercase).collect();
    assert!(named.len() > 5, "{named:?}");
    let degrees = |value: &serde_json::Value| {
        value.as_f64().map(|degrees| format!("{degrees}")).filter(|text| text.len() > 5)
    };
    let points: Vec<(&str, String, String)> = fine
        .iter()
        .filter_map(|place| Some((place["name"].as_str()?, degrees(&place["lat"])?, degrees(&place["lon"])?)))
        .collect();
    assert!(!points.is_empty());
    let helps = help::command(&|args| desk.run(args).out, &["export"]);
    let formats = &helps.options.iter().find(|option| option.name == "--format").unwrap().values;
    assert!(formats.len() > 8, "{formats:?}");
    let mut jobs: Vec<Vec<String>> = Vec::new();
    for format in formats {
        let to = format!("coarse-{format}");
        jobs.push(
            ["export", "--format", format, "-o", &to, "--force", "--coarsen", "district"]
                .map(String::from)
                .into(),
        );
    }
    jobs.push(["brief", "-o", "coarse.html", "--coarsen", "district"].map(String::from).into());
    jobs.push(["brief", "-o", "coarse.md", "--coarsen", "governorate"].map(String::from).into());
    jobs.push(["site", "-o", "coarse-site", "--coarsen", "governorate"].map(String::from).into());
    let mut wrong = Vec::new();
    for job in jobs {
        let before = desk.files();
        let typed: Vec<&str> = job.iter().map(String::as_str).collect();
        let ran = desk.run(&typed);
        assert_eq!(ran.code, 0, "{typed:?}: {}", ran.err);
        for file in desk.files().difference(&before) {
            for text in seen::texts(&desk.path(file)).iter().chain([file, &ran.out, &ran.err]) {
                let text = text.to_lowercase();
                for name in &named {
                    // A district may bear the name of its town.
                    let mut found = text.match_indices(name.as_str());
                    let own = |at: usize| {
                        let behind = text[at + name.len()..].trim_start_matches([' ', '-', '_']);
                        behind.starts_with("district") || behind.starts_with("governorate")
                    };
                    let inside = |at: usize| text[..at].chars().next_back().is_some_and(char::is_alphabetic);
                    let fine = |at: usize| !inside(at) && whole(&text[at..], name) == Some(0) && !own(at);
                    if let Some((at, _)) = found.find(|(at, _)| fine(*at)) {
                        let around: String = text[at..].chars().take(60).collect();
                        wrong.push(format!("{job:?}: {file}: {around}"));
                        break;
                    }
                }
                for (name, lat, lon) in &points {
                    if text.contains(lat) && text.contains(lon) {
                        wrong.push(format!("{job:?}: {file}: the point of {name}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} found:\n{}", wrong.len(), wrong.join("\n"));
}
