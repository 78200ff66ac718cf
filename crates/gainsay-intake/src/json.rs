//! A `.json` file: one report, or an array of them.

use gainsay_model::Warning;
use serde_json::value::RawValue;

use crate::batch::stem;
use crate::{Intake, decode, record};

/// Hands over every report of the file, and a warning for every one that cannot be read.
pub(crate) fn read(raw: &[u8], name: &str, subject: &str, each: &mut dyn FnMut(Result<Intake, Warning>)) {
    let mut warn = |line: Option<usize>, message: String| {
        each(Err(Warning { subject: subject.to_owned(), line, message }));
    };
    let text = match decode::plain(raw) {
        Ok(text) => text,
        Err(why) => return warn(why.line, why.message),
    };
    let elements: Vec<&RawValue> = match elements(&text) {
        Ok(elements) => elements,
        Err(error) => {
            let mut message = record::broken(&error);
            if message.contains("trailing characters") {
                message = "holds more than one JSON value; name the file .jsonl if it has a report a line"
                    .to_owned();
            }
            return warn(Some(error.line()), message);
        }
    };
    if elements.is_empty() {
        return warn(None, "the array holds no report; fill it or take the file out".to_owned());
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
        let warning = |message| Warning { subject: subject.to_owned(), line: Some(line), message };
        match record::report(json, spare) {
            Ok((report, complaint)) => {
                let raw_name = if many { format!("{name}:{line}") } else { name.to_owned() };
                let raw = if many { json.as_bytes().to_vec() } else { raw.to_vec() };
                each(Ok(Intake { report, raw, raw_name }));
                if let Some(complaint) = complaint {
                    each(Err(warning(complaint)));
                }
            }
            Err(message) => each(Err(warning(message))),
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
