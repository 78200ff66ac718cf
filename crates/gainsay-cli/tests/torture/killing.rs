//! Killed at any moment: what was acknowledged is there, nothing is half there, and going on ends as if nothing had been.

use std::time::Duration;

use crate::chance::Chance;
use crate::commands::{JOBS, Job};
use crate::judge::{Left, Undisturbed, begin};
use crate::long::{is_long, is_over, rounds, tell};
use crate::place::{Place, Ran};
use crate::shim::{Change, changes};

/// Figures of one command or of all.
#[derive(Default)]
struct Kills {
    /// Killed while it ran.
    killed: usize,
    /// Ended before the kill came.
    late: usize,
    left: [usize; 3],
    gone_on: usize,
    faults: Vec<String>,
}

impl Kills {
    /// Notes what was left behind, and, if that is wanted, goes on to the end.
    fn note(&mut self, of: &Undisturbed, place: &Place, ran: &Ran, go_on: bool, when: &str) {
        if ran.code.is_some() {
            self.late += 1
        } else {
            self.killed += 1
        }
        let checked = of.check(place, ran, false).and_then(|left| {
            self.left[left as usize] += 1;
            if go_on {
                self.gone_on += 1;
                of.go_on(place, left)?;
            }
            Ok(())
        });
        let fault = checked.err().map(|what| format!("{}, killed {when}: {what}", of.job.name));
        fault.iter().for_each(|fault| println!("{fault}"));
        self.faults.extend(fault);
    }

    fn add(&mut self, other: &Kills) {
        self.killed += other.killed;
        self.late += other.late;
        self.gone_on += other.gone_on;
        self.faults.extend(other.faults.iter().cloned());
        self.left.iter_mut().zip(other.left).for_each(|(sum, more)| *sum += more);
    }

    fn tell(&self, test: &str) {
        tell(
            test,
            &[
                ("kills", self.killed),
                ("runs that ended before the kill", self.late),
                ("left as before", self.left[Left::Before as usize]),
                ("left between two whole steps", self.left[Left::Between as usize]),
                ("left as after", self.left[Left::After as usize]),
                ("gone on to the end and compared", self.gone_on),
                ("faults", self.faults.len()),
            ],
        );
    }

    fn end(&self, test: &str) {
        self.tell(test);
        assert!(self.faults.is_empty(), "{}", self.faults.join("\n"));
        assert!(self.killed > 0, "every run ended before it could be killed");
    }
}

/// Kills after a while that is anywhere in its run.
fn at_random(job: &'static Job, of: &Undisturbed, chance: &mut Chance, rounds: usize) -> Kills {
    let mut kills = Kills::default();
    let place = Place::empty();
    while kills.killed < rounds && kills.late < 4 * rounds + 8 && !is_over() {
        place.put(&of.before);
        let after = Duration::from_micros(chance.below(of.length.as_micros() as usize + 1) as u64);
        let mut child = begin(job, &mut place.command(&job.typed()));
        std::thread::sleep(after);
        child.kill().unwrap();
        let ran = Ran::of(&child.wait_with_output().unwrap());
        let go_on = (kills.killed + kills.late) % 2 == 0;
        kills.note(of, &place, &ran, go_on, &format!("after {after:?}"));
    }
    kills
}

/// Kills before the N-th change that it makes to the folder, for N over its whole run.
fn at_changes(job: &'static Job, of: &Undisturbed, chance: &mut Chance, rounds: usize) -> Kills {
    let mut kills = Kills::default();
    let place = Place::empty();
    for at in spread(of.changes, rounds, chance) {
        if is_over() {
            break;
        }
        place.put(&of.before);
        let mut command = place.command(&job.typed());
        changes(&mut command, place.folder(), Change::Kills(at));
        let ran = Ran::of(&begin(job, &mut command).wait_with_output().unwrap());
        kills.note(of, &place, &ran, true, &format!("before change {at} of {}", of.changes));
    }
    kills
}

/// So many numbers from 1 to `end`, spread over all of them: the last always, and all where there are not more.
pub fn spread(end: usize, wanted: usize, chance: &mut Chance) -> Vec<usize> {
    if end <= wanted {
        return (1..=end).collect();
    }
    let mut found: Vec<usize> = (0..wanted)
        .map(|part| (part * end / wanted, (part + 1) * end / wanted))
        .map(|(from, to)| from + 1 + chance.below(to - from))
        .collect();
    found.pop();
    found.push(end);
    found
}

/// In the suite each run takes some of the commands; in a long one all, or those that `GAINSAY_TORTURE_COMMANDS` names.
pub fn some(chance: &mut Chance, most: usize) -> Vec<&'static Job> {
    let mut jobs: Vec<&Job> = JOBS.iter().collect();
    if let Ok(named) = std::env::var("GAINSAY_TORTURE_COMMANDS") {
        jobs.retain(|job| named.split(',').any(|name| name == job.name));
        assert!(!jobs.is_empty(), "no command is called {named}");
        return jobs;
    }
    while !is_long() && jobs.len() > most {
        jobs.remove(chance.below(jobs.len()));
    }
    jobs
}

#[test]
fn killed_at_random_moments() {
    let mut chance = Chance::new("killing");
    let mut all = Kills::default();
    let jobs = some(&mut chance, 2);
    let each = rounds(6).div_ceil(jobs.len());
    for job in jobs {
        let kills = at_random(job, &Undisturbed::of(job), &mut chance, each);
        kills.tell(&format!("killing at random: {}", job.name));
        all.add(&kills);
    }
    all.end("killing at random");
}

#[test]
fn killed_before_a_change() {
    let mut chance = Chance::new("killing-changes");
    let mut all = Kills::default();
    let jobs = some(&mut chance, 2);
    let each = rounds(6).div_ceil(jobs.len());
    for job in jobs {
        let kills = at_changes(job, &Undisturbed::of(job), &mut chance, each);
        kills.tell(&format!("killing before a change: {}", job.name));
        all.add(&kills);
    }
    all.end("killing before a change");
}
