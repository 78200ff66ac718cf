//! Bytes of a ledger's file changed by chance: each change is told of, or the file says the same as before.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::chance::Chance;
use crate::long::{is_over, rounds, tell};
use crate::place::{Place, reports};
use crate::state;

/// What became of a change.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// The file is not opened.
    Refused,
    /// `verify` says that something is wrong.
    Told,
    /// Neither, and every row of every table reads the same.
    Outside,
}

/// A small ledger that has something of everything, and what it says.
pub struct Sound {
    pub place: Place,
    pub bytes: Vec<u8>,
    pub says: state::All,
}

const NAME: &str = "small.gpkg";

impl Sound {
    pub fn new() -> Sound {
        let place = Place::empty();
        place.write("reports.jsonl", reports(0, 5));
        place.write(
            "page.txt",
            "4 June 2014\n\nRebels captured the town of Mayadin on Tuesday, activists said.\n",
        );
        place.write(
            "page.txt.sha256",
            "0000000000000000000000000000000000000000000000000000000000000000  page.txt\n",
        );
        for args in [
            &["init"][..],
            &["add", "reports.jsonl", "page.txt"],
            &["set", "n3-02", "rejected", "--why", "misread"],
            &["set", "Desk 1", "letter=B"],
            &["weigh"],
        ] {
            // A checksum that does not fit is told of, and kept.
            let ran = place.run(&[&["--ledger", NAME], args].concat());
            assert!(ran.code == Some(0) || args[0] == "add", "{args:?}: {ran:?}");
        }
        let bytes = std::fs::read(place.path(NAME)).unwrap();
        let says = state::all(&place.path(NAME)).unwrap();
        assert!(says["beside"].len() == 1 && says["events"].len() > 1, "{:?}", says["beside"]);
        assert_eq!(checked(&place.path(NAME)), Ok(Found::Outside), "it is not sound to begin with");
        Sound { place, bytes, says }
    }

    /// Where the ledger lies.
    pub fn path(&self) -> std::path::PathBuf {
        self.place.path(NAME)
    }

    /// What becomes of the file as it lies there now.
    ///
    /// # Errors
    /// Nobody says a word, and it says something else; or checking it failed in an unseemly way.
    pub fn found(&self) -> Result<Found, String> {
        match checked(&self.path())? {
            Found::Outside => {}
            told => return Ok(told),
        }
        let now = state::all(&self.path());
        match now.as_ref().is_some_and(|now| state::same(&self.says, now)) {
            true => Ok(Found::Outside),
            false => Err(crate::judge::differ(Some(self.says.clone()), now)),
        }
    }
}

/// Checks a ledger as `gainsay verify` does; [`Found::Outside`] where it says that all is well.
fn checked(path: &Path) -> Result<Found, String> {
    let checked = catch_unwind(AssertUnwindSafe(|| gainsay::rebuild::verify(path)));
    match checked {
        Err(_) => Err("checking it panicked".to_owned()),
        Ok(Err(_)) => Ok(Found::Refused),
        // That it is not weighed any more is said, too: the next who weighs makes up for it.
        Ok(Ok(checked)) if checked.faults.is_empty() && !checked.stale => Ok(Found::Outside),
        Ok(Ok(_)) => Ok(Found::Told),
    }
}

/// Pages by what their first byte says they are.
fn by_kind(bytes: &[u8], page: usize) -> BTreeMap<&'static str, Vec<usize>> {
    let mut kinds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, page) in bytes.chunks(page).enumerate() {
        let header = if number == 0 { page[100] } else { page[0] };
        let kind = match header {
            0x02 => "inner page of an index",
            0x05 => "inner page of a table",
            0x0a => "leaf page of an index",
            0x0d => "leaf page of a table",
            _ => "overflow or free page",
        };
        kinds.entry(kind).or_default().push(number);
    }
    kinds
}

/// Changes a byte, or the length, by chance; says what was done.
fn change(
    bytes: &mut Vec<u8>,
    page: usize,
    kinds: &BTreeMap<&str, Vec<usize>>,
    chance: &mut Chance,
) -> String {
    match chance.below(100) {
        0 => {
            let keep = chance.below(bytes.len());
            bytes.truncate(keep);
            return format!("cut to {keep} bytes");
        }
        1 => {
            let more = 1 + chance.below(3 * page);
            bytes.extend((0..more).map(|_| chance.next() as u8));
            return format!("{more} bytes behind it");
        }
        _ => {}
    }
    // By turns anywhere, in each sort of page as often, and where there is something.
    let at = match chance.below(3) {
        0 => chance.below(bytes.len()),
        1 => {
            let kinds: Vec<&Vec<usize>> = kinds.values().collect();
            let pages = *chance.one(&kinds);
            chance.one(pages) * page + chance.below(page)
        }
        _ => std::iter::repeat_with(|| chance.below(bytes.len())).find(|&at| bytes[at] != 0).unwrap(),
    };
    let flip = 1 + chance.below(255) as u8;
    bytes[at] ^= flip;
    format!(
        "byte {at} (page {}, {} in it): {:#04x} made {:#04x}",
        at / page + 1,
        at % page,
        bytes[at] ^ flip,
        bytes[at]
    )
}

#[test]
fn any_changed_byte_is_told_of_or_says_nothing() {
    let mut chance = Chance::new("tampering");
    let sound = Sound::new();
    let page = usize::from(u16::from_be_bytes([sound.bytes[16], sound.bytes[17]]));
    let kinds = by_kind(&sound.bytes, page);
    let mut counts = [0; 3];
    let (mut holes, mut longest) = (Vec::new(), Duration::ZERO);
    for _ in 0..rounds(100) {
        if is_over() {
            break;
        }
        let mut bytes = sound.bytes.clone();
        let done = change(&mut bytes, page, &kinds, &mut chance);
        std::fs::write(sound.path(), &bytes).unwrap();
        let begun = Instant::now();
        match sound.found() {
            Ok(found) => counts[found as usize] += 1,
            Err(what) => {
                println!("{done}: {what}");
                holes.push(format!("{done}: {what}"));
            }
        }
        longest = longest.max(begun.elapsed());
    }
    tell(
        "tampering with bytes",
        &[
            ("changes", counts.iter().sum::<usize>() + holes.len()),
            ("refused at opening", counts[Found::Refused as usize]),
            ("told of by verify", counts[Found::Told as usize]),
            ("outside what the ledger says", counts[Found::Outside as usize]),
            ("holes", holes.len()),
            ("bytes in the file", sound.bytes.len()),
            ("milliseconds at most to check one", longest.as_millis() as usize),
        ],
    );
    assert!(holes.is_empty(), "{}", holes.join("\n"));
    assert!(counts[Found::Told as usize] > 0, "nothing was told of");
}
