//! Lists made, opened and looked up.
