//! The bundle of an event: everything that stands behind it, in one archive that verifies without gainsay.
//!
//! **Takes** a ledger and an event. **Gives** the bytes of a zip archive: reports, claims, the whole chain of the log,
//! decisions, checkpoints and their stamps, a statement of verification, a guide, and a script that checks all of it
//! (`verify.py`). **Never** leaves out a link of the chain: of entries that do not concern the event the hash stands
//! alone. Without the right to names, texts bear pseudonyms, and what holds names is left out.

mod guide;
mod parts;

use std::collections::BTreeMap;
use std::path::Path;

use gainsay_custody::hex;
use gainsay_ledger::{Action, Ledger};
use gainsay_weigh::Ask;
use serde_json::{Value, json};

use super::of_report;
use super::page::Form;
use super::stamp::RFC3161;
use super::statement::{Asked, Statement, state};
use crate::shelf::Shelf;
use crate::veil::{PrivateNames, Veil};
use crate::{Error, archive, ask, keys};

use parts::Concern;

/// The script that checks a bundle.
const VERIFY: &str = include_str!("verify.py");

/// The folder that everything in the archive lies in.
const FOLDER: &str = "bundle";

/// The purpose of the signature of the list of files.
const PURPOSE: &str = "bundle";

/// A bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundled {
    /// The archive.
    pub bytes: Vec<u8>,
    /// Its SHA-256.
    pub sha256: String,
    /// How many files are in it.
    pub files: usize,
    /// How many reports.
    pub reports: usize,
    /// How many claims.
    pub claims: usize,
    /// Whether the ledger that it comes from was found sound.
    pub sound: bool,
    /// What is worth knowing.
    pub remarks: Vec<String>,
}

/// Packs everything behind an event. With `names` reports are in it as they came; without, texts bear pseudonyms.
///
/// # Errors
/// When no event has that id, the ledger cannot be read, or it is more than an archive holds.
pub fn bundle(path: &Path, event: &str, names: bool) -> Result<Bundled, Error> {
    let mut statement = state(path, &Asked::default())?;
    let sound = statement.is_sound();
    let ledger = keys::read(path)?;
    let shelf = Shelf::of(&ledger)?;
    let weighed = shelf.weigh(None);
    let Some(found) = weighed.events.iter().find(|one| one.id == event) else {
        return Err(Error::input(format!("no event has the id `{event}`; `gainsay events` lists them")));
    };
    let asked = Ask { event: Some(event.to_owned()), ..Ask::default() };
    let claims = ask::claims(&shelf, &weighed, &asked);
    let cover = match names {
        true => None,
        false => {
            let secret = keys::pseudonyms(path)?;
            Some(Cover { veil: Veil::new(&PrivateNames::gather(path, &shelf, None)?, &secret), secret })
        }
    };
    let concern = Concern::of(&shelf, found, &claims);
    let mut files = Files::default();
    let mut reports = Vec::new();
    for (number, id) in (1..).zip(&concern.reports) {
        let own: Vec<Value> =
            claims.iter().filter(|line| line.report == *id).map(value).collect::<Result<_, _>>()?;
        reports.push(files.report(&ledger, number, id, own, cover.as_ref())?);
    }
    files.log(&ledger, &concern, cover.is_none())?;
    files.checkpoints(&ledger)?;
    let mut found = value(found)?;
    if let Some(cover) = &cover {
        cover.veil.json(&mut found);
        covered(&mut statement, cover);
    }
    files.put("event.json", pretty(&found));
    let decided = |entry: &&crate::decide::Entry| concern.entries.contains(&entry.entry);
    let decisions: Vec<Value> =
        shelf.decided.entries.iter().filter(decided).map(value).collect::<Result<_, _>>()?;
    files.lines(
        "decisions.jsonl",
        decisions.into_iter().map(|mut one| {
            if let Some(cover) = &cover {
                one["by"] = cover.account(one["by"].as_str().unwrap_or_default()).into();
                one["proposed_by"].take();
                cover.veil.json(&mut one);
            }
            one
        }),
    );
    files.put("verification.html", statement.write(Form::Html));
    files.put("verification.json", statement.write(Form::Json));
    files.put("verify.py", VERIFY);
    files.put("START-HERE.html", guide::guide(&found, &reports, &statement, names));
    if statement.head.as_deref() != Some(ledger.head()?.hash.as_str()) {
        return Err(Error::busy(format!("{}: somebody wrote to it meanwhile; try again", path.display())));
    }
    let (signed, mut remarks) = files.seal(&ledger, path);
    if !names {
        remarks.push(
            "texts bear pseudonyms: reports cannot be held to their hashes in the log; --names packs them as they came"
                .to_owned(),
        );
    }
    if !sound {
        remarks.push("the ledger is not sound: the statement in the bundle lists what is wrong".to_owned());
    }
    let bytes = archive::zip(FOLDER, |put| {
        let failed = |error| Error::io("the archive", error);
        signed.iter().try_for_each(|(name, bytes)| put(name, bytes)).map_err(failed)
    })?;
    let sha256 = hex::sha256(&bytes);
    let (files, reports, claims) = (signed.len(), reports.len(), claims.len());
    Ok(Bundled { bytes, sha256, files, reports, claims, sound, remarks })
}

fn value(of: &impl serde::Serialize) -> Result<Value, Error> {
    serde_json::to_value(of)
        .map_err(|error| Error::wrong(format!("what is packed cannot be written: {error}")))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("a value is JSON") + "\n"
}

/// A statement without the names of those who work with the ledger, and without ids made of names.
fn covered(statement: &mut Statement, cover: &Cover) {
    let veil = &cover.veil;
    for key in &mut statement.keys {
        key.name = cover.account(&key.name);
        if let Some((_, why)) = &mut key.retired {
            *why = veil.text(why, None);
        }
    }
    // They name accounts, and nothing that the keys do not say.
    statement.remarks.clear();
    for fault in &mut statement.faults {
        fault.row = fault.row.as_ref().map(|row| veil.id(row));
        fault.what = veil.text(&fault.what, None);
    }
}

/// What keeps names out of a bundle.
struct Cover {
    veil: Veil,
    secret: String,
}

impl Cover {
    /// What stands for somebody who works with the ledger, be they called like somebody whom the word lists know or not:
    /// a code made from the ledger's secret.
    fn account(&self, name: &str) -> String {
        let code = hex::sha256(format!("gainsay-account/1\n{}\n{name}", self.secret).as_bytes());
        format!("Account {}", &code[..12])
    }
}

/// A report in the bundle, as the guide lists it.
struct Packed {
    folder: String,
    /// What `report.json` says.
    told: Value,
}

/// The files of a bundle, by name.
#[derive(Default)]
struct Files {
    all: BTreeMap<String, Vec<u8>>,
    /// Which file is bound by which entry of the log.
    bound: Vec<Value>,
    claims: String,
}

impl Files {
    fn put(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.all.insert(name.into(), bytes.into());
    }

    fn lines(&mut self, name: &str, values: impl IntoIterator<Item = Value>) {
        let lines: String = values.into_iter().map(|value| format!("{value}\n")).collect();
        self.put(name, lines);
    }

    /// A file, and the entry of the log that holds its hash.
    fn bind(&mut self, name: &str, bytes: impl Into<Vec<u8>>, entry: Option<u64>, report: Option<&str>) {
        self.bound.push(json!({ "file": name, "entry": entry, "report": report }));
        self.put(name, bytes);
    }

    /// A report: as it came with all that lay beside it, or with pseudonyms and without anything that has none.
    fn report(
        &mut self,
        ledger: &Ledger,
        number: usize,
        id: &str,
        claims: Vec<Value>,
        cover: Option<&Cover>,
    ) -> Result<Packed, Error> {
        let folder = format!("reports/{number:04}");
        let custody = of_report::of(ledger, id)?;
        let Some(stored) = ledger.report(id)? else {
            return Err(Error::wrong(format!("report `{id}` is not in the ledger")));
        };
        let mut told = value(&custody)?;
        told["language"] = value(&stored.report.language)?;
        told["author"] = value(&stored.report.author)?;
        if let Some(cover) = cover {
            let veil = &cover.veil;
            told["collector"] = cover.account(&custody.collector).into();
            told["author"] = value(&stored.report.author.as_ref().map(|name| veil.person(name, "Author")))?;
            // The hash of a text would tell whoever tries names in the place of pseudonyms when they fit.
            for name in ["file", "beside", "fetched", "signed_by", "raw_sha256", "text_sha256"] {
                told[name].take();
            }
            told["id"] = told["report"].clone();
            told["text"] = stored.report.text.into();
            let mut whole = json!({ "report": told, "claims": claims });
            veil.json(&mut whole);
            let text = whole["report"]["text"].take();
            let id = whole["report"]["id"].take();
            let id = id.as_str().unwrap_or_default();
            let file = format!("{folder}/text.txt");
            self.bind(&file, text.as_str().unwrap_or_default(), None, Some(id));
            self.claims(whole["claims"].as_array().into_iter().flatten());
            let mut told = whole["report"].take();
            told["report"] = id.into();
            told["pseudonyms"] = true.into();
            for name in ["text", "id"] {
                told.as_object_mut().and_then(|told| told.shift_remove(name));
            }
            self.put(format!("{folder}/report.json"), pretty(&told));
            return Ok(Packed { folder, told });
        }
        let entry = Some(stored.entry);
        self.bind(&format!("{folder}/text.txt"), stored.report.text, entry, Some(id));
        let raw = ledger.raw(id)?.unwrap_or_default();
        self.bind(&format!("{folder}/raw.{}", extension(&stored.raw_name)), raw, entry, Some(id));
        for (at, one) in (1..).zip(ledger.beside(id)?) {
            let name = format!("{folder}/beside/{at:02}.{}", extension(&one.name));
            told["beside"][at - 1]["packed"] = name.as_str().into();
            self.bind(&name, one.bytes, entry, Some(id));
        }
        for reading in ledger.readings_of(id)? {
            let name = format!("{folder}/reading-{:08}.jsonl", reading.entry);
            self.bind(&name, reading.lines, Some(reading.entry), Some(id));
        }
        self.claims(&claims);
        told["pseudonyms"] = false.into();
        self.put(format!("{folder}/report.json"), pretty(&told));
        Ok(Packed { folder, told })
    }

    fn claims<'a>(&mut self, claims: impl IntoIterator<Item = &'a Value>) {
        claims.into_iter().for_each(|claim| self.claims += &format!("{claim}\n"));
    }

    /// The whole chain; particulars of those entries alone that concern the event.
    fn log(&mut self, ledger: &Ledger, concern: &Concern, names: bool) -> Result<(), Error> {
        let mut lines = String::new();
        for line in ledger.lines() {
            let line = line?;
            // What checkpoints and their stamps say is hashes and the names of services.
            let plain = [Action::Checkpoint, Action::Stamped].iter().any(|own| own.as_str() == line.action);
            let shown = !line.is_removed() && (plain || names && concern.entries_or_own(&line));
            lines += &json!({
                "seq": line.seq,
                "at": line.at,
                // Who works with a ledger is nobody's business who may not know names.
                "by": names.then_some(line.by),
                "action": line.action,
                "payload": shown.then_some(line.payload),
                // With these, names could be tried until the hash of an entry fits.
                "salt": line.salt.filter(|_| shown && names),
                "payload_sha256": line.payload_sha256.filter(|_| names),
                "prev": line.prev,
                "hash": line.hash,
                "key": line.key,
                "signature": line.signature,
            })
            .to_string();
            lines.push('\n');
        }
        self.put("log.jsonl", lines);
        Ok(())
    }

    fn checkpoints(&mut self, ledger: &Ledger) -> Result<(), Error> {
        for one in ledger.checkpoints()? {
            self.bind(&format!("checkpoints/{:08}.txt", one.entry), one.note, Some(one.entry), None);
        }
        for one in ledger.stamps()? {
            let ending = if one.kind == RFC3161 { "tsr" } else { "ots" };
            let name = format!("checkpoints/{:08}-{:08}.{ending}", one.checkpoint, one.entry);
            self.bind(&name, one.bytes, Some(one.entry), None);
        }
        Ok(())
    }

    /// All files with the list of their hashes, signed where there is a key; and what there is to say where there is none.
    fn seal(mut self, ledger: &Ledger, path: &Path) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
        let claims = std::mem::take(&mut self.claims);
        self.put("claims.jsonl", claims);
        let bound = std::mem::take(&mut self.bound);
        self.lines("bound.jsonl", bound);
        let line = |(name, bytes): (&String, &Vec<u8>)| format!("{}  {name}\n", hex::sha256(bytes));
        let sums: String = self.all.iter().map(line).collect();
        let mut remarks = Vec::new();
        let known = ledger.keys().unwrap_or_default();
        match ledger.signer() {
            Ok(Some(signer)) if known.iter().any(|key| key.key == signer.secret.public()) => {
                let signature = signer.secret.sign(PURPOSE, sums.as_bytes());
                let text = format!("key {}\nsignature {}\n", signer.secret.public(), hex::of(&signature));
                self.put("SHA256SUMS.signature", text);
            }
            Ok(_) => remarks
                .push("there is no key of this ledger to sign the bundle by; it is not signed".to_owned()),
            Err(error) => {
                remarks.push(format!(
                    "the bundle is not signed: {}",
                    error.to_string().replace(&format!("{}: ", path.display()), "")
                ));
            }
        }
        self.put("SHA256SUMS", sums);
        (self.all, remarks)
    }
}

/// The ending of a file's name, where it is a plain one.
fn extension(name: &str) -> String {
    // Reports out of a file of many are called by its name and a number.
    let file = name.rsplit(['/', '!']).next().unwrap_or_default();
    let file = file.rsplit_once(':').map_or(file, |(file, _)| file);
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let plain = (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { ending } else { "bin".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_plain_or_none() {
        for (name, ending) in [
            ("a/b.HTML", "html"),
            ("r.jsonl:12", "jsonl"),
            ("a.zip!b/c.txt", "txt"),
            ("no ending", "bin"),
            ("x.a b", "bin"),
            ("x.", "bin"),
            ("../../x.p/../y", "bin"),
        ] {
            assert_eq!(extension(name), ending, "{name}");
        }
    }

    #[test]
    fn the_script_is_short() {
        assert!(VERIFY.lines().count() <= 60);
    }
}
