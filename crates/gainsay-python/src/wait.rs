//! Waiting for work that goes on elsewhere: the interpreter is free meanwhile, and Ctrl-C is heard.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::Fault;

/// How often Python is asked whether somebody pressed Ctrl-C.
const PULSE: Duration = Duration::from_millis(100);

/// Says that nobody waits any longer.
pub(crate) type Stop = Arc<AtomicBool>;

/// Does the work on one of the threads of `pool`, and waits for it. The work is told by the flag it is given when
/// nobody wants its result any more; where it does not look, it goes on unheard.
///
/// # Errors
/// What a signal handler raised, mostly `KeyboardInterrupt`; a panic of the work.
pub(crate) fn wait<T: Send + 'static>(
    py: Python<'_>,
    pool: &ThreadPool,
    work: impl FnOnce(&AtomicBool) -> T + Send + 'static,
) -> PyResult<T> {
    let (put, result) = sync_channel(1);
    let stop: Stop = Arc::default();
    let flag = stop.clone();
    // Should the work break off, `put` is dropped without a word.
    pool.spawn(move || {
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&flag)));
        if let Ok(done) = done {
            let _ = put.send(done);
        }
    });
    await_result(py, result, &stop)
}

/// Waits for what a thread will send.
///
/// # Errors
/// As [`wait`].
pub(crate) fn await_result<T: Send>(py: Python<'_>, result: Receiver<T>, stop: &AtomicBool) -> PyResult<T> {
    // Of a receiver alone threads may not share even a look.
    let result = Mutex::new(result);
    loop {
        let next = py.detach(|| result.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(PULSE));
        match next {
            Ok(done) => return Ok(done),
            Err(RecvTimeoutError::Timeout) => {
                if let Err(raised) = py.check_signals() {
                    stop.store(true, Ordering::Relaxed);
                    return Err(raised);
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                let what = "gainsay has a fault that this input brings out; please send it in";
                return Err(Fault::Own(what.to_owned()).into());
            }
        }
    }
}

/// Threads made for one process and one number: a process that was forked off has none of its parent's threads.
static POOLS: Mutex<Vec<(u32, usize, Arc<ThreadPool>)>> = Mutex::new(Vec::new());

/// So many threads to work with; as many as there are cores where none is said.
///
/// # Errors
/// No threads at all, or the system gives none.
pub(crate) fn pool(threads: Option<usize>) -> Result<Arc<ThreadPool>, Fault> {
    if threads == Some(0) {
        return Err(Fault::Input(
            "threads=0 reads nothing; give 1 or more, or None for all cores".to_owned(),
        ));
    }
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.unwrap_or_else(cores).min(1024);
    let process = std::process::id();
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, _, pool)) = pools.iter().find(|(of, many, _)| (*of, *many) == (process, threads)) {
        return Ok(pool.clone());
    }
    let made =
        ThreadPoolBuilder::new().num_threads(threads).thread_name(|at| format!("gainsay-{at}")).build();
    let pool = Arc::new(made.map_err(|error| Fault::Own(format!("no threads to read with ({error})")))?);
    // A parent's pools are let go without being waited for: their threads are not here.
    let (own, others): (Vec<_>, Vec<_>) = pools.drain(..).partition(|(of, _, _)| *of == process);
    others.into_iter().for_each(std::mem::forget);
    *pools = own;
    pools.push((process, threads, pool.clone()));
    Ok(pool)
}
