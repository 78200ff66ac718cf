//! Bytes to text: UTF-8, UTF-16 with a byte order mark, and for pages the encoding they declare.
//!
//! Never by guess: what is neither is refused, with the byte where it goes wrong.

use std::borrow::Cow;

use encoding_rs::Encoding;

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The line where it goes wrong, from 1.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Refusal {
    /// One without a line.
    pub fn new(message: impl Into<String>) -> Refusal {
        Refusal { line: None, message: message.into() }
    }
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// How some binary files begin, and what to do with each.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF; call it .pdf"),
    (b"\x89PNG", "a picture; write its text down as .txt"),
    (b"\xFF\xD8\xFF", "a picture; write its text down as .txt"),
    (b"GIF8", "a picture; write its text down as .txt"),
    (b"PK\x03\x04", "a zip archive or an office document; call it .zip, .docx, .odt or .wacz"),
    (b"\xD0\xCF\x11\xE0", "an office document of an old kind; save it as .docx or .odt"),
    (b"\x1F\x8B", "a gzip archive; call it .gz"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xFD7zXZ", "an xz archive; unpack it first"),
    (b"{\\rtf", "rich text; save it as .docx or .txt"),
];

/// The text of a plain text or JSON file.
///
/// # Errors
/// Binary content, UTF-16 that breaks off, and bytes that are not UTF-8.
pub(crate) fn plain(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if let Some(text) = utf16(bytes) {
        return text.map(Cow::Owned);
    }
    if let Some(why) = binary(bytes) {
        return Err(why);
    }
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => Err(not_utf8(bytes, error.valid_up_to(), "save the file as UTF-8")),
    }
}

/// The text of a page: as [`plain`], or in the encoding that its head declares.
///
/// # Errors
/// As [`plain`], and bytes that are wrong in the declared encoding too.
pub(crate) fn page(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    let utf8 = match plain(bytes) {
        Ok(text) => return Ok(text),
        Err(why) => why,
    };
    if utf16(bytes).is_some() || binary(bytes).is_some() {
        return Err(utf8);
    }
    let Some(declared) = declared(bytes) else { return Err(utf8) };
    if declared == encoding_rs::UTF_8 {
        return Err(utf8);
    }
    declared.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
        Refusal::new(format!(
            "the page says it is {}, but its bytes are not; save it as UTF-8",
            declared.name()
        ))
    })
}

/// Whether the first bytes say that this cannot be text.
pub(crate) fn binary(bytes: &[u8]) -> Option<Refusal> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(Refusal::new(format!("is {what}")));
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        let head = &bytes[..bytes.len().min(512)];
        let nuls = head.iter().filter(|&&byte| byte == 0).count();
        let message = if nuls * 3 > head.len() && at < 2 {
            "looks like UTF-16 without a byte order mark; save it as UTF-8".to_owned()
        } else {
            format!("is binary, not text (a zero at byte {}); give its text as .txt", at + 1)
        };
        return Some(Refusal { line: Some(line_of(bytes, at)), message });
    }
    let control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    let controls = bytes.iter().filter(control).count();
    (controls * 20 > bytes.len())
        .then(|| Refusal::new("is binary, not text (control characters throughout); give its text as .txt"))
}

/// Whether the bytes open with a UTF-16 byte order mark, and then their text.
pub(crate) fn utf16(bytes: &[u8]) -> Option<Result<String, Refusal>> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let wrong =
        |at: usize| Refusal::new(format!("broken UTF-16 at byte {}; save the file again as UTF-8", at + 1));
    let pairs = bytes[2..].chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Some(Err(wrong(bytes.len() - 1)));
    }
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut at = 2;
    for decoded in char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]]))) {
        let Ok(char) = decoded else { return Some(Err(wrong(at))) };
        if char == '\0' {
            return Some(Err(Refusal::new(format!(
                "is binary, not text (a zero at byte {}); give its text as .txt",
                at + 1
            ))));
        }
        at += 2 * char.len_utf16();
        text.push(char);
    }
    Some(Ok(text))
}

/// What to say of bytes that stop being UTF-8 at `at`.
pub(crate) fn not_utf8(bytes: &[u8], at: usize, what_to_do: &str) -> Refusal {
    let message = format!("not UTF-8 (byte {} is 0x{:02X}); {what_to_do}", at + 1, bytes[at]);
    Refusal { line: Some(line_of(bytes, at)), message }
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + bytes[..at].iter().filter(|&&byte| byte == b'\n').count()
}

/// The encoding that a page declares in its first 4 KiB: `<meta charset=…>` or `content="text/html; charset=…"`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let at = head.windows(8).position(|window| window == b"charset=")? + 8;
    let label: Vec<u8> = head[at..]
        .iter()
        .copied()
        .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        .collect();
    Encoding::for_label(&label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_and_utf16_come_out_the_same() {
        let text = "Ayyash, عياش 𝄞\n";
        let marked = [BOM, text.as_bytes()].concat();
        let mut little = vec![0xFF, 0xFE];
        let mut big = vec![0xFE, 0xFF];
        for unit in text.encode_utf16() {
            little.extend(unit.to_le_bytes());
            big.extend(unit.to_be_bytes());
        }
        for bytes in [text.as_bytes(), &marked, &little, &big] {
            assert_eq!(plain(bytes).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        for (bytes, line, words) in [
            (&b"one\ntwo \xE9"[..], Some(2), "byte 9 is 0xE9"),
            (b"one\0two", Some(1), "byte 4"),
            (b"a\0b\0c\0d\0", Some(1), "UTF-16 without"),
            (b"%PDF-1.4 x", None, "a PDF"),
            (b"\xFF\xFEa", None, "byte 3"),
            (b"\xFF\xFEa\0\x00\xD8b\0", None, "byte 5"),
            (b"\x01\x02\x03abc", None, "control characters"),
        ] {
            let why = plain(bytes).unwrap_err();
            assert_eq!(why.line, line, "{why:?}");
            assert!(why.message.contains(words), "{why:?}");
        }
    }

    #[test]
    fn a_page_may_declare_an_older_encoding() {
        let latin = b"<meta charset=\"windows-1252\"><p>caf\xE9</p>";
        assert!(page(latin).unwrap().contains("café"));
        let arabic = b"<meta content='text/html; charset=windows-1256'><p>\xE3\xDF\xC9</p>";
        assert!(page(arabic).unwrap().contains("مكة"));
        assert!(page(b"<p>caf\xE9</p>").unwrap_err().message.contains("not UTF-8"));
        assert!(page(b"<meta charset=utf-8><p>caf\xE9</p>").unwrap_err().message.contains("not UTF-8"));
    }
}
