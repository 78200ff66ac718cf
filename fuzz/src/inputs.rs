//! Bytes as reports come: pages, lines, archives, documents, exports, and what lies beside them.

use std::collections::BTreeSet;

use gainsay_intake::{Columns, Fetched, Input, Intake, MAX_FILE_BYTES, published_of, take_in, take_in_from};
use gainsay_model::{Checked, Report, Warning};

use super::cut::Cut;
use super::folder::Folder;

type Taken = (Vec<Result<Intake, Warning>>, Vec<Warning>);

/// Takes bytes in as standard input does and holds the outcome to its laws: the same bytes give the same outcome, a
/// report has an id, a text and the bytes it came as, and a refusal says why.
pub fn take(bytes: &[u8]) -> Vec<Result<Intake, Warning>> {
    held(&Input::Stdin, bytes)
}

/// As [`take`], as a file of that name is taken in.
pub fn take_named(name: &str, bytes: &[u8]) -> Vec<Result<Intake, Warning>> {
    held(&named(name, bytes), &[])
}

fn named(name: &str, bytes: &[u8]) -> Input {
    Input::Fetched(Box::new(Fetched { name: name.to_owned(), bytes: bytes.to_vec(), ..Fetched::default() }))
}

fn held(input: &Input, bytes: &[u8]) -> Vec<Result<Intake, Warning>> {
    let once = || -> Taken {
        let mut taken = Vec::new();
        let notes = take_in_from(std::slice::from_ref(input), &mut &bytes[..], |one| taken.push(one));
        (taken, notes)
    };
    let (taken, notes) = once();
    assert!((&taken, &notes) == (&once().0, &once().1), "taken in twice, and not the same");
    for one in &taken {
        match one {
            Ok(Intake { report, raw, raw_name, .. }) => {
                assert!(!report.id.trim().is_empty() && !report.text.trim().is_empty());
                assert!(!raw.is_empty() && !raw_name.is_empty() && raw.len() as u64 <= MAX_FILE_BYTES);
                assert!(report.guessed.is_sorted());
                round_trip(report);
            }
            Err(warning) => said(warning),
        }
    }
    notes.iter().for_each(said);
    taken
}

/// A warning says of what, and what, in one line.
pub fn said(warning: &Warning) {
    assert!(!warning.message.trim().is_empty() && !warning.subject.is_empty());
    assert!(!warning.message.contains('\n'), "{warning}");
}

/// A report written as JSON and read again is the same report.
fn round_trip(report: &Report) {
    let line = serde_json::to_string(report).expect("a report is JSON");
    assert_eq!(*report, serde_json::from_str(&line).expect("it is read again"));
}

/// Any bytes as a page; what is hidden before them is not read, unless they bring styles of their own.
pub fn html(bytes: &[u8]) {
    take(&[b"<!DOCTYPE html><html>", bytes].concat());
    let hidden =
        b"<!DOCTYPE html><html><body><p>Shells fell on the old market of the town in the morning, and many \
        families fled to their cellars.</p><p style='display:none'>Zaqwort</p>";
    let styles = |part: &[u8]| part.eq_ignore_ascii_case(b"style") || part.eq_ignore_ascii_case(b"hidde");
    if bytes.windows(5).any(styles) {
        return;
    }
    for taken in take(&[hidden, bytes].concat()).iter().flatten() {
        assert!(!taken.report.text.contains("Zaqwort"), "{}", taken.report.text);
    }
}

/// Any bytes as JSON lines of reports; what begins with no brace is the text of one, its first lines other fields.
pub fn jsonl(bytes: &[u8]) {
    if bytes.starts_with(b"{") {
        take(bytes);
        return;
    }
    let mut cut = Cut(bytes);
    let (published, title, language) = (cut.line(), cut.line(), cut.line());
    let line = serde_json::json!({
        "text": cut.text(), "published": published, "title": title, "language": language
    });
    take(line.to_string().as_bytes());
}

/// Any words as a date, in a field and in a text's head: a bad date costs no report.
pub fn dates(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes);
    let line = serde_json::json!({ "text": "Shells fell.", "published": words }).to_string();
    assert_eq!(take(line.as_bytes()).iter().filter(|one| one.is_ok()).count(), 1);
    // No day is guessed outside what a report can be of.
    if let Some(day) = published_of(&words) {
        assert!((1000..=9999).contains(&day.year()), "{day}");
    }
}

/// What may stand before bytes that are to be decoded.
const HEADS: [&[u8]; 6] = [
    b"",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"<html><meta charset=windows-1256>",
    b"<?xml version='1.0' encoding='utf-16'?><html>",
];

/// Any bytes as a text or a page in any encoding, with and without a mark of byte order.
pub fn decode(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    take(&[*cut.one(&HEADS), cut.0].concat());
}

/// Any bytes as gzip, tar, zip and web archives. Half of them hold what they should, so that entries are reached; what
/// begins as an archive does is taken as it stands.
pub fn archives(bytes: &[u8]) {
    let whole: [&[u8]; 4] = [b"\x1F\x8B", b"PK", b"WARC/", b"ustar"];
    let ustar = bytes.get(257..262);
    if whole.iter().any(|begins| bytes.starts_with(begins)) || ustar == Some(b"ustar") {
        take(bytes);
        return;
    }
    let record = |length: usize| {
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nWARC-Date: 2016-01-18T00:00:00Z\r\n\
             Content-Type: application/http\r\nContent-Length: {length}\r\n\r\n"
        )
    };
    let mut cut = Cut(bytes);
    let (kind, whole) = (cut.below(4), cut.byte() & 1 == 0);
    let bytes = cut.0;
    let made = match kind {
        0 => [b"\x1F\x8B\x08\0\0\0\0\0\0\x03", bytes].concat(),
        1 => {
            let mut head = vec![0; 512];
            head[..5].copy_from_slice(b"a.txt");
            head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
            head[156] = b'0';
            head[257..262].copy_from_slice(b"ustar");
            if whole {
                head[148..156].fill(b' ');
                let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
                head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
            }
            [head, bytes.to_vec(), vec![0; 1024]].concat()
        }
        2 => [b"PK\x03\x04", bytes].concat(),
        _ if whole => [record(bytes.len()).as_bytes(), bytes, b"\r\n\r\n"].concat(),
        _ => [record(bytes.len() / 2).as_bytes(), bytes, record(9).as_bytes()].concat(),
    };
    take(&made);
}

/// Any bytes as PDF, mail, a mailbox, and as the text of a word processor's file.
pub fn documents(bytes: &[u8]) {
    if bytes.starts_with(b"%PDF-") {
        take(bytes);
        return;
    }
    let mut cut = Cut(bytes);
    let kind = cut.below(6);
    let bytes = cut.0;
    let made = match kind {
        0 => [b"%PDF-1.5\n", bytes].concat(),
        1 => {
            // A page whose program is the bytes.
            let head = format!(
                "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
                 3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj\n\
                 5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj\n\
                 4 0 obj <</Length {}>> stream\n",
                bytes.len()
            );
            [head.as_bytes(), bytes, b"\nendstream endobj\ntrailer <</Root 1 0 R/Size 6>>\n%%EOF"].concat()
        }
        2 => [b"From: a@example.org\r\nSubject: x\r\nDate: Mon, 18 Jan 2016 10:00:00 +0000\r\n", bytes]
            .concat(),
        3 => [b"From a Mon Jan 18 10:00:00 2016\nFrom: a@example.org\n", bytes].concat(),
        4 => stored(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", bytes)]),
        _ => stored(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", bytes)]),
    };
    take(&made);
}

/// A zip file of stored entries (APPNOTE.TXT 6.3.10, 4.3.7 to 4.3.16).
fn stored(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut all, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut about = Vec::new();
        about.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x48]);
        about.extend(crc32(bytes).to_le_bytes());
        about.extend((bytes.len() as u32).to_le_bytes());
        about.extend((bytes.len() as u32).to_le_bytes());
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend((all.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        all.extend(b"PK\x03\x04");
        all.extend(about);
        all.extend(name.as_bytes());
        all.extend(*bytes);
    }
    let (at, many) = (all.len() as u32, files.len() as u16);
    all.extend(&directory);
    all.extend(b"PK\x05\x06\0\0\0\0");
    all.extend(many.to_le_bytes());
    all.extend(many.to_le_bytes());
    all.extend((directory.len() as u32).to_le_bytes());
    all.extend(at.to_le_bytes());
    all.extend([0, 0]);
    all
}

/// CRC-32 as zip files have it (ISO 3309).
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}

/// How exports of others begin; after it, anything may come.
const EXPORTS: [(&str, &[u8]); 7] = [
    ("a.json", b"{\"name\":\"x\",\"type\":\"y\",\"messages\":[{\"id\":1,\"text\":"),
    ("a.json", b"{\"data\":[{\"id\":1,\"fields\":{\"body\":"),
    ("a.js", b"window.YTD.tweets.part0 = [{\"tweet\":{\"id_str\":\"1\",\"full_text\":"),
    ("a.txt", b"18/01/2016, 09:15 - A: x\n"),
    ("a.txt", b"[18/01/2016, 09:15:32] A: x\n"),
    ("a.json", b""),
    ("a.bin", b""),
];

/// Any bytes as an export of Telegram's, X's, WhatsApp's or ReliefWeb's.
pub fn exports(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let (name, beginning) = *cut.one(&EXPORTS);
    take_named(name, &[beginning, cut.0].concat());
}

/// How feeds begin.
const FEEDS: [&[u8]; 4] = [
    b"<rss version=\"2.0\"><channel><title>x</title><item>",
    b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>x</id>",
    b"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><item>",
    b"",
];

/// Any bytes as a feed.
pub fn feeds(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    take_named("a.xml", &[*cut.one(&FEEDS), cut.0].concat());
}

/// Any bytes as a table: commas, semicolons or tabs.
pub fn tables(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let (name, head) = *cut.one(&[
        ("a.csv", "id,text\n"),
        ("a.csv", "id;date;text\n"),
        ("a.tsv", "id\ttext\n"),
        ("a.csv", ""),
    ]);
    take_named(name, &[head.as_bytes(), cut.0].concat());
}

/// Any bytes as a Parquet file, the ends of which are right.
pub fn parquet(bytes: &[u8]) {
    let made = if bytes.starts_with(b"PAR1") { bytes.to_vec() } else { [b"PAR1", bytes, b"PAR1"].concat() };
    take_named("a.parquet", &made);
}

/// A map of columns, and a table that is read by it; they are parted by a blank line.
pub fn columns(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (map, table) = text.split_once("\n\n").unwrap_or((&text, "id,body\n1,Shells fell.\n"));
    let said: Vec<&str> = map.split(';').collect();
    for columns in [Columns::of(&said), Columns::of_file(map)] {
        match columns {
            Ok(columns) => {
                for name in ["a.csv", "a.jsonl"] {
                    held(&Input::Mapped(Box::new(named(name, table.as_bytes())), columns.clone()), &[]);
                }
            }
            Err(wrong) => assert!(!wrong.trim().is_empty()),
        }
    }
}

/// Any bytes as what lies beside a file: a checksum, a time stamp, a proof, a folder's list. They cost no report.
pub fn beside(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let name = *cut.one(&["a.txt.sha256", "a.txt.tsr", "a.txt.ots", "SHA256SUMS"]);
    let mut bytes = cut.0.to_vec();
    if name.ends_with(".ots") && !bytes.starts_with(b"\0Open") {
        bytes = [b"\x00OpenTimestamps\x00\x00Proof\x00\xBF\x89\xE2\xE8\x84\xE8\x92\x94\x01\x08", &bytes[..]]
            .concat();
    }
    let folder = Folder::new();
    let file = folder.put("a.txt", b"Shells fell on the town, residents said.");
    folder.put(name, &bytes);
    let mut seen = BTreeSet::new();
    for _ in 0..2 {
        let mut taken = Vec::new();
        take_in(&[Input::from_arg(&file)], |one| taken.push(one));
        let Some(Ok(one)) = taken.first() else { panic!("{taken:?}") };
        taken[1..].iter().for_each(|told| said(told.as_ref().expect_err("one report")));
        for beside in &one.beside {
            assert!(!beside.told.trim().is_empty() && bytes.len() >= beside.bytes.len());
            if beside.state == Checked::Agrees && name.starts_with("a.txt.sha") {
                assert!(bytes.len() >= 64);
            }
        }
        seen.insert(format!("{:?}", one.beside));
    }
    assert_eq!(seen.len(), 1);
    folder.check(&["a.txt", "SHA256SUMS"]);
}
