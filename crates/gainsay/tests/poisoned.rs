//! Reports made to mislead, on the whole way from a file to an answer.

use std::collections::BTreeMap;

use gainsay::Input;
use gainsay::ask::{self, Ask};
use gainsay::keep::{self, Summary};
use gainsay::shelf::Shelf;
use gainsay_model::Policy;
use serde_json::json;

/// A text of one outlet, in our own words.
fn text(killed: usize) -> String {
    format!(
        "People in Douma spent the night in their cellars while the shelling went on until dawn. Army shells killed \
         {killed} people in Douma on Monday. Neighbours dug with their hands in what was left of three houses and carried \
         the wounded into the next street. No shop opened, and families left on foot for villages in the east, where \
         schools took them in."
    )
}

/// What a ledger of these reports says was killed, and by whose word; and what was told when they were taken in.
fn figures(reports: &[serde_json::Value]) -> (BTreeMap<u64, Vec<String>>, Summary) {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, file) = (folder.path().join("l.gpkg"), folder.path().join("r.jsonl"));
    let lines: Vec<String> = reports.iter().map(ToString::to_string).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    keep::init(&ledger, "tester").unwrap();
    let told = keep::add(&ledger, &[Input::Path(file)], "tester", &mut |_| {}).unwrap();
    let shelf = Shelf::open(&ledger).unwrap();
    let weighed = shelf.weigh(None);
    let mut figures: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    let tallies = ask::tally(&weighed, &Ask::default(), Policy::BySource, None, None);
    let killed = tallies.iter().filter(|tally| tally.measure.as_str() == "killed" && tally.group == "all");
    for by in killed.flat_map(|tally| &tally.by_source) {
        figures.entry(by.low.unwrap_or_default()).or_default().push(by.root.clone());
    }
    (figures, told)
}

#[test]
fn a_flood_of_changed_copies_is_one_voice_and_not_the_originals() {
    let mut reports =
        vec![json!({"id": "a", "text": text(12), "published": "2015-08-18", "publisher": "Old Town Post"})];
    reports.extend((0..40).map(|n| {
        let outlet = format!("Made-up Gazette {}", n % 10);
        json!({"id": format!("b-{n:02}"), "text": text(400), "published": "2015-08-19", "publisher": outlet})
    }));
    let (figures, _) = figures(&reports);
    assert_eq!(figures[&12], ["old-town-post"], "{figures:?}");
    assert_eq!(figures[&400], ["made-up-gazette-0"], "{figures:?}");
}

#[test]
fn hidden_characters_change_no_figure_and_forged_names_are_told_of() {
    let said = |id: &str, text: &str, outlet: &str, url: Option<&str>| json!({"id": id, "text": text, "published": "2015-08-18", "publisher": outlet, "url": url});
    let (figures, told) = figures(&[
        said(
            "a",
            "Army shells killed 5\u{200b}0 people in Dou\u{2060}ma on Monday.",
            "Levant Dispatch",
            None,
        ),
        said("b", "Army shells killed 70 people in Homs on Monday.", "Reuter\u{455}", None),
        said(
            "c",
            "Army shells killed 90 people in Idlib on Monday.",
            "Reuters",
            Some("https://backroom.example/a"),
        ),
    ]);
    assert_eq!(figures.keys().copied().collect::<Vec<_>>(), [50, 70, 90], "{figures:?}");
    assert_eq!((&figures[&50][0][..], &figures[&70][0][..]), ("levant-dispatch", "reuteru0455"));
    let notes: Vec<&str> = told.notes.iter().map(|note| note.message.as_str()).collect();
    let has = |words: &str| notes.iter().any(|note| note.contains(words));
    assert!(has("report a: 2 characters that no screen shows"), "{notes:?}");
    assert!(has("report b: its outlet is not Reuters"), "{notes:?}");
    assert!(
        has("report c: it says that it is of Reuters (reuters.com), and its address is not"),
        "{notes:?}"
    );
    assert!(told.refused.is_empty(), "{:?}", told.refused);
}
