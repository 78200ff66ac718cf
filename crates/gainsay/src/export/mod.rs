//! From a weighed ledger to files that other programs read, and a report of what they cannot hold.
//!
//! **Takes** what is asked of a ledger and the format it is wanted in.
//! **Gives** a file, or a folder of files, written beside its place and moved there whole, with a loss report.
//! **Never** replaces a file unless told to, and never lets a private name out unless somebody with the right asks.

mod gather;
mod part;
mod whole;

#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use gainsay_ledger::{Layer, LayerCell, LayerColumn, LayerKind, Outline};
use gainsay_model::{Date, Policy};
use gainsay_publish::export::{self, cells, gpkg};
use gainsay_weigh::{Ask, Weighed};

use crate::Error;
use crate::shelf::Shelf;

pub use gainsay_publish::regions::Region;

pub use gainsay_publish::export::{Became, Format, Loss, LossLine, Noun};
pub use part::export_from;

/// The file of a folder of tables that says what was written and what was lost.
pub const LOSS: &str = "loss.json";

/// How an export is wanted.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// In what form.
    pub format: Format,
    /// What is written; what the format usually holds where it is left out.
    pub nouns: Vec<Noun>,
    /// The day that "who holds what" is asked of; the last that is known where it is left out.
    pub at: Option<Date>,
    /// How figures are chosen; `ucdp` where it is left out and the format has no rule of its own.
    pub policy: Option<Policy>,
    /// Names of private persons as the reports give them, in the place of pseudonyms.
    pub show_names: bool,
    /// What keeps pseudonyms from being guessed; drawn from the ledger where it is left out.
    pub salt: Option<&'a str>,
    /// Coordinates are moved to the middle of squares of so many kilometres; 0 leaves them.
    pub coarsen_km: u32,
    /// Places are called by the region that they lie in; texts are left out, for they name finer ones.
    pub region: Option<Region>,
    /// What is there already is replaced.
    pub force: bool,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// The files, in the order they were written; none where it went to a stream.
    pub files: Vec<PathBuf>,
    /// What was written and what was lost.
    pub loss: Loss,
}

/// Where an export goes.
pub enum Target<'t> {
    /// To a stream, such as standard output; no loss report is written.
    Stream(Box<dyn Write + Send>),
    /// To a file or, where several tables are asked for, a folder.
    Path(&'t Path),
}

/// Writes what is asked of a ledger.
///
/// # Errors
/// When the format cannot hold what is wanted, the target is there already or cannot be written, or the ledger cannot be
/// read. What was at the target is then still there, and nothing half-written is.
pub fn export(
    ledger: &Path,
    shelf: &Shelf,
    weighed: &Weighed,
    asked: &Ask,
    wanted: &Wanted,
    target: Target,
) -> Result<Made, Error> {
    let format = wanted.format;
    let (path, is_folder) = match &target {
        Target::Stream(_) => (None, false),
        Target::Path(path) => (Some(*path), is_folder(wanted, path)),
    };
    let nouns = nouns(wanted, is_folder)?;
    check_policy(wanted)?;
    if path.is_none() && format == Format::Gpkg {
        return Err(Error::input("a GeoPackage is a file of its own; name one with -o FILE.gpkg"));
    }
    if let Some(path) = path {
        whole::check(path, is_folder, wanted.force)?;
    }
    let gathered = gather::gather(ledger, shelf, weighed, asked, wanted, &nouns)?;
    let (export, at) = (&gathered.export, gathered.at.as_str());
    match (target, path) {
        (Target::Stream(out), _) => {
            let loss =
                stream(export, format, &nouns, out).map_err(|error| Error::io("standard output", error))?;
            Ok(Made { files: Vec::new(), loss })
        }
        (_, Some(path)) if is_folder => {
            whole::folder(path, wanted.force, |open| export::tables(export, format, &nouns, open), format)
        }
        (_, Some(path)) if format == Format::Gpkg => {
            let (layers, loss) = export::layers(export, &nouns);
            let layers: Vec<Layer> = layers.into_iter().map(layer).collect();
            whole::file(path, wanted.force, loss, |beside| {
                Ok(gainsay_ledger::write_layers(beside, &layers, at)?)
            })
        }
        (_, Some(path)) => whole::stream(path, wanted.force, |out| stream(export, format, &nouns, out)),
        (_, None) => Err(Error::input("nowhere to write to")),
    }
}

/// One file of a format.
fn stream(
    export: &export::Export,
    format: Format,
    nouns: &[Noun],
    mut out: Box<dyn Write + Send>,
) -> io::Result<Loss> {
    if !format.is_folder_of_tables() {
        let loss = export::file(export, format, nouns, &mut out)?;
        return out.flush().map(|()| loss);
    }
    // One table: what is written to it is kept until the stream may take it whole.
    let kept = std::sync::Arc::new(std::sync::Mutex::new(out));
    let loss = export::tables(export, format, nouns, &mut |_| Ok(Box::new(Shared(kept.clone()))))?;
    kept.lock().map_err(|_| io::Error::other("a writer broke off"))?.flush()?;
    Ok(loss)
}

/// A stream that a writer may own while somebody else still holds it.
struct Shared<W>(std::sync::Arc<std::sync::Mutex<W>>);

impl<W: Write> Write for Shared<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().map_err(|_| io::Error::other("a writer broke off"))?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().map_err(|_| io::Error::other("a writer broke off"))?.flush()
    }
}

/// Whether tables go to a folder: several are asked for, or the path is not called as one table is.
fn is_folder(wanted: &Wanted, path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    wanted.format.is_folder_of_tables()
        && (wanted.nouns.len() > 1
            || (wanted.nouns.is_empty() && extension != Some(wanted.format.extension())))
}

/// What is written, in the order of the list of nouns.
fn nouns(wanted: &Wanted, is_folder: bool) -> Result<Vec<Noun>, Error> {
    let format = wanted.format;
    if wanted.nouns.is_empty() {
        return Ok(match format.is_folder_of_tables() && !is_folder {
            true => vec![Noun::Claims],
            false => format.usual().to_vec(),
        });
    }
    if let Some(other) = wanted.nouns.iter().find(|noun| !format.nouns().contains(noun)) {
        let may: Vec<&str> = format.nouns().iter().map(|noun| noun.as_str()).collect();
        let may = if may.is_empty() { "events and leaves no choice".to_owned() } else { may.join(", ") };
        return Err(Error::input(format!("--what {}: {} holds {may}", other.as_str(), format.as_str())));
    }
    if format.is_folder_of_tables() && !is_folder && wanted.nouns.len() > 1 {
        return Err(Error::input(
            "several tables do not go to one stream; name a folder, or one of them with --what",
        ));
    }
    Ok(Noun::ALL.iter().copied().filter(|noun| wanted.nouns.contains(noun)).collect())
}

fn check_policy(wanted: &Wanted) -> Result<(), Error> {
    match (wanted.format.own_policy(), wanted.policy) {
        (Some(own), Some(other)) if own != other => Err(Error::input(format!(
            "{} has rules of its own for its numbers ({}); leave --policy out",
            wanted.format.as_str(),
            own.as_str()
        ))),
        _ => Ok(()),
    }
}

/// A layer as the ledger crate writes it.
fn layer(layer: gpkg::Layer) -> Layer {
    let column = |kind: cells::Type| match kind {
        cells::Type::Text => LayerColumn::Text,
        cells::Type::Whole => LayerColumn::Whole,
        cells::Type::Real => LayerColumn::Real,
        cells::Type::Yes => LayerColumn::Yes,
        cells::Type::Day => LayerColumn::Day,
    };
    let cell = |cell: cells::Cell| match cell {
        cells::Cell::Null => LayerCell::Null,
        cells::Cell::Text(text) => LayerCell::Text(text),
        cells::Cell::Whole(number) => LayerCell::Whole(number),
        cells::Cell::Real(number) => LayerCell::Real(number),
        cells::Cell::Yes(yes) => LayerCell::Whole(i64::from(yes)),
        cells::Cell::Day(day) => LayerCell::Text(day.to_string()),
    };
    let outline = |shape: gpkg::Shape| match shape {
        gpkg::Shape::Nowhere => Outline::Nowhere,
        gpkg::Shape::Point(lon, lat) => Outline::Point(lon, lat),
        gpkg::Shape::Box(sides) => Outline::Box(sides),
    };
    let row = |(shape, cells): (gpkg::Shape, Vec<cells::Cell>)| {
        (outline(shape), cells.into_iter().map(cell).collect())
    };
    Layer {
        name: layer.name.to_owned(),
        description: layer.description.to_owned(),
        kind: match layer.geometry {
            gpkg::Geometry::Point => LayerKind::Points,
            gpkg::Geometry::Polygon => LayerKind::Polygons,
        },
        columns: layer.columns.into_iter().map(|(name, kind)| (name.to_owned(), column(kind))).collect(),
        rows: layer.rows.into_iter().map(row).collect(),
        style: layer.style,
    }
}
