//! A disk that is full, bad, or may only be read: one clear line, and all as it was.

use crate::chance::Chance;
use crate::commands::JOBS;
use crate::judge::{Left, Undisturbed, begin};
use crate::killing::{some, spread};
use crate::long::{is_long, is_over, rounds, tell};
use crate::place::{Place, Ran};
use crate::shim::{Change, changes};

/// One line of complaint, which says more than a number.
fn one_clear_line(ran: &Ran) -> Result<(), String> {
    // `weigh` tells how long each step took.
    let is_step = |line: &str| line.ends_with(" s") && line.contains(": ");
    let lines: Vec<&str> =
        ran.err.lines().filter(|line| !line.contains("note: ") && !is_step(line)).collect();
    match lines.as_slice() {
        [line] if line.starts_with("gainsay: ") && line.len() > 20 && !line.contains("panicked") => Ok(()),
        _ => Err(format!("not one clear line: {ran:?}")),
    }
}

/// What a disturbed run gave, where nothing of it is wrong.
fn disturbed(of: &Undisturbed, place: &Place, change: Change) -> Result<(Ran, Left), String> {
    place.put(&of.before);
    let mut command = place.command(&of.job.typed());
    changes(&mut command, place.folder(), change);
    let ran = Ran::of(&begin(of.job, &mut command).wait_with_output().unwrap());
    match ran.code {
        Some(0) => {}
        Some(2) => one_clear_line(&ran)?,
        _ => return Err(format!("ended otherwise: {ran:?}")),
    }
    let left = of.check(place, &ran, true)?;
    of.go_on(place, left)?;
    Ok((ran, left))
}

#[test]
fn every_write_may_find_the_disk_full_or_bad() {
    let mut chance = Chance::new("full");
    let (mut refused, mut done, mut after_all, mut faults) = (0, 0, 0, Vec::new());
    let each = rounds(16).div_ceil(if is_long() { JOBS.len() } else { 4 });
    for job in some(&mut chance, 4) {
        let of = Undisturbed::of(job);
        let place = Place::empty();
        for at in spread(of.changes, each, &mut chance) {
            if is_over() {
                break;
            }
            let change = if at % 4 == 3 { Change::Fails(at) } else { Change::Full(at) };
            match disturbed(&of, &place, change) {
                Err(what) => {
                    faults.push(format!("{}, {change:?} of {}: {what}", job.name, of.changes));
                    println!("{}", faults[faults.len() - 1]);
                }
                Ok((ran, _)) if ran.code == Some(0) => done += 1,
                Ok((_, Left::After)) => after_all += 1,
                Ok(_) => refused += 1,
            }
        }
    }
    tell(
        "full disk",
        &[
            ("runs refused in one line, nothing half there", refused),
            ("runs done all the same", done),
            ("runs refused although all was done", after_all),
            ("faults", faults.len()),
        ],
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(refused > 0, "nothing was refused");
}

#[test]
fn what_may_only_be_read_is_only_read() {
    let mut chance = Chance::new("read-only");
    let (mut refused, mut faults) = (0, Vec::new());
    for job in some(&mut chance, 6) {
        let place = Place::filled();
        let before = place.files();
        let mut command = place.command(&job.typed());
        changes(&mut command, place.folder(), Change::ReadOnly);
        let ran = Ran::of(&begin(job, &mut command).wait_with_output().unwrap());
        match one_clear_line(&ran) {
            Err(what) => faults.push(format!("{}: {what}", job.name)),
            Ok(()) if ran.code != Some(2) => faults.push(format!("{}: not refused: {ran:?}", job.name)),
            Ok(()) if place.files() != before => faults.push(format!("{}: something was changed", job.name)),
            Ok(()) => refused += 1,
        }
    }
    tell("read-only", &[("commands refused in one line, nothing changed", refused), ("faults", faults.len())]);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
