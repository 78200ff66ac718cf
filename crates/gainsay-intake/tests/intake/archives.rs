//! Archives: every entry is read as if it were a file, what is wrong costs one line, and nothing is held whole.

use std::io::{BufReader, Cursor, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use gainsay_intake::{Input, MAX_ARCHIVE_DEPTH, take_in_from};

use super::made::{gz, tar, zip};
use super::{folder, ids, take, take_file, take_stream};

const LINES: &[u8] = b"{\"id\":\"1\",\"text\":\"One.\"}\n{\"id\":\"2\",\"text\":\"Two.\"}\n{\"id\":\"3\",\"text\":\"Three.\"}\n";

fn files() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("a.txt", b"Fighters left the town."),
        ("sub/b.html", b"<html><body><p>Fighters came to the town on Monday.</p></body></html>"),
        ("sub/lines.jsonl", LINES),
        ("sub/a.txt", b"Another."),
    ]
}

#[test]
fn every_archive_gives_its_entries_as_if_they_were_files() {
    for (name, bytes) in [
        ("x.zip", zip(&files())),
        ("x.tar", tar(&files())),
        ("x.tar.gz", gz(&tar(&files()))),
        ("x.tgz", gz(&tar(&files()))),
        ("x.zip.gz", gz(&zip(&files()))),
    ] {
        let (taken, warnings, notes) = take_file(name, &bytes);
        assert_eq!((warnings, notes), (vec![], vec![]), "{name}");
        assert_eq!(ids(&taken), ["a", "b", "1", "2", "3", "a-2"], "{name}");
        assert_eq!(taken[0].raw, b"Fighters left the town.");
        assert!(taken[0].raw_name.starts_with("x.") && taken[0].raw_name.ends_with("/a.txt"));
        assert!(taken[3].raw_name.ends_with("/sub/lines.jsonl:2"), "{}", taken[3].raw_name);
        assert_eq!(taken[3].raw, b"{\"id\":\"2\",\"text\":\"Two.\"}");
        // From a pipe without a name, too.
        let (piped, warnings) = take_stream(&bytes);
        assert_eq!(warnings, [], "{name}");
        assert_eq!(ids(&piped), ids(&taken), "{name}");
    }
}

#[test]
fn anything_may_be_compressed() {
    let (taken, warnings, _) = take_file("r.jsonl.gz", &gz(LINES));
    assert_eq!((ids(&taken), warnings), (vec!["1", "2", "3"], vec![]));
    assert_eq!(taken[1].raw_name, "r.jsonl.gz/r.jsonl:2");
    // Several members are one file, as `cat a.gz b.gz` makes them.
    let both = [gz(&LINES[..30]), gz(&LINES[30..])].concat();
    assert_eq!(ids(&take_file("r.jsonl.gz", &both).0), ["1", "2", "3"]);
    let (taken, warnings, _) = take_file("story.gz", &gz(b"<html><body><p>They came on Monday.</p>"));
    assert_eq!((ids(&taken), warnings), (vec!["story"], vec![]));
    assert_eq!(taken[0].report.text, "They came on Monday.");
}

#[test]
fn of_a_gzip_file_that_breaks_off_what_came_before_is_read() {
    let many: String =
        (0..2000).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"Report {} came.\"}}\n", n * 7919)).collect();
    let whole = gz(many.as_bytes());
    let (taken, warnings, _) = take_file("r.jsonl.gz", &whole[..whole.len() / 2]);
    assert!(taken.len() > 500 && taken.len() < 1500, "{}", taken.len());
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].message.contains("breaks off after 1 MiB"), "{}", warnings[0]);
    assert!(warnings[0].subject.ends_with("r.jsonl.gz"));

    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 0x55;
    let (_, warnings, _) = take_file("r.jsonl.gz", &damaged);
    assert!(warnings.iter().any(|warning| warning.message.contains("is damaged")), "{warnings:?}");

    // In an archive, one line as well.
    for part in [1, 3, 6, 9] {
        let packed = gz(&tar(&[("a.txt", b"One."), ("b.jsonl", many.as_bytes())]));
        let (taken, warnings, _) = take_file("x.tar.gz", &packed[..packed.len() * part / 10]);
        assert_eq!(warnings.len(), 1, "{part}: {warnings:?}");
        assert!(part == 1 || !taken.is_empty(), "{part}");
    }
    let (taken, warnings, _) = take_file("a.txt.gz", &gz(b"One.")[..5]);
    assert_eq!((taken.len(), warnings.len()), (0, 1), "{warnings:?}");
}

#[test]
fn a_tar_that_breaks_off_gives_what_came_before() {
    let whole = tar(&[("a.txt", b"One."), ("b.txt", &[b'x'; 4000]), ("c.txt", b"Three.")]);
    let (taken, warnings, _) = take_file("x.tar", &whole[..2500]);
    assert_eq!(ids(&taken), ["a", "b"]);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].message.contains("breaks off"), "{warnings:?}");
    let (taken, warnings, _) = take_file("x.tar", b"no archive at all, but a good deal of text in its place");
    assert_eq!((taken.len(), warnings.len()), (0, 1), "{warnings:?}");
}

#[test]
fn a_zip_that_breaks_off_is_told_in_one_line() {
    let whole = zip(&files());
    for end in [0, 3, 30, whole.len() / 2, whole.len() - 5] {
        let (taken, warnings, _) = take_file("x.zip", &whole[..end]);
        assert_eq!((taken.len(), warnings.len()), (0, 1), "{end}: {warnings:?}");
    }
}

#[test]
fn names_that_lead_out_are_refused_and_the_rest_is_read() {
    let files: Vec<(&str, &[u8])> = vec![
        ("../../etc/passwd.txt", b"root"),
        ("/abs.txt", b"x"),
        ("ok.txt", b"Fine."),
        ("a/../../b.txt", b"x"),
    ];
    for (name, bytes) in [("x.tar", tar(&files)), ("x.zip", zip(&files))] {
        let (taken, warnings, _) = take_file(name, &bytes);
        assert_eq!(ids(&taken), ["ok"], "{name}");
        assert_eq!(warnings.len(), 1, "{name}: {warnings:?}");
        assert!(warnings[0].message.starts_with("3 entries refused: the name leads out"), "{}", warnings[0]);
        assert!(warnings[0].message.contains("../../etc/passwd.txt"), "{}", warnings[0]);
    }
}

#[test]
fn what_is_no_report_is_noted_once() {
    let files: Vec<(&str, &[u8])> = vec![
        ("a.txt", b"Fine."),
        ("img/1.png", b"\x89PNG"),
        ("img/2.png", b"\x89PNG"),
        (".hidden.txt", b"x"),
        ("__MACOSX/a.txt", b"x"),
        ("empty/", b""),
    ];
    for (name, bytes) in [("x.tar", tar(&files)), ("x.zip", zip(&files))] {
        let (taken, warnings, notes) = take_file(name, &bytes);
        assert_eq!((ids(&taken), warnings), (vec!["a"], vec![]), "{name}");
        assert_eq!(notes.len(), 1, "{name}: {notes:?}");
        assert!(notes[0].message.starts_with("2 entries passed over: not a kind"), "{}", notes[0]);
    }
    let (taken, warnings, _) = take_file("x.tar", &tar(&[]));
    assert_eq!((taken.len(), warnings.len()), (0, 1));
}

#[test]
fn links_and_locked_entries_are_told() {
    let mut builder = tar::Builder::new(Vec::new());
    for kind in [tar::EntryType::Symlink, tar::EntryType::Link, tar::EntryType::Char] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        builder.append_link(&mut header, "l.txt", "/etc/passwd").unwrap();
    }
    let (taken, warnings, _) = take_file("x.tar", &builder.into_inner().unwrap());
    assert!(taken.is_empty() && warnings.len() == 1, "{warnings:?}");
    assert!(warnings[0].message.starts_with("3 entries passed over: a link"), "{}", warnings[0]);

    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    writer.add_symlink("l.txt", "/etc/passwd", plain).unwrap();
    writer.start_file("a.txt", plain).unwrap();
    writer.write_all(b"Fine.").unwrap();
    let mut bytes = writer.finish().unwrap().into_inner();
    let (taken, warnings, _) = take_file("x.zip", &bytes);
    assert_eq!((ids(&taken), warnings.len()), (vec!["a"], 1), "{warnings:?}");

    // The flag of encryption, in the directory's second entry.
    let at = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    bytes[at + 8] |= 1;
    let (taken, warnings, _) = take_file("x.zip", &bytes);
    assert!(taken.is_empty() && warnings.len() == 2, "{warnings:?}");
    assert!(
        warnings.iter().any(|warning| warning.message.contains("locked with a password")),
        "{warnings:?}"
    );
}

#[test]
fn entries_of_one_name_are_all_read_and_told() {
    let (taken, warnings, _) = take_file("x.tar", &tar(&[("a.txt", b"One."), ("a.txt", b"Two.")]));
    assert_eq!(ids(&taken), ["a", "a-2"]);
    assert!(warnings.len() == 1 && warnings[0].message.contains("called like another"), "{warnings:?}");
}

#[test]
fn long_names_of_tar_are_read() {
    let long = format!("{}/b.txt", "folder/".repeat(30));
    let (taken, warnings, _) = take_file("x.tar", &tar(&[(&long, b"One.")]));
    assert_eq!((ids(&taken), warnings), (vec!["b"], vec![]));
}

#[test]
fn archives_nest_to_a_stated_depth() {
    let mut bytes = zip(&[("a.txt", b"Deep.")]);
    for _ in 1..MAX_ARCHIVE_DEPTH {
        bytes = zip(&[("in.zip", &bytes), ("b.txt", b"Beside.")]);
    }
    let (taken, warnings, _) = take_file("x.zip", &bytes);
    assert_eq!((taken.len(), warnings.len()), (MAX_ARCHIVE_DEPTH, 0), "{warnings:?}");
    let (taken, warnings, _) = take_file("x.zip", &zip(&[("in.zip", &bytes), ("b.txt", b"Beside.")]));
    assert_eq!(taken.len(), MAX_ARCHIVE_DEPTH);
    assert!(warnings.len() == 1 && warnings[0].message.contains("deep"), "{warnings:?}");
}

/// A gzip file of nothing but blanks, `size` bytes when it is unpacked.
fn blanks(size: u64) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    std::io::copy(&mut std::io::repeat(b' ').take(size), &mut encoder).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_bomb_is_told_in_one_line_and_the_next_file_is_read() {
    let once = blanks(70 << 20);
    let twice = gz(&once);
    // No entry is too much by itself.
    let line = [vec![b' '; 15 << 20], b"\n".to_vec()].concat();
    let names = ["0.jsonl", "1.jsonl", "2.jsonl", "3.jsonl", "4.jsonl"];
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &line[..])).collect();
    let folder = folder(&[
        ("a.jsonl.gz", &once),
        ("b.jsonl.gz.gz", &twice),
        ("c.zip", &zip(&many)),
        ("z.txt", b"Fine."),
    ]);
    let (taken, warnings) = take(&[folder.path()]);
    assert_eq!(ids(&taken), ["z"]);
    for name in ["a.jsonl.gz", "b.jsonl.gz.gz", "c.zip"] {
        let said: Vec<_> =
            warnings.iter().filter(|one| one.message.contains("unpacks to more than 250")).collect();
        assert!(said.iter().any(|one| one.subject.ends_with(name)), "{name}: {warnings:?}");
    }
}

/// Counts what was asked of it, and makes a tar of many reports while it is read.
struct Endless {
    entry: Vec<u8>,
    at: usize,
    left: usize,
    given: std::rc::Rc<std::cell::Cell<usize>>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.entry.len() {
            if self.left == 0 {
                return Ok(0);
            }
            self.left -= 1;
            self.at = 0;
        }
        let size = buffer.len().min(self.entry.len() - self.at);
        buffer[..size].copy_from_slice(&self.entry[self.at..self.at + size]);
        self.at += size;
        self.given.set(self.given.get() + size);
        Ok(size)
    }
}

#[test]
fn an_archive_is_streamed_however_large_it_is() {
    // 1.6 MB of archive; never is more asked of it than the reports so far need, and a buffer or two.
    let lines = LINES.repeat(100);
    let mut entry = tar(&[("r.jsonl", &lines)]);
    entry.truncate(512 + lines.len().next_multiple_of(512));
    let (size, given) = (entry.len(), std::rc::Rc::new(std::cell::Cell::new(0)));
    let endless = Endless { at: size, entry, left: 2000, given: given.clone() };
    let left = endless.left;
    let mut reports = 0;
    let mut farthest = 0;
    take_in_from(&[Input::Stdin], &mut BufReader::new(endless), |outcome| {
        if outcome.is_ok() {
            reports += 1;
            let needed = reports / 300 * size + reports % 300 * (LINES.len() / 3);
            farthest = farthest.max(given.get().saturating_sub(needed));
        }
    });
    assert_eq!(reports, left * 300);
    assert!(farthest < 1 << 20, "{farthest} bytes ahead");
}

#[test]
fn two_reports_with_one_id_are_both_handed_over() {
    // What is the same and what gainsays is for the ledger to tell; see the tests of the façade.
    let lines = b"{\"id\":\"1\",\"text\":\"Otherwise.\"}\n";
    let (taken, warnings, _) = take_file("x.zip", &zip(&[("a.jsonl", LINES), ("b.jsonl", lines)]));
    assert_eq!((ids(&taken), warnings), (vec!["1", "2", "3", "1"], vec![]));
}
