//! Ends the run where an input is not done after a time that no input takes.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

/// No input of some kilobytes takes so long on any machine, built without optimisation and with others beside it.
const MOST: Duration = Duration::from_secs(180);

type Running = Mutex<Option<(Instant, Vec<u8>)>>;

/// Looks after one target.
pub struct Watch(Arc<Running>);

impl Watch {
    /// Begins to look.
    pub fn over(name: &'static str) -> Watch {
        let running = Arc::new(Running::default());
        let weak: Weak<Running> = Arc::downgrade(&running);
        std::thread::spawn(move || {
            while let Some(running) = weak.upgrade() {
                if let Some((since, bytes)) = &*running.lock().unwrap_or_else(PoisonError::into_inner)
                    && since.elapsed() > MOST
                {
                    eprintln!("{name}: {} is not done after {MOST:?}", keep(name, bytes).display());
                    std::process::abort();
                }
                drop(running);
                std::thread::sleep(Duration::from_secs(1));
            }
        });
        Watch(running)
    }

    /// Does something, looked after.
    pub fn during<T>(&self, bytes: &[u8], work: impl FnOnce() -> T) -> T {
        let set = |to| *self.0.lock().unwrap_or_else(PoisonError::into_inner) = to;
        set(Some((Instant::now(), bytes.to_vec())));
        let done = work();
        set(None);
        done
    }
}

/// Writes an input down to be looked at.
pub fn keep(name: &str, bytes: &[u8]) -> PathBuf {
    let hash = bytes.iter().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    let path = std::env::temp_dir().join(format!("gainsay-find-{name}-{hash:016x}"));
    let _ = std::fs::write(&path, bytes);
    path
}
