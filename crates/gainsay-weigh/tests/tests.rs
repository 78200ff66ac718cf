//! All integration tests of weighing, in one binary.

mod joins;
// Reports made to mislead.
mod poisoned;

/// Whom mentions mean.
mod linking;

/// Growth.
mod scale;

/// The same on many machines.
mod stages;

mod kit;

/// What must hold whatever the claims are.
mod properties;
/// Weighed claims kept apart and put together again answer as they did.
mod kept;
/// The questions that five real reports must answer, on claims of the same shape.
mod seeds;
/// The worked examples of the methods, by their names: T1 and T3, T4 to T8, T9, T10 and T11, T12, T13.
mod worked_tally;
mod worked_judge;
mod worked_bias;
mod worked_recapture;
mod worked_grade;
mod worked_control;

/// Several readers of one report.
mod readers;

/// Each pass by itself: what it joins, what it keeps apart.
mod passes;

/// Ways in, sieges, deliveries, need.
mod access;
/// Claims that make no sense.
mod bad_input;
