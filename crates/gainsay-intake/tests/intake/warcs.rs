//! Web archives: pages with address and day of capture, all else counted, wrong lengths told.

use gainsay_model::Field;
use jiff::civil::date;

use super::made::{gz, record, record_of_length, response, zip};
use super::{ids, take_file};

const PAGE: &[u8] = b"<html><head><title>Fighters leave the town - Euphrates Wire</title></head><body><article><h1>Fighters leave \
the town</h1><p>Fighters left the town of Ayyash on Monday, residents told the Euphrates Wire, after three days of \
shelling that killed at least four people.</p></article></body></html>";

const HTML: &str = "200 OK\r\nContent-Type: text/html; charset=utf-8";

fn chunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for piece in body.chunks(50) {
        out.extend(format!("{:x}\r\n", piece.len()).bytes());
        out.extend(piece);
        out.extend(b"\r\n");
    }
    out.extend(b"0\r\n\r\n");
    out
}

fn records() -> Vec<Vec<u8>> {
    vec![
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        record(
            "request",
            "http://a.example/1",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response("http://www.a.example/news/1.html", HTML, PAGE),
        response("http://a.example/2", &format!("{HTML}\r\nTransfer-Encoding: chunked"), &chunked(PAGE)),
        response("http://a.example/3", &format!("{HTML}\r\nContent-Encoding: gzip"), &gz(PAGE)),
        response(
            "http://a.example/4",
            &format!("{HTML}\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"),
            &chunked(&gz(PAGE)),
        ),
        response("http://a.example/old", "301 Moved\r\nLocation: /2\r\nContent-Type: text/html", b"<p>moved"),
        response("http://a.example/gone", "404 Not Found\r\nContent-Type: text/html", b"<p>gone"),
        response("http://a.example/1.png", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        record(
            "revisit",
            "http://a.example/2",
            "application/http; msgtype=response",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record("resource", "file:///notes.txt", "text/plain", b"4 June 2014\n\nNotes of the day."),
        response("http://a.example/api", "200 OK\r\nContent-Type: application/json", b"{\"ok\": true}"),
    ]
}

#[test]
fn pages_come_with_address_and_day_of_capture() {
    let plain = records().concat();
    let by_member: Vec<u8> = records().iter().flat_map(|record| gz(record)).collect();
    let wacz = zip(&[
        ("datapackage.json", b"{}"),
        ("pages/pages.jsonl", b"{\"url\": \"x\", \"text\": \"not this\"}"),
        ("archive/data.warc.gz", &by_member),
        ("indexes/index.cdx.gz", b"x"),
    ]);
    for (name, bytes) in
        [("x.warc", plain.clone()), ("x.warc.gz", by_member), ("x.warc.gz", gz(&plain)), ("x.wacz", wacz)]
    {
        let (taken, warnings, notes) = take_file(name, &bytes);
        assert_eq!(warnings, [], "{name}");
        assert_eq!(
            ids(&taken),
            [
                "a.example-news-1.html-2016-01-19",
                "a.example-2-2016-01-19",
                "a.example-3-2016-01-19",
                "a.example-4-2016-01-19",
                "notes.txt-2016-01-19"
            ],
            "{name}"
        );
        for intake in &taken[..4] {
            assert!(
                intake.report.text.starts_with("Fighters left the town of Ayyash"),
                "{}",
                intake.report.text
            );
            assert_eq!(intake.report.title.as_deref(), Some("Fighters leave the town"));
            assert_eq!(intake.report.published, Some(date(2016, 1, 19)));
            assert!(intake.report.guessed.contains(&Field::Published) && intake.report.guessed.is_sorted());
        }
        assert_eq!(taken[0].report.url.as_deref(), Some("http://www.a.example/news/1.html"));
        assert!(taken[0].raw_name.starts_with(name) && taken[0].raw_name.ends_with("/news/1.html"));
        // As it came: behind the server's head, packed as it was.
        assert_eq!(taken[0].raw, PAGE);
        assert_eq!(taken[2].raw, gz(PAGE));
        assert_eq!(taken[3].raw, chunked(&gz(PAGE)));
        // A text that tells its own day needs no guess.
        assert_eq!(taken[4].report.published, Some(date(2014, 6, 4)));
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert_eq!(
            notes[0].message,
            "records passed over: 1 not found or refused by the server, 2 pictures, scripts and other kinds that \
             are not read, 1 redirects, 1 revisits"
        );
    }
}

#[test]
fn a_wrong_length_costs_its_record_and_no_other() {
    let block = [format!("HTTP/1.1 {HTML}\r\n\r\n").as_bytes(), PAGE].concat();
    let media = "application/http; msgtype=response";
    for length in [0, 10, block.len() - 1, block.len() + 1, block.len() + 700, 60 << 20, 1 << 50] {
        let bytes = [
            response("http://a.example/1", HTML, PAGE),
            record_of_length("response", "http://a.example/bad", media, &block, length),
            response("http://a.example/2", HTML, PAGE),
            response("http://a.example/3", HTML, PAGE),
        ]
        .concat();
        let (taken, warnings, _) = take_file("x.warc", &bytes);
        let found = ids(&taken);
        assert_eq!(
            found,
            ["a.example-1-2016-01-19", "a.example-2-2016-01-19", "a.example-3-2016-01-19"],
            "{length}"
        );
        assert_eq!(warnings.len(), 1, "{length}: {warnings:?}");
        assert!(warnings[0].message.contains("length is wrong"), "{}", warnings[0]);
    }
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_read() {
    let good = response("http://a.example/1", HTML, PAGE);
    for bad in [
        &b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"[..],
        b"WARC/1.0\r\nContent-Length: many\r\n\r\nxx\r\n\r\n",
        b"garbage\r\n\r\nmore garbage\r\n",
    ] {
        let (taken, warnings, _) =
            take_file("x.warc", &[&good[..], bad, &response("http://a.example/2", HTML, PAGE)].concat());
        assert_eq!((taken.len(), warnings.len()), (2, 1), "{warnings:?}");
    }
    // Broken off in the middle of a record.
    let (taken, warnings, _) = take_file("x.warc", &[&good[..], &good[..good.len() - 100]].concat());
    assert_eq!((taken.len(), warnings.len()), (1, 1), "{warnings:?}");
    let member = gz(&good);
    let (taken, warnings, _) = take_file("x.warc.gz", &[&member[..], &member[..member.len() - 40]].concat());
    assert_eq!((taken.len(), warnings.len()), (1, 1), "{warnings:?}");
    let (taken, warnings, _) = take_file("x.warc", b"<html>a page, and no archive</html>");
    assert_eq!((taken.len(), warnings.len()), (0, 1), "{warnings:?}");
}

#[test]
fn the_same_page_captured_twice_is_taken_once() {
    let page = response("http://a.example/1", HTML, PAGE);
    let (taken, warnings, notes) = take_file("x.warc", &[&page[..], &page].concat());
    assert_eq!((taken.len(), warnings.len()), (1, 0));
    assert!(notes[0].message.contains("1 captured again, unchanged"), "{notes:?}");
}
