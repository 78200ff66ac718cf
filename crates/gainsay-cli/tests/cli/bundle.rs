//! Bundles: everything behind an event, checked by the script in them and by nothing of ours.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::desk::Desk;

/// A report that names a private person.
const WITNESS: &str = concat!(
    r#"{"id":"wire-9","published":"2014-06-06","publisher":"Euphrates Wire","title":"What a teacher saw","text":"#,
    r#""Islamic State fighters captured the Siyasiyeh bridge on 3 June 2014, said Marwan Qaddour, a teacher. 14 civilians were killed in the city of Deir ez-Zor on 3 June 2014, Marwan Qaddour said."}"#,
    "\n",
);

/// A desk whose event has several reports, a decision, a checkpoint and a stamp; and the event's id.
fn desk() -> (Desk, String) {
    let desk = Desk::with_ledger();
    desk.write("witness.jsonl", WITNESS);
    desk.ok(&["add", "witness.jsonl"]);
    let events = desk.lines(&["events", "--kind", "casualties"]);
    let event = events.iter().max_by_key(|event| event["claims"].as_array().unwrap().len()).unwrap();
    let claim = event["claims"][0].as_str().unwrap();
    desk.ok(&["set", claim, "confirmed", "--why", "two people read it"]);
    desk.ok(&["--quiet", "checkpoint", "-o", "note.txt"]);
    desk.write("answer", b"\xF0\x03abc\x08\x00\x83\xDF\xE3\x0D\x2E\xF9\x0C\x8E\x14\x13https://cal.example");
    desk.ok(&["stamp", "answer"]);
    (desk, event["id"].as_str().unwrap().to_owned())
}

fn python(args: &[&std::ffi::OsStr]) -> (bool, String) {
    let mut python = Command::new("python3");
    python.args(["-I", "-B"]).args(args).env("PYTHONDONTWRITEBYTECODE", "1");
    let ran = python.output().expect("python3 is needed to check a bundle");
    let said = [ran.stdout, ran.stderr].concat();
    (ran.status.success(), String::from_utf8(said).unwrap())
}

/// Runs the script of a bundle.
fn check(folder: &Path, more: &[&Path]) -> (bool, String) {
    let script = folder.join("verify.py");
    let args: Vec<&std::ffi::OsStr> = [script.as_os_str(), folder.as_os_str()]
        .into_iter()
        .chain(more.iter().map(|one| one.as_os_str()))
        .collect();
    python(&args)
}

fn unpack(desk: &Desk, zip: &str) -> PathBuf {
    let folder = desk.path(&format!("{zip}.d"));
    let (done, said) =
        python(&["-m".as_ref(), "zipfile".as_ref(), "-e".as_ref(), desk.path(zip).as_ref(), folder.as_ref()]);
    assert!(done, "{said}");
    folder.join("bundle")
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for one in std::fs::read_dir(folder).unwrap() {
        let path = one.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => _ = found.insert(path.clone(), std::fs::read(&path).unwrap()),
        }
    }
    found
}

/// Makes the list of hashes anew, as whoever forges a bundle would.
fn seal_again(folder: &Path) {
    let code = "import hashlib,pathlib,sys\nr=pathlib.Path(sys.argv[1])\n(r/'SHA256SUMS').write_text(''.join(f'{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(r).as_posix()}\\n' for p in sorted(r.rglob('*'),key=lambda p:p.relative_to(r).as_posix()) if p.is_file() and not p.name.startswith('SHA256SUMS')))\n(r/'SHA256SUMS.signature').unlink(missing_ok=True)";
    assert!(python(&["-c".as_ref(), code.as_ref(), folder.as_ref()]).0);
}

#[test]
fn a_bundle_verifies_without_gainsay_and_finds_a_changed_byte_in_any_file() {
    let (desk, event) = desk();
    let said = desk.ok(&["bundle", &event, "-o", "a.zip", "--names"]);
    assert!(said.starts_with("wrote a.zip: "), "{said}");
    desk.ok(&["bundle", &event, "-o", "b.zip", "--names"]);
    assert!(
        std::fs::read(desk.path("a.zip")).unwrap() == std::fs::read(desk.path("b.zip")).unwrap(),
        "differs"
    );
    let folder = unpack(&desk, "a.zip");
    let (sound, said) = check(&folder, &[]);
    assert!(sound && said.contains("sound: "), "{said}");
    assert!(check(&folder, &[&desk.path("note.txt")]).0, "its own published note");
    // The archive as it is, by the script in it.
    let (sound, said) = python(&[folder.join("verify.py").as_ref(), desk.path("a.zip").as_ref()]);
    assert!(sound, "{said}");

    let all = files(&folder);
    let has = |part: &str| all.keys().any(|path| path.to_string_lossy().contains(part));
    for part in [
        "raw.jsonl",
        "text.txt",
        "reading-",
        "checkpoints/",
        ".ots",
        "SHA256SUMS.signature",
        "START-HERE.html",
    ] {
        assert!(has(part), "{part} is missing");
    }
    for (number, (path, bytes)) in all.iter().enumerate() {
        // At the beginning, in the middle, at the end.
        let at = [0, bytes.len() / 2, bytes.len() - 1][number % 3];
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        std::fs::write(path, &changed).unwrap();
        let (sound, said) = check(&folder, &[]);
        assert!(!sound, "byte {at} of {}: {said}", path.display());
        // Without the script nothing is checked at all.
        if number % 3 == 0 && !path.ends_with("verify.py") {
            std::fs::remove_file(path).unwrap();
            let (sound, said) = check(&folder, &[]);
            let told = path.ends_with("SHA256SUMS.signature") && said.contains("it is not signed");
            assert!(!sound || told, "{} gone: {said}", path.display());
        }
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::write(folder.join("more.txt"), "put in").unwrap();
    assert!(!check(&folder, &[]).0, "a file was put in");
    std::fs::remove_file(folder.join("more.txt")).unwrap();
    assert!(check(&folder, &[]).0);
}

#[test]
fn a_bundle_that_was_sealed_again_is_found_by_the_chain() {
    let (desk, event) = desk();
    desk.ok(&["--quiet", "bundle", &event, "-o", "a.zip", "--names"]);
    let folder = unpack(&desk, "a.zip");
    let all = files(&folder);
    let forge = |name: &str, from: &str, to: &str, told: &str| {
        let of = |path: &&PathBuf| path.to_string_lossy().contains(name);
        let path = all.keys().filter(of).find(|path| String::from_utf8_lossy(&all[*path]).contains(from));
        let path = path.unwrap_or_else(|| panic!("no {name} with {from}"));
        std::fs::write(path, String::from_utf8_lossy(&all[path]).replacen(from, to, 1)).unwrap();
        seal_again(&folder);
        let (sound, said) = check(&folder, &[]);
        assert!(!sound && said.contains(told), "{name}, {from}: {said}");
        for (path, bytes) in &all {
            std::fs::write(path, bytes).unwrap();
        }
    };
    forge("text.txt", "civilians were killed", "soldiers were killed", "is not what the log records");
    forge("raw.", "civilians", "soldiers!", "is not what the log records");
    forge("reading-", "killed", "injured", "is not what the log records");
    forge("claims.jsonl", "killed in", "injured in", "does not quote its report");
    forge("claims.jsonl", "\"low\":14", "\"low\":41", "is not as it was read, and no decision corrects it");
    forge("report.json", "2014-06", "2014-07", "report.json is not what the log records");
    forge("report.json", "\"collector\": \"tester\"", "\"collector\": \"huda\"", "report.json is not what");
    forge("log.jsonl", "\"by\":\"tester\"", "\"by\":\"nobody\"", "log entry 1 or its payload was changed");
    forge("log.jsonl", "two people read it", "nobody read it", "or its payload was changed");
    forge("log.jsonl", "\"signature\":\"", "\"signature\":\"00", "WRONG");
    forge("checkpoints/", "\nat 2023", "\nat 2022", "is not a signed note of this log");
    forge("checkpoints/", "cal.example", "cal.exampel", "is not what the log records");
    let (sound, said) = check(&folder, &[]);
    assert!(sound, "{said}");
}

/// What a forger does who has Python, a key of their own, and none of the ledger's.
const FORGER: &str = r#"
import hashlib, json, pathlib, sys
root, how = pathlib.Path(sys.argv[1]), sys.argv[2]
exec((root / "verify.py").read_text().split("def say(")[0])
seed = hashlib.sha512(b"forger").digest()
scalar = int.from_bytes(seed[:32], "little") & (1 << 254) - 8 | 1 << 254
base = point(b"\x58" + b"\x66" * 31)
def packed(p):
    z = pow(p[2], -1, P); x, y = p[0] * z % P, p[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little")
own = packed(times(scalar, base))
def sign(purpose, text):
    text = f"gainsay-{purpose}/1\n{text}".encode()
    r = int.from_bytes(hashlib.sha512(seed + text).digest(), "little") % L
    R = packed(times(r, base))
    k = int.from_bytes(hashlib.sha512(R + own + text).digest(), "little") % L
    return (R + ((r + k * scalar) % L).to_bytes(32, "little")).hex()
def read(name): return [json.loads(line) for line in (root / name).read_text().splitlines()]
def write(name, rows): (root / name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
log = read("log.jsonl")
text = next(p for p in sorted(root.rglob("text.txt")) if "civilians were killed" in p.read_text())
number, report = next((b["entry"], b["report"]) for b in read("bound.jsonl") if b["file"] == text.relative_to(root).as_posix())
if how in ("blank", "unsigned", "planted"):
    forged = text.read_text().replace("civilians were killed", "fishermen were killed")
    text.write_text(forged)
    e = log[number - 1]
    told = json.loads(e["payload"])
    if how != "planted": told["text_sha256"] = sha(forged.encode())
    else: told["title"] = sha(forged.encode())
    e["payload"] = json.dumps(told)
    e["payload_sha256"] = fields("gainsay-payload/1", e["salt"], e["payload"])
    (text.parent / "report.json").write_text((text.parent / "report.json").read_text().replace(hashlib.sha256(forged.replace("fishermen", "civilians").encode()).hexdigest(), sha(forged.encode())))
    rows = read("claims.jsonl")
    for c in rows: c["evidence"] = [{**w, "exact": w["exact"].replace("civilians were", "fishermen were") if c["document"] == report else w["exact"]} for w in c["evidence"]]
    write("claims.jsonl", rows)
    if how == "blank": e["by"] = None
    prev = e["prev"]
    for e in log[number - 1:] if how != "blank" else []:
        e.update(prev=prev, key=None, signature=None)
        if e["payload_sha256"]: e["hash"] = prev = fields("gainsay-log/2", prev, e["seq"].to_bytes(8, "big"), e["at"], e["by"], e["action"], e["payload_sha256"])
if how in ("veiled", "appended"):
    if how == "veiled": text.write_text(text.read_text().replace("civilians were killed", "fishermen were killed"))
    if how == "veiled": write("claims.jsonl", [{**c, "evidence": []} for c in read("claims.jsonl")])
    e = {**log[-1], "seq": len(log) + 1, "prev": log[-1]["hash"], "action": "decision", "payload": None, "salt": None, "key": own.hex()}
    if how == "appended": e["payload_sha256"] = "0" * 64; e["hash"] = fields("gainsay-log/2", e["prev"], e["seq"].to_bytes(8, "big"), e["at"], e["by"], e["action"], e["payload_sha256"])
    e["signature"] = sign("log", e["hash"])
    log.append(e)
if how == "retired":
    e = next(e for e in log if e["action"] == "key-retired")
    e["payload"] = e["salt"] = None
if how == "readings":
    bound = [b for b in read("bound.jsonl") if "/reading-" not in b["file"]]
    write("bound.jsonl", bound)
    for p in root.rglob("reading-*"): p.unlink()
write("log.jsonl", log)
names = sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file() and not p.name.startswith("SHA256SUMS"))
sums = "".join(f"{sha((root / n).read_bytes())}  {n}\n" for n in names)
(root / "SHA256SUMS").write_text(sums)
(root / "SHA256SUMS.signature").write_text(f"key {own.hex()}\nsignature {sign('bundle', sums)}\n")
if how not in ("veiled", "appended"): (root / "SHA256SUMS.signature").unlink()
if how == "beside": (root / "SHA256SUMS-read-me.html").write_text("put in")
print(sha(own)[:16])
"#;

/// Forges a bundle in one of these ways; the id of the forger's key.
fn forge(folder: &Path, how: &str) -> String {
    let (done, said) = python(&["-c".as_ref(), FORGER.as_ref(), folder.as_ref(), how.as_ref()]);
    assert!(done, "{how}: {said}");
    said.trim().to_owned()
}

#[test]
fn who_has_no_key_of_the_ledger_s_forges_no_bundle() {
    let (desk, event) = desk();
    desk.ok(&["--quiet", "key", "new", "--why", "stolen"]);
    desk.ok(&["--quiet", "bundle", &event, "-o", "a.zip", "--names"]);
    for (how, told) in [
        // What an entry says counts for nothing where its hash cannot be made again.
        ("blank", "nothing wrong, and nothing shown but by whoever packed this"),
        ("unsigned", "is not signed, though entries before it are"),
        ("planted", "text.txt is not what the log records"),
        ("appended", "is not signed by a key that might sign"),
        ("readings", "stands in no reading of it"),
        ("retired", "its payload was changed, or is missing"),
        ("beside", "a file or its hash in SHA256SUMS was changed"),
    ] {
        let folder = unpack(&desk, "a.zip");
        forge(&folder, how);
        let (sound, said) = check(&folder, &[]);
        assert!(said.contains(told) && !said.contains("\nsound"), "{how}: {said}");
        assert!(!sound || how == "blank", "{how}: {said}");
        std::fs::remove_dir_all(folder).unwrap();
    }
    // Without names nothing but the packer's key holds the texts: that it is a forger's is to be seen.
    desk.ok(&["--quiet", "bundle", &event, "-o", "b.zip"]);
    let folder = unpack(&desk, "b.zip");
    let id = forge(&folder, "veiled");
    let (_, said) = check(&folder, &[]);
    assert!(said.contains(&format!("key {id}: signed 1 entries")) && !said.contains("\nsound"), "{said}");
}

#[test]
fn a_bundle_without_names_names_nobody_and_says_what_it_cannot_show() {
    let (desk, event) = desk();
    let ran = desk.run(&["bundle", &event, "-o", "a.zip"]);
    assert!(ran.code == 0 && ran.err.contains("texts bear pseudonyms"), "{}{}", ran.out, ran.err);
    let folder = unpack(&desk, "a.zip");
    let (sound, said) = check(&folder, &[]);
    assert!(sound && said.contains("not checked: reports against the hashes in the log"), "{said}");
    assert!(said.contains("nothing wrong, and nothing shown but by whoever packed this"), "{said}");
    let all = files(&folder);
    for (path, bytes) in &all {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for name in ["marwan", "qaddour", "tester"] {
            assert!(!text.contains(name), "{name} in {}", path.display());
        }
        assert!(!path.to_string_lossy().contains("raw."), "{}", path.display());
        // Nothing by which a name that is tried could be told to be right.
        for hash in ["raw_sha256\": \"", "text_sha256\": \"", "payload_sha256\":\"", "\"salt\":\""] {
            assert!(!text.contains(hash), "{hash} in {}", path.display());
        }
    }
    let texts = all.iter().filter(|(path, _)| path.ends_with("text.txt"));
    assert!(
        texts.clone().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("said Teacher ")),
        "no pseudonym"
    );
    assert!(desk.refused(&["bundle", "nothing", "-o", "b.zip"]).contains("no event has the id `nothing`"));
    assert!(!desk.path("b.zip").exists());
}
