//! All integration tests of weighing, in one binary.

mod kit;

/// What must hold whatever the claims are.
mod properties;
/// The questions that five real reports must answer, on claims of the same shape.
mod seeds;
/// The worked examples of the methods, by their names.
mod worked;

/// Each pass by itself: what it joins, what it keeps apart.
mod passes;
