//! Adding lists to a folder, and taking them away again.
//!
//! **Takes** files of others. **Gives** a list in the folder, and an entry in the ledger's log that binds it.
//! **Never** leaves a part of a list: a file with a bad line adds nothing.

use std::fs::File;
use std::io::{BufWriter, Read};
use std::path::{Path, PathBuf};

use gainsay_ledger::layers::{LayerRow, layers};
use gainsay_lexicon::Words;
use gainsay_lexicon::brought::features::{self, Feature};
use gainsay_lexicon::brought::geonames::{self, Dump, Dumps};
use gainsay_lexicon::brought::plain::{self, Outside, Problem};
use gainsay_lexicon::brought::same::Same;
use gainsay_lexicon::brought::tables::{Holds, MOST_BYTES, Table};
use gainsay_lexicon::brought::{Refused, build::About, cod, csv};

use super::change::{Change, alone};
use super::folder::{self, List, Made, Manifest};
use super::spill::{PART, Spill};
use crate::Error;

/// Why nothing was added.
#[derive(Debug)]
pub enum Unadded {
    /// Bad lines.
    Refused(Refused),
    /// Anything else.
    Failed(Error),
}

impl From<Error> for Unadded {
    fn from(error: Error) -> Unadded {
        Unadded::Failed(error)
    }
}

impl From<Refused> for Unadded {
    fn from(refused: Refused) -> Unadded {
        Unadded::Refused(refused)
    }
}

impl From<gainsay_ledger::Error> for Unadded {
    fn from(error: gainsay_ledger::Error) -> Unadded {
        Unadded::Failed(error.into())
    }
}

/// What a user says of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What it is to be called; by default as its file is.
    pub name: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// Where it comes from.
    pub origin: Option<String>,
}

/// What to add.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A GeoNames dump, or its zip.
    Geonames(PathBuf),
    /// Layers of administrative boundaries: CSV, GeoJSON, GeoPackages, shapefiles.
    Cod(Vec<PathBuf>),
    /// A CSV of places, with its columns.
    Csv(PathBuf, csv::Columns),
    /// A table for the lexicon or the codebook; what it holds, where that is said.
    Table(PathBuf, Option<Holds>, bool),
}

/// A list that was added.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// It.
    pub list: List,
    /// Whether it stands in the place of one of its name.
    pub replaced: bool,
}

/// Makes a list in a folder, and a change ready by which it is added to the folder, which is made where there is none. `progress` is told which part is done, and how
/// many bytes were gone through.
///
/// # Errors
/// Every bad line; or the disk.
pub(super) fn add(
    folder: &Path,
    source: &Source,
    said: &Said,
    progress: &mut (dyn FnMut(f64, u64) + Send),
) -> Result<(Added, Change), Unadded> {
    let alone = alone(folder)?;
    let mut manifest = Manifest::of(folder)?.map_or_else(Manifest::default, |(manifest, _)| manifest);
    manifest.version = 1;
    let name = name(source, said)?;
    // What a list of this name says now is not what the new one is made from.
    let mut without = manifest.clone();
    without.lists.retain(|list| list.name != name);
    let part = folder.join(format!("{name}{PART}"));
    let made = make(folder, &part, source, &without, progress);
    let (format, holds, rows, names) = match made {
        Ok(made) => made,
        Err(unadded) => {
            let _ = std::fs::remove_file(&part);
            return Err(unadded);
        }
    };
    let disk = |error| Error::io(format!("{}: cannot be written", part.display()), error);
    let (sha256, bytes) = folder::hash_of(&part).map_err(disk)?;
    let ending = if holds == "places" { "places" } else { "tsv" };
    let file = format!("{name}.{}.{ending}", &sha256[..12]);
    let path = folder.join(&file);
    std::fs::rename(&part, &path).and_then(|()| folder::sync(folder)).map_err(disk)?;
    let made_of = files(source).into_iter().map(|path| {
        let hash = folder::hash_of(&path).map_err(|error| unread(&path, error))?;
        Ok(Made { file: named(&path), sha256: hash.0 })
    });
    let (licence, origin) = usual(source);
    let list = List {
        name: name.clone(),
        holds,
        format: format.to_owned(),
        file,
        sha256,
        bytes,
        rows,
        names,
        licence: said.licence.clone().unwrap_or_else(|| licence.to_owned()),
        origin: said.origin.clone().unwrap_or_else(|| origin.to_owned()),
        made_of: made_of.collect::<Result<_, Error>>()?,
    };
    let at = manifest.lists.iter().position(|own| own.name == name);
    let old = at.map(|at| manifest.lists[at].clone());
    match at {
        Some(at) => manifest.lists[at] = list.clone(),
        None => manifest.lists.push(list.clone()),
    }
    // It must open before anybody is told of it.
    if let Err(error) = folder::opens(folder, &list) {
        if old.as_ref().is_none_or(|old| old.file != list.file) {
            let _ = std::fs::remove_file(&path);
        }
        return Err(error.into());
    }
    let change = Change::ready(folder, manifest, alone)?;
    Ok((Added { list, replaced: old.is_some() }, change))
}

/// Makes a change ready by which a list is taken away; what it was.
///
/// # Errors
/// When there is none of this name, or the disk refuses.
pub(super) fn remove(folder: &Path, name: &str) -> Result<(List, Change), Error> {
    let manifest = Manifest::of(folder)?;
    let none = |names: String| Error::input(format!("no list is called `{name}`; {names}"));
    let Some((mut manifest, _)) = manifest else { return Err(none("there are none".into())) };
    let alone = alone(folder)?;
    let Some(at) = manifest.lists.iter().position(|list| list.name == name) else {
        let names: Vec<&str> = manifest.lists.iter().map(|list| list.name.as_str()).collect();
        return Err(none(format!("there are {}", names.join(", "))));
    };
    let list = manifest.lists.remove(at);
    Ok((list, Change::ready(folder, manifest, alone)?))
}

/// What the list is called.
fn name(source: &Source, said: &Said) -> Result<String, Error> {
    let stem = |path: &PathBuf| named(path).split('.').next().unwrap_or_default().to_lowercase();
    let name = match (&said.name, source) {
        (Some(name), _) => name.clone(),
        (None, Source::Geonames(path)) => format!("geonames-{}", stem(path)),
        (None, Source::Cod(paths)) => format!("cod-{}", paths.first().map(stem).unwrap_or_default()),
        (None, Source::Csv(path, _)) => stem(path),
        (None, Source::Table(path, _, _)) => stem(path),
    };
    let plain: String = match &said.name {
        Some(_) => name,
        None => name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect(),
    };
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if plain.is_empty() || plain.len() > 60 || !plain.chars().all(fits) || plain.starts_with('-') {
        return Err(Error::input(format!(
            "{plain:?} is no name for a list: small letters, digits, - and _; give --name"
        )));
    }
    Ok(plain)
}

/// Licence and origin where nobody says otherwise.
fn usual(source: &Source) -> (&'static str, &'static str) {
    match source {
        Source::Geonames(_) => ("CC BY 4.0", "GeoNames, https://www.geonames.org"),
        Source::Cod(_) => ("not told", "OCHA COD-AB, https://data.humdata.org"),
        Source::Csv(..) | Source::Table(..) => ("not told", "not told"),
    }
}

/// The files that a list is made of: those that were given and those beside them.
fn files(source: &Source) -> Vec<PathBuf> {
    match source {
        Source::Geonames(path) => {
            let mut files = vec![path.clone()];
            files.extend(beside(path, ALTERNATES));
            files.extend(CODES.iter().filter_map(|name| beside(path, name)));
            files
        }
        Source::Cod(paths) => paths.clone(),
        Source::Csv(path, _) | Source::Table(path, _, _) => vec![path.clone()],
    }
}

const ALTERNATES: &str = "alternateNamesV2.txt";
const CODES: [&str; 2] = ["admin1CodesASCII.txt", "admin2Codes.txt"];

fn beside(path: &Path, name: &str) -> Option<PathBuf> {
    Some(path.with_file_name(name)).filter(|other| other.is_file() && other != path)
}

/// The file's name for those who read what is wrong with it.
fn named(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn unread(path: &Path, error: std::io::Error) -> Error {
    Error::input(format!("{}: cannot be read: {error}", path.display()))
}

type Making = (&'static str, String, u64, u64);

/// Makes the list's file; its format, what it holds, how many rows and names.
fn make(
    folder: &Path,
    part: &Path,
    source: &Source,
    others: &Manifest,
    progress: &mut (dyn FnMut(f64, u64) + Send),
) -> Result<Making, Unadded> {
    let disk = |error| Unadded::Failed(Error::io(format!("{}: cannot be written", part.display()), error));
    let places = |made: Result<About, Problem>, format: &'static str| match made {
        Ok(about) => Ok((format, "places".to_owned(), u64::from(about.rows), u64::from(about.names))),
        Err(Problem::Refused(refused)) => Err(Unadded::Refused(refused)),
        Err(Problem::Disk(error)) => Err(disk(error)),
        Err(Problem::Stopped) => Err(Error::wrong("stopped").into()),
    };
    let spill = Spill::of(folder);
    if let Source::Table(path, holds, of_codebook) = source {
        let file = File::open(path).map_err(|error| unread(path, error))?;
        let mut bytes = Vec::new();
        file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| unread(path, error))?;
        let table = Table::read(&named(path), &bytes, *holds, *of_codebook)?;
        match others.lists.is_empty() {
            true => table.check(Words::builtin())?,
            false => table.check(&folder::load(folder, others)?)?,
        }
        std::fs::write(part, table.text()).and_then(|()| File::open(part)?.sync_all()).map_err(disk)?;
        return Ok(("table", table.holds.name(), table.len() as u64, 0));
    }
    let gazetteer = folder::gazetteer(folder, others)?;
    let same = Same::of(&gazetteer);
    let outside = || Outside::of(&gazetteer, &same);
    let file = File::options().read(true).write(true).create(true).truncate(true).open(part).map_err(disk)?;
    let mut to = BufWriter::with_capacity(4 << 20, file);
    let done = match source {
        Source::Geonames(path) => {
            let dump = Text::of(path)?;
            let alternates = beside(path, ALTERNATES).map(|path| Text::of(&path)).transpose()?;
            let codes = CODES.iter().filter_map(|name| beside(path, name)).map(|path| Text::of(&path));
            let codes = codes.collect::<Result<Vec<Text>, Error>>()?;
            let all = 2 * dump.size + alternates.as_ref().map_or(0, |dump| dump.size);
            let dumps = Dumps {
                places: &dump,
                alternates: alternates.as_ref().map(|dump| dump as &dyn Dump),
                codes: codes.iter().map(|dump| dump as &dyn Dump).collect(),
            };
            // What follows the last line is sorting: about a quarter of the time.
            let mut tell = |gone: u64, sorted: f64| {
                progress(0.75 * gone as f64 / all.max(1) as f64 + 0.25 * sorted, gone)
            };
            places(geonames::import(&dumps, &same, outside(), &spill, &mut to, &mut tell), "geonames")
        }
        Source::Cod(paths) => {
            let mut all: Vec<(String, Vec<Feature>)> = Vec::new();
            let mut refused = Refused::default();
            for path in paths {
                match layers_of(path) {
                    Ok(layers) => all.extend(layers),
                    Err(Unadded::Refused(wrong)) => refused.extend(wrong),
                    Err(other) => return Err(other),
                }
            }
            refused.or_ok()?;
            places(plain::write(cod::places(&all, &same)?, &same, outside(), &spill, &mut to), "cod")
        }
        Source::Csv(path, columns) => {
            let name = named(path);
            let file = File::open(path).map_err(|error| unread(path, error))?;
            let features = features::of_csv(&name, std::io::BufReader::new(file))?;
            let found = csv::places(&name, &features, columns, &same, &Words::builtin().index)?;
            places(plain::write(found, &same, outside(), &spill, &mut to), "csv")
        }
        Source::Table(..) => Err(Error::wrong("no list of places").into()),
    }?;
    let file = to.into_inner().map_err(|error| disk(error.into_error()))?;
    file.sync_all().map_err(disk)?;
    Ok(done)
}

/// The layers of a map file, by its ending.
fn layers_of(path: &Path) -> Result<Vec<(String, Vec<Feature>)>, Unadded> {
    let name = named(path);
    let open = |path: &Path| File::open(path).map_err(|error| unread(path, error));
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" => Ok(vec![(name.clone(), features::of_csv(&name, std::io::BufReader::new(open(path)?))?)]),
        "geojson" | "json" => Ok(vec![(name.clone(), features::of_geojson(&name, open(path)?)?)]),
        "shp" => {
            let table = path.with_extension("dbf");
            let reader = |path: &Path| open(path).map(std::io::BufReader::new);
            if !table.is_file() {
                let what =
                    format!("has no {} beside it; give the shapefile with all its parts", named(&table));
                return Err(Refused::because(&name, 0, what).into());
            }
            let encoding = std::fs::read_to_string(path.with_extension("cpg")).ok();
            let projection = std::fs::read_to_string(path.with_extension("prj")).unwrap_or_default();
            if projection.trim_start().to_uppercase().starts_with("PROJCS") {
                let what = "is in another coordinate system; save it in WGS 84 (EPSG:4326) and give that";
                return Err(Refused::because(&name, 0, what).into());
            }
            let features =
                features::of_shapefile(&name, reader(path)?, reader(&table)?, encoding.as_deref())?;
            Ok(vec![(name, features)])
        }
        "gpkg" => {
            let mut found: Vec<(String, Vec<Feature>)> = Vec::new();
            let mut refused = Refused::default();
            layers(path, |row: LayerRow| {
                let layer = format!("{name}:{}", row.layer);
                match features::of_geopackage(row.number, row.cells, row.geometry.as_deref()) {
                    Ok(feature) => match found.last_mut().filter(|(own, _)| *own == layer) {
                        Some((_, features)) => features.push(feature),
                        None => found.push((layer, vec![feature])),
                    },
                    Err(what) => refused.add(&layer, row.number, what),
                }
                Ok::<(), gainsay_ledger::Error>(())
            })?;
            refused.or_ok()?;
            Ok(found)
        }
        other => {
            let what = format!(
                "is a .{other}; give .csv, .geojson, .gpkg or .shp (a table of a workbook saved as CSV)"
            );
            Err(Refused::because(&name, 0, what).into())
        }
    }
}

/// A dump on the disk, zipped or not.
struct Text {
    name: String,
    path: PathBuf,
    /// Bytes of text.
    size: u64,
    /// The file in the zip, where it is one.
    inside: Option<usize>,
}

impl Text {
    fn of(path: &Path) -> Result<Text, Error> {
        let file = File::open(path).map_err(|error| unread(path, error))?;
        let name = named(path);
        let size = file.metadata().map_err(|error| unread(path, error))?.len();
        if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("zip")) {
            return Ok(Text { name, path: path.to_owned(), size, inside: None });
        }
        let wrong = |what: String| Error::input(format!("{}: {what}", path.display()));
        let mut archive = zip::ZipArchive::new(file).map_err(|error| wrong(format!("is no zip: {error}")))?;
        // A dump's zip holds the dump, and for some a readme.
        let mut found: Option<(usize, u64, String)> = None;
        for at in 0..archive.len() {
            let one = archive.by_index_raw(at).map_err(|error| wrong(format!("is damaged: {error}")))?;
            let own = one.name().map_err(|error| wrong(format!("is damaged: {error}")))?.into_owned();
            let text = own.to_lowercase().ends_with(".txt") && !own.to_lowercase().contains("readme");
            if text && found.as_ref().is_none_or(|(_, size, _)| *size < one.size()) {
                found = Some((at, one.size(), own));
            }
        }
        let (at, size, own) =
            found.ok_or_else(|| wrong("holds no .txt; give the zip as it was downloaded".into()))?;
        Ok(Text { name: format!("{name}/{own}"), path: path.to_owned(), size, inside: Some(at) })
    }
}

impl Dump for Text {
    fn name(&self) -> &str {
        &self.name
    }

    fn read(
        &self,
        with: &mut dyn FnMut(&mut (dyn Read + Send)) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let mut file = File::open(&self.path)?;
        let Some(at) = self.inside else { return with(&mut file) };
        let mut archive = zip::ZipArchive::new(std::io::BufReader::with_capacity(1 << 18, file))?;
        let inside = archive.by_index(at)?;
        // A zip that unpacks to more than it says is cut off there.
        with(&mut inside.take(self.size.saturating_add(1)))
    }
}
