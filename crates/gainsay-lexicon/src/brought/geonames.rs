//! A GeoNames dump (`SY.txt`, `allCountries.txt`, `cities500.txt`): 19 tab-separated columns, UTF-8, no header.
//!
//! The columns are those of <https://download.geonames.org/export/dump/readme.txt>: geonameid, name, asciiname,
//! alternatenames, latitude, longitude, feature class, feature code, country code, cc2, admin1 to admin4 code,
//! population, elevation, dem, timezone, modification date.
//!
//! **Takes** the dump, read twice: once for what contains other places, once for everything; and, where they are at
//! hand, the dumps of alternate names and of the names of administrative codes. **Gives** a list.
//! **Never** holds more of it in memory than a few blocks and what contains other places.

use std::collections::HashMap;
use std::io::{Read, Seek, Write};

use rayon::prelude::*;

use super::build::{About, Builder, Failed};
use super::classes::{self, KINDS};
use super::plain::{Outside, Problem};
use super::record::{NewPlace, Points, Rows, hash, keys};
use super::refused::Refused;
use super::same::Same;
use super::shapes::Shapes;
use super::sort::Scratch;

/// Bytes read at a time.
const BLOCK: usize = 8 << 20;

/// The longest line that is read; alternate names are 10,000 characters at most.
const LONGEST_LINE: usize = 1 << 20;

/// Lines that one core takes at a time.
const SHARE: usize = 2048;

/// Languages of `alternateNamesV2.txt` that are none: codes, links, numbers.
const NO_LANGUAGES: [&str; 11] =
    ["link", "wkdt", "post", "iata", "icao", "faac", "unlc", "tcid", "phon", "abbr", "piny"];

/// A text that can be read from its beginning several times.
pub trait Dump: Sync {
    /// What it is called, for those who read what is wrong with it.
    fn name(&self) -> &str;
    /// Reads it from its beginning.
    ///
    /// # Errors
    /// When it cannot be opened, or what `with` gives.
    fn read(
        &self,
        with: &mut dyn FnMut(&mut (dyn Read + Send)) -> std::io::Result<()>,
    ) -> std::io::Result<()>;
}

/// The dump and what lies beside it.
pub struct Dumps<'d> {
    /// The places.
    pub places: &'d dyn Dump,
    /// `alternateNamesV2.txt`.
    pub alternates: Option<&'d dyn Dump>,
    /// `admin1CodesASCII.txt` and `admin2Codes.txt`.
    pub codes: Vec<&'d dyn Dump>,
}

/// What contains other places, by its code: `SY`, `SY.09`, `SY.09.1234`.
type Codes = HashMap<String, Points>;

/// Makes a list of a dump. `progress` is told how many bytes were gone through, and which part of the names is sorted.
///
/// # Errors
/// Every bad line, or that the disk refused.
pub fn import<W: Write + Seek + Send>(
    dumps: &Dumps,
    same: &Same,
    outside: Outside,
    scratch: &dyn Scratch,
    to: &mut W,
    progress: &mut (dyn FnMut(u64, f64) + Send),
) -> Result<About, Problem> {
    let file = dumps.places.name();
    let mut gone = 0;
    let mut codes = Codes::new();
    blocks(dumps.places, |block| {
        gone += block.bytes as u64;
        progress(gone, 0.0);
        let rows: Vec<(u64, &[u8])> = block.lines();
        let found: Vec<(String, Points)> = rows
            .par_chunks(SHARE)
            .enumerate()
            .flat_map_iter(|(n, lines)| {
                let first = block.first_row + (n * SHARE) as u64;
                lines
                    .iter()
                    .enumerate()
                    .filter_map(move |(at, (_, line))| holder(line, first + at as u64, same))
            })
            .collect();
        for (code, points) in found {
            codes.entry(code).or_insert(points);
        }
        Ok(())
    })?;
    for dump in &dumps.codes {
        blocks(*dump, |block| {
            for (_, line) in block.lines() {
                let mut cells =
                    line.split(|byte| *byte == b'\t').map(|cell| std::str::from_utf8(cell).unwrap_or(""));
                let (Some(code), Some(name)) = (cells.next(), cells.next()) else { continue };
                if !codes.contains_key(code)
                    && let Some(points) = same.of_code(code, name)
                {
                    codes.insert(code.to_owned(), Points::Outside(points));
                }
            }
            Ok(())
        })?;
    }
    let mut builder = Builder::new(to, scratch)?;
    let (mut refused, mut ids) = (Refused::default(), Vec::new());
    let with_ids = dumps.alternates.is_some();
    // While one block is read another is written.
    let mut done: Vec<Parsed> = Vec::new();
    blocks(dumps.places, |block| {
        gone += block.bytes as u64;
        progress(gone, 0.0);
        let lines = block.lines();
        let parse = || -> Vec<Parsed> {
            let parts = lines.par_chunks(SHARE).enumerate();
            let first = |n: usize| block.first_row + (n * SHARE) as u64;
            parts.map(|(n, lines)| parsed(lines, first(n), file, same, &codes, &outside, with_ids)).collect()
        };
        let (now, written) =
            rayon::join(parse, || put(&mut builder, std::mem::take(&mut done), &mut refused, &mut ids));
        written?;
        done = now;
        if refused.count > 0 && refused.lines.len() == super::refused::TOLD {
            Err(Stop::Enough.into())
        } else {
            Ok(())
        }
    })
    .or_else(|problem| if matches!(problem, Problem::Stopped) { Ok(()) } else { Err(problem) })?;
    put(&mut builder, done, &mut refused, &mut ids)?;
    refused.or_ok()?;
    if builder.rows() == 0 {
        return Err(Refused::because(file, 0, "holds no line; is this the file you meant?").into());
    }
    if let Some(alternates) = dumps.alternates {
        more_names(alternates, ids, &mut builder, &mut gone, progress)?;
    }
    let kinds = KINDS.map(str::to_owned).to_vec();
    builder
        .finish(kinds, outside.ids, &Shapes::default(), &mut |part| progress(gone, part))
        .map(|(_, about)| about)
        .map_err(|failed| match failed {
            Failed::Twice(a, b) => {
                let what = format!("the geonameid of line {} again; remove one of both", u64::from(a) + 1);
                Refused::because(file, u64::from(b) + 1, what).into()
            }
            other => other.into(),
        })
}

/// A stop that is no error.
enum Stop {
    Enough,
}

impl From<Stop> for Problem {
    fn from(_: Stop) -> Problem {
        Problem::Stopped
    }
}

/// Rows of some lines, or what is wrong with these.
struct Parsed {
    rows: Rows,
    refused: Refused,
    /// Numbers in the dump, with what a further name of the row is listed by.
    ids: Vec<(u32, u8, [u8; 2])>,
}

fn put<W: Write + Seek>(
    builder: &mut Builder<'_, '_, W>,
    parts: Vec<Parsed>,
    refused: &mut Refused,
    ids: &mut Vec<(u32, u8, [u8; 2])>,
) -> Result<(), Problem> {
    for part in parts {
        refused.extend(part.refused);
        if refused.count == 0 {
            builder.put(part.rows)?;
            ids.extend(part.ids);
        }
    }
    Ok(())
}

/// Lines, as they lie in a block.
struct Block<'b> {
    text: &'b [u8],
    /// How many bytes were read for it.
    bytes: usize,
    /// Number of its first line, from 1, and of its first row, from 0.
    first_line: u64,
    first_row: u64,
}

impl Block<'_> {
    /// Its lines with their numbers, empty ones left out.
    fn lines(&self) -> Vec<(u64, &[u8])> {
        let lines = (self.first_line..).zip(self.text.split(|byte| *byte == b'\n'));
        let bare = lines.map(|(n, line)| (n, line.strip_suffix(b"\r").unwrap_or(line)));
        bare.filter(|(_, line)| !line.is_empty()).collect()
    }
}

/// Reads a dump block by block, each of whole lines.
fn blocks(dump: &dyn Dump, mut each: impl FnMut(&Block) -> Result<(), Problem>) -> Result<(), Problem> {
    let mut problem = None;
    let outcome = dump.read(&mut |reader| {
        let mut buffer: Vec<u8> = Vec::with_capacity(BLOCK + LONGEST_LINE);
        let (mut first_line, mut first_row) = (1, 0);
        loop {
            let bytes = (&mut *reader).take(BLOCK as u64).read_to_end(&mut buffer)?;
            let last = bytes == 0;
            // A byte-order mark stands before the first line of some copies.
            if first_line == 1 && buffer.starts_with(b"\xef\xbb\xbf") {
                buffer.drain(..3);
            }
            let end = if last {
                buffer.len()
            } else {
                buffer.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1)
            };
            if !last && end == 0 && buffer.len() > LONGEST_LINE {
                let what =
                    "a line of more than a mebibyte: this is no GeoNames dump; give one as it was downloaded";
                problem = Some(Refused::because(dump.name(), first_line, what).into());
                return Ok(());
            }
            if end > 0 {
                let block = Block { text: &buffer[..end], bytes, first_line, first_row };
                let rows = block.lines().len() as u64;
                if let Err(error) = each(&block) {
                    problem = Some(error);
                    return Ok(());
                }
                first_row += rows;
                first_line += buffer[..end].iter().filter(|byte| **byte == b'\n').count() as u64;
                buffer.drain(..end);
            }
            if last {
                return Ok(());
            }
        }
    });
    match (outcome, problem) {
        (_, Some(problem)) => Err(problem),
        (Err(error), None) => {
            let what = format!("cannot be read: {error}; download it again");
            Err(Refused::because(dump.name(), 0, what).into())
        }
        (Ok(()), None) => Ok(()),
    }
}

/// The cells of a line.
struct Cells<'l>([&'l str; 19]);

impl<'l> Cells<'l> {
    fn of(line: &'l [u8]) -> Result<Cells<'l>, String> {
        let text = std::str::from_utf8(line).map_err(|error| {
            format!("is not UTF-8 from byte {} on; download it again", error.valid_up_to() + 1)
        })?;
        if text.contains('\0') {
            return Err("holds a NUL; download it again".into());
        }
        let mut cells = [""; 19];
        let mut count = 0;
        for cell in text.split('\t') {
            if let Some(own) = cells.get_mut(count) {
                *own = cell;
            }
            count += 1;
        }
        match count {
            19 => Ok(Cells(cells)),
            count => Err(format!(
                "{count} columns, where a GeoNames dump has 19, parted by tabs; give the file as it was downloaded"
            )),
        }
    }

    fn country(&self) -> [u8; 2] {
        <[u8; 2]>::try_from(self.0[8].as_bytes()).unwrap_or_default()
    }

    fn at(&self) -> Result<(f64, f64), String> {
        let number = |n: usize, name: &str, most: f64| match self.0[n].parse::<f64>() {
            Ok(value) if value.abs() <= most => Ok(value),
            _ => Err(format!("{name} is {:?}, expected degrees from -{most} to {most}", self.0[n])),
        };
        Ok((number(4, "latitude", 90.0)?, number(5, "longitude", 180.0)?))
    }

    fn names(&self) -> Vec<&'l str> {
        let others = self.0[3].split(',').map(str::trim);
        let named = others.filter(|name| name.chars().any(char::is_alphabetic) && !name.contains("://"));
        let mut names: Vec<&str> = vec![self.0[2]];
        names.extend(named);
        names.retain(|name| !name.is_empty() && *name != self.0[1]);
        names.dedup();
        names
    }

    /// Its own administrative code and those that contain it, from the widest.
    fn codes(&self) -> (Option<String>, Vec<String>) {
        let (country, admin) = (self.0[8], &self.0[10..13]);
        let depth = match self.0[7] {
            "PCLI" | "PCLD" | "PCLF" | "PCLS" | "PCLIX" | "PCL" | "TERR" => Some(0),
            "ADM1" => Some(1),
            "ADM2" => Some(2),
            "ADM3" => Some(3),
            _ => None,
        };
        let depth = depth.filter(|_| self.0[6] == "A");
        let mut outer = vec![country.to_owned()];
        for code in admin.iter().take_while(|code| !code.is_empty()) {
            outer.push(format!("{}.{code}", outer[outer.len() - 1]));
        }
        if country.is_empty() {
            outer.clear();
        }
        let own = depth.and_then(|depth| outer.get(depth).cloned());
        outer.truncate(depth.unwrap_or(outer.len()));
        (own, outer)
    }
}

/// The code of a line that contains others, and which place it is.
fn holder(line: &[u8], row: u64, same: &Same) -> Option<(String, Points)> {
    // The class stands behind the sixth tab; most lines are none of it.
    let mut cells = line.split(|byte| *byte == b'\t').skip(6);
    if cells.next() != Some(b"A".as_slice()) {
        return None;
    }
    let cells = Cells::of(line).ok()?;
    let (code, _) = cells.codes();
    let points = match which(&cells, same, &cells.names()) {
        Some(number) => Points::Outside(number),
        None => Points::Row(u32::try_from(row).ok()?),
    };
    Some((code?, points))
}

/// The built-in place that a line is.
fn which(cells: &Cells, same: &Same, names: &[&str]) -> Option<u32> {
    let (kind, _) = classes::of_geonames(cells.0[6], cells.0[7], 0);
    match kind {
        "country" => same.country(cells.country()),
        _ if matches!(kind, "farm" | "spot") => None,
        _ => {
            let all = std::iter::once(cells.0[1]).chain(names.iter().copied());
            let all: Vec<&str> = all.flat_map(|name| [name, super::same::without_ending(name)]).collect();
            same.named(&keys(all), kind, cells.at().ok()?)
        }
    }
}

fn parsed(
    lines: &[(u64, &[u8])],
    first: u64,
    file: &str,
    same: &Same,
    codes: &Codes,
    outside: &Outside,
    with_ids: bool,
) -> Parsed {
    let mut part = Parsed {
        rows: Rows::from(u32::try_from(first).unwrap_or(u32::MAX)),
        refused: Refused::default(),
        ids: Vec::new(),
    };
    for (line, text) in lines {
        if let Err(what) = row(text, same, codes, outside, with_ids, &mut part) {
            part.refused.add(file, *line, what);
        }
    }
    part
}

fn row(
    line: &[u8],
    same: &Same,
    codes: &Codes,
    outside: &Outside,
    with_ids: bool,
    part: &mut Parsed,
) -> Result<(), String> {
    let cells = Cells::of(line)?;
    let number: u32 =
        cells.0[0].parse().map_err(|_| format!("geonameid is {:?}, expected a whole number", cells.0[0]))?;
    if cells.0[1].is_empty() {
        return Err("has no name".into());
    }
    let (lat, lon) = cells.at()?;
    let population: u64 = match cells.0[14] {
        "" => 0,
        text => text.parse().map_err(|_| format!("population is {text:?}, expected a whole number"))?,
    };
    let names = cells.names();
    let keys = keys(std::iter::once(cells.0[1]).chain(names.iter().copied()));
    let (kind, rank) = classes::of_geonames(cells.0[6], cells.0[7], population);
    let (_, outer) = cells.codes();
    let parent = outer.iter().rev().find_map(|code| codes.get(code)).copied();
    // A dump of towns alone does not hold its country.
    let country = || same.country(cells.country()).filter(|_| kind != "country").map(Points::Outside);
    let parent = parent.or_else(country);
    let own = part.rows.first + part.rows.count;
    // Where only the country is known a boundary says more.
    let wide = parent.is_none()
        || outer.len() > 1 && parent == outer.first().and_then(|code| codes.get(code)).copied();
    let inside = if wide { outside.around(lon, lat) } else { None };
    let parent = inside.map(Points::Outside).or(parent).filter(|parent| *parent != Points::Row(own));
    let mut place = NewPlace {
        id: &format!("gn-{number}"),
        name: cells.0[1],
        names: &names,
        kind: classes::number(kind),
        rank,
        lat,
        lon,
        parent: parent.unwrap_or_default(),
        population: u32::try_from(population).unwrap_or(u32::MAX),
        country: cells.country(),
        ..NewPlace::default()
    };
    // Most names are of no built-in place, which their keys alone tell.
    let likely = same.knows(&keys) || cells.0[6] == "A";
    if likely && let Some(number) = which(&cells, same, &names) {
        place.same = Points::Outside(number);
    }
    part.rows.put(&place, &keys);
    if with_ids {
        part.ids.push((number, rank, place.country));
    }
    Ok(())
}

/// Lists rows under the names that the dump of alternate names adds.
fn more_names<W: Write + Seek + Send>(
    dump: &dyn Dump,
    ids: Vec<(u32, u8, [u8; 2])>,
    builder: &mut Builder<'_, '_, W>,
    gone: &mut u64,
    progress: &mut (dyn FnMut(u64, f64) + Send),
) -> Result<(), Problem> {
    let mut by_id: Vec<(u32, u32)> = (0..).zip(&ids).map(|(row, (id, ..))| (*id, row)).collect();
    by_id.par_sort_unstable();
    let mut refused = Refused::default();
    blocks(dump, |block| {
        *gone += block.bytes as u64;
        progress(*gone, 0.0);
        let of_line = |line: &[u8]| -> Result<Option<Vec<u128>>, String> {
            let text = std::str::from_utf8(line).map_err(|_| "is not UTF-8; download it again".to_owned())?;
            let mut cells = text.split('\t').skip(1);
            let (Some(id), Some(language), Some(name)) = (cells.next(), cells.next(), cells.next()) else {
                return Err("fewer than 4 columns; give alternateNamesV2.txt as it was downloaded".into());
            };
            let id: u32 = id.parse().map_err(|_| format!("geonameid is {id:?}, expected a whole number"))?;
            if NO_LANGUAGES.contains(&language) || !name.chars().any(char::is_alphabetic) {
                return Ok(None);
            }
            let Ok(at) = by_id.binary_search_by_key(&id, |(own, _)| *own) else { return Ok(None) };
            let row = by_id[at].1;
            let (_, rank, country) = ids[row as usize];
            let entry = |key: &String| super::record::entry(hash(key), rank, country, row);
            Ok(Some(keys([name]).iter().map(entry).collect()))
        };
        let found: Vec<_> = block.lines().par_iter().map(|(n, line)| (*n, of_line(line))).collect();
        let mut entries = Vec::new();
        for (line, found) in found {
            match found {
                Ok(found) => entries.extend(found.into_iter().flatten()),
                Err(what) => refused.add(dump.name(), line, what),
            }
        }
        Ok(builder.names(&entries)?)
    })?;
    Ok(refused.or_ok()?)
}
