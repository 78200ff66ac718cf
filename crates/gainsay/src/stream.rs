//! Work on one thing after another, shared out over threads, and handed over in the order the things came.
//!
//! **Takes** a source of things, and what to do with each.
//! **Gives** the results in the order of the things, whatever the number of threads.
//! **Never** holds more than a bounded number of things, or of their bytes, at a time: a source that is faster than the work waits.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// So many things are under way at a time, at most.
const MOST: usize = 256;
/// So many bytes of them, at most; a larger thing goes alone.
const MOST_BYTES: usize = 16 << 20;

/// What is under way.
struct Line<T, R> {
    waiting: VecDeque<(u64, usize, T)>,
    /// Results by their turn, with the bytes that they free.
    done: BTreeMap<u64, (usize, R)>,
    bytes: usize,
    /// How many things came in, and how many results went out.
    came: u64,
    went: u64,
    /// Nothing more comes.
    ended: bool,
    /// Nobody wants more.
    stopped: bool,
}

impl<T, R> Line<T, R> {
    fn is_full(&self, more: usize) -> bool {
        let under_way = self.came - self.went;
        under_way >= MOST as u64 || (under_way > 0 && self.bytes + more > MOST_BYTES)
    }
}

/// A line that threads work on.
struct Shared<T, R> {
    line: Mutex<Line<T, R>>,
    /// Something came, or nothing more will.
    came: Condvar,
    /// A result is there.
    done: Condvar,
    /// There is room.
    room: Condvar,
}

impl<T, R> Shared<T, R> {
    fn lock(&self) -> MutexGuard<'_, Line<T, R>> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a thing in line, waiting for room; breaks once nobody wants more.
    fn put(&self, thing: T, bytes: usize) -> ControlFlow<()> {
        let full = |line: &mut Line<T, R>| !line.stopped && line.is_full(bytes);
        let mut line = self.room.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        if line.stopped {
            return ControlFlow::Break(());
        }
        let turn = line.came;
        line.came += 1;
        line.bytes += bytes;
        line.waiting.push_back((turn, bytes, thing));
        self.came.notify_one();
        ControlFlow::Continue(())
    }

    /// Works on things until there are no more.
    fn work(&self, work: &impl Fn(T) -> R) {
        let _stop = StopIfBroken(self);
        loop {
            let none = |line: &mut Line<T, R>| line.waiting.is_empty() && !line.ended && !line.stopped;
            let mut line = self.came.wait_while(self.lock(), none).unwrap_or_else(PoisonError::into_inner);
            let Some((turn, bytes, thing)) = line.waiting.pop_front().filter(|_| !line.stopped) else {
                return;
            };
            drop(line);
            let result = work(thing);
            self.lock().done.insert(turn, (bytes, result));
            self.done.notify_one();
        }
    }

    /// The next result in turn; none when all have gone.
    fn next(&self) -> Option<R> {
        let none = |line: &mut Line<T, R>| {
            let over = line.stopped || (line.ended && line.went == line.came);
            !over && !line.done.contains_key(&line.went)
        };
        let mut line = self.done.wait_while(self.lock(), none).unwrap_or_else(PoisonError::into_inner);
        let turn = line.went;
        let (bytes, result) = line.done.remove(&turn)?;
        line.went += 1;
        line.bytes -= bytes;
        self.room.notify_one();
        Some(result)
    }
}

/// Ends the line when its source is done, and even if that breaks.
struct End<'s, T, R>(&'s Shared<T, R>);

impl<T, R> Drop for End<'_, T, R> {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.came.notify_all();
        self.0.done.notify_all();
    }
}

/// Tells source and workers to stop, when nobody wants more and when whoever wanted it broke.
struct Stop<'s, T, R>(&'s Shared<T, R>);

impl<T, R> Drop for Stop<'_, T, R> {
    fn drop(&mut self) {
        self.0.lock().stopped = true;
        self.0.came.notify_all();
        self.0.room.notify_all();
    }
}

/// Tells everybody to stop when work breaks, so that nobody waits for its result.
struct StopIfBroken<'s, T, R>(&'s Shared<T, R>);

impl<T, R> Drop for StopIfBroken<'_, T, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            drop(Stop(self.0));
            self.0.done.notify_all();
        }
    }
}

/// Calls `each` on this thread with `work` of every thing that `source` puts in, in their order; `source` and `work`
/// run on threads of their own, `threads` of them for the work. What is put in comes with its size in bytes. Once `each`
/// breaks, whatever is put in breaks too.
///
/// # Panics
/// When the source or the work does.
pub(crate) fn ordered<T: Send, R: Send>(
    threads: usize,
    source: impl FnOnce(&mut dyn FnMut(T, usize) -> ControlFlow<()>) + Send,
    work: impl Fn(T) -> R + Sync,
    mut each: impl FnMut(R) -> ControlFlow<()>,
) {
    let line = Line {
        waiting: VecDeque::new(),
        done: BTreeMap::new(),
        bytes: 0,
        came: 0,
        went: 0,
        ended: false,
        stopped: false,
    };
    let shared =
        Shared { line: Mutex::new(line), came: Condvar::new(), done: Condvar::new(), room: Condvar::new() };
    let (shared, work) = (&shared, &work);
    thread::scope(|scope| {
        let _stop = Stop(shared);
        scope.spawn(move || {
            let _end = End(shared);
            source(&mut |thing, bytes| shared.put(thing, bytes));
        });
        for _ in 0..threads.max(1) {
            scope.spawn(move || shared.work(work));
        }
        while let Some(result) = shared.next() {
            if each(result).is_break() {
                break;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn results_come_in_the_order_of_the_things_on_any_number_of_threads() {
        for threads in [1, 2, 7] {
            let mut got = Vec::new();
            let source = |put: &mut dyn FnMut(u64, usize) -> ControlFlow<()>| {
                let _ = (0..2_000).try_for_each(|n| put(n, 1));
            };
            let slow = |n: u64| {
                if n.is_multiple_of(97) {
                    thread::sleep(std::time::Duration::from_millis(1));
                }
                n * n
            };
            ordered(threads, source, slow, |n| {
                got.push(n);
                ControlFlow::Continue(())
            });
            assert_eq!(got, (0..2_000).map(|n| n * n).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn a_fast_source_waits_for_slow_work() {
        let (in_hand, most) = (AtomicU64::new(0), AtomicU64::new(0));
        let source = |put: &mut dyn FnMut(u64, usize) -> ControlFlow<()>| {
            for n in 0..200 {
                let now = in_hand.fetch_add(1, Ordering::SeqCst);
                most.fetch_max(now, Ordering::SeqCst);
                if put(n, MOST_BYTES / 4).is_break() {
                    return;
                }
            }
        };
        ordered(
            2,
            source,
            |n| n,
            |_| {
                in_hand.fetch_sub(1, Ordering::SeqCst);
                ControlFlow::Continue(())
            },
        );
        assert!(most.load(Ordering::SeqCst) <= 6, "{most:?} at a time");
    }

    #[test]
    fn a_source_without_end_stops_when_nobody_wants_more() {
        let mut got = 0;
        let source = |put: &mut dyn FnMut(u64, usize) -> ControlFlow<()>| while put(1, 1).is_continue() {};
        ordered(
            2,
            source,
            |n| n,
            |n| {
                got += n;
                if got == 500 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(got, 500);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn work_that_breaks_hangs_nobody() {
        let source = |put: &mut dyn FnMut(u64, usize) -> ControlFlow<()>| while put(1, 1).is_continue() {};
        ordered(
            2,
            source,
            |_| -> u64 { std::panic::resume_unwind(Box::new("broken")) },
            |_| ControlFlow::Continue(()),
        );
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_source_that_breaks_hangs_nobody() {
        let source = |put: &mut dyn FnMut(u64, usize) -> ControlFlow<()>| {
            let _ = put(1, 1);
            std::panic::resume_unwind(Box::new("a source that breaks"));
        };
        ordered(2, source, |n| n, |_| ControlFlow::Continue(()));
    }
}
