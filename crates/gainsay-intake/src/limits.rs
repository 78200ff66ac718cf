//! How much is read at once. Above these bounds a warning is given in place of a report.

/// Largest file, or entry of an archive, that is held in memory whole, in bytes: 64 MiB. JSON lines and archives are
/// streamed and know no such bound.
pub const MAX_FILE_BYTES: u64 = 64 << 20;

/// Longest line of a JSON lines file, in bytes: 16 MiB.
pub const MAX_LINE_BYTES: usize = 16 << 20;

/// How deep the tags of a page may nest. Real pages stay below 100; building a tree takes time that grows with the
/// square of the depth.
pub const MAX_TAG_DEPTH: usize = 1_000;

/// How deep all tags of a page may stand together: a million tags fifty deep. Each tag is looked for among those that
/// are open, so this bounds the time that building the tree takes, to some seconds.
pub const MAX_TAG_DEPTHS: usize = 50_000_000;

/// How many attributes a tag may have. Each is looked for among those before it.
pub const MAX_ATTRIBUTES: usize = 3_000;

/// How many bytes of text and how many signs in it that HTML writes as references (`&amp;`), one times the other, may
/// stand in one piece: 5 MB of prose with 10,000 of them. Whenever text is written as HTML the rest of it is looked
/// through at every such sign.
pub const MAX_REFERENCES: usize = 50_000_000_000;

/// How deep archives may nest: a web archive that is compressed twice, in an archive of a mail, in a zip. An archive
/// in an archive that can only be read from its end (a zip) is held in memory, so this bounds memory, too.
pub const MAX_ARCHIVE_DEPTH: usize = 5;

/// How many entries of one archive are looked at.
pub const MAX_ENTRIES: u64 = 10_000_000;

/// How many times its own size an input may unpack to, all its archives taken together, once that is more than
/// [`UNPACKED_AT_LEAST`]. Text shrinks to a fifth, and lines that are alike to a fiftieth; deflate can reach 1032, and
/// archives that are made to fill a memory go far beyond it by nesting or by overlapping entries.
pub const MAX_RATIO: u64 = 250;

/// What any input may unpack to, in bytes: 64 MiB.
pub const UNPACKED_AT_LEAST: u64 = 64 << 20;

/// A number of bytes as people read it: whole MiB, rounded up.
pub(crate) fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1 << 20))
}
