//! Checksums and time stamps beside files: kept with the report, checked, told where they are of other bytes.

use gainsay_model::Checked;
use sha2::{Digest, Sha256, Sha512};

use super::made::gz;
use super::{folder, ids, take};

const TEXT: &[u8] = b"Four people were killed.";

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A value in DER.
fn der(tag: u8, inside: &[&[u8]]) -> Vec<u8> {
    let inside = inside.concat();
    let length = inside.len();
    let head = if length < 128 {
        vec![tag, length as u8]
    } else {
        vec![tag, 0x82, (length >> 8) as u8, length as u8]
    };
    [head, inside].concat()
}

/// An answer of an authority: a stamp over a hash, by the algorithm that ends its name.
fn tsr(algorithm: u8, hash: &[u8]) -> Vec<u8> {
    let oid = |bytes: &[u8]| der(0x06, &[bytes]);
    let sha = oid(&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, algorithm]);
    let imprint = der(0x30, &[&der(0x30, &[&sha, b"\x05\x00"]), &der(0x04, &[hash])]);
    let info = der(
        0x30,
        &[
            b"\x02\x01\x01",
            &oid(b"\x2A\x03"),
            &imprint,
            b"\x02\x02\x12\x34",
            &der(0x18, &[b"20160118093000Z"]),
        ],
    );
    let content = der(
        0x30,
        &[&oid(b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x04"), &der(0xA0, &[&der(0x04, &[&info])])],
    );
    let signed = der(0x30, &[b"\x02\x01\x03", &der(0x31, &[]), &content, &der(0x31, &[])]);
    let token = der(0x30, &[&oid(b"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"), &der(0xA0, &[&signed])]);
    der(0x30, &[&der(0x30, &[b"\x02\x01\x00"]), &token])
}

fn ots(hash: &[u8], ends: &[u8]) -> Vec<u8> {
    [b"\x00OpenTimestamps\x00\x00Proof\x00\xBF\x89\xE2\xE8\x84\xE8\x92\x94\x01\x08", hash, ends].concat()
}

/// Two branches, after some bytes were appended and all was hashed: one to block 358391, one pending.
const ENDS: &[u8] = b"\xF0\x03abc\x08\xFF\x00\x05\x88\x96\x0D\x73\xD7\x19\x01\x03\xF7\xEF\x15\
    \xF1\x01z\x00\x83\xDF\xE3\x0D\x2E\xF9\x0C\x8E\x05\x04http";

#[test]
fn what_lies_beside_a_file_is_kept_and_checked() {
    let sums = format!("{}  a.txt\n{}  b.txt\n", hex(TEXT), hex(b"Other."));
    let stamp = signed("rsa.tsr");
    let folder = folder(&[
        ("a.txt", TEXT),
        ("a.txt.sha256", format!("{}  a.txt\n", hex(TEXT)).as_bytes()),
        ("a.txt.tsr", &stamp),
        ("a.txt.ots", &ots(&Sha256::digest(TEXT), ENDS)),
        ("SHA256SUMS", sums.as_bytes()),
        ("b.txt", b"Changed since."),
        ("c.txt", b"Nothing lies beside it."),
    ]);
    let (taken, warnings) = take(&[folder.path()]);
    assert_eq!(ids(&taken), ["a", "b", "c"]);
    let found: Vec<(&str, Checked)> =
        taken[0].beside.iter().map(|one| (one.name.as_str(), one.state)).collect();
    let agrees = |name| (name, Checked::Agrees);
    assert_eq!(
        found,
        [agrees("a.txt.sha256"), agrees("a.txt.tsr"), agrees("a.txt.ots"), agrees("SHA256SUMS")]
    );
    assert!(taken[0].beside[1].told.contains("signed by O=Example Time"), "{}", taken[0].beside[1].told);
    assert!(taken[0].beside[2].told.contains("block 358391"), "{}", taken[0].beside[2].told);
    assert_eq!(taken[0].beside[1].bytes, stamp);
    assert!(taken[0].beside.iter().all(|one| one.of == taken[0].raw_name));
    // Of a list, the one line.
    assert_eq!(taken[0].beside[3].bytes, format!("{}  a.txt", hex(TEXT)).into_bytes());

    assert_eq!(taken[1].beside.len(), 1);
    assert_eq!(taken[1].beside[0].state, Checked::Differs);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].message.starts_with("report b: SHA256SUMS of "), "{}", warnings[0]);
    assert!(warnings[0].message.contains("It is of other bytes."), "{}", warnings[0]);
    assert!(taken[2].beside.is_empty());
}

/// A token over the text, by an authority made for tests.
fn signed(name: &str) -> Vec<u8> {
    let tokens = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../gainsay-custody/tests/tokens");
    std::fs::read(tokens.join(name)).unwrap()
}

#[test]
fn the_signature_of_a_time_stamp_is_checked() {
    let good = signed("rsa.tsr");
    let mut forged = good.clone();
    // The last bytes are the signature's.
    *forged.last_mut().unwrap() ^= 1;
    let web = signed("web.tsr");
    for (bytes, state, told) in [
        (
            tsr(1, &Sha256::digest(TEXT)),
            Checked::Differs,
            "2016-01-18 09:30:00 UTC over these bytes that is not good",
        ),
        (good, Checked::Agrees, "signed by O=Example Time, CN=Example rsa"),
        (forged, Checked::Differs, "not good: its signature is not by the certificate"),
        (web, Checked::Differs, "not one for time stamps"),
    ] {
        let folder = folder(&[("a.txt", TEXT), ("a.txt.tsr", &bytes)]);
        let (taken, warnings) = take(&[folder.path()]);
        assert_eq!(taken[0].beside[0].state, state, "{}", taken[0].beside[0].told);
        assert!(taken[0].beside[0].told.contains(told), "{}", taken[0].beside[0].told);
        assert_eq!(warnings.len(), usize::from(state == Checked::Differs), "{warnings:?}");
    }
}

#[test]
fn a_time_stamp_of_other_bytes_is_told_and_one_that_cannot_be_read_is_kept() {
    for (name, bytes, state) in [
        ("a.txt.tsr", tsr(3, &Sha512::digest(TEXT)), Checked::Differs),
        ("a.txt.tsr", tsr(1, &Sha256::digest(b"Other.")), Checked::Differs),
        ("a.txt.tsr", tsr(9, &Sha256::digest(TEXT)), Checked::Unchecked),
        ("a.txt.tsr", b"no stamp".to_vec(), Checked::Unchecked),
        ("a.txt.tsr", tsr(1, &Sha256::digest(TEXT))[..40].to_vec(), Checked::Unchecked),
        ("a.txt.ots", ots(&Sha256::digest(b"Other."), ENDS), Checked::Differs),
        ("a.txt.ots", ots(&Sha256::digest(TEXT), &ENDS[..20]), Checked::Unchecked),
        ("a.txt.ots", b"\x00OpenTimestamps".to_vec(), Checked::Unchecked),
        ("a.txt.sha256", b"see the other file".to_vec(), Checked::Unchecked),
        ("a.txt.sha256", hex(b"Other.").into_bytes(), Checked::Differs),
    ] {
        let folder = folder(&[("a.txt", TEXT), (name, &bytes)]);
        let (taken, warnings) = take(&[folder.path()]);
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].beside[0].state, state, "{name}: {}", taken[0].beside[0].told);
        assert_eq!(warnings.len(), usize::from(state == Checked::Differs), "{warnings:?}");
    }
}

#[test]
fn what_lies_beside_an_archive_comes_with_its_first_report() {
    let lines = gz(b"{\"id\":\"1\",\"text\":\"One.\"}\n{\"id\":\"2\",\"text\":\"Two.\"}\n");
    let folder = folder(&[("r.jsonl.gz", &lines), ("r.jsonl.gz.sha256", hex(&lines).as_bytes())]);
    let (taken, warnings) = take(&[folder.path()]);
    assert_eq!((ids(&taken), warnings), (vec!["1", "2"], vec![]));
    assert_eq!(taken[0].beside[0].state, Checked::Agrees);
    assert!(taken[0].beside[0].of.ends_with("r.jsonl.gz"));
    assert!(taken[1].beside.is_empty());
}

#[test]
fn a_checksum_that_lies_beside_nothing_is_told() {
    let folder = folder(&[("gone.txt.sha256", hex(TEXT).as_bytes()), ("a.txt", TEXT)]);
    let (taken, warnings) = take(&[folder.path()]);
    assert_eq!((taken.len(), warnings.len()), (1, 1), "{warnings:?}");
    assert!(warnings[0].subject.ends_with("gone.txt.sha256"));
}
