//! Tables as they are written and read.

/// Claims and reports made up by proptest.
mod made;
/// What goes in comes out.
mod round;
/// Tables that other programs write.
mod others;
/// Answers as tables.
mod lines;
/// Files that are none, or damaged.
mod bad;
