//! Tries to break what the program keeps: kills it, fills its disk, sets its clock, runs it against itself, and changes
//! its files.
//!
//! Each test here is short; `cargo xtask torture` runs the same ones long, by the variables that [`long`] reads, and
//! writes down the figures that they tell. They need Linux and a C compiler, for what stands between program and system.

#![cfg(target_os = "linux")]

mod chance;
mod long;
mod place;
mod shim;
mod state;

mod commands;
mod judge;

mod clocks;
mod full;
mod killing;
mod rows;
mod sealing;
mod serving;
mod tampering;
mod together;
