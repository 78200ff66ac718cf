//! Laws that hold for archives and documents however they are damaged: nothing panics, the same bytes give the same
//! outcome, no more is handed over than the stated bounds, and something is said of every file.

use gainsay_intake::MAX_FILE_BYTES;
use proptest::prelude::*;

use super::made::{gz, record, response, tar, zip};
use super::{take_file, take_stream};

const PAGE: &[u8] = b"<html><body><p>Fighters left the town on Monday, residents said.</p></body></html>";
const LINES: &[u8] = b"{\"id\":\"1\",\"text\":\"One.\"}\n{\"id\":\"2\",\"text\":\"Two.\"}\n";

/// Whole files of every kind, with the names they go by.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let files: Vec<(&str, &[u8])> = vec![("a.txt", b"One."), ("b.html", PAGE), ("c.jsonl", LINES)];
    let document = b"<w:document><w:body><w:p><w:r><w:t>One.</w:t></w:r></w:p></w:body></w:document>";
    let content = b"<o><text:p>One.<text:note><text:p>Two.</text:p></text:note></text:p></o>";
    let web = [
        record("warcinfo", "", "application/warc-fields", b"x: y\r\n"),
        response(
            "http://a.example/1",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
            &gz(PAGE),
        ),
        response(
            "http://a.example/2",
            "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked",
            b"4\r\n<p>x\r\n0\r\n\r\n",
        ),
        record("resource", "http://a.example/3", "text/plain", b"Three."),
    ]
    .concat();
    let mail: &[u8] = b"From: a@example.org\r\nSubject: =?utf-8?B?eA==?=\r\nDate: Mon, 18 Jan 2016 10:00:00 +0000\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: text/plain\r\n\r\nOne.\r\n\
        --X\r\nContent-Disposition: attachment; filename=a.txt\r\nContent-Transfer-Encoding: base64\r\n\r\nVHdv\r\n--X--\r\n";
    let mailbox = [b"From a Mon Jan 18 10:00:00 2016\n", mail].concat();
    let pdf: &[u8] = b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n\
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
        3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj\n\
        4 0 obj <</Length 60>> stream\nBT /F 12 Tf 70 700 Td (Four people were killed.) Tj T* ET  \n\nendstream endobj\n\
        5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj\n\
        trailer <</Root 1 0 R/Size 6>>\n%%EOF";
    vec![
        ("a.zip", zip(&files)),
        ("a.tar", tar(&files)),
        ("a.tar.gz", gz(&tar(&files))),
        ("a.jsonl.gz", gz(LINES)),
        ("a.docx", zip(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", document)])),
        ("a.odt", zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content)])),
        ("a.warc", web.clone()),
        ("a.warc.gz", gz(&web)),
        ("a.wacz", zip(&[("archive/a.warc.gz", &gz(&web))])),
        ("a.eml", mail.to_vec()),
        ("a.mbox", mailbox),
        ("a.pdf", pdf.to_vec()),
    ]
}

#[derive(Clone, Debug)]
enum Damage {
    Set(usize, u8),
    Cut(usize),
    Take(usize, usize),
    Insert(usize, Vec<u8>),
    Again(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        4 => (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        1 => any::<usize>().prop_map(Damage::Cut),
        1 => (any::<usize>(), 0_usize..64).prop_map(|(at, size)| Damage::Take(at, size)),
        2 => (any::<usize>(), prop::collection::vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        1 => (any::<usize>(), 1_usize..200).prop_map(|(at, size)| Damage::Again(at, size)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let size = bytes.len().max(1);
        match damage {
            Damage::Set(at, byte) => {
                if let Some(place) = bytes.get_mut(at % size) {
                    *place = *byte;
                }
            }
            Damage::Cut(at) => bytes.truncate(at % size),
            Damage::Take(at, many) => {
                let at = (at % size).min(bytes.len());
                bytes.drain(at..(at + many).min(bytes.len()));
            }
            Damage::Insert(at, more) => {
                let at = (at % size).min(bytes.len());
                bytes.splice(at..at, more.iter().copied());
            }
            Damage::Again(at, many) => {
                let at = (at % size).min(bytes.len());
                let piece = bytes[at..(at + many).min(bytes.len())].to_vec();
                bytes.extend(piece);
            }
        }
    }
    bytes
}

#[test]
fn the_samples_are_whole() {
    for (name, bytes) in samples() {
        let (taken, warnings, _) = take_file(name, &bytes);
        assert!(!taken.is_empty() && warnings.is_empty(), "{name}: {warnings:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damage_costs_lines_and_nothing_else(which in 0_usize..12, damages in prop::collection::vec(damage(), 1..6)) {
        let (name, bytes) = samples().swap_remove(which);
        let bytes = damaged(bytes, &damages);
        let (taken, warnings, notes) = take_file(name, &bytes);
        let (again, lines, _) = take_file(name, &bytes);
        prop_assert_eq!(&taken, &again);
        prop_assert_eq!(warnings.len(), lines.len());
        prop_assert!(!taken.is_empty() || !warnings.is_empty() || !notes.is_empty(), "nothing said of {}", name);
        prop_assert!(taken.len() <= 64 && warnings.len() <= 64);
        for intake in &taken {
            prop_assert!(!intake.report.text.trim().is_empty() && !intake.report.id.is_empty());
            prop_assert!(!intake.raw.is_empty() && intake.raw.len() as u64 <= MAX_FILE_BYTES);
            prop_assert!(intake.report.guessed.is_sorted());
        }
        for warning in &warnings {
            prop_assert!(!warning.message.is_empty() && !warning.message.contains('\n'), "{}", warning);
        }
        take_stream(&bytes);
    }
}
