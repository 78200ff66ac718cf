//! How far long work is, on standard error: a bar with pace and time left on a terminal, a plain line now and then elsewhere.
//!
//! Work that is done within two seconds says nothing.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use gainsay::steps::Step;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::tell;

/// Work shorter than this says nothing.
const PATIENCE: Duration = Duration::from_secs(2);
/// So often a bar is drawn.
const FRAME: Duration = Duration::from_millis(100);
/// So often a line is written where no terminal is, in the first minute and after it.
const LINES: [Duration; 2] = [Duration::from_secs(6), Duration::from_secs(60)];
/// Steps in which bars advance.
const STEPS: f64 = 10_000.0;

/// The number of the work that was begun last: older work that still goes on is silent.
static LAST: AtomicU64 = AtomicU64::new(0);

/// How far some work is. It is drawn by a thread of its own, so that a long step shows too that it goes on.
pub struct Progress(Option<(Arc<Shared>, JoinHandle<()>)>);

struct Shared {
    number: u64,
    state: Mutex<State>,
    done: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Clone)]
struct State {
    what: &'static str,
    start: Instant,
    /// When somebody last said how far it is.
    told: Instant,
    part: Option<f64>,
    things: u64,
    called: &'static str,
    over: bool,
}

impl Progress {
    /// Shows how far work goes, which is called `what` ("reading", "weighing"), or nothing where that is not wanted.
    pub fn new(wanted: bool, what: &'static str) -> Progress {
        if !wanted {
            return Progress(None);
        }
        let now = Instant::now();
        let state = State { what, start: now, told: now, part: None, things: 0, called: "", over: false };
        let number = LAST.fetch_add(1, Ordering::Relaxed) + 1;
        let shared = Arc::new(Shared { number, state: Mutex::new(state), done: Condvar::new() });
        let drawn = shared.clone();
        Progress(Some((shared, std::thread::spawn(move || draw(&drawn)))))
    }

    /// Says how far it is: the part that is done (0 to 1; none where nobody knows how much there is), how many things are
    /// done and what these are called. Cheap: call it for every thing.
    pub fn at(&self, part: Option<f64>, things: u64, called: &'static str) {
        let Some((shared, _)) = &self.0 else { return };
        let mut state = shared.lock();
        (state.told, state.part, state.things, state.called) = (Instant::now(), part, things, called);
    }

    /// Takes the bar away.
    pub fn done(self) {
        let Some((shared, thread)) = self.0 else { return };
        shared.lock().over = true;
        shared.done.notify_all();
        // It draws and nothing else: what became of it does not matter.
        let _ = thread.join();
    }
}

/// Shows the steps of work over a whole ledger; `None` is its end.
pub fn steps(step: Option<Step>) {
    static SHOWN: Mutex<Option<Progress>> = Mutex::new(None);
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    match step {
        Some(Step { work, name, part }) => {
            shown.get_or_insert_with(|| Progress::new(true, work)).at(Some(part), 0, name);
        }
        None => {
            if let Some(progress) = shown.take() {
                progress.done();
            }
        }
    }
}

fn draw(shared: &Shared) {
    let terminal = std::io::stderr().is_terminal();
    let mut bar: Option<ProgressBar> = None;
    let mut wait = PATIENCE;
    loop {
        let going = |state: &mut State| !state.over;
        let waited = shared.done.wait_timeout_while(shared.lock(), wait, going);
        let state = waited.unwrap_or_else(PoisonError::into_inner).0.clone();
        if state.over || LAST.load(Ordering::Relaxed) != shared.number {
            break;
        }
        let elapsed = state.start.elapsed();
        let line = line(&state, state.told - state.start, elapsed);
        if terminal {
            let bar = bar.get_or_insert_with(|| new_bar(state.what, state.part.is_some()));
            bar.set_position(state.part.map_or(0, |part| (part.clamp(0.0, 1.0) * STEPS) as u64));
            bar.set_message(line);
            bar.tick();
            wait = FRAME;
        } else {
            tell(&format!("{}: {line}", state.what));
            wait = LINES[usize::from(elapsed.as_secs() >= 60)];
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

fn new_bar(what: &'static str, known: bool) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(STEPS as u64), ProgressDrawTarget::stderr());
    let template = if known { "{prefix} [{bar:24}] {spinner} {msg}" } else { "{prefix} {spinner} {msg}" };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_prefix(what);
    bar
}

/// `34 %, 12400 reports, 410 a second, 3 min left`; `told` is how long after the start the part was so.
fn line(state: &State, told: Duration, elapsed: Duration) -> String {
    let mut said = Vec::new();
    said.extend(state.part.map(|part| format!("{:.0} %", (part.clamp(0.0, 1.0) * 100.0).floor())));
    if state.things > 0 {
        let pace = state.things as f64 / elapsed.as_secs_f64().max(0.001);
        let pace = if pace < 10.0 { format!("{pace:.1}") } else { format!("{pace:.0}") };
        said.push(format!("{} {}, {pace} a second", state.things, state.called));
    } else if !state.called.is_empty() {
        said.push(state.called.to_owned());
    }
    said.push(match state.part.filter(|part| *part > 0.005) {
        Some(part) => format!("{} left", short(told.mul_f64(1.0 / part).saturating_sub(elapsed))),
        None => format!("{} so far", short(elapsed)),
    });
    said.join(", ")
}

/// A stretch of time in the unit that matters.
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
        let now = Instant::now();
        let after = Duration::from_secs;
        let state = |part, things, called| State {
            what: "reading",
            start: now,
            told: now,
            part,
            things,
            called,
            over: false,
        };
        let reading = state(Some(0.25), 500, "reports");
        assert_eq!(line(&reading, after(10), after(10)), "25 %, 500 reports, 50 a second, 30 s left");
        let piped = state(None, 12, "reports");
        assert_eq!(line(&piped, after(4), after(4)), "12 reports, 3.0 a second, 4 s so far");
        // A long step that was begun a while ago: what is left grows less while it goes on.
        let step = state(Some(0.5), 0, "events");
        assert_eq!(line(&step, after(7_200), after(7_200)), "50 %, events, 2 h 00 min left");
        assert_eq!(line(&step, after(7_200), after(10_800)), "50 %, events, 60 min left");
        assert_eq!(line(&state(Some(0.0), 0, "link"), after(0), after(150)), "0 %, link, 3 min so far");
    }

    #[test]
    fn what_is_done_at_once_says_nothing() {
        let start = Instant::now();
        let progress = Progress::new(true, "reading");
        progress.at(Some(0.5), 3, "reports");
        progress.done();
        assert!(start.elapsed() < PATIENCE);
    }
}
