//! Office documents and mail: text in reading order, what is struck out left out, what they say of themselves guessed.

use gainsay_model::Field;
use jiff::civil::date;

use super::made::zip;
use super::{ids, take_file, take_stream};

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

const CORE: &str = "<?xml version=\"1.0\"?><cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\" xmlns:dcterms=\"t\">\
    <dc:title>The siege of the old town</dc:title><dc:creator>Ada Example</dc:creator>\
    <dcterms:created>2016-01-20T08:00:00Z</dcterms:created></cp:coreProperties>";

fn docx(body: &str) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document {W}><w:body>{body}</w:body></w:document>");
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:type=\"separator\"><w:p><w:r><w:t>----</w:t></w:r></w:p></w:footnote>\
         <w:footnote w:id=\"2\"><w:p><w:r><w:t>According to the town council.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
        ("word/header1.xml", b"<w:hdr><w:p><w:r><w:t>HEADER</w:t></w:r></w:p></w:hdr>"),
        ("docProps/core.xml", CORE.as_bytes()),
    ])
}

const BODY: &str = "<w:p><w:r><w:t>Four people were </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>\
    <w:ins><w:r><w:t>killed &amp; nine</w:t></w:r></w:ins><w:r><w:tab/><w:t>wounded.</w:t></w:r>\
    <w:r><w:instrText>PAGE</w:instrText></w:r></w:p>\
    <w:moveFrom><w:p><w:r><w:t>Gone elsewhere.</w:t></w:r></w:p></w:moveFrom>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Town</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Killed</w:t></w:r></w:p></w:tc></w:tr>\
    <w:tr><w:tc><w:p><w:r><w:t>Ayyash</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>4</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
    <w:p><w:r><w:t>It went on</w:t><w:br/><w:t>for days.</w:t></w:r></w:p>";

#[test]
fn a_word_document_is_read_in_order() {
    for (taken, warnings) in [
        (take_file("notes.docx", &docx(BODY)).0, take_file("notes.docx", &docx(BODY)).1),
        take_stream(&docx(BODY)),
    ] {
        assert_eq!(warnings, []);
        let report = &taken[0].report;
        assert_eq!(
            report.text,
            "Four people were killed & nine wounded.\n\nTown | Killed\n\nAyyash | 4\n\nIt went on\nfor days.\n\n\
             According to the town council."
        );
        assert_eq!(report.title.as_deref(), Some("The siege of the old town"));
        assert_eq!(report.author.as_deref(), Some("Ada Example"));
        assert_eq!(report.published, Some(date(2016, 1, 20)));
        for field in [Field::Title, Field::Author, Field::Published] {
            assert!(report.guessed.contains(&field), "{field:?}");
        }
        assert_eq!(taken[0].raw, docx(BODY));
    }
    // A day in the text goes before that of the file.
    let dated = format!(
        "<w:p><w:r><w:t>DEIR EZ-ZOR, 18 January 2016 (Euphrates Wire) - It began.</w:t></w:r></w:p>{BODY}"
    );
    assert_eq!(take_file("a.docx", &docx(&dated)).0[0].report.published, Some(date(2016, 1, 18)));
}

#[test]
fn an_opendocument_text_is_read_in_order() {
    let content = "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\">\
        <office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>Struck out.</text:p>\
        </text:deletion></text:changed-region></text:tracked-changes>\
        <text:p text:style-name=\"Title\">Shelling of the old town</text:p>\
        <text:p>Four people<text:s text:c=\"2\"/>were <text:span>kil</text:span>led.<text:note><text:note-citation>1\
        </text:note-citation><text:note-body><text:p>According to the council.</text:p></text:note-body></text:note>\
        <office:annotation><text:p>Check this!</text:p></office:annotation> Nine fled.</text:p>\
        <table:table><table:table-row><table:table-cell><text:p>Ayyash</text:p></table:table-cell><table:table-cell>\
        <text:p>4</text:p></table:table-cell></table:table-row></table:table>\
        </office:text></office:body></office:document-content>";
    let meta = "<office:document-meta xmlns:office=\"o\" xmlns:dc=\"d\" xmlns:meta=\"m\"><office:meta>\
        <meta:creation-date>2016-01-19T10:00:00</meta:creation-date></office:meta></office:document-meta>";
    let bytes = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("meta.xml", meta.as_bytes()),
    ]);
    let (taken, warnings, _) = take_file("notes.odt", &bytes);
    assert_eq!(warnings, []);
    assert_eq!(
        taken[0].report.text,
        "Shelling of the old town\n\nFour people were killed. Nine fled.\n\nAyyash | 4\n\nAccording to the council."
    );
    assert_eq!(taken[0].report.title.as_deref(), Some("Shelling of the old town"));
    assert_eq!(taken[0].report.published, Some(date(2016, 1, 19)));
}

#[test]
fn documents_that_cannot_be_read_are_told_in_one_line() {
    let deep = format!("<w:p>{}", "<w:r>".repeat(100_000));
    for (name, bytes, words) in [
        ("a.docx", b"no zip at all".to_vec(), "no document that can be read"),
        ("a.docx", docx(BODY)[..300].to_vec(), "no document that can be read"),
        ("a.docx", zip(&[("xl/workbook.xml", b"<x/>")]), "holds no Word document"),
        ("a.docx", docx("<w:p><w:r><w:t>Broken</w:r></w:p>"), "damaged"),
        ("a.docx", docx(&deep), "nest more than"),
        ("a.docx", docx("<w:p/>").split_off(0), ""),
        ("a.odt", zip(&[("content.xml", b"<a>")]), "breaks off"),
        ("a.odt", zip(&[("content.xml", b"<a/>")]), "no text"),
    ] {
        let (taken, warnings, _) = take_file(name, &bytes);
        if words.is_empty() {
            // The note alone is a text.
            assert_eq!((taken.len(), warnings.len()), (1, 0));
            continue;
        }
        assert_eq!((taken.len(), warnings.len()), (0, 1), "{words}: {warnings:?}");
        assert!(warnings[0].message.contains(words), "{}", warnings[0]);
    }
}

const MAIL: &str = "Return-Path: <desk@wire.example>\r\nFrom: =?utf-8?Q?Euphrates_Wire?= <desk@wire.example>\r\n\
    To: us@example.org\r\nSubject: =?utf-8?B?2YXZgtiq2YQg2KPYsdio2LnYqQ==?= in Ayyash\r\n\
    Date: Mon, 18 Jan 2016 23:30:00 +0200\r\nMessage-ID: <1@wire.example>\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=XX\r\n\r\n--XX\r\nContent-Type: multipart/alternative; boundary=YY\r\n\r\n\
    --YY\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    Four people were killed =96 two of them=\r\n children.\r\n\r\n> On Monday somebody wrote:\r\n> It is quiet.\r\n\
    --YY\r\nContent-Type: text/html\r\n\r\n<p>The same in HTML.</p>\r\n--YY--\r\n\
    --XX\r\nContent-Type: text/plain; name=\"list.txt\"\r\nContent-Disposition: attachment; filename=\"../list.txt\"\r\n\r\n\
    The names of the dead.\r\n--XX\r\nContent-Type: image/png; name=\"a.png\"\r\nContent-Disposition: attachment; \
    filename=\"a.png\"\r\n\r\nxx\r\n--XX\r\nContent-Type: message/rfc822\r\n\r\nFrom: Ada <ada@example.org>\r\n\
    Subject: From Ada\r\nDate: Sun, 17 Jan 2016 10:00:00 +0000\r\n\r\nShelling all day.\r\n\r\n--XX--\r\n";

#[test]
fn a_mail_is_a_report_and_so_is_what_is_attached() {
    for (taken, warnings) in [
        (take_file("m.eml", MAIL.as_bytes()).0, take_file("m.eml", MAIL.as_bytes()).1),
        take_stream(MAIL.as_bytes()),
    ] {
        assert_eq!(warnings, []);
        assert_eq!(ids(&taken)[1..], ["list", "forwarded"]);
        let report = &taken[0].report;
        assert_eq!(
            report.text.trim_end(),
            "Four people were killed – two of them children.\n\n> On Monday somebody wrote:\n> It is quiet."
        );
        assert_eq!(report.publisher.as_deref(), Some("Euphrates Wire"));
        assert_eq!(report.title.as_deref(), Some("مقتل أربعة in Ayyash"));
        // The day where it was sent.
        assert_eq!(report.published, Some(date(2016, 1, 18)));
        assert_eq!(taken[0].raw, MAIL.as_bytes());
        assert_eq!(taken[1].report.text.trim_end(), "The names of the dead.");
        assert!(taken[1].raw_name.ends_with("/list.txt"));
        assert_eq!(taken[2].report.publisher.as_deref(), Some("Ada"));
        assert_eq!(taken[2].report.text.trim_end(), "Shelling all day.");
    }
    let notes = take_file("m.eml", MAIL.as_bytes()).2;
    assert!(notes.len() == 1 && notes[0].message.contains("not read: 1"), "{notes:?}");
}

#[test]
fn a_mail_in_html_alone_is_read_as_a_page() {
    let mail = "From: a@example.org\r\nSubject: x\r\nDate: Mon, 18 Jan 2016 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
                Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>They came on Monday.</p><script>no()</script>\
                </body></html>\r\n";
    let (taken, warnings, _) = take_file("m.eml", mail.as_bytes());
    assert_eq!(warnings, []);
    assert_eq!(taken[0].report.text, "They came on Monday.");
    assert_eq!(taken[0].report.publisher.as_deref(), Some("a@example.org"));
}

#[test]
fn a_mailbox_is_read_mail_by_mail() {
    let mail = |n: usize, text: &str| {
        format!(
            "From ada@example.org Mon Jan 18 10:00:0{n} 2016\nFrom: Ada <ada@example.org>\nSubject: Mail {n}\n\
             Date: Mon, 18 Jan 2016 10:00:00 +0000\n\n{text}\n\n"
        )
    };
    let bytes = [mail(1, "One.\n>From the town they fled."), mail(2, "Two."), mail(3, "")].concat();
    for (taken, warnings) in [
        (take_file("in.mbox", bytes.as_bytes()).0, take_file("in.mbox", bytes.as_bytes()).1),
        take_stream(bytes.as_bytes()),
    ] {
        assert_eq!(taken.len(), 2);
        assert_eq!(taken[0].report.text.trim_end(), "One.\nFrom the town they fled.");
        assert_eq!(taken[1].report.title.as_deref(), Some("Mail 2"));
        assert!(taken[1].raw_name.ends_with(":2") && taken[1].report.id.ends_with("-2"));
        assert!(warnings.len() == 1 && warnings[0].to_string().contains("mail 3"), "{warnings:?}");
    }
    let (taken, warnings, _) = take_file("in.mbox", b"Just a text.\n");
    assert_eq!((taken.len(), warnings.len()), (0, 1), "{warnings:?}");
}

#[test]
fn mails_that_nest_without_end_are_refused() {
    let mut mail = String::from("From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n");
    for _ in 0..20_000 {
        mail.push_str("Content-Type: message/rfc822\r\n\r\n");
    }
    let (taken, warnings, _) = take_file("m.eml", mail.as_bytes());
    assert_eq!((taken.len(), warnings.len()), (0, 1), "{warnings:?}");
    // Below the bound they are read without harm.
    let (_, warnings, _) = take_file("m.eml", &mail.as_bytes()[..20_000]);
    assert!(warnings.len() <= 1, "{warnings:?}");
}
