//! How far long work is, on standard error: a bar with pace and time left on a terminal, a plain line now and then elsewhere.
//!
//! Work that is done within two seconds says nothing.

use std::cell::RefCell;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::tell;

/// Work shorter than this says nothing.
const PATIENCE: Duration = Duration::from_secs(2);
/// So often a line is written where no terminal is; ten times as seldom after a minute.
const LINES: Duration = Duration::from_secs(6);
/// So often a bar is drawn.
const FRAMES: Duration = Duration::from_millis(100);
/// Steps in which bars advance.
const STEPS: u64 = 10_000;

/// How far some work is.
pub struct Progress(Option<RefCell<Shown>>);

struct Shown {
    what: &'static str,
    start: Instant,
    next: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Shows how far work goes, which is called `what` ("reading", "weighing"), or nothing where that is not wanted.
    pub fn new(wanted: bool, what: &'static str) -> Progress {
        let now = Instant::now();
        let shown = Shown { what, start: now, next: now + PATIENCE, bar: None };
        Progress(wanted.then(|| RefCell::new(shown)))
    }

    /// Says how far it is: the part that is done (0 to 1; none where nobody knows how much there is), how many things are
    /// done and what these are called. Cheap: call it for every thing.
    pub fn at(&self, part: Option<f64>, things: u64, called: &str) {
        let Some(shown) = &self.0 else { return };
        let now = Instant::now();
        let mut shown = shown.borrow_mut();
        if now < shown.next {
            return;
        }
        let elapsed = now - shown.start;
        let line = line(part, things, called, elapsed);
        if std::io::stderr().is_terminal() {
            shown.next = now + FRAMES;
            let what = shown.what;
            let bar = shown.bar.get_or_insert_with(|| bar(what, part.is_some()));
            bar.set_position(part.map_or(0, |part| (part.clamp(0.0, 1.0) * STEPS as f64) as u64));
            bar.set_message(line);
        } else {
            shown.next = now + if elapsed < 10 * LINES { LINES } else { 10 * LINES };
            tell(&format!("{}: {line}", shown.what));
        }
    }

    /// Says that a step of several is begun, where `part` of the work is done.
    pub fn step(&self, part: f64, name: &str) {
        self.at(Some(part), 0, name);
    }

    /// Takes the bar away.
    pub fn done(self) {
        if let Some(bar) = self.0.and_then(|shown| shown.into_inner().bar) {
            bar.finish_and_clear();
        }
    }
}

fn bar(what: &'static str, known: bool) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(STEPS), ProgressDrawTarget::stderr());
    let template = if known { "{prefix} [{bar:24}] {msg}" } else { "{prefix} {spinner} {msg}" };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_prefix(what);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// `34 %, 12400 reports, 410 a second, 3 min left`.
fn line(part: Option<f64>, things: u64, called: &str, elapsed: Duration) -> String {
    let mut said = Vec::new();
    said.extend(part.map(|part| format!("{:.0} %", (part * 100.0).floor())));
    if things > 0 {
        let pace = things as f64 / elapsed.as_secs_f64().max(0.001);
        let pace = if pace < 10.0 { format!("{pace:.1}") } else { format!("{pace:.0}") };
        said.push(format!("{things} {called}, {pace} a second"));
    } else {
        said.push(called.to_owned());
    }
    match part.filter(|part| *part > 0.005) {
        Some(part) => said.push(format!("{} left", short(elapsed.mul_f64((1.0 - part).max(0.0) / part)))),
        None => said.push(format!("{} so far", short(elapsed))),
    }
    said.join(", ")
}

/// A stretch of time in the two units that matter.
fn short(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..=99 => format!("{seconds} s"),
        100..=5_999 => format!("{} min", (seconds + 30) / 60),
        _ => format!("{} h {:02} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tell_pace_and_time_left() {
        let after = Duration::from_secs;
        assert_eq!(line(Some(0.25), 500, "reports", after(10)), "25 %, 500 reports, 50 a second, 30 s left");
        assert_eq!(line(None, 12, "reports", after(4)), "12 reports, 3.0 a second, 4 s so far");
        assert_eq!(line(Some(0.5), 0, "link", after(7_200)), "50 %, link, 2 h 00 min left");
        assert_eq!(line(Some(0.0), 0, "link", after(150)), "0 %, link, 3 min so far");
    }
}
