//! A `.json` file: one report, or an array of them; or an export that is known by its fields (Telegram, X, ReliefWeb,
//! JSON Feed).

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::batch::{Batch, stem};
use crate::formats::{self, Format, Reading};
use crate::handover::Handover;
use crate::source::Source;
use crate::{Intake, decode, feed, posts, record, reliefweb, telegram};

/// A report or an array of reports, or an export.
pub(crate) const FORMAT: Format = Format {
    name: "JSON",
    extensions: &["json"],
    media: &["application/json", "application/feed+json"],
    begins,
    read: Reading::Many(read),
};

/// Whether bytes begin like an array of objects, or an object that is laid out over several lines.
pub(crate) fn begins(head: &[u8]) -> bool {
    match formats::bare(head) {
        [b'{', b'\n' | b'\r', ..] => true,
        [b'[', rest @ ..] => rest.trim_ascii_start().starts_with(b"{"),
        _ => false,
    }
}

/// Hands over every report of the file, and a warning for every one that cannot be read.
pub(crate) fn read(raw: &[u8], source: &Source, batch: &mut Batch) {
    let name = source.name.as_str();
    let columns = batch.columns();
    let mut to = Handover { source, batch };
    let text = match decode::plain(raw) {
        Ok(text) => text,
        Err(why) => return to.warn(why.line, why.message),
    };
    if posts::unwrapped(&text).is_some() {
        return posts::read_archive(&text, &mut to);
    }
    let elements: Vec<&RawValue> = match elements(&text) {
        Ok(elements) => elements,
        Err(error) => {
            let mut message = record::broken(&error);
            if message.contains("trailing characters") {
                message = "holds more than one JSON value; name the file .jsonl if it has a report a line"
                    .to_owned();
            }
            return to.warn(Some(error.line()), message);
        }
    };
    let Some(first) = elements.first() else {
        return to.warn(None, "the array holds no report; fill it or take the file out");
    };
    // Whoever says what holds the text has reports before them.
    if columns.is_empty() {
        let fields = fields(first);
        let is_array = text.trim_start().starts_with('[');
        match () {
            () if posts::is_post(&fields) => return posts::read(&text, elements, &mut to),
            () if is_array => {}
            () if telegram::is_export(&fields) => return telegram::read(&text, &mut to),
            () if reliefweb::is_answer(&fields, first) => return reliefweb::read(&text, &mut to),
            () if posts::is_answer(first) => return posts::read_answer(&text, &mut to),
            () if is_json_feed(first) => return feed::read(raw, source, batch),
            () => {}
        }
    }
    let many = elements.len() > 1;
    let (mut line, mut counted) = (1, 0);
    for (number, element) in elements.into_iter().enumerate() {
        let json = element.get();
        // Where the element stands in the text it was borrowed from.
        let at = json.as_ptr() as usize - text.as_ptr() as usize;
        line += text[counted..at].matches('\n').count();
        counted = at;
        let spare = || if many { format!("{}-{}", stem(name), number + 1) } else { stem(name).to_owned() };
        match record::report(json, &columns, spare) {
            Ok((report, complaint)) => {
                let raw_name = if many { format!("{name}:{line}") } else { name.to_owned() };
                let raw = if many { json.as_bytes().to_vec() } else { raw.to_vec() };
                to.batch.hand(Ok(Intake::new(report, raw, raw_name)));
                if let Some(complaint) = complaint {
                    to.warn(Some(line), complaint);
                }
            }
            Err(message) => to.warn(Some(line), message),
        }
    }
}

fn elements(text: &str) -> Result<Vec<&RawValue>, serde_json::Error> {
    if text.trim_start().starts_with('[') {
        serde_json::from_str(text)
    } else {
        Ok(vec![serde_json::from_str(text)?])
    }
}

/// The names of an object's fields; none where it is no object.
fn fields(value: &RawValue) -> Vec<String> {
    let fields: Option<std::collections::BTreeMap<String, serde::de::IgnoredAny>> =
        serde_json::from_str(value.get()).ok();
    fields.into_iter().flatten().map(|(name, _)| name).collect()
}

fn is_json_feed(value: &RawValue) -> bool {
    #[derive(Deserialize)]
    struct Head {
        version: String,
    }
    serde_json::from_str::<Head>(value.get()).is_ok_and(|head| head.version.contains("jsonfeed.org/version"))
}
