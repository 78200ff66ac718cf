//! The same for every one of a list, on all cores: what comes out is in the order of what went in, whatever the number of threads.

use std::num::NonZero;
use std::thread;

/// Fewer than this are not worth a thread.
const FEW: usize = 256;

/// Applies a function that depends on nothing but its argument.
pub(super) fn map<T: Sync, R: Send>(all: &[T], of: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    on(cores.min(all.len() / FEW).max(1), all, of)
}

fn on<T: Sync, R: Send>(threads: usize, all: &[T], of: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if threads == 1 {
        return all.iter().map(of).collect();
    }
    let of = &of;
    thread::scope(|scope| {
        let parts = all.chunks(all.len().div_ceil(threads));
        let running: Vec<_> =
            parts.map(|part| scope.spawn(move || part.iter().map(of).collect::<Vec<R>>())).collect();
        let done = running.into_iter().map(|one| one.join());
        done.flat_map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_threads_gives_the_same() {
        let all: Vec<u64> = (0..1000).collect();
        let alone: Vec<u64> = all.iter().map(|n| n * n).collect();
        for threads in [1, 2, 3, 7, 1000] {
            assert_eq!(on(threads, &all, |n| n * n), alone);
        }
        assert!(map(&[], |n: &u64| *n).is_empty());
    }
}
