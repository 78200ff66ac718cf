//! Clocks that are set: the log goes on in the order in which things were done, whatever the clock says.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::chance::Chance;
use crate::long::{is_long, is_over, rounds, tell};
use crate::place::{LEDGER, Place, Ran};
use crate::serving::Desk;
use crate::{shim, state};

const YEAR: i64 = 365 * 24 * 3600;

/// A folder outside of the ledger's, with the file that says how wrong the clock is.
struct Clock {
    folder: tempfile::TempDir,
}

impl Clock {
    fn new() -> Clock {
        let clock = Clock { folder: tempfile::tempdir().unwrap() };
        clock.set(0);
        clock
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("wrong-by")
    }

    /// Whole or not at all: it is read all the while.
    fn set(&self, seconds: i64) {
        let new = self.folder.path().join("new");
        std::fs::write(&new, seconds.to_string()).unwrap();
        std::fs::rename(new, self.file()).unwrap();
    }
}

#[test]
fn the_log_goes_on_whatever_the_clock_says() {
    let mut chance = Chance::new("clocks");
    let (place, clock) = (Place::filled(), Clock::new());
    let first = state::log(&place.path(LEDGER)).len();
    // Ahead, before the ledger was made, before 1970, back again, the same second once more.
    let mut jumps = vec![10 * YEAR, -20 * YEAR, -80 * YEAR, 0, 0];
    while jumps.len() < rounds(5) {
        jumps.push((chance.below(200 * YEAR as usize) as i64) - 100 * YEAR);
    }
    let (mut typed, mut back) = (Vec::new(), 0);
    for (round, jump) in jumps.into_iter().enumerate() {
        if is_over() {
            break;
        }
        clock.set(jump);
        let run = |args: &[&str]| {
            let mut command = place.command(args);
            shim::clock(&mut command, &clock.file());
            Ran::of(&command.output().unwrap())
        };
        let why = format!("round {round}");
        let ran = run(&["set", &format!("n{}-02", round % 24), "confirmed", "--why", &why]);
        assert_eq!(ran.code, Some(0), "{jump} s wrong: {ran:?}");
        typed.push(why);
        let verified = run(&["verify"]);
        assert_eq!(verified.code, Some(0), "{jump} s wrong: {verified:?}");
        assert!(verified.out.contains("sound: "), "{verified:?}");
        back += usize::from(jump < 0);
    }
    let conn = rusqlite::Connection::open(place.path(LEDGER)).unwrap();
    let mut rows = conn.prepare("SELECT seq, at, payload FROM log WHERE seq > ?1 ORDER BY seq").unwrap();
    let logged: Vec<(i64, String, String)> = rows
        .query_map([first as i64], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(logged.len(), typed.len());
    for ((at, (seq, _, payload)), why) in logged.iter().enumerate().zip(&typed) {
        assert_eq!(*seq, (first + at + 1) as i64);
        assert!(payload.contains(&format!("\"{why}\"")), "{payload} is not {why}");
    }
    // The clock did jump, or this would show nothing.
    assert!(logged.windows(2).any(|two| two[1].1 < two[0].1), "{logged:?}");
    tell(
        "clock",
        &[("entries at a clock that was set", typed.len()), ("of them in the past", back), ("faults", 0)],
    );
}

#[test]
fn watching_goes_on_when_the_clock_is_set() {
    let (place, clock) = (Place::filled(), Clock::new());
    let mut command = place.command(&["watch", "in", "--format", "jsonl"]);
    shim::clock(&mut command, &clock.file());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let (tell_line, lines) = channel();
    let stdout = child.stdout.take().unwrap();
    std::thread::spawn(move || {
        BufReader::new(stdout).lines().map_while(Result::ok).all(|line| tell_line.send(line).is_ok());
    });
    let mut seen = Vec::new();
    let jumps = [[0, 10 * YEAR], [20 * YEAR, -10 * YEAR], [-10 * YEAR, -60 * YEAR], [-80 * YEAR, 30 * YEAR]];
    let some = if is_long() { &jumps[..] } else { &jumps[1..2] };
    for (number, [jump, then]) in some.iter().enumerate() {
        clock.set(*jump);
        std::thread::sleep(Duration::from_secs(1));
        clock.set(*then);
        let name = format!("in/late-{number}.txt");
        place.write(
            &name,
            format!("4 June 2014\n\nRebels shelled town number {number} on Tuesday, activists said.\n"),
        );
        // A file lies still for two looks of five seconds each.
        let line = lines.recv_timeout(Duration::from_secs(180));
        let line =
            line.unwrap_or_else(|_| panic!("nothing was taken any more after a jump of {then} s; {seen:?}"));
        seen.push(line);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let verified = place.run(&["verify"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
    tell("clock of watch", &[("jumps after which files are still taken", seen.len()), ("faults", 0)]);
}

#[test]
fn who_is_signed_in_stays_so_when_the_clock_goes_back_and_no_longer_than_they_may() {
    let (place, clock) = (Place::filled(), Clock::new());
    let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
    shim::clock(&mut command, &clock.file());
    let mut desk = Desk::start(&mut command);
    clock.set(-10 * YEAR);
    assert!(desk.enter(), "the link does not hold when the clock goes back");
    let status = |desk: &Desk| desk.ask("GET", "/api/me", None).map(|(status, _)| status);
    assert_eq!(status(&desk), Some(200));
    clock.set(-20 * YEAR);
    assert_eq!(status(&desk), Some(200));
    // Ahead counts as a computer that slept: whoever finds it is not let in.
    clock.set(10 * YEAR);
    assert_eq!(status(&desk), Some(401));
    clock.set(-20 * YEAR);
    assert_eq!(status(&desk), Some(401), "a session came to life again");
    desk.kill();
    tell("clock of the desk", &[("jumps", 4), ("faults", 0)]);
}
