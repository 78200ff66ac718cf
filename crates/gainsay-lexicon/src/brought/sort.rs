//! Sorts more numbers than memory holds: sorted runs are laid aside, then merged.
//!
//! **Takes** 128-bit numbers in any order, and [`Scratch`] to lay runs aside in. **Gives** them sorted, each once.
//! **Never** holds more than [`RUN`] of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// How many numbers are sorted in memory: 64 MiB.
pub const RUN: usize = 4 << 20;

/// A file that is written, read again from its beginning and then thrown away.
pub trait ScratchFile: Read + Write + Seek + Send {}
impl<F: Read + Write + Seek + Send> ScratchFile for F {}

/// Where what does not fit into memory is laid aside.
pub trait Scratch: Send + Sync {
    /// A new, empty file, gone when it is dropped.
    ///
    /// # Errors
    /// When the disk refuses.
    fn file(&self) -> std::io::Result<Box<dyn ScratchFile>>;
}

/// Scratch files in memory, for short lists and tests.
pub struct InMemory;

impl Scratch for InMemory {
    fn file(&self) -> std::io::Result<Box<dyn ScratchFile>> {
        Ok(Box::new(std::io::Cursor::new(Vec::new())))
    }
}

/// Numbers to be sorted.
pub struct Sorter<'s> {
    scratch: &'s dyn Scratch,
    run: Vec<u128>,
    size: usize,
    runs: Vec<Box<dyn ScratchFile>>,
}

impl<'s> Sorter<'s> {
    /// An empty one that lays runs of `size` aside.
    pub fn new(scratch: &'s dyn Scratch, size: usize) -> Sorter<'s> {
        Sorter { scratch, run: Vec::new(), size: size.max(1), runs: Vec::new() }
    }

    /// Adds numbers.
    ///
    /// # Errors
    /// When a run cannot be laid aside.
    pub fn extend(&mut self, numbers: &[u128]) -> std::io::Result<()> {
        let mut rest = numbers;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(self.size - self.run.len()));
            self.run.extend_from_slice(now);
            rest = later;
            if self.run.len() == self.size {
                self.lay_aside()?;
            }
        }
        Ok(())
    }

    fn lay_aside(&mut self) -> std::io::Result<()> {
        use rayon::slice::ParallelSliceMut;
        self.run.par_sort_unstable();
        self.run.dedup();
        let mut file = BufWriter::with_capacity(1 << 20, self.scratch.file()?);
        for number in &self.run {
            file.write_all(&number.to_le_bytes())?;
        }
        let mut file = file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        self.runs.push(file);
        self.run.clear();
        Ok(())
    }

    /// Hands all numbers over, from the least to the greatest, each once.
    ///
    /// # Errors
    /// When a run cannot be read back, or what `each` gives.
    pub fn finish(mut self, mut each: impl FnMut(u128) -> std::io::Result<()>) -> std::io::Result<()> {
        if self.runs.is_empty() {
            self.run.sort_unstable();
            self.run.dedup();
            return self.run.drain(..).try_for_each(each);
        }
        if !self.run.is_empty() {
            self.lay_aside()?;
        }
        self.run = Vec::new();
        let mut runs: Vec<BufReader<Box<dyn ScratchFile>>> =
            self.runs.into_iter().map(|file| BufReader::with_capacity(1 << 18, file)).collect();
        let mut heads: BinaryHeap<Reverse<(u128, usize)>> = BinaryHeap::with_capacity(runs.len());
        for (n, run) in runs.iter_mut().enumerate() {
            heads.extend(next(run)?.map(|number| Reverse((number, n))));
        }
        let mut last = None;
        while let Some(Reverse((number, n))) = heads.pop() {
            if last != Some(number) {
                each(number)?;
                last = Some(number);
            }
            heads.extend(next(&mut runs[n])?.map(|number| Reverse((number, n))));
        }
        Ok(())
    }
}

fn next(run: &mut impl Read) -> std::io::Result<Option<u128>> {
    let mut bytes = [0; 16];
    match run.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(u128::from_le_bytes(bytes))),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_runs_come_out_sorted_and_each_number_once() {
        let numbers: Vec<u128> = (0..5000_u128).map(|n| ((n * 7919) % 1009) << 70).collect();
        for size in [1, 7, 100, 4999, 5000, 9000] {
            let mut sorter = Sorter::new(&InMemory, size);
            numbers.chunks(13).for_each(|part| sorter.extend(part).unwrap());
            let mut out = Vec::new();
            sorter
                .finish(|number| {
                    out.push(number);
                    Ok(())
                })
                .unwrap();
            let expected: Vec<u128> = (0..1009_u128).map(|n| n << 70).collect();
            assert_eq!(out, expected, "runs of {size}");
        }
    }
}
