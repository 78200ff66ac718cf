use std::fs;

use gainsay_intake::Input;
use tempfile::TempDir;

use super::*;
use crate::keep;

const REPORTS: &[(&str, &str)] = &[
    (
        "qusayr-en",
        r#"{"id":"qusayr-en","published":"2013-05-20","publisher":"Al-Monitor","language":"en","title":"Fighting","text":"Government forces shelled Qusayr on Sunday, killing 20 people. Rebels said that a hospital was hit."}"#,
    ),
    (
        "qusayr-ar",
        r#"{"id":"qusayr-ar","published":"2013-05-21","publisher":"SANA","language":"ar","title":"أخبار","text":"قصفت القوات مدينة بالقصير يوم الأحد."}"#,
    ),
    (
        "raqqa",
        r#"{"id":"raqqa","published":"2014-06-29","publisher":"SANA","language":"en","text":"The Islamic State seized Raqqa. Shelling of a school killed 3 children. <script>alert(1)</script>"}"#,
    ),
    (
        "homs",
        r#"{"id":"homs","published":"2012-02-04","language":"en","text":"Army artillery shelled Homs, activists said. At least 200 people were killed."}"#,
    ),
];

/// A ledger of these reports, and its folder.
fn ledger(reports: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("search.gpkg");
    keep::init(&path, "test").unwrap();
    add(&path, folder.path(), reports);
    (folder, path)
}

fn add(path: &Path, folder: &Path, reports: &[(&str, &str)]) {
    let lines: Vec<&str> = reports.iter().map(|(_, line)| *line).collect();
    let file = folder.join("reports.jsonl");
    fs::write(&file, lines.join("\n")).unwrap();
    let summary = keep::add(path, &[Input::Path(file)], "test", &mut |_| {}).unwrap();
    assert_eq!(summary.refused, []);
}

fn asked(typed: &str) -> Asked {
    Asked { typed: typed.into(), ..Asked::default() }
}

const FIRST: Page = Page { after: 0, limit: 50 };

fn reports(search: &Search, asked: &Asked) -> Vec<String> {
    let found = search.ask(asked, |asking| asking.reports(FIRST)).unwrap();
    assert_eq!(found.total, Some(found.items.len()));
    found.items.into_iter().map(|found| found.id).collect()
}

fn claims(search: &Search, asked: &Asked) -> Vec<String> {
    let found = search.ask(asked, |asking| asking.claims(FIRST)).unwrap();
    let exact = |claim: Claim| claim.evidence.into_iter().map(|evidence| evidence.exact).collect();
    found.items.into_iter().map(exact).collect()
}

#[test]
fn a_name_in_any_spelling_and_script_finds_the_same_reports() {
    let (_folder, path) = ledger(REPORTS);
    let search = Search::over(&path);
    for typed in ["qsayr", "Qusair", "القصير", "al-qusayr", "قصير"] {
        let mut found = reports(&search, &asked(typed));
        found.sort();
        assert_eq!(found, ["qusayr-ar", "qusayr-en"], "{typed}");
    }
    let also = search.ask(&asked("qsayr"), |asking| Ok(asking.also())).unwrap();
    assert!(also[0].ids.contains(&"qusayr".to_owned()));
    assert!(also[0].spellings.contains(&"القصير".to_owned()));
}

#[test]
fn words_are_found_in_their_forms_and_as_they_begin() {
    let (_folder, path) = ledger(REPORTS);
    let search = Search::over(&path);
    for typed in ["shelling killed ", "shelled killed ", "killed shells "] {
        let mut found = reports(&search, &asked(typed));
        found.sort();
        assert_eq!(found, ["homs", "qusayr-en", "raqqa"], "{typed}");
    }
    assert_eq!(reports(&search, &asked("hosp")), ["qusayr-en"]);
    assert_eq!(reports(&search, &asked("hosp ")), Vec::<String>::new());
    assert_eq!(reports(&search, &asked("shelled -hospital -Raqqa ")), ["homs"]);
    assert_eq!(reports(&search, &asked("\"seized Raqqa\"")), ["raqqa"]);
    assert_eq!(reports(&search, &asked("\"Raqqa seized\"")), Vec::<String>::new());
}

#[test]
fn filters_leave_out_what_they_say() {
    let (_folder, path) = ledger(REPORTS);
    let search = Search::over(&path);
    let day = |text: &str| Some(text.parse().unwrap());
    let all = asked("killed ");
    assert_eq!(reports(&search, &all).len(), 3);
    assert_eq!(
        reports(&search, &Asked { from: day("2013-01-01"), to: day("2013-12-31"), ..all.clone() }),
        ["qusayr-en"]
    );
    assert_eq!(reports(&search, &Asked { outlet: vec!["sana".into()], ..all.clone() }), ["raqqa"]);
    assert_eq!(reports(&search, &Asked { language: vec!["ar".into()], ..asked("القصير") }), ["qusayr-ar"]);
    assert_eq!(reports(&search, &Asked { place: vec!["Raqqa".into()], ..all.clone() }), ["raqqa"]);
    // Filters alone list what they let through.
    assert_eq!(reports(&search, &Asked { outlet: vec!["SANA".into()], ..asked("") }), ["raqqa", "qusayr-ar"]);
    assert_eq!(reports(&search, &asked("")), Vec::<String>::new());
}

#[test]
fn claims_are_found_by_whom_they_name_and_by_their_words() {
    let (_folder, path) = ledger(REPORTS);
    let search = Search::over(&path);
    let of_qusayr = claims(&search, &asked("القصير"));
    assert!(of_qusayr.iter().any(|words| words.contains("Qusayr")), "{of_qusayr:?}");
    let children = claims(&search, &asked("children "));
    assert!(!children.is_empty() && children.iter().all(|words| words.contains("children")), "{children:?}");
    assert_eq!(claims(&search, &asked("qusayr children ")), Vec::<String>::new());
    assert!(!claims(&search, &asked("homs killed ")).is_empty());
    assert!(claims(&search, &asked("killed -children ")).iter().all(|words| !words.contains("children")));
}

#[test]
fn pages_follow_each_other_without_gap_or_repeat() {
    let (_folder, path) = ledger(REPORTS);
    let search = Search::over(&path);
    for typed in ["killed ", "said killed ", "syria"] {
        let whole = claims(&search, &asked(typed));
        let (mut after, mut one_by_one) = (0, Vec::new());
        for _ in 0..50 {
            let page = Page { after, limit: 1 };
            let found = search.ask(&asked(typed), |asking| asking.claims(page)).unwrap();
            one_by_one.extend(
                found.items.into_iter().map(|claim| {
                    claim.evidence.into_iter().map(|evidence| evidence.exact).collect::<String>()
                }),
            );
            match found.next {
                Some(next) => after = next,
                None => break,
            }
        }
        assert_eq!(whole, one_by_one, "{typed}");
    }
    let first = search.ask(&asked("killed "), |asking| asking.reports(Page { after: 0, limit: 2 })).unwrap();
    let rest = search.ask(&asked("killed "), |asking| asking.reports(Page { after: 2, limit: 2 })).unwrap();
    assert_eq!((first.items.len(), first.next, rest.items.len(), rest.next), (2, Some(2), 1, None));
    let far =
        search.ask(&asked("killed "), |asking| asking.reports(Page { after: usize::MAX, limit: 2 })).unwrap();
    assert!(far.items.is_empty());
}

#[test]
fn what_is_added_is_found_at_once() {
    let (folder, path) = ledger(&REPORTS[..1]);
    let search = Search::over(&path);
    assert_eq!(reports(&search, &asked("raqqa")), Vec::<String>::new());
    add(&path, folder.path(), &REPORTS[1..]);
    assert_eq!(reports(&search, &asked("raqqa")), ["raqqa"]);
    assert!(!claims(&search, &asked("raqqa")).is_empty());
}

#[test]
fn a_text_that_is_a_script_comes_as_the_text_it_is() {
    let (_folder, path) = ledger(REPORTS);
    let search = Search::over(&path);
    let found = search.ask(&asked("alert"), |asking| asking.reports(FIRST)).unwrap();
    let text: String = found.items[0].pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert!(text.contains("<script>alert(1)</script>"), "{text}");
    assert!(found.items[0].pieces.iter().any(|piece| piece.hit && piece.text == "alert"));
}

#[test]
fn no_search_breaks_the_index() {
    let (_folder, path) = ledger(REPORTS);
    let search = Search::over(&path);
    for typed in [
        "\"",
        "\"\"",
        "*",
        "a*",
        "NEAR(a b)",
        "title:x",
        "-",
        "--a",
        "-a",
        "(",
        "a OR",
        "AND",
        "NOT x",
        "^a",
        "{title}: x",
        "'; DROP TABLE reports; --",
        "\u{0}",
        "a\u{0}b",
        "\u{202e}x",
        "🙂",
        "\u{301}",
        "\u{93f}",
        "+",
        "a+b",
        "%",
        "_",
        "ـــ",
        "\u{e000}",
    ] {
        for kind in [
            asked(typed),
            Asked {
                language: vec![typed.into()],
                outlet: vec![typed.into()],
                place: vec![typed.into()],
                ..asked(typed)
            },
        ] {
            search
                .ask(&kind, |asking| {
                    asking.reports(FIRST)?;
                    asking.claims(FIRST)?;
                    asking.names();
                    Ok(())
                })
                .unwrap_or_else(|error| panic!("{typed:?}: {error}"));
        }
        search.suggest(typed, None).unwrap();
    }
    assert_eq!(reports(&search, &asked("raqqa")), ["raqqa"]);
}

#[test]
fn names_are_suggested_as_they_are_typed() {
    let (_folder, path) = ledger(REPORTS);
    let search = Search::over(&path);
    let suggested = |typed: &str, sort| -> Vec<String> {
        search.suggest(typed, sort).unwrap().into_iter().map(|named| named.id).collect()
    };
    for typed in ["qus", "Qsay", "القص", "al-qus", "qusayr"] {
        assert!(
            suggested(typed, Some(Sort::Place)).contains(&"qusayr".to_owned()),
            "{typed}: {:?}",
            suggested(typed, None)
        );
    }
    assert!(
        suggested("zor", Some(Sort::Place)).iter().any(|id| id.contains("deir")),
        "{:?}",
        suggested("zor", None)
    );
    assert!(suggested("sana", Some(Sort::Source)).contains(&"sana".to_owned()));
    assert!(suggested("sana", Some(Sort::Place)).iter().all(|id| id != "sana"));
    assert!(suggested("raqqqa", None).iter().any(|id| id.starts_with("raqqa")));
    assert_eq!(suggested("", None), Vec::<String>::new());
    assert!(suggested("q", None).len() <= 10);
}
