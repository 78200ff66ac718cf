//! Mail (RFC 5322, MIME): who sent it is the outlet, its subject the title, its day the day.
//!
//! The part in plain text goes before the one in HTML, which is read as pages are. What is quoted or forwarded stays.
//! Attachments of kinds that are read are reports of their own.

use std::io::Cursor;

use gainsay_model::Report;
use jiff::civil::Date;
use mail_parser::{Addr, Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::batch::Batch;
use crate::decode::Refusal;
use crate::formats::{self, Format, Reading};
use crate::limits::MAX_ARCHIVE_DEPTH;
use crate::source::Source;
use crate::{guess, html, text};

/// A mail.
pub(crate) const FORMAT: Format = Format {
    name: "mail",
    extensions: &["eml"],
    media: &["message/rfc822"],
    begins,
    read: Reading::Many(read),
};

/// Most mails in a mail, and most boundaries of one: what is made to nest costs time without end.
const MAX_PARTS: usize = 1_000;

/// Whether bytes begin with lines that mails begin with.
fn begins(head: &[u8]) -> bool {
    const FIRST: &[&str] =
        &["return-path", "received", "delivered-to", "from", "message-id", "mime-version", "date"];
    let mut fields = 0;
    for line in head.split(|byte| *byte == b'\n').take(40) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if matches!(line, [b' ' | b'\t', ..]) {
            continue;
        }
        let Some(at) = line.iter().position(|byte| *byte == b':') else { return false };
        let name = String::from_utf8_lossy(&line[..at]).to_ascii_lowercase();
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return false;
        }
        fields += usize::from(FIRST.contains(&name.as_str()) || name == "subject");
    }
    fields >= 3
}

/// Hands over the mail, then what is attached to it.
pub(crate) fn read(raw: &[u8], source: &Source, batch: &mut Batch) {
    let nested = raw.windows(9).filter(|window| window.eq_ignore_ascii_case(b"boundary=")).count()
        + raw.windows(14).filter(|window| window.eq_ignore_ascii_case(b"message/rfc822")).count();
    if nested > MAX_PARTS {
        return batch.warn(
            source,
            None,
            format!("has more than {MAX_PARTS} parts in parts; save its text as .txt"),
        );
    }
    let Some(mail) = MessageParser::default().parse(raw).filter(|mail| !mail.headers().is_empty()) else {
        return batch.warn(source, None, "is no mail that can be read; save its text as .txt");
    };
    let attached = attachments(&mail);
    match report(&mail) {
        Ok(report) => batch.one(report, raw.to_vec(), source),
        // A mail that only carries something.
        Err(_) if attached.iter().any(|part| is_read(part)) => {}
        Err(why) => batch.warn(source, why.line, why.message),
    }
    if source.depth >= MAX_ARCHIVE_DEPTH {
        if !attached.is_empty() {
            batch.note(source, format!("attachments more than {MAX_ARCHIVE_DEPTH} deep were not read"));
        }
        return;
    }
    let mut passed = 0;
    for part in attached {
        match named(part) {
            Some(name) if formats::is_named(&name) => {
                batch.entry(&mut Cursor::new(contents(part)), &source.entry(&name));
            }
            _ => passed += 1,
        }
    }
    if passed > 0 {
        batch.note(source, format!("attachments of kinds that are not read: {passed}"));
    }
}

fn report(mail: &Message) -> Result<Report, Refusal> {
    let mut report = text::bare(body(mail)?);
    report.publisher = mail.from().or(mail.sender()).and_then(sender);
    report.title = mail.subject().map(one_line).filter(|subject| !subject.is_empty());
    report.published = mail.date().and_then(|date| {
        Date::new(
            i16::try_from(date.year).ok()?,
            i8::try_from(date.month).ok()?,
            i8::try_from(date.day).ok()?,
        )
        .ok()
    });
    guess::fill(&mut report);
    Ok(report)
}

/// The text of a mail: its plain part, unless that is empty; else its page's.
fn body(mail: &Message) -> Result<String, Refusal> {
    let plain: Vec<&str> = own(mail, &mail.text_body)
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(text.trim_matches(['\n', '\r'])),
            _ => None,
        })
        .filter(|text| !text.trim().is_empty())
        .collect();
    if !plain.is_empty() {
        return Ok(text::unix_lines(&plain.join("\n\n")));
    }
    let pages = own(mail, &mail.html_body).filter_map(|part| match &part.body {
        PartType::Html(page) => Some(html::read(page).map(|report| report.text)),
        _ => None,
    });
    let pages: Vec<String> = pages.filter_map(Result::ok).collect();
    if pages.is_empty() {
        return Err(Refusal::new("the mail holds no text; save what it shows as .txt"));
    }
    Ok(pages.join("\n\n"))
}

/// Those parts of the body that are no attachments.
fn own<'m>(mail: &'m Message<'m>, parts: &'m [u32]) -> impl Iterator<Item = &'m MessagePart<'m>> {
    parts.iter().filter_map(|part| mail.part(*part)).filter(|part| !is_attached(part))
}

fn is_attached(part: &MessagePart) -> bool {
    part.content_disposition().is_some_and(|kind| kind.is_attachment())
}

/// Everything that is attached, in order.
fn attachments<'m>(mail: &'m Message<'m>) -> Vec<&'m MessagePart<'m>> {
    let mut attached: Vec<&MessagePart> = mail.attachments().collect();
    // Pictures in the text are parts of it.
    attached.retain(|part| is_attached(part) || part.attachment_name().is_some() || part.is_message());
    attached
}

fn is_read(part: &MessagePart) -> bool {
    named(part).is_some_and(|name| formats::is_named(&name))
}

/// The name of an attachment, without folders; a mail in a mail has none, and is called after what it is.
fn named(part: &MessagePart) -> Option<String> {
    if part.is_message() {
        return Some("forwarded.eml".to_owned());
    }
    let name = part.attachment_name()?;
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name: String = name.chars().filter(|char| !char.is_control()).collect();
    Some(name).filter(|name| !name.is_empty())
}

fn contents<'m>(part: &'m MessagePart<'m>) -> &'m [u8] {
    match &part.body {
        PartType::Message(mail) => mail.raw_message(),
        _ => part.contents(),
    }
}

/// Whoever sent it: the name, else the address.
fn sender(address: &Address) -> Option<String> {
    let Addr { name, address } = address.first()?;
    let filled = |text: &Option<std::borrow::Cow<str>>| {
        text.as_deref()
            .map(one_line)
            .map(|text| text.trim_matches(['"', '\'']).to_owned())
            .filter(|text| !text.is_empty())
    };
    filled(name).or_else(|| filled(address))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
