//! Exports: what a ledger holds, in the formats that other programs and colleagues read.
//!
//! **Takes** an [`Export`]: nouns that are filtered, weighed, and bear no private names any more.
//! **Gives** files, and a [`Loss`] report of what the format cannot hold, counted value by value.
//! **Never** decides anything, looks a private name up, asks for anything from anywhere, or writes other bytes for the
//! same input.
//!
//! | format | a row or feature | for whom |
//! | --- | --- | --- |
//! | [`csv`] | a line a noun | spreadsheets, pandas, R |
//! | [`jsonl`] | the contract's objects | gainsay again, programs |
//! | [`parquet`] | the same as columns | pyarrow, DuckDB, Spark |
//! | [`geojson`] | events, claims, who holds what on a day | web maps, QGIS |
//! | [`gpkg`] | the same as layers with styles | QGIS, R |
//! | [`hxl`] | an event | humanitarian desks |
//! | [`ged`] | an event with a death | researchers who use UCDP GED |
//! | [`acled`] | an event and day | researchers who use ACLED |
//! | [`plover`] | an event | event-data researchers |
//! | [`claimreview`] | a version of what is disputed | fact-checkers |
//! | [`prov`] | who read, said and decided what | archives, courts |

pub mod cells;
mod codes;
mod columns;
mod deaths;
mod input;
mod loss;
mod place;
mod sides;

pub mod acled;
pub mod claimreview;
pub mod csv;
pub mod ged;
pub mod geojson;
pub mod gpkg;
pub mod hxl;
pub mod jsonl;
pub mod parquet;
pub mod plover;
pub mod prov;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

pub use input::{Decided, Document, Export, Reading, Said};
pub use loss::{Became, Loss, LossLine};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }
        impl $name {
            /// All of them, in the order in which they are listed.
            pub const ALL: &[$name] = &[$($name::$variant,)*];
            /// The word that stands for it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
            /// The one written so, if any.
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// In what form.
    Format {
        /// GeoJSON (RFC 7946).
        Geojson = "geojson",
        /// Comma-separated values (RFC 4180), a table a noun.
        Csv = "csv",
        /// JSON lines, a file a noun.
        Jsonl = "jsonl",
        /// Parquet, a file a noun.
        Parquet = "parquet",
        /// GeoPackage with styles.
        Gpkg = "gpkg",
        /// HXL 1.1: CSV with a row of hashtags.
        Hxl = "hxl",
        /// UCDP GED's 49 columns.
        Ged = "ged",
        /// ACLED's 31 columns.
        Acled = "acled",
        /// PLOVER's JSON.
        Plover = "plover",
        /// schema.org ClaimReview, JSON-LD.
        Claimreview = "claimreview",
        /// W3C PROV-JSON.
        Prov = "prov",
    }
}

words! {
    /// What is written: a table, file or layer each.
    Noun {
        /// Documents.
        Reports = "reports",
        /// What they say.
        Claims = "claims",
        /// What several claims are held to be about.
        Events = "events",
        /// Claims that cannot all be true.
        Disputes = "disputes",
        /// Who speaks.
        Sources = "sources",
        /// Counts by source and under a policy.
        Tally = "tally",
        /// Who held what from when to when.
        Holdings = "holdings",
        /// Who was cut off.
        Sieges = "sieges",
        /// How actors stood to each other.
        Ties = "ties",
    }
}

impl Format {
    /// How its files' names end.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Geojson => "geojson",
            Format::Csv | Format::Hxl | Format::Ged | Format::Acled => "csv",
            Format::Jsonl => "jsonl",
            Format::Parquet => "parquet",
            Format::Gpkg => "gpkg",
            Format::Plover | Format::Prov => "json",
            Format::Claimreview => "jsonld",
        }
    }

    /// The nouns that it can hold; empty where it holds events, or the whole ledger, and leaves no choice.
    pub fn nouns(self) -> &'static [Noun] {
        match self {
            Format::Csv | Format::Jsonl | Format::Parquet => Noun::ALL,
            Format::Geojson | Format::Gpkg => &[Noun::Claims, Noun::Events, Noun::Holdings],
            Format::Claimreview => &[Noun::Claims, Noun::Disputes],
            Format::Hxl | Format::Ged | Format::Acled | Format::Plover | Format::Prov => &[],
        }
    }

    /// What is written where nothing is chosen, in a file of its own.
    pub fn usual(self) -> &'static [Noun] {
        match self {
            Format::Claimreview => &[Noun::Disputes],
            _ => self.nouns(),
        }
    }

    /// Whether several nouns are several files.
    pub fn is_folder_of_tables(self) -> bool {
        matches!(self, Format::Csv | Format::Jsonl | Format::Parquet)
    }

    /// Whether it holds the texts of reports.
    pub fn holds_texts(self) -> bool {
        matches!(self, Format::Jsonl | Format::Parquet)
    }

    /// Whether its figures are counted by ACLED's rules whatever policy is asked for, or by UCDP's.
    pub fn own_policy(self) -> Option<gainsay_model::Policy> {
        match self {
            Format::Ged => Some(gainsay_model::Policy::Ucdp),
            Format::Acled => Some(gainsay_model::Policy::Acled),
            _ => None,
        }
    }
}

/// Opens the file of a noun.
pub type Open<'o> = &'o mut dyn FnMut(Noun) -> io::Result<Box<dyn Write + Send>>;

/// Writes the tables of a format that has one a noun, each to the file that `open` gives, and says what was lost.
///
/// # Errors
/// Those of `open` and of what it gives; that the format is none of tables.
pub fn tables(export: &Export, format: Format, nouns: &[Noun], open: Open) -> io::Result<Loss> {
    let mut loss = Loss::of(format.as_str());
    for noun in nouns {
        let mut out = open(*noun)?;
        match format {
            Format::Csv => csv::write(export, *noun, &mut out, &mut loss)?,
            Format::Jsonl => jsonl::write(export, *noun, &mut out, &mut loss)?,
            Format::Parquet => parquet::write(export, *noun, out, &mut loss)?,
            _ => return Err(io::Error::other(format!("{} is no format of tables", format.as_str()))),
        }
    }
    common(export, &mut loss);
    Ok(loss)
}

/// Writes a format that is one file, and says what was lost.
///
/// # Errors
/// Those of `out`; that the format is written otherwise.
pub fn file(export: &Export, format: Format, nouns: &[Noun], out: &mut dyn Write) -> io::Result<Loss> {
    let mut loss = Loss::of(format.as_str());
    match format {
        Format::Geojson => geojson::write(export, nouns, out, &mut loss)?,
        Format::Hxl => hxl::write(export, out, &mut loss)?,
        Format::Ged => ged::write(export, out, &mut loss)?,
        Format::Acled => acled::write(export, out, &mut loss)?,
        Format::Plover => plover::write(export, out, &mut loss)?,
        Format::Claimreview => claimreview::write(export, nouns, out, &mut loss)?,
        Format::Prov => prov::write(export, out, &mut loss)?,
        Format::Csv | Format::Jsonl | Format::Parquet | Format::Gpkg => {
            return Err(io::Error::other(format!("{} is not written as a stream", format.as_str())));
        }
    }
    common(export, &mut loss);
    Ok(loss)
}

/// The layers of a GeoPackage, and what is lost in them.
pub fn layers(export: &Export, nouns: &[Noun]) -> (Vec<gpkg::Layer>, Loss) {
    let mut loss = Loss::of(Format::Gpkg.as_str());
    let layers = gpkg::layers(export, nouns, &mut loss);
    common(export, &mut loss);
    (layers, loss)
}

/// What every format loses of this export alike.
fn common(export: &Export, loss: &mut Loss) {
    let hidden = export.pseudonyms.unwrap_or(0);
    loss.note(
        "reports",
        "names",
        Became::Replaced,
        hidden,
        "private persons bear pseudonyms; --names shows them",
    );
    if export.coarsen_km > 0 {
        let places: std::collections::BTreeSet<&str> = export
            .events
            .iter()
            .flat_map(|event| &event.place)
            .chain(export.holdings.iter().map(|holding| &holding.place))
            .map(String::as_str)
            .filter(|id| place::of(export, id).is_some())
            .collect();
        let why = format!("points are moved to the middle of squares of {} km", export.coarsen_km);
        loss.note("places", "point", Became::Rounded, places.len(), &why);
    }
    let all = [
        (Noun::Reports, export.reports.len()),
        (Noun::Claims, export.claims.len()),
        (Noun::Events, export.events.len()),
        (Noun::Disputes, export.disputes.len()),
        (Noun::Sources, export.sources.len()),
        (Noun::Tally, export.tallies.len()),
        (Noun::Holdings, export.holdings.len()),
        (Noun::Sieges, export.sieges.len()),
        (Noun::Ties, export.ties.len()),
    ];
    let format = loss.format.clone();
    let may = Format::parse(&format).map_or(&[][..], Format::nouns);
    // What it could hold and nobody asked for is no loss.
    for (noun, rows) in all.into_iter().filter(|(noun, _)| !may.contains(noun)) {
        let name = noun.as_str();
        let said = loss.lost.iter().any(|line| line.of == name);
        if !loss.written.contains_key(name) && !said {
            loss.dropped(name, "*", rows, &format!("no row of their own in {format}"));
        }
    }
}
