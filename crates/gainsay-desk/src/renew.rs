//! Answers made anew when the ledger has grown: beside the requests, at most once at a time, and taken up when whole.
//!
//! A program of its own makes them where one is named, so that the desk's memory stays small however large the ledger.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::time::Duration;

use gainsay::answers::{self, Answers};
use gainsay::clock;

use super::desk::{Desk, Inner};

/// After a decision so long is waited for the next; after answers were made, as long as that took.
const QUIET: Duration = Duration::from_millis(1200);
/// So often it is looked whether somebody else wrote into the ledger.
const LOOK: Duration = Duration::from_secs(10);
/// Making failed: tried again after so long.
const AGAIN: Duration = Duration::from_secs(30);
/// Other programs' tables in the ledger are made anew with the answers up to so many claims; writing more would keep
/// those who decide waiting.
const TABLES: usize = 50_000;

/// Whether answers are being made, and for what.
#[derive(Default)]
pub struct Renewer {
    state: Mutex<State>,
    wake: Condvar,
    /// The process that makes answers, while it runs.
    child: Mutex<Option<Child>>,
}

/// See [`Renewer`].
#[derive(Clone, Debug, Default)]
struct State {
    wanted: bool,
    making: bool,
    closed: bool,
    failed: Option<String>,
}

impl Renewer {
    /// The ledger has grown.
    pub fn want(&self) {
        self.lock().wanted = true;
        self.wake.notify_all();
    }

    /// The desk is closed.
    pub fn close(&self) {
        self.lock().closed = true;
        self.wake.notify_all();
        if let Some(child) = self.child().as_mut() {
            // What it was at is thrown away; it may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    fn child(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a command to its end, or until the desk is closed.
    fn run(&self, command: &mut Command, input: &str) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("answers cannot be made: {error}");
        let mut child = command.spawn().map_err(failed)?;
        if let Some(mut stdin) = child.stdin.take() {
            // One that ends without reading it says why itself.
            let _ = stdin.write_all(input.as_bytes()).and_then(|()| stdin.write_all(b"\n"));
        }
        let told = child.stderr.take();
        *self.child() = Some(child);
        // It ends when the process does.
        let mut line = String::new();
        if let Some(mut told) = told {
            let _ = told.read_to_string(&mut line);
        }
        let ended = self.child().take().map(|mut child| child.wait());
        match ended {
            Some(Ok(status)) if status.success() => Ok(()),
            Some(Err(error)) => Err(failed(error)),
            _ => Err(line.trim().to_owned()),
        }
    }

    /// Whether answers are being made.
    pub fn making(&self) -> bool {
        self.lock().making
    }

    /// Whether answers are being made or wanted.
    pub fn pending(&self) -> bool {
        let state = self.lock();
        state.making || state.wanted
    }

    /// Why they could not be made last, where they could not.
    pub fn failed(&self) -> Option<String> {
        self.lock().failed.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for so long; `false` where the desk is closed.
    fn pause(&self, long: Duration) -> bool {
        let state = self.lock();
        let open = |state: &mut State| !state.closed;
        let waited = self.wake.wait_timeout_while(state, long, open);
        !waited.unwrap_or_else(PoisonError::into_inner).0.closed
    }

    /// Waits until answers are wanted, or it is time to look; `false` where the desk is closed.
    fn wait(&self) -> bool {
        let mut state = self.lock();
        if !state.wanted && !state.closed {
            state = self.wake.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        !state.closed
    }
}

/// Makes answers anew for as long as the desk is open.
pub fn keep_fresh(weak: Weak<Inner>, renewer: Arc<Renewer>) {
    std::thread::spawn(move || {
        let mut took = Duration::ZERO;
        while renewer.wait() {
            let Some(inner) = weak.upgrade() else { return };
            let desk = Desk::over(inner);
            let stale = !desk.answers().is_fresh().unwrap_or(true);
            if !renewer.lock().wanted && !stale {
                continue;
            }
            // Nobody is kept here who wants to close.
            drop(desk);
            if !renewer.pause(QUIET.max(took)) {
                return;
            }
            let Some(inner) = weak.upgrade() else { return };
            let desk = Desk::over(inner);
            {
                let mut state = renewer.lock();
                (state.wanted, state.making) = (false, true);
            }
            desk.tell_standing();
            let start = clock::running();
            let made = make(&desk, &renewer);
            took = clock::running().saturating_sub(start);
            {
                let mut state = renewer.lock();
                state.making = false;
                state.failed = made.as_ref().err().cloned();
            }
            desk.tell_standing();
            drop(desk);
            if made.is_err() {
                // Nothing is wanted more often than it can be had.
                renewer.pause(AGAIN);
            }
        }
    });
}

/// Makes answers and takes them up.
fn make(desk: &Desk, renewer: &Renewer) -> Result<(), String> {
    let options = desk.options();
    let tables = !desk.read_only() && desk.answers().summary().claims <= TABLES;
    match &options.program {
        Some(program) => {
            // Whoever asks comes first.
            let mut command = Command::new("nice");
            command.args(["-n", "19"]).arg(program);
            command.arg("--ledger").arg(&options.ledger).args(["--quiet", "weigh"]);
            if !tables {
                command.arg("--answers");
            }
            // Keys under a passphrase are nowhere to be read; an encrypted ledger is opened by them.
            let keys = gainsay::keys::hand_over(&options.ledger);
            if keys.is_some() {
                command.arg("--keys-handed");
            }
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
            renewer.run(&mut command, keys.as_ref().map(|keys| keys.as_str()).unwrap_or_default())?;
        }
        None => answers::make(&options.ledger, tables, &mut |_| {}).map_err(|error| error.to_string())?,
    }
    // Lists may have been added meanwhile.
    gainsay::words::settle(&options.ledger).map_err(|error| error.to_string())?;
    let made = Answers::open_made(&options.ledger).map_err(|error| error.to_string())?;
    let made = made.ok_or("the answers that were just made are of another ledger")?;
    desk.take_up(made);
    Ok(())
}
