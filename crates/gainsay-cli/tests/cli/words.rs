//! A desk's own places, actors and codebook.

use crate::desk::Desk;

const DUMP: &str = "\
707753\tIzium\tIzium\tIzyum\t49.20875\t37.24848\tP\tPPL\tUA\t\t07\t\t\t\t50000\t\t100\tEurope/Kyiv\t2020-01-01
";

const REPORT: &str = r#"{"id": "r1", "published": "2022-03-15", "text": "Russian warplanes bombed a market in Izium on Monday, killing 12 civilians, Ukrainian officials said."}"#;

#[test]
fn a_desks_own_places_are_added_read_with_listed_and_taken_away() {
    let desk = Desk::empty();
    desk.write("UA.txt", DUMP);
    desk.write("r.jsonl", REPORT);
    desk.ok(&["init"]);
    desk.ok(&["add", "r.jsonl"]);
    // It notes besides that a report was read before.
    let noted = |words: &[&str]| {
        let out = desk.command(words).output().unwrap();
        assert!(
            String::from_utf8_lossy(&out.stderr).contains("1 reports were read before the words changed")
        );
        String::from_utf8(out.stdout).unwrap()
    };
    let added = noted(&["gazetteer", "add", "geonames", "UA.txt", "--by", "ana"]);
    assert_eq!(
        added,
        "added `geonames-ua`: 1 rows, 1 names; licence: CC BY 4.0; from: GeoNames, https://www.geonames.org\n"
    );
    let listed = desk.ok(&["--format", "csv", "gazetteer", "list"]);
    assert!(
        listed.lines().nth(1).is_some_and(|line| line.starts_with("geonames-ua,places,geonames,1,1,")),
        "{listed}"
    );
    assert_eq!(desk.ok(&["read", "--again"]), "1 reports read again, 1 readings differ\n");
    let claims = desk.ok(&["--format", "jsonl", "claims", "--place", "Izyum"]);
    assert!(claims.contains("gn-707753"), "{claims}");
    assert!(desk.ok(&["verify"]).starts_with("sound: 1 reports"));
    // Without a ledger, from a folder of lists.
    desk.ok(&["--words", "lists", "gazetteer", "add", "geonames", "UA.txt"]);
    assert!(desk.ok(&["--words", "lists", "extract", "r.jsonl"]).contains("gn-707753"));
    assert!(!desk.ok(&["extract", "r.jsonl"]).contains("gn-707753"));
    // A copy of the ledger alone opens, and says what is not there.
    std::fs::copy(desk.path("gainsay.gpkg"), desk.path("copy.gpkg")).unwrap();
    let copy = desk.command(&["--ledger", "copy.gpkg", "places"]).output().unwrap();
    let told = String::from_utf8(copy.stderr).unwrap();
    // A busy machine may say how far it is.
    let notes: Vec<&str> = told.lines().filter(|line| line.contains("note:")).collect();
    assert!(copy.status.success() && notes.len() == 1 && notes[0].contains("`geonames-ua`"), "{told}");
    assert_eq!(noted(&["gazetteer", "remove", "geonames-ua"]), "removed `geonames-ua`: 1 rows\n");
    assert!(desk.ok(&["verify"]).starts_with("sound"));
}

#[test]
fn every_bad_line_of_a_list_is_told_and_nothing_is_added() {
    let desk = Desk::empty();
    desk.ok(&["init"]);
    desk.write("UA.txt", format!("{DUMP}{}", "x\n".repeat(25)));
    desk.write("actors.tsv", "id\tname\tkind\tside\nX Y\tX\tarmy\tother\nz\tZ\tclub\tother\n");
    desk.write("frames.tsv", "word\tpos\tkind\troles\toptions\na\tv\tpicnic\t\t\n");
    let tell = |words: &[&str]| {
        // Without saying how far it is.
        let out = desk.command(words).arg("--quiet").output().unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    let (code, told) = tell(&["gazetteer", "add", "geonames", "UA.txt"]);
    assert_eq!((code, told.lines().count()), (Some(2), 21), "{told}");
    assert!(
        told.starts_with("gainsay: UA.txt:2: 1 columns") && told.contains("and 5 more; nothing was added"),
        "{told}"
    );
    let (code, told) = tell(&["lexicon", "add", "actors.tsv"]);
    assert_eq!((code, told.lines().count()), (Some(2), 3), "{told}");
    let (code, told) = tell(&["codebook", "check", "frames.tsv"]);
    assert!(code == Some(1) && told.contains("frames.tsv:2: no such kind: \"picnic\""), "{told}");
    assert!(desk.ok(&["gazetteer", "list"]).lines().count() <= 1);
    let (code, told) = tell(&["--words", "nowhere", "extract", "UA.txt"]);
    assert!(code == Some(2) && told.contains("nowhere: holds no word lists"), "{told}");
}
