//! A mailbox of mails (mbox, RFC 4155), streamed: one mail is held at a time.

use std::io::{BufRead, Read};

use super::mail;
use crate::batch::Batch;
use crate::formats::{Format, Reading};
use crate::limits::{MAX_FILE_BYTES, mebibytes};
use crate::source::Source;

/// A mailbox.
pub(crate) const FORMAT: Format = Format {
    name: "mailbox",
    extensions: &["mbox", "mbx"],
    media: &["application/mbox"],
    begins: |head| is_first(head.split(|byte| *byte == b'\n').next().unwrap_or_default()),
    read: Reading::Stream(read),
};

/// Longest piece of a line that is held, in bytes.
const PIECE: u64 = 64 << 10;

/// Whether a line begins a mail: `From ada@example.org Mon Jan 18 10:00:00 2016`.
fn is_first(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    let line = line.trim_end();
    let year =
        line.rsplit(' ').find(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
    line.starts_with("From ") && line.contains(':') && year.is_some()
}

fn read(reader: &mut dyn BufRead, source: &Source, batch: &mut Batch) {
    let (mut line, mut mail) = (Vec::new(), Vec::new());
    let (mut number, mut too_large) = (0_usize, false);
    let mut blank = true;
    loop {
        line.clear();
        if let Err(error) = (&mut *reader).take(PIECE).read_until(b'\n', &mut line) {
            return batch.failed(source, &error);
        }
        if line.is_empty() || (blank && is_first(&line)) {
            if number > 0 {
                hand(&mail, too_large, number, source, batch);
            } else if !mail.trim_ascii().is_empty() || line.is_empty() {
                batch.warn(source, None, "does not begin as mailboxes do; call a single mail .eml");
            }
            if line.is_empty() {
                return;
            }
            mail.clear();
            (number, too_large) = (number + 1, false);
            continue;
        }
        blank = line.trim_ascii().is_empty();
        if mail.len() as u64 + line.len() as u64 > MAX_FILE_BYTES {
            mail.clear();
            too_large = true;
        }
        if !too_large {
            // A line of the text that begins so has a mark before it.
            let marks = line.iter().take_while(|byte| **byte == b'>').count();
            let quoted = marks > 0 && line[marks..].starts_with(b"From ");
            mail.extend_from_slice(&line[usize::from(quoted)..]);
        }
    }
}

fn hand(raw: &[u8], too_large: bool, number: usize, source: &Source, batch: &mut Batch) {
    let mut inner = source.clone();
    (inner.name, inner.path) = (format!("{}:{number}", source.name), None);
    inner.subject = format!("{}, mail {number}", source.subject);
    inner.given.id = Some(format!("{}-{number}", crate::batch::stem(&source.name)));
    if too_large {
        let most = mebibytes(MAX_FILE_BYTES);
        return batch.warn(
            &inner,
            None,
            format!("the mail is larger than {most}; save it without its attachments"),
        );
    }
    mail::read(raw, &inner, batch);
}
