//! A statement of verification as a document: plain words, to be printed.

use super::super::page::{Form, Page};
use super::{FaultLine, KeyLine, Statement};

impl Statement {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// As a document.
    pub fn write(&self, form: Form) -> String {
        match form {
            Form::Html => self.page().html(),
            Form::Markdown => self.page().markdown(),
            Form::Text => self.page().plain(),
            Form::Json => {
                let json = serde_json::to_string_pretty(self).expect("texts and numbers are JSON");
                json + "\n"
            }
        }
    }

    fn page(&self) -> Page {
        let mut page = Page::new("Statement of verification of a gainsay ledger");
        page.text(match self.faults.len() {
            0 => "Nothing was found changed, missing, put in or put in another order.".to_owned(),
            1 => "One thing was found that is not as it should be; it stands under Faults.".to_owned(),
            many => {
                format!("{many} things were found that are not as they should be; they stand under Faults.")
            }
        });
        let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "not known".into());
        page.facts(&[
            ("File", self.file.clone()),
            ("Size in bytes", self.size.to_string()),
            ("SHA-256 of the file", self.sha256.clone()),
            ("Checked at (UTC, this computer's clock)", self.checked_at.clone()),
            ("Checked by", self.tool.clone()),
            ("The ledger is known by (hash of its first entry)", or_none(&self.ledger)),
            ("Reports", self.reports.to_string()),
            ("Readings of them", self.readings.to_string()),
            ("Claims", self.claims.to_string()),
            ("Entries in the log", self.entries.to_string()),
            ("Written from", self.period.as_ref().map(|(from, _)| from.clone()).unwrap_or_default()),
            ("Written to", self.period.as_ref().map(|(_, to)| to.clone()).unwrap_or_default()),
            ("Hash of the last entry", or_none(&self.head)),
        ]);
        page.heading("Faults");
        match self.faults.is_empty() {
            true => page.text("None."),
            false => {
                let row = |fault: &FaultLine| {
                    let since = fault.since.map(|entry| entry.to_string()).unwrap_or_default();
                    let (row, covered) = (fault.row.clone(), fault.covered.clone());
                    vec![
                        fault.table.clone(),
                        row.unwrap_or_default(),
                        fault.what.clone(),
                        since,
                        covered.unwrap_or_default(),
                    ]
                };
                let rows = self.faults.iter().map(row).collect();
                page.table(&["table", "row", "what is wrong", "bound by entry", "which is"], rows);
            }
        }
        page.heading("What was checked, and how");
        page.list(CHECKED.iter().copied());
        page.heading("Keys");
        if self.keys.is_empty() {
            page.text("The log bears no signatures: it shows changes, and not who made its entries.");
        } else {
            page.text("Whose a key is is what the log says; compare ids with those that people gave you themselves.");
            let row = |key: &KeyLine| {
                let retired = key.retired.as_ref().map(|(entry, why)| format!("by entry {entry}: {why}"));
                let vouched = match (&key.vouched_by, key.trusted) {
                    (_, Some(true)) => "trusted".to_owned(),
                    (Some(by), _) => by.clone(),
                    (None, _) => "itself".to_owned(),
                };
                vec![
                    key.id.clone(),
                    key.name.clone(),
                    format!("{} ({})", key.added, key.at),
                    vouched,
                    key.signed.to_string(),
                    retired.unwrap_or_default(),
                    key.key.clone(),
                ]
            };
            let head = [
                "id",
                "whose",
                "added by entry",
                "vouched for by",
                "entries signed",
                "retired",
                "public key",
            ];
            page.table(&head, self.keys.iter().map(row).collect());
        }
        let entries = |ranges: &[String]| match ranges.len() {
            0 => "none".to_owned(),
            many if many > 200 => format!("{} and {} more ranges", ranges[..200].join(", "), many - 200),
            _ => ranges.join(", "),
        };
        page.text(format!("Entries that bear no signature: {}.", entries(&self.unsigned)));
        page.text(format!(
            "Entries whose particulars were removed, with a report, and whose hashes stand: {}.",
            entries(&self.removed)
        ));
        page.list(self.remarks.iter().cloned());
        page.heading("Checkpoints and time stamps");
        if self.checkpoints.is_empty() {
            page.text("None was made: nothing outside the ledger shows since when it is as it is.");
        }
        for one in &self.checkpoints {
            let key = one.key.as_deref().unwrap_or("not known");
            page.text(format!(
                "Entry {} records a checkpoint of entry {}, made {} and signed by the key {key}{}. Hash {}; SHA-256 of its note {}.",
                one.entry,
                one.of,
                one.at,
                if one.sound { "" } else { "; it is not sound, see Faults" },
                one.hash,
                one.note_sha256
            ));
            page.list(
                one.stamps
                    .iter()
                    .map(|stamp| format!("{} (entry {}): {}", stamp.kind, stamp.entry, stamp.told)),
            );
        }
        if !self.notes.is_empty() {
            page.heading("Published notes");
            page.list(self.notes.iter().cloned());
        }
        page.heading("What this does not show");
        page.list(NOT_SHOWN.iter().copied());
        page
    }
}

const CHECKED: [&str; 8] = [
    "The file is a whole database: its pages, tables, indexes and triggers are those that gainsay makes.",
    "The log is numbered without a gap; each entry's hash (SHA-256) fits what it says and binds the entry before it.",
    "Each signature (Ed25519) fits its entry and its key, and each key was one that might sign at that entry.",
    "Each report's bytes, text and particulars have the hashes that the entry which added it says; none is missing, none is there without an entry.",
    "Each reading's claims have the hash that the entry which recorded it says.",
    "Each checkpoint's note is signed and names an entry that has that hash; each time stamp is over that note.",
    "Signatures of authorities (RFC 3161) were checked by the certificate in them, and the certificate's chain where authorities were given; steps of OpenTimestamps were computed to the block's Merkle root, and the root compared where the block was given.",
    "What is derived (claims, search, events and the rest) agrees with what it is derived from.",
];

const NOT_SHOWN: [&str; 4] = [
    "Whether what a report says is true, or who really wrote it.",
    "Whether something was left out before it was added.",
    "The times of entries are those of the clocks of whoever wrote them; only time stamps of others show since when something was there.",
    "Entries after the newest checkpoint that was published or stamped could be cut off, or made anew by whoever holds the keys, and this would not show.",
];
