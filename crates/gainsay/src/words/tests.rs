//! Lists beside a ledger.

use std::io::Write;

use gainsay_intake::Input;

use super::*;
use crate::shelf::Shelf;
use crate::{keep, rebuild};

const DUMP: &str = "\
706483\tKharkiv\tKharkiv\tKharkov,Харків\t49.98081\t36.25272\tP\tPPLA\tUA\t\t07\t\t\t\t1430885\t\t100\tEurope/Kyiv\t2020-01-01
706482\tKharkiv Oblast\tKharkiv Oblast\t\t49.5\t36.5\tA\tADM1\tUA\t\t07\t\t\t\t2700000\t\t100\tEurope/Kyiv\t2020-01-01
707753\tIzium\tIzium\tIzyum\t49.20875\t37.24848\tP\tPPL\tUA\t\t07\t\t\t\t50000\t\t100\tEurope/Kyiv\t2020-01-01
";

const TEXT: &str =
    "Russian warplanes bombed a market in Izium on Monday, killing 12 civilians, Ukrainian officials said.";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        keep::init(&desk.ledger(), "ana").unwrap();
        desk
    }

    fn ledger(&self) -> PathBuf {
        self.folder.path().join("war.gpkg")
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn add(&self, source: &Source) -> Result<Added, Unadded> {
        add(Where::Ledger(&self.ledger(), "ana"), source, &Said::default(), &mut |_, _| {})
    }

    fn report(&self) {
        let path = self.file("izium.txt", format!("Published: 2022-03-15\n\n{TEXT}\n"));
        keep::add(&self.ledger(), &[Input::from_arg(path)], "ana", &mut |_| {}).unwrap();
    }

    /// The ids of the places that claims name.
    fn places(&self) -> Vec<String> {
        let shelf = Shelf::open(&self.ledger()).unwrap();
        let mut ids: Vec<String> = shelf
            .claims
            .iter()
            .flat_map(|claim| &claim.place)
            .filter_map(|place| place.id())
            .map(str::to_owned)
            .collect();
        ids.sort();
        ids.dedup();
        ids
    }

    fn faults(&self) -> Vec<String> {
        rebuild::verify(&self.ledger()).unwrap().faults.iter().map(ToString::to_string).collect()
    }

    /// What lies in the folder of lists, but for its lock and notes.
    fn files(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(folder_of(&self.ledger())) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        names
    }
}

#[test]
fn reports_are_read_with_the_ledgers_own_places_and_old_readings_are_read_again() {
    let desk = Desk::new();
    desk.report();
    assert_eq!(desk.places(), Vec::<String>::new(), "no built-in list knows the town");
    assert_eq!(older(&desk.ledger()).unwrap(), 0);
    let added = desk.add(&Source::Geonames(desk.file("UA.txt", DUMP))).unwrap();
    assert_eq!((added.list.name.as_str(), added.list.rows, added.replaced), ("geonames-ua", 3, false));
    assert_eq!((added.list.licence.as_str(), added.list.made_of[0].file.as_str()), ("CC BY 4.0", "UA.txt"));
    assert_eq!(desk.faults(), Vec::<String>::new());
    assert_eq!(note(&desk.ledger()).unwrap(), None);
    assert_eq!(older(&desk.ledger()).unwrap(), 1);
    let done = again(&desk.ledger(), "ana", false, &mut |_, _| {}).unwrap();
    assert_eq!(done, Again { reports: 1, changed: 1 });
    assert_eq!(desk.places(), ["gn-707753"]);
    assert_eq!(older(&desk.ledger()).unwrap(), 0);
    assert_eq!(again(&desk.ledger(), "ana", false, &mut |_, _| {}).unwrap(), Again::default());
    assert_eq!(again(&desk.ledger(), "ana", true, &mut |_, _| {}).unwrap(), Again { reports: 1, changed: 0 });
    // Whatever asks for a name or draws a map finds it too.
    let shelf = Shelf::open(&desk.ledger()).unwrap();
    let weighed = shelf.weigh(None);
    let ids = crate::names::ids("Izyum", crate::names::Role::Place, shelf.words(), &weighed).unwrap();
    assert_eq!(ids, ["gn-707753"]);
    assert!(shelf.words().gazetteer.within("gn-707753", "ukraine"));
    let held = shelf.derived().places;
    assert!(held.iter().any(|place| place.id == "gn-707753" && place.name == "Izium"));
    assert_eq!(desk.faults(), Vec::<String>::new());
}

#[test]
fn a_list_that_is_missing_or_changed_is_told() {
    let desk = Desk::new();
    desk.add(&Source::Geonames(desk.file("UA.txt", DUMP))).unwrap();
    let folder = folder_of(&desk.ledger());
    let list = folder.join(&desk.files()[0]);
    let bytes = std::fs::read(&list).unwrap();
    let mut bad = bytes.clone();
    *bad.last_mut().unwrap() ^= 1;
    // In a copy, as another program would open it: what is loaded once is not looked at again.
    let copy = desk.folder.path().join("copy.gpkg");
    std::fs::copy(desk.ledger(), &copy).unwrap();
    let told = note(&copy).unwrap().unwrap();
    assert!(told.contains("`geonames-ua`, log entry 3") && told.contains("copy.gpkg.words"), "{told}");
    assert!(Shelf::open(&copy).is_ok(), "it opens without them");
    std::fs::create_dir(folder_of(&copy)).unwrap();
    for name in desk.files() {
        std::fs::copy(folder.join(&name), folder_of(&copy).join(&name)).unwrap();
    }
    std::fs::write(folder_of(&copy).join(list.file_name().unwrap()), &bad).unwrap();
    let wrong = of(&copy).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(wrong.contains("is damaged") && wrong.contains("gazetteer remove geonames-ua"), "{wrong}");
    let faults: Vec<String> = faults(&copy).unwrap().iter().map(ToString::to_string).collect();
    assert!(faults.len() == 1 && faults[0].contains("was changed (bound by log entry 3)"), "{faults:?}");
    std::fs::write(folder_of(&copy).join(list.file_name().unwrap()), &bytes[..100]).unwrap();
    assert!(of(&copy).is_err_and(|error| error.to_string().contains("has 100 bytes")));
    std::fs::remove_file(folder_of(&copy).join(list.file_name().unwrap())).unwrap();
    assert!(of(&copy).is_err());
    let faults: Vec<String> = super::faults(&copy).unwrap().iter().map(ToString::to_string).collect();
    assert!(faults.len() == 1 && faults[0].contains("is missing"), "{faults:?}");
    std::fs::write(folder_of(&copy).join("words.json"), "{").unwrap();
    assert!(of(&copy).is_err_and(|error| error.to_string().contains("words.json")));
    let outside = r#"{"version": 1, "lists": [{"name": "x", "holds": "places", "format": "csv", "file": "../../x", "sha256": "",
        "bytes": 1, "rows": 1, "names": 1, "licence": "", "origin": "", "made_of": []}]}"#;
    std::fs::write(folder_of(&copy).join("words.json"), outside).unwrap();
    assert!(of(&copy).is_err_and(|error| error.to_string().contains("does not lie in the folder")));
}

#[test]
fn a_bad_line_adds_nothing_and_what_a_killed_program_left_goes() {
    let desk = Desk::new();
    let wrong = desk.add(&Source::Geonames(desk.file("UA.txt", format!("{DUMP}bad\n")))).unwrap_err();
    let Unadded::Refused(refused) = wrong else { panic!("{wrong:?}") };
    assert!(refused.to_string().starts_with("UA.txt:4: 1 columns"), "{refused}");
    assert_eq!(desk.files(), Vec::<String>::new());
    let folder = folder_of(&desk.ledger());
    std::fs::write(folder.join("scratch-0.part"), "left over").unwrap();
    desk.add(&Source::Geonames(desk.file("UA.txt", DUMP))).unwrap();
    assert_eq!(desk.files().len(), 2, "{:?}", desk.files());
    let before = desk.files();
    assert!(desk.add(&Source::Csv(desk.file("x.csv", "a,b\n1,2\n"), Columns::default())).is_err());
    assert!(matches!(desk.add(&Source::Geonames("nowhere.txt".into())), Err(Unadded::Failed(_))));
    assert!(matches!(desk.add(&Source::Cod(vec![desk.file("adm.xlsx", "PK")])), Err(Unadded::Refused(_))));
    assert_eq!(desk.files(), before);
    assert_eq!(desk.faults(), Vec::<String>::new());
    // While one adds, another waits its turn.
    let lock = std::fs::File::options().write(true).open(folder.join(".lock")).unwrap();
    lock.lock().unwrap();
    let busy = desk.add(&Source::Geonames(desk.file("UA.txt", DUMP))).unwrap_err();
    assert!(matches!(busy, Unadded::Failed(error) if error.to_string().contains("another gainsay")));
}

#[test]
fn lists_are_replaced_and_removed_and_the_log_tells_of_it() {
    let desk = Desk::new();
    desk.add(&Source::Geonames(desk.file("UA.txt", DUMP))).unwrap();
    let actors = "id\tname\tkind\tside\tnames\tpart_of\nford-lions\tLions of the Ford\tarmed-group\topposition\tLFB\t\n";
    desk.add(&Source::Table(desk.file("actors.tsv", actors), None, false)).unwrap();
    let frames = "word\tpos\tkind\troles\toptions\nshepherd\tv\tdeployment\tactor=subj\t\n";
    desk.add(&Source::Table(desk.file("frames.tsv", frames), None, true)).unwrap();
    let words = of(&desk.ledger()).unwrap();
    assert_eq!(words.index.find("LFB")[0].id, "ford-lions");
    assert_eq!(words.gazetteer.bearing("Izium", &[]).len(), 1);
    let fewer: String = DUMP.lines().take(2).map(|line| format!("{line}\n")).collect();
    let replaced = desk.add(&Source::Geonames(desk.file("UA.txt", fewer))).unwrap();
    assert!(replaced.replaced);
    assert!(of(&desk.ledger()).unwrap().gazetteer.bearing("Izium", &[]).is_empty());
    assert_eq!(desk.files().len(), 4, "{:?}", desk.files());
    let held = Where::Ledger(&desk.ledger(), "ana").lists().unwrap();
    assert_eq!(
        held.iter().map(|list| list.holds.as_str()).collect::<Vec<_>>(),
        ["places", "actors", "codebook:frames"]
    );
    let none = remove(Where::Ledger(&desk.ledger(), "bo"), "nothing").unwrap_err().to_string();
    assert!(none.contains("there are geonames-ua, actors, frames"), "{none}");
    remove(Where::Ledger(&desk.ledger(), "bo"), "actors").unwrap();
    assert!(of(&desk.ledger()).unwrap().index.find("LFB").is_empty());
    let ledger = gainsay_ledger::Ledger::open_read_only(desk.ledger()).unwrap();
    let entries = ledger.entries_of(gainsay_ledger::Action::LexiconChanged).unwrap();
    let did: Vec<(&str, &str)> = entries
        .iter()
        .map(|entry| (entry.by.as_str(), entry.payload["words"]["did"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(
        did,
        [("ana", "added"), ("ana", "added"), ("ana", "added"), ("ana", "replaced"), ("bo", "removed")]
    );
    assert_eq!(desk.faults(), Vec::<String>::new());
    // A list that somebody puts in by hand is told.
    let folder = folder_of(&desk.ledger());
    let text = std::fs::read_to_string(folder.join("words.json")).unwrap();
    std::fs::write(folder.join("words.json"), text.replace("\"frames\"", "\"framed\"")).unwrap();
    assert!(note(&desk.ledger()).unwrap().unwrap().contains("are not those that log entry"));
    let faults = desk.faults().join("\n");
    assert!(faults.contains("`framed`: is a list that the log does not tell of"), "{faults}");
}

#[test]
fn a_change_that_was_cut_short_is_ended_where_the_log_tells_of_it_and_taken_back_where_not() {
    let desk = Desk::new();
    desk.add(&Source::Geonames(desk.file("UA.txt", DUMP))).unwrap();
    let folder = folder_of(&desk.ledger());
    let (manifest, new) = (folder.join("words.json"), folder.join("words.json.new"));
    let before = std::fs::read(&manifest).unwrap();
    let lists =
        || -> Vec<String> { desk.files().into_iter().filter(|name| name.starts_with("geonames")).collect() };
    let old = lists();
    let bytes = std::fs::read(folder.join(&old[0])).unwrap();
    let fewer: String = DUMP.lines().take(2).map(|line| format!("{line}\n")).collect();
    desk.add(&Source::Geonames(desk.file("UA.txt", fewer))).unwrap();
    let (after, whole) = (std::fs::read(&manifest).unwrap(), desk.files());
    // Killed when the log knew.
    std::fs::rename(&manifest, &new).unwrap();
    std::fs::write(&manifest, &before).unwrap();
    std::fs::write(folder.join(&old[0]), bytes).unwrap();
    assert_eq!(desk.faults(), Vec::<String>::new());
    assert_eq!((std::fs::read(&manifest).unwrap(), desk.files()), (after.clone(), whole.clone()));
    // Killed before it did.
    std::fs::write(&new, &before).unwrap();
    assert!(of(&desk.ledger()).unwrap().gazetteer.bearing("Izium", &[]).is_empty());
    assert_eq!((std::fs::read(&manifest).unwrap(), desk.files()), (after.clone(), whole.clone()));
    // While somebody is at it, nobody else ends it.
    std::fs::write(&new, &after).unwrap();
    let lock = std::fs::File::options().write(true).open(folder.join(".lock")).unwrap();
    lock.lock().unwrap();
    of(&desk.ledger()).unwrap();
    assert!(new.exists());
}

#[test]
fn a_zip_says_the_same_as_what_is_in_it_and_a_folder_needs_no_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let lists = folder.path().join("lists");
    let plain = folder.path().join("UA.txt");
    std::fs::write(&plain, DUMP).unwrap();
    let zipped = folder.path().join("ua2.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&zipped).unwrap());
    for (name, text) in
        [("readme.txt", "a readme, longer than nothing".repeat(60).as_str()), ("UA.txt", DUMP)]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    let to = Where::Folder(&lists);
    let one = add(to, &Source::Geonames(plain), &Said::default(), &mut |_, _| {}).unwrap();
    let two = add(to, &Source::Geonames(zipped.clone()), &Said::default(), &mut |_, _| {}).unwrap();
    assert_eq!((two.list.name.as_str(), two.list.rows), ("geonames-ua2", 3));
    assert_eq!(one.list.bytes, two.list.bytes);
    let words = in_folder(&lists).unwrap();
    let found = words.gazetteer.bearing("Izium", &[]);
    assert_eq!(found.len(), 1, "what two lists hold is one place");
    assert!(in_folder(folder.path()).is_err_and(|error| error.to_string().contains("gazetteer add")));
    let bytes = std::fs::read(&zipped).unwrap();
    for end in [0, 10, bytes.len() / 2, bytes.len() - 5] {
        std::fs::write(&zipped, &bytes[..end]).unwrap();
        assert!(
            add(to, &Source::Geonames(zipped.clone()), &Said::default(), &mut |_, _| {}).is_err(),
            "{end}"
        );
    }
    assert_eq!(to.lists().unwrap().len(), 2);
    let csv = folder.path().join("Unsere Orte.csv");
    std::fs::write(&csv, "code,title,lat,lon,kind\nA-1,Hinterdorf,50.1,30.2,village\n").unwrap();
    let columns = Columns::parse("id=code,name=title").unwrap();
    let said = Said { licence: Some("our own".into()), ..Said::default() };
    let three = add(to, &Source::Csv(csv, columns), &said, &mut |_, _| {}).unwrap();
    assert_eq!((three.list.name.as_str(), three.list.licence.as_str()), ("unsere-orte", "our own"));
    assert_eq!(in_folder(&lists).unwrap().gazetteer.place("a-1").unwrap().kind, "village");
}
