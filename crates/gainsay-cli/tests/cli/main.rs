//! Runs the built program in temporary folders, on a few small reports of our own.

mod desk;

mod answers;
mod reading;
mod removing;
mod ways;
mod words;
mod encrypting;
mod keeping;
mod keys;
mod custody;
mod bundle;
mod watching;
mod deciding;
mod refusing;
mod serving;
mod terminal;

mod killing;
mod scoring;
