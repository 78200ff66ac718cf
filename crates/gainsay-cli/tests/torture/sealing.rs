//! Killed while a ledger is encrypted or made plain again: it is the one or the other, whole, and says the same.

use std::time::{Duration, Instant};

use crate::chance::Chance;
use crate::killing::spread;
use crate::long::{is_over, rounds, tell};
use crate::place::{Files, LEDGER, Place, Ran};
use crate::shim::{self, Change};

const PASSPHRASE: &str = "river stones in winter";

fn run(place: &Place, args: &[&str], kill: Option<usize>) -> Ran {
    let mut command = place.command(args);
    command.env("GAINSAY_PASSPHRASE", PASSPHRASE);
    if let Some(at) = kill {
        shim::changes(&mut command, place.folder(), Change::Kills(at));
    }
    Ran::of(&command.output().unwrap())
}

fn is_encrypted(place: &Place) -> bool {
    !std::fs::read(place.path(LEDGER)).unwrap().starts_with(b"SQLite format 3\0")
}

/// What `verify` says of a ledger that is sound: what it holds, and with which hash its log ends.
fn sound(place: &Place) -> Result<String, String> {
    let ran = run(place, &["verify"], None);
    let says: Vec<&str> = ran.out.lines().take(2).collect();
    match says.as_slice() {
        [first, _] if ran.code == Some(0) && first.starts_with("sound: ") => Ok(says.join("\n")),
        _ => Err(format!("verify says: {ran:?}")),
    }
}

/// Whether what a killed run left is whole, and the command can be given once more.
fn check(place: &Place, command: &str, says: &str, names: &[String]) -> Result<(), String> {
    if sound(place)? != says {
        return Err("it says something else".to_owned());
    }
    let wanted = command == "encrypt";
    if is_encrypted(place) != wanted {
        let ran = run(place, &[command], None);
        if ran.code != Some(0) {
            return Err(format!("it cannot go on: {ran:?}"));
        }
    } else {
        // Whoever opens it next tidies up.
        run(place, &["add", "reports.jsonl"], None);
    }
    if is_encrypted(place) != wanted || sound(place)? != says {
        return Err("it is another in the end".to_owned());
    }
    let strays: Vec<String> = place.files().into_keys().filter(|name| !names.contains(name)).collect();
    if strays.is_empty() { Ok(()) } else { Err(format!("left lying about in the end: {strays:?}")) }
}

#[test]
fn killed_while_it_is_encrypted_or_made_plain() {
    let mut chance = Chance::new("sealing");
    let place = Place::filled();
    let mut files: Files = place.files();
    files.retain(|name, _| !name.starts_with("schema-") && !name.contains('/') && !name.ends_with(".html"));
    place.put(&files);
    let seal = run(&place, &["encrypt"], None);
    assert_eq!(seal.code, Some(0), "{seal:?}");
    assert_eq!(run(&place, &["decrypt"], None).code, Some(0));
    let plain = place.files();
    let says = sound(&place).unwrap();
    assert_eq!(run(&place, &["encrypt"], None).code, Some(0));
    let sealed = place.files();
    assert!(is_encrypted(&place) && sound(&place).unwrap() == says);
    let names: Vec<String> = plain.keys().chain(sealed.keys()).cloned().collect();
    let (mut kills, mut faults) = (0, Vec::new());
    for (command, before) in [("encrypt", &plain), ("decrypt", &sealed)] {
        place.put(before);
        let elsewhere = tempfile::tempdir().unwrap();
        let told = elsewhere.path().join("told");
        let mut counted = place.command(&[command]);
        shim::counts(counted.env("GAINSAY_PASSPHRASE", PASSPHRASE), place.folder(), &told);
        let begun = Instant::now();
        assert!(counted.output().unwrap().status.success());
        let length = begun.elapsed();
        let changes: usize = std::fs::read_to_string(told).unwrap().trim().parse().unwrap();
        for at in spread(changes, rounds(2), &mut chance) {
            if is_over() {
                break;
            }
            place.put(before);
            // By turns before a change, and after a while.
            let ran = if at % 2 == 0 {
                run(&place, &[command], Some(at))
            } else {
                killed_after(&place, command, length, &mut chance)
            };
            kills += usize::from(ran.code.is_none());
            if let Err(what) = check(&place, command, &says, &names) {
                faults
                    .push(format!("{command}, change {at} of {changes}, ended with {:?}: {what}", ran.code));
                println!("{}", faults[faults.len() - 1]);
            }
        }
    }
    tell("killing encryption", &[("kills", kills), ("faults", faults.len())]);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn killed_after(place: &Place, command: &str, length: Duration, chance: &mut Chance) -> Ran {
    let mut command = place.command(&[command]);
    command.env("GAINSAY_PASSPHRASE", PASSPHRASE);
    let mut child =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_micros(chance.below(length.as_micros() as usize + 1) as u64));
    child.kill().unwrap();
    Ran::of(&child.wait_with_output().unwrap())
}
