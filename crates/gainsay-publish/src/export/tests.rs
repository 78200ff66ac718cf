//! Rows worked out by hand from the rules of each format.
