//! A dump of all the world's places: how long its list takes to make, how much memory that takes, and how quickly names
//! are found in it.
//!
//! `cargo bench -p gainsay-lexicon --bench places -- FOLDER` (`12000000` before the folder for so many rows; fewer for
//! a quick look). The dump is made up, by a generator with a fixed seed, in the shape of GeoNames' `allCountries.txt`:
//! as many columns, classes in the same shares, some names borne by thousands, alternate names on one row in four, and
//! about 1.5 GB for 12 million rows. It is written to the folder once and used again.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use gainsay_lexicon::brought::PlaceList;
use gainsay_lexicon::brought::geonames::{Dump, Dumps, import};
use gainsay_lexicon::brought::plain::Outside;
use gainsay_lexicon::brought::same::Same;
use gainsay_lexicon::brought::sort::{Scratch, ScratchFile};
use gainsay_lexicon::mapped::Mapped;
use gainsay_lexicon::{Brought, Gazetteer};

const CONSONANTS: &[&str] = &[
    "b", "t", "j", "h", "kh", "d", "r", "z", "s", "sh", "g", "f", "q", "k", "l", "m", "n", "w", "y", "p",
    "v", "ch",
];
const VOWELS: &[&str] = &["a", "a", "a", "e", "i", "o", "u", "ou", "ie"];
const LETTERS: &[&str] =
    &["а", "б", "в", "г", "д", "е", "и", "к", "л", "م", "ن", "ا", "و", "ي", "山", "河", "村", "ก", "น"];

/// Classes with their codes, and of a thousand rows how many are of them, as in the dump of 2024.
const CLASSES: &[(&str, &str, usize)] = &[
    ("P", "PPL", 390),
    ("P", "PPLX", 12),
    ("H", "STM", 120),
    ("H", "LK", 35),
    ("H", "WLL", 35),
    ("S", "FRM", 50),
    ("S", "SCH", 45),
    ("S", "CH", 40),
    ("S", "HTL", 35),
    ("S", "AIRP", 4),
    ("T", "HLL", 70),
    ("T", "MT", 60),
    ("L", "LCTY", 40),
    ("A", "ADM3", 10),
    ("A", "ADM4", 20),
    ("R", "RD", 10),
    ("V", "FRST", 6),
    ("U", "SMU", 2),
    ("S", "BDG", 16),
];

/// Random numbers (xorshift: Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }

    fn word(&mut self, out: &mut String) {
        let start = out.len();
        for _ in 0..2 + self.below(3) {
            *out += self.one(CONSONANTS);
            *out += self.one(VOWELS);
        }
        out[start..=start].make_ascii_uppercase();
    }

    fn name(&mut self, common: &[String]) -> String {
        // Of a hundred names thirty are common ones, the first of them the commonest.
        if !common.is_empty() && self.below(100) < 30 {
            let (a, b) = (self.below(common.len()), self.below(common.len()));
            return common[a * b / common.len()].clone();
        }
        let mut name = String::new();
        for n in 0..1 + self.below(3) {
            if n > 0 {
                name.push(' ');
            }
            self.word(&mut name);
        }
        name
    }
}

fn dump(path: &Path, rows: usize) -> std::io::Result<()> {
    let mut random = Random(0x0051_EED0_F0A1);
    let common: Vec<String> = (0..20_000).map(|_| random.name(&[])).collect();
    let codes: Vec<[u8; 2]> =
        (b'A'..=b'Z').flat_map(|a| (b'A'..=b'Z').map(move |b| [a, b])).step_by(3).collect();
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut id = 0;
    let mut line = |random: &mut Random,
                    country: &[u8; 2],
                    class: &str,
                    code: &str,
                    admin: &str,
                    name: &str| {
        id += 1;
        let (lat, lon) =
            (random.below(160_000_000) as f64 / 1e6 - 75.0, random.below(359_000_000) as f64 / 1e6 - 179.0);
        let mut others = String::new();
        if random.below(4) == 0 {
            for n in 0..1 + random.below(6) {
                if n > 0 {
                    others.push(',');
                }
                if random.below(2) == 0 {
                    random.word(&mut others);
                } else {
                    (0..3 + random.below(5)).for_each(|_| others += random.one(LETTERS));
                }
            }
        }
        let country = std::str::from_utf8(country).unwrap_or("XX");
        let most = 1 << (3 + random.below(17));
        let people = if class == "P" && random.below(6) == 0 { random.below(most) } else { 0 };
        writeln!(
            out,
            "{id}\t{name}\t{name}\t{others}\t{lat:.5}\t{lon:.5}\t{class}\t{code}\t{country}\t\t{admin}\t\t{people}\t\t{}\tContinent/Somewhere\t2023-05-0{}",
            random.below(3000),
            1 + random.below(9)
        )
    };
    for country in &codes {
        let name = random.name(&[]);
        line(&mut random, country, "A", "PCLI", "00\t\t", &name)?;
        for one in 0..16 {
            let name = random.name(&[]);
            line(&mut random, country, "A", "ADM1", &format!("{one:02}\t\t"), &name)?;
            for two in 0..12 {
                let name = random.name(&common);
                line(&mut random, country, "A", "ADM2", &format!("{one:02}\t{one:02}{two:02}\t"), &name)?;
            }
        }
    }
    let made = codes.len() * (1 + 16 * 13);
    for _ in made..rows {
        let mut at = random.below(CLASSES.iter().map(|(.., share)| share).sum());
        let (class, code, _) = CLASSES
            .iter()
            .find(|(.., share)| {
                let here = at < *share;
                at = at.saturating_sub(*share);
                here
            })
            .unwrap_or(&CLASSES[0]);
        // Some countries have many more places than others.
        let (a, b) = (random.below(codes.len()), random.below(codes.len()));
        let country = codes[a * b / codes.len()];
        let (one, two) = (random.below(16), random.below(12));
        let admin = format!("{one:02}\t{one:02}{two:02}\t");
        let name = random.name(&common);
        line(&mut random, &country, class, code, &admin, &name)?;
    }
    out.flush()
}

struct Text(PathBuf);

impl Dump for Text {
    fn name(&self) -> &str {
        "allCountries.txt"
    }

    fn read(
        &self,
        with: &mut dyn FnMut(&mut (dyn Read + Send)) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        with(&mut File::open(&self.0)?)
    }
}

struct Spill(PathBuf, AtomicU32);

impl Scratch for Spill {
    fn file(&self) -> std::io::Result<Box<dyn ScratchFile>> {
        let path = self.0.join(format!("scratch-{}", self.1.fetch_add(1, Ordering::Relaxed)));
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
        Ok(Box::new(Spilled(file, path)))
    }
}

struct Spilled(File, PathBuf);

impl Drop for Spilled {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.1);
    }
}

impl Read for Spilled {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(bytes)
    }
}

impl Write for Spilled {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

impl Seek for Spilled {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

/// A line of `/proc/self/status` in MiB, where the system tells.
fn memory(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).map_or(0, |kib| kib / 1024)
}

fn main() -> std::io::Result<()> {
    let typed: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let rows = typed.iter().find_map(|word| word.parse().ok()).unwrap_or(12_000_000);
    let folder = typed.iter().find(|word| word.parse::<usize>().is_err());
    let folder = folder.map_or_else(|| std::env::temp_dir().join("gainsay-places"), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("allCountries-{rows}.txt"));
    if !path.exists() {
        let clock = Instant::now();
        let part = path.with_extension("part");
        dump(&part, rows)?;
        std::fs::rename(&part, &path)?;
        println!("made the dump in {:.1?}", clock.elapsed());
    }
    println!("{rows} rows, {:.2} GB", path.metadata()?.len() as f64 / 1e9);

    let gazetteer = Gazetteer::load().map_err(std::io::Error::other)?;
    let same = Same::of(&gazetteer);
    let list = folder.join(format!("allCountries-{rows}.places"));
    let clock = Instant::now();
    let mut to = BufWriter::with_capacity(
        4 << 20,
        File::options().read(true).write(true).create(true).truncate(true).open(&list)?,
    );
    let dumps = Dumps { places: &Text(path.clone()), alternates: None, codes: Vec::new() };
    let spill = Spill(folder.clone(), AtomicU32::new(0));
    let mut read = Duration::ZERO;
    let about = import(&dumps, &same, Outside::of(&gazetteer, &same), &spill, &mut to, &mut |_, sorted| {
        if sorted == 0.0 {
            read = clock.elapsed();
        }
    });
    let about = about.map_err(|problem| std::io::Error::other(format!("{problem:?}")))?;
    to.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    println!("imported in {:.1?} ({read:.1?} of it reading): {} names", clock.elapsed(), about.names);
    println!(
        "most memory {} MiB; the list is {:.2} GB",
        memory("VmHWM"),
        list.metadata()?.len() as f64 / 1e9
    );

    let clock = Instant::now();
    let file = File::open(&list)?;
    let places = PlaceList::open("all", Arc::new(Mapped::of(&file)?)).map_err(std::io::Error::other)?;
    println!("opened in {:.1?}", clock.elapsed());
    let clock = Instant::now();
    places.layout().check(&file).map_err(std::io::Error::other)?;
    println!("held against its checksums in {:.1?}", clock.elapsed());
    let gazetteer = Gazetteer { brought: Brought::of(vec![places]), ..gazetteer };

    let every = (rows / 20_000).max(1);
    let (mut names, mut ids) = (Vec::new(), Vec::new());
    for line in BufReader::with_capacity(1 << 20, File::open(&path)?).lines().step_by(every) {
        let line = line?;
        let mut cells = line.split('\t');
        ids.push(format!("gn-{}", cells.next().unwrap_or_default()));
        names.push(cells.next().unwrap_or_default().to_owned());
    }
    let missing: Vec<String> = names.iter().map(|name| format!("{name} Xyq")).collect();
    for round in ["first", "second"] {
        println!("{round} round");
        times("names that are there", &names, |name| gazetteer.bearing(name, &[]).len());
        times("names that are not", &missing, |name| gazetteer.bearing(name, &[]).len());
        times("ids", &ids, |id| usize::from(gazetteer.place(id).is_some()));
    }
    println!("memory {} MiB, of it pages of the list {} MiB", memory("VmRSS"), memory("RssFile"));
    Ok(())
}

/// Prints the median and the 99th percentile, and how many were answered.
fn times(what: &str, asked: &[String], answer: impl Fn(&str) -> usize) {
    let mut found = 0;
    let mut taken: Vec<Duration> = Vec::with_capacity(asked.len());
    for name in asked {
        let clock = Instant::now();
        found += usize::from(answer(name) > 0);
        taken.push(clock.elapsed());
    }
    taken.sort_unstable();
    let at = |share: usize| taken[(taken.len() - 1) * share / 100];
    println!(
        "  {what:22} median {:?}, 99 of 100 within {:?}, {found} of {} answered",
        at(50),
        at(99),
        asked.len()
    );
}
