//! Word documents (ECMA-376, part 1, 17): paragraphs and rows of tables in order, notes at the end.
//!
//! What was struck out under tracked changes is left out, as are comments, headers and footers.

use gainsay_model::Report;
use quick_xml::events::BytesStart;

use super::flow::{self, Flow, Role};
use super::parts::{parts, properties};
use crate::decode::Refusal;
use crate::formats::{Format, Reading};

/// A Word document.
pub(crate) const FORMAT: Format = Format {
    name: "DOCX",
    extensions: &["docx"],
    media: &["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    begins: |head| {
        let named = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        head.starts_with(b"PK\x03\x04") && (named(b"[Content_Types].xml") || named(b"word/"))
    },
    read: Reading::One(read),
};

fn read(raw: &[u8]) -> Result<Report, Refusal> {
    if raw.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Refusal::new(
            "is locked with a password, or of an old kind; save it as .docx without one",
        ));
    }
    let names = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "docProps/core.xml"];
    let mut found = parts(raw, &names)?.into_iter();
    let mut next = || found.next().flatten();
    let Some(body) = next() else {
        return Err(Refusal::new("holds no Word document; save it as .docx, or give its text as .txt"));
    };
    let Flow { mut paragraphs, notes, title } = flow::read(&body, role)?;
    paragraphs.extend(notes);
    for part in [next(), next()].into_iter().flatten() {
        paragraphs.extend(flow::read(&part, role)?.paragraphs);
    }
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
        "w:p" => Role::Frame,
        "w:pStyle" if value("w:val").is_some_and(|style| style == "Title") => Role::Titled,
        "w:t" => Role::Shown,
        "w:tr" => Role::Row,
        "w:tc" => Role::Cell,
        "w:tab" | "w:ptab" => Role::Blanks(1),
        "w:br" | "w:cr" => Role::Break,
        "w:noBreakHyphen" => Role::Hyphen,
        // Struck out, or moved elsewhere; and what older programs are shown in the place of a text box.
        "w:del" | "w:moveFrom" | "mc:Fallback" => Role::Silent,
        // The line above notes.
        "w:footnote" | "w:endnote" if value("w:type").is_some_and(|kind| kind != "normal") => Role::Silent,
        // Tab stops are no tabs.
        "w:tabs" | "w:rPr" => Role::Silent,
        _ => Role::None,
    }
}
