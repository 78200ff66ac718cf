//! A disk that is full, bad, or may only be read: one clear line, and all as it was.

use std::process::{Command, Stdio};

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
    let each = rounds(6).div_ceil(if is_long() { JOBS.len() } else { 2 });
    for job in some(&mut chance, 2) {
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
    assert!(refused + after_all > 0, "nothing was refused");
}

#[test]
fn what_may_only_be_read_is_only_read() {
    let mut chance = Chance::new("read-only");
    let (mut refused, mut faults) = (0, Vec::new());
    for job in some(&mut chance, 3) {
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
    tell(
        "read-only",
        &[("commands refused in one line, nothing changed", refused), ("faults", faults.len())],
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A folder that is a disk of its own, in memory; `None` where nobody may mount one.
struct Disk {
    place: Place,
}

impl Disk {
    fn new() -> Option<Disk> {
        let place = Place::empty();
        mount(&["-t", "tmpfs", "-o", "size=512m", "tmpfs"], &place).then_some(Disk { place })
    }

    /// Leaves so many bytes free of what is taken now; or as good as no end.
    fn leave(&self, free: Option<usize>) {
        let page = 4096;
        let taken: usize = self.place.files().values().map(|bytes| bytes.len().div_ceil(page) * page).sum();
        let size = free.map_or(512 << 20, |free| taken + free);
        assert!(mount(&["-o", &format!("remount,size={size}")], &self.place), "the disk cannot be cut");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.place.folder()).status();
    }
}

fn mount(args: &[&str], place: &Place) -> bool {
    let mounted = Command::new("mount").args(args).arg(place.folder()).stderr(Stdio::null()).status();
    mounted.is_ok_and(|status| status.success())
}

#[test]
fn a_small_disk_is_full_at_some_point() {
    let mut chance = Chance::new("disk");
    let Some(disk) = Disk::new() else {
        println!("disk: nobody may mount one here; run it as root");
        return;
    };
    let (mut refused, mut done, mut faults) = (0, 0, Vec::new());
    let each = rounds(3).div_ceil(if is_long() { JOBS.len() } else { 1 });
    for job in some(&mut chance, 1) {
        let of = Undisturbed::of(job);
        let grows = 64 * 1024 + 2 * of.after.values().map(Vec::len).sum::<usize>() / 3;
        for _ in 0..each {
            if is_over() {
                break;
            }
            disk.leave(None);
            disk.place.put(&of.before);
            let free = chance.below(grows / 4096) * 4096;
            disk.leave(Some(free));
            let ran = Ran::of(&begin(job, &mut disk.place.command(&job.typed())).wait_with_output().unwrap());
            let judged = || {
                match ran.code {
                    Some(0) => {}
                    Some(2) => one_clear_line(&ran)?,
                    _ => return Err(format!("ended otherwise: {ran:?}")),
                }
                let left = of.check(&disk.place, &ran, true)?;
                disk.leave(None);
                of.go_on(&disk.place, left)
            };
            match judged() {
                Err(what) => {
                    faults.push(format!("{}, {free} bytes free: {what}", job.name));
                    println!("{}", faults[faults.len() - 1]);
                }
                Ok(()) if ran.code == Some(0) => done += 1,
                Ok(()) => refused += 1,
            }
        }
    }
    tell(
        "small disk",
        &[
            ("runs refused in one line, nothing half there", refused),
            ("runs done all the same", done),
            ("faults", faults.len()),
        ],
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
