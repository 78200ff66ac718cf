//! OpenDocument texts (ISO 26300): paragraphs and rows of tables in order, notes at the end.
//!
//! What was struck out under tracked changes is left out, as are comments; headers and footers lie in another part.

use gainsay_model::Report;
use quick_xml::events::BytesStart;

use super::flow::{self, Flow, Role};
use super::parts::{parts, properties};
use crate::decode::Refusal;
use crate::formats::{Format, Reading};

/// An OpenDocument text.
pub(crate) const FORMAT: Format = Format {
    name: "ODT",
    extensions: &["odt", "ott"],
    media: &["application/vnd.oasis.opendocument.text"],
    // The first file of it is its own media type.
    begins: |head| {
        head.get(30..)
            .is_some_and(|rest| rest.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text"))
    },
    read: Reading::One(read),
};

fn read(raw: &[u8]) -> Result<Report, Refusal> {
    let mut found = parts(raw, &["content.xml", "meta.xml"])?.into_iter();
    let mut next = || found.next().flatten();
    let Some(body) = next() else {
        return Err(Refusal::new("holds no OpenDocument text; save it as .odt, or give its text as .txt"));
    };
    let Flow { mut paragraphs, notes, title } = flow::read(&body, role)?;
    paragraphs.extend(notes);
    let mut said = next().map(|part| properties(&part)).unwrap_or_default();
    said.title = title.or(said.title);
    super::report(&paragraphs.join("\n\n"), said)
}

fn role(tag: &BytesStart) -> Role {
    let value = |name: &str| {
        let found = tag.try_get_attribute(name).ok().flatten()?;
        Some(found.value.to_string())
    };
    match tag.name().as_ref() {
        "text:p" | "text:h" => match value("text:style-name") {
            Some(style) if style == "Title" => Role::Title,
            _ => Role::Paragraph,
        },
        "text:span" | "text:a" => Role::None,
        "table:table-row" => Role::Row,
        "table:table-cell" => Role::Cell,
        "text:s" => Role::Blanks(value("text:c").and_then(|count| count.parse().ok()).unwrap_or(1)),
        "text:tab" => Role::Blanks(1),
        "text:line-break" => Role::Break,
        "text:note" => Role::Note,
        "text:note-citation"
        | "text:tracked-changes"
        | "office:annotation"
        | "svg:title"
        | "svg:desc"
        | "office:scripts"
        | "office:font-face-decls"
        | "office:automatic-styles"
        | "text:sequence-decls" => Role::Silent,
        _ => Role::None,
    }
}
