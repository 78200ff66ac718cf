//! Claims read elsewhere: by people, by models that somebody runs, and in other people's data of events.
//!
//! **Takes** files of claims in the format of the claims guidelines, and tables of events.
//! **Gives** readings in the ledger under their readers' names, next to gainsay's own, and one line for each claim that
//! was not taken.
//! **Never** takes a value that neither stands in the report's words nor follows from them by the lists; never trusts a
//! reader more than another; never changes what another reader read.
//!
//! `docs/readers.md` tells users of it.

pub mod events;
pub mod line;

mod check;
mod cited;
mod elsewhere;
mod files;
mod take;
mod words;

#[cfg(test)]
mod tests;

pub use check::Held;
pub use elsewhere::{Elsewhere, Parted};
pub use files::claims_in;
pub use take::{Taken, take};

/// Readers whose name begins so are people.
pub const PERSON: &str = "person:";

/// The most bytes of a reader's name and version.
const LONGEST_READER: usize = 100;

/// A reader's name and version, as the ledger keeps it.
///
/// # Errors
/// When there is no name or no version, or it cannot be told from gainsay's own readings.
pub fn reader(written: &str) -> Result<String, String> {
    let written = written.trim();
    let told = |what: &str| Err(format!("reader `{}` {what}", line::short(written)));
    if written.len() > LONGEST_READER || written.chars().any(|c| c.is_control()) {
        return told("is too long, or not one line; write it as NAME@VERSION");
    }
    // gainsay's own readings bear its version behind a space.
    if let Some(("gainsay", version)) = written.split_once(' ')
        && version.starts_with(|c: char| c.is_ascii_digit())
    {
        return Ok(written.to_owned());
    }
    match written.rsplit_once('@') {
        Some((name, version))
            if !name.trim_start_matches(PERSON).trim().is_empty() && !version.trim().is_empty() =>
        {
            match name.trim().eq_ignore_ascii_case("gainsay") {
                true => told("bears gainsay's own name; choose another"),
                false => Ok(format!("{}@{}", name.trim(), version.trim())),
            }
        }
        _ => told("has no version; write it as NAME@VERSION"),
    }
}
