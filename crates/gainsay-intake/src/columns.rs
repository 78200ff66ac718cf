//! Which column of a table, or which field of a JSON object, holds what of a report.
//!
//! **Takes** what a user says (`text=body`, `published=meta.date`), or nothing. **Gives** the cell for each part of a
//! report: where the user says, else the column of that very name, else one of its common names. **Never** looks into
//! the text for it: what no column gives is found, or not, as for any report.

use serde_json::Value;

/// A part of a report that a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Its id.
    Id,
    /// Its text.
    Text,
    /// The day it was said.
    Published,
    /// The outlet.
    Publisher,
    /// Who wrote it.
    Author,
    /// The headline.
    Title,
    /// Where it was found.
    Url,
    /// The language.
    Language,
}

/// Each part, its name, and the names that exports commonly give its column, likeliest first; in small letters, without
/// spaces, dashes and underscores. Our own list, from the exports of feed readers, media monitors and scrapers.
const PARTS: [(Part, &str, &[&str]); 8] = [
    (Part::Id, "id", &["guid", "reportid", "documentid", "docid", "uuid", "messageid"]),
    (
        Part::Text,
        "text",
        &[
            "body",
            "fulltext",
            "content",
            "maintext",
            "articletext",
            "article",
            "message",
            "bodytext",
            "النص",
            "نص",
        ],
    ),
    (
        Part::Published,
        "published",
        &[
            "publishedat",
            "publicationdate",
            "publishdate",
            "datepublished",
            "pubdate",
            "date",
            "createdat",
            "datetime",
            "timestamp",
            "التاريخ",
            "تاريخ",
        ],
    ),
    (
        Part::Publisher,
        "publisher",
        &["outlet", "source", "sourcename", "sitename", "newspaper", "channel", "domain", "المصدر"],
    ),
    (Part::Author, "author", &["byline", "creator", "authors", "authorname", "username"]),
    (Part::Title, "title", &["headline", "subject", "العنوان", "عنوان"]),
    (Part::Url, "url", &["link", "permalink", "sourceurl", "articleurl", "uri", "href", "الرابط"]),
    (Part::Language, "language", &["lang", "languagecode", "اللغة"]),
];

/// A column map: what a user said of their columns, over the common names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<(Part, String)>);

impl Columns {
    /// The map that these `part=column` say, each part once.
    ///
    /// # Errors
    /// What is no part of a report, or is said twice: one sentence on what to write.
    pub fn of<S: AsRef<str>>(said: &[S]) -> Result<Columns, String> {
        let mut columns = Columns::default();
        for pair in said {
            let pair = pair.as_ref();
            let (part, column) = pair
                .split_once('=')
                .map(|(part, column)| (part.trim(), column.trim()))
                .filter(|(_, column)| !column.is_empty())
                .ok_or_else(|| format!("`{pair}` says no column; write text=COLUMN"))?;
            let Some((part, name, _)) = PARTS.iter().find(|(_, name, _)| *name == part) else {
                let names: Vec<&str> = PARTS.iter().map(|(_, name, _)| *name).collect();
                return Err(format!("`{part}` is no part of a report; it has {}", names.join(", ")));
            };
            if columns.said(*part).is_some() {
                return Err(format!("`{name}` is given two columns; leave one out"));
            }
            columns.0.push((*part, column.to_owned()));
        }
        Ok(columns)
    }

    /// The map in the text of a `.map` file: a `part = column` a line; what follows `#` at a line's head is a remark.
    ///
    /// # Errors
    /// As [`Columns::of`].
    pub fn of_file(text: &str) -> Result<Columns, String> {
        let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim);
        let said: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        Columns::of(&said)
    }

    /// Whether a user said anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn said(&self, part: Part) -> Option<&str> {
        self.0.iter().find(|(own, _)| *own == part).map(|(_, column)| column.as_str())
    }

    /// Where in a header the column of a part stands.
    ///
    /// # Errors
    /// A column that the user named and the header lacks.
    pub(crate) fn place(&self, part: Part, header: &[String]) -> Result<Option<usize>, String> {
        let same = |name: &str| header.iter().position(|column| folded(column) == name);
        if let Some(said) = self.said(part) {
            let exact = header.iter().position(|column| column.trim() == said);
            return exact.or_else(|| same(&folded(said))).map(Some).ok_or_else(|| {
                format!("has no column `{said}`; it has {}", shown(header.iter().map(String::as_str)))
            });
        }
        let (name, common) = names(part);
        Ok(same(name).or_else(|| common.iter().find_map(|name| same(name))))
    }

    /// The value of a part in a JSON object.
    pub(crate) fn value<'v>(&self, part: Part, object: &'v Value) -> Option<&'v Value> {
        if let Some(said) = self.said(part) {
            return at(object, said);
        }
        let fields = object.as_object()?;
        let (name, common) = names(part);
        let same =
            |name: &str| fields.iter().find(|(field, _)| folded(field) == name).map(|(_, value)| value);
        fields.get(name).or_else(|| same(name)).or_else(|| common.iter().find_map(|name| same(name)))
    }

    /// What to say of a header or an object in which nothing holds the text.
    pub(crate) fn no_text<'n>(&self, what: &str, names: impl Iterator<Item = &'n str>) -> String {
        match self.said(Part::Text) {
            Some(said) => format!("has no {what} `{said}`; it has {}", shown(names)),
            None => {
                format!("no {what} is called text; say which holds it (--map text=…) of {}", shown(names))
            }
        }
    }
}

fn names(part: Part) -> (&'static str, &'static [&'static str]) {
    let found = PARTS.iter().find(|(own, ..)| *own == part);
    found.map(|(_, name, common)| (*name, *common)).unwrap_or_default()
}

/// `Full Text`, `full_text` → `fulltext`.
fn folded(name: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '_' | '-' | '\u{FEFF}' | '"');
    name.chars().filter(kept).flat_map(char::to_lowercase).collect()
}

/// Most names that a message lists.
const SHOWN: usize = 12;

fn shown<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names
        .map(|name| name.trim().chars().take(30).map(|c| if c.is_control() { ' ' } else { c }).collect())
        .collect();
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", names[..names.len().min(SHOWN)].join(", "))
}

/// The value at a path: `a.b.0.c`; a field of the whole name goes before.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    if let Some(whole) = value.get(path) {
        return Some(whole);
    }
    path.split('.').try_fold(value, |value, step| match value {
        Value::Array(many) => many.get(step.parse::<usize>().ok()?),
        _ => value.get(step),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn columns_are_found_by_map_then_name_then_common_name() {
        let names = header(&["Date", "Full Text", "source", "Title", "text_ar"]);
        let plain = Columns::default();
        assert_eq!(plain.place(Part::Text, &names), Ok(Some(1)));
        assert_eq!(plain.place(Part::Published, &names), Ok(Some(0)));
        assert_eq!(plain.place(Part::Publisher, &names), Ok(Some(2)));
        assert_eq!(plain.place(Part::Url, &names), Ok(None));
        let mapped = Columns::of(&["text=text_ar", "title = full text"]).unwrap();
        assert_eq!(mapped.place(Part::Text, &names), Ok(Some(4)));
        assert_eq!(mapped.place(Part::Title, &names), Ok(Some(1)));
        let wrong = Columns::of(&["text=body"]).unwrap().place(Part::Text, &names).unwrap_err();
        assert!(wrong.contains("no column `body`; it has Date, Full Text"), "{wrong}");
    }

    #[test]
    fn nested_fields_are_reached_by_a_path() {
        let object = json!({"a": {"b": [{"c": "x"}]}, "d.e": "y", "Published_At": 7});
        let map = Columns::of(&["text=a.b.0.c", "title=d.e", "url=a.b.1.c"]).unwrap();
        assert_eq!(map.value(Part::Text, &object), Some(&json!("x")));
        assert_eq!(map.value(Part::Title, &object), Some(&json!("y")));
        assert_eq!(map.value(Part::Url, &object), None);
        assert_eq!(map.value(Part::Published, &object), Some(&json!(7)));
    }

    #[test]
    fn a_map_file_is_the_same_in_lines() {
        let file = "\u{FEFF}# our export\ntext = body\r\n\n published=when\n";
        assert_eq!(Columns::of_file(file), Columns::of(&["text=body", "published=when"]));
        for (said, words) in
            [("body", "says no column"), ("texts=a", "no part of a report"), ("text=", "says no column")]
        {
            assert!(Columns::of(&[said]).unwrap_err().contains(words), "{said}");
        }
        assert!(Columns::of(&["text=a", "text=b"]).unwrap_err().contains("two columns"));
    }
}
