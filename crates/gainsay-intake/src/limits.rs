//! How much is read at once. Above these bounds a warning is given in place of a report.

/// Largest file that is held in memory whole, in bytes: 64 MiB. JSON lines are streamed and know no such bound.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// Longest line of a JSON lines file, in bytes: 16 MiB.
pub const MAX_LINE_BYTES: usize = 16 << 20;

/// How deep the tags of a page may nest. Real pages stay below 100; building a tree takes time that grows with the
/// square of the depth.
pub const MAX_TAG_DEPTH: usize = 1_000;

/// A number of bytes as people read it: whole MiB, rounded up.
pub(crate) fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1 << 20))
}
