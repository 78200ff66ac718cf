//! A `.json` file: one report, or an array of them.

use serde_json::value::RawValue;

use crate::batch::{Batch, Source, stem};
use crate::formats::{self, Format, Reading};
use crate::{Intake, decode, record};

/// A report or an array of reports.
pub(crate) const FORMAT: Format = Format {
    name: "JSON",
    extensions: &["json"],
    media: &["application/json"],
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
    let text = match decode::plain(raw) {
        Ok(text) => text,
        Err(why) => return batch.warn(source, why.line, why.message),
    };
    let elements: Vec<&RawValue> = match elements(&text) {
        Ok(elements) => elements,
        Err(error) => {
            let mut message = record::broken(&error);
            if message.contains("trailing characters") {
                message = "holds more than one JSON value; name the file .jsonl if it has a report a line"
                    .to_owned();
            }
            return batch.warn(source, Some(error.line()), message);
        }
    };
    if elements.is_empty() {
        return batch.warn(source, None, "the array holds no report; fill it or take the file out");
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
        match record::report(json, spare) {
            Ok((report, complaint)) => {
                let raw_name = if many { format!("{name}:{line}") } else { name.to_owned() };
                let raw = if many { json.as_bytes().to_vec() } else { raw.to_vec() };
                batch.hand(Ok(Intake::new(report, raw, raw_name)));
                if let Some(complaint) = complaint {
                    batch.warn(source, Some(line), complaint);
                }
            }
            Err(message) => batch.warn(source, Some(line), message),
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
