//! Lists that a user writes: actors, sources and people for the lexicon, tables for the codebook.
//!
//! They have the columns of gainsay's own lists under `data/`, as tab-separated text or as CSV; columns that may be
//! empty may be left out. A row with the id, or the word, of a built-in one stands in its place.
//!
//! **Takes** the bytes of a file. **Gives** its rows, checked one by one against the words there are.
//! **Never** takes a part of a file: one bad line refuses it.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::refused::Refused;
use crate::codebook::{Codebook, TABLES};
use crate::gazetteer::Gazetteer;
use crate::index::NameIndex;
use crate::lexicon::{Lexicon, List};
use crate::table::Row;
use crate::{Brought, NumberWords, Words};

/// The most bytes of such a file.
pub const MOST_BYTES: usize = 64 << 20;

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// A list of the lexicon.
    Lexicon(List),
    /// A table of the codebook, by its name.
    Codebook(&'static str),
}

/// Columns of a list, and how many from the first on must be filled.
const LEXICON: [(Holds, &str, &[&str], usize); 3] = [
    (
        Holds::Lexicon(List::Actors),
        "actors",
        &["id", "name", "kind", "side", "part_of", "follows", "from", "to", "names"],
        4,
    ),
    (
        Holds::Lexicon(List::Sources),
        "sources",
        &["id", "name", "kind", "side", "belongs_to", "country", "domain", "names"],
        4,
    ),
    (Holds::Lexicon(List::People), "people", &["id", "name", "role", "belongs_to", "names"], 2),
];

impl Holds {
    /// The one of this name: `actors`, `sources`, `people`, or a table of the codebook as `codebook:frames`.
    pub fn parse(name: &str) -> Option<Holds> {
        match name.strip_prefix("codebook:") {
            Some(table) => codebook(table),
            None => LEXICON.iter().find(|(_, own, ..)| *own == name).map(|(holds, ..)| *holds),
        }
    }

    /// Its name.
    pub fn name(self) -> String {
        match self {
            Holds::Codebook(table) => format!("codebook:{table}"),
            Holds::Lexicon(list) => {
                let own = LEXICON.iter().find(|(holds, ..)| *holds == Holds::Lexicon(list));
                own.map_or("", |(_, name, ..)| name).to_owned()
            }
        }
    }

    fn columns(self) -> (Vec<&'static str>, usize) {
        match self {
            Holds::Lexicon(_) => {
                let own = LEXICON.iter().find(|(holds, ..)| *holds == self);
                own.map_or((Vec::new(), 0), |(_, _, columns, filled)| (columns.to_vec(), *filled))
            }
            Holds::Codebook(table) => {
                let text = TABLES.iter().find(|(own, _)| *own == table).map_or("", |(_, text)| text);
                let header = text.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
                (header.split('\t').map(str::trim).collect(), 1)
            }
        }
    }
}

/// A table of the codebook that may be added to; kinds are what the program knows, and no words.
fn codebook(table: &str) -> Option<Holds> {
    let own = TABLES.iter().find(|(own, _)| *own == table && *own != "kinds");
    own.map(|(own, _)| Holds::Codebook(own))
}

/// A table that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it holds.
    pub holds: Holds,
    /// What it is called, for those who read what is wrong with it.
    pub file: String,
    /// Lines with their cells, in the columns of [`Table::holds`].
    rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    /// Reads a table. What it holds is told by `holds`, or by the name of the file, or by its columns.
    ///
    /// # Errors
    /// Every line that is no row of it.
    pub fn read(file: &str, bytes: &[u8], holds: Option<Holds>, of_codebook: bool) -> Result<Table, Refused> {
        if bytes.len() > MOST_BYTES {
            return Err(Refused::because(file, 0, format!("more than {} MiB; part it", MOST_BYTES >> 20)));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            Refused::because(file, line as u64, "is not UTF-8; save it with UTF-8")
        })?;
        if let Some(at) = text.find('\0') {
            let line = text[..at].lines().count().max(1);
            return Err(Refused::because(file, line as u64, "holds a NUL; save it anew"));
        }
        let lines = lines(file, text)?;
        let mut lines = lines.into_iter();
        let Some((head, header)) = lines.next() else {
            return Err(Refused::because(file, 0, "has no header; the first line names the columns"));
        };
        let header: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
        let holds = holds.or_else(|| by_name(file, of_codebook)).or_else(|| by_columns(&header, of_codebook));
        let Some(holds) = holds else {
            let what = format!(
                "nothing tells which list it is by its name or its columns {}; say so with --as",
                header.join(", ")
            );
            return Err(Refused::because(file, head, what));
        };
        let (columns, filled) = holds.columns();
        let mut refused = Refused::default();
        for name in header.iter().filter(|name| !columns.contains(&name.as_str())) {
            refused.add(
                file,
                head,
                format!("no column {name:?} in {}: {}", holds.name(), columns.join(", ")),
            );
        }
        for name in columns[..filled].iter().filter(|name| !header.iter().any(|own| own == **name)) {
            refused.add(file, head, format!("the column {name:?} is missing"));
        }
        refused.or_ok()?;
        let mut refused = Refused::default();
        let at: Vec<Option<usize>> =
            columns.iter().map(|name| header.iter().position(|own| own == name)).collect();
        let mut rows = Vec::new();
        for (line, cells) in lines {
            if cells.len() != header.len() {
                refused.add(file, line, format!("{} cells, the header has {}", cells.len(), header.len()));
                continue;
            }
            let cell = |at: &Option<usize>| {
                let text = at.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
                text.replace(['\t', '\n', '\r'], " ")
            };
            rows.push((line, at.iter().map(cell).collect()));
        }
        if rows.is_empty() && refused.count == 0 {
            refused.add(file, 0, "holds no row below its header");
        }
        refused.or_ok().map(|()| Table { holds, file: file.to_owned(), rows })
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// It as tab-separated text, the same whatever form it came in.
    pub fn text(&self) -> String {
        let mut text = self.holds.columns().0.join("\t") + "\n";
        for (_, cells) in &self.rows {
            text += &cells.join("\t");
            text.push('\n');
        }
        text
    }

    fn each<'t>(&'t self, mut each: impl FnMut(Row<'t>)) {
        let header = Rc::new(self.holds.columns().0);
        for (line, cells) in &self.rows {
            let cells = cells.iter().map(String::as_str).collect();
            each(Row::of(&self.file, *line as usize, &header, cells));
        }
    }

    /// Adds its rows to a lexicon and codebook.
    ///
    /// # Errors
    /// Every row that is wrong in itself.
    pub fn put(&self, lexicon: &mut Lexicon, codebook: &mut Codebook) -> Result<(), Refused> {
        let mut refused = Refused::default();
        self.each(|row| match self.holds {
            Holds::Lexicon(list) => drop(lexicon.put(list, &row)),
            Holds::Codebook(table) => {
                if let Err(error) = codebook.put(table, &row) {
                    refused.extend(error.into());
                }
            }
        });
        codebook.sort();
        refused.or_ok()
    }

    /// Checks every row against the words there are.
    ///
    /// # Errors
    /// Every row that is wrong.
    pub fn check(&self, words: &Words) -> Result<(), Refused> {
        let mut refused = Refused::default();
        // A codebook of its own, to see whether the rows can be read.
        if let Err(wrong) = self.put(&mut Lexicon::default(), &mut Codebook::default()) {
            refused.extend(wrong);
        }
        let (columns, filled) = self.holds.columns();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut names: BTreeMap<String, (String, usize)> = BTreeMap::new();
        let own: Vec<String> = if let Holds::Lexicon(_) = self.holds {
            self.rows.iter().map(|(_, cells)| cells[0].clone()).collect()
        } else {
            Vec::new()
        };
        self.each(|row| {
            let mut wrong = |what: String| refused.add(&self.file, row.line as u64, what);
            for column in &columns[..filled] {
                if row.get(column).is_empty() {
                    wrong(format!("{column} is empty"));
                }
            }
            match self.holds {
                Holds::Lexicon(list) => {
                    if let Some(first) = seen.insert(row.get("id").to_owned(), row.line) {
                        wrong(format!("the id `{}` again, which stands on line {first}", row.get("id")));
                    }
                    entry(&row, list, words, &own, &mut names, &mut wrong);
                }
                Holds::Codebook(table) => cells(&row, table, words, &mut wrong),
            }
        });
        refused.or_ok()
    }
}

/// Checks a row of the lexicon.
fn entry(
    row: &Row,
    list: List,
    words: &Words,
    own: &[String],
    names: &mut BTreeMap<String, (String, usize)>,
    wrong: &mut dyn FnMut(String),
) {
    let id = row.get("id");
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.chars().all(fits) || id.len() > 80 {
        wrong(format!("{id:?} is no id: small letters, digits and hyphens"));
    }
    let lexicon = &words.lexicon;
    let elsewhere = match list {
        List::Actors => lexicon.sources.contains_key(id) || lexicon.people.contains_key(id),
        List::Sources => lexicon.actors.contains_key(id) || lexicon.people.contains_key(id),
        List::People => lexicon.actors.contains_key(id) || lexicon.sources.contains_key(id),
    };
    let here = match list {
        List::Actors => lexicon.actors.contains_key(id),
        List::Sources => lexicon.sources.contains_key(id),
        List::People => lexicon.people.contains_key(id),
    };
    if !here && (elsewhere || words.gazetteer.place(id).is_some()) {
        wrong(format!("the id `{id}` is another list's; choose another"));
    }
    let known = |other: &str| {
        own.iter().any(|own| own == other)
            || lexicon.actors.contains_key(other)
            || lexicon.sources.contains_key(other)
    };
    let pointers: &[&str] = match list {
        List::Actors => &["part_of", "follows"],
        List::Sources | List::People => &["belongs_to"],
    };
    for column in pointers {
        if let Some(other) = row.opt(column).filter(|other| !known(other)) {
            wrong(format!("{column} is `{other}`, which is no id here; add it or leave the cell empty"));
        }
    }
    if list == List::Sources
        && let Some(country) = row.opt("country")
        && words.gazetteer.place(country).is_none()
    {
        wrong(format!("country is `{country}`, which is no place"));
    }
    if list != List::People {
        const KINDS: [&[&str]; 2] = [
            &[
                "state",
                "government",
                "army",
                "armed-group",
                "militia",
                "coalition",
                "police",
                "political",
                "tribe",
                "agency",
                "unit",
                "generic",
            ],
            &[
                "agency",
                "newspaper",
                "broadcaster",
                "site",
                "monitor",
                "organisation",
                "ministry",
                "official",
                "party-media",
                "social",
                "blog",
            ],
        ];
        let kinds = KINDS[usize::from(list == List::Sources)];
        if !kinds.contains(&row.get("kind")) {
            wrong(format!("kind is {:?}, expected one of {}", row.get("kind"), kinds.join(", ")));
        }
    }
    // A name that two of one list bear is nobody's.
    for name in std::iter::once(row.get("name")).chain(row.list("names")) {
        let lower = name.trim_start_matches('~').to_lowercase();
        if lower.is_empty() {
            continue;
        }
        if let Some((other, line)) = names.insert(lower.clone(), (id.to_owned(), row.line))
            && other != id
        {
            wrong(format!(
                "{name:?} is a name of `{other}` on line {line} too; one of them must do without it"
            ));
        }
        let bearer = words.index.find(name).iter().chain(words.index.phrase(&lower)).find(|found| {
            let same = match list {
                List::Actors => found.kind == crate::NameKind::Actor,
                List::Sources => found.kind == crate::NameKind::Source,
                List::People => found.kind == crate::NameKind::Person,
            };
            same && found.id != id && found.written.to_lowercase() == lower
        });
        if let Some(bearer) = bearer.filter(|bearer| !own.contains(&bearer.id)) {
            wrong(format!(
                "{name:?} is a name of `{}` already; give the row that id to change it, or leave the name out",
                bearer.id
            ));
        }
    }
    for column in ["from", "to"].iter().filter(|_| list == List::Actors) {
        if let Some(text) = row.opt(column).filter(|text| crate::history::day(text, false).is_none()) {
            wrong(format!("{column} is {text:?}, expected a year, month or day: 2014, 2014-06, 2014-06-03"));
        }
    }
}

/// Checks what a row of the codebook points to.
fn cells(row: &Row, table: &str, words: &Words, wrong: &mut dyn FnMut(String)) {
    if table == "demonyms" {
        if let Some(place) = row.opt("place").filter(|place| words.gazetteer.place(place).is_none()) {
            wrong(format!("place is `{place}`, which is no place"));
        }
        if let Some(actor) = row.opt("actor").filter(|actor| words.lexicon.actor(actor).is_none()) {
            wrong(format!("actor is `{actor}`, which is no actor"));
        }
    }
    if table == "light" && !matches!(row.get("role"), "actor" | "target") {
        wrong(format!("role is {:?}, expected actor or target", row.get("role")));
    }
    if table == "places" {
        for kind in row.list("kinds").filter(|kind| !super::classes::KINDS.contains(kind)) {
            wrong(format!("no kind of place is called {kind:?}: {}", super::classes::KINDS.join(", ")));
        }
    }
}

/// The list that a file is called by: `actors.tsv`, `frames-of-ours.csv` is none.
fn by_name(file: &str, of_codebook: bool) -> Option<Holds> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.split('.').next().unwrap_or(name);
    if of_codebook { codebook(stem) } else { Holds::parse(stem) }
}

/// The list that has just these columns, as far as they tell it from others.
fn by_columns(header: &[String], of_codebook: bool) -> Option<Holds> {
    let all: Vec<Holds> = match of_codebook {
        true => TABLES.iter().filter_map(|(table, _)| codebook(table)).collect(),
        false => LEXICON.iter().map(|(holds, ..)| *holds).collect(),
    };
    let fits = |holds: &&Holds| {
        let (columns, filled) = holds.columns();
        header.iter().all(|name| columns.contains(&name.as_str()))
            && columns[..filled].iter().all(|name| header.iter().any(|own| own == name))
            && (!of_codebook || columns.len() == header.len())
    };
    let mut found = all.iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(one), None) => Some(*one),
        _ => None,
    }
}

/// Lines and their cells, comments and empty lines left out: tab-separated where the header has a tab, else CSV.
fn lines(file: &str, text: &str) -> Result<Vec<(u64, Vec<String>)>, Refused> {
    let plain =
        || text.lines().zip(1_u64..).filter(|(line, _)| !line.starts_with('#') && !line.trim().is_empty());
    let Some((header, _)) = plain().next() else { return Ok(Vec::new()) };
    if header.contains('\t') || !header.contains(',') {
        let cells = |line: &str| line.trim_end_matches('\r').split('\t').map(str::to_owned).collect();
        return Ok(plain().map(|(line, n)| (n, cells(line))).collect());
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let (mut lines, mut refused) = (Vec::new(), Refused::default());
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = super::features::line_of(&record, text.contains("\r\n"));
                lines.push((line, record.iter().map(str::to_owned).collect()));
            }
            Err(error) => {
                refused.add(file, error.position().map_or(0, csv::Position::line), error.to_string())
            }
        }
    }
    refused.or_ok().map(|()| lines)
}

impl Words {
    /// The lists that come with gainsay, and with them what a user brought: places, then tables in their order, a later
    /// one's rows in the place of an earlier one's.
    ///
    /// # Errors
    /// A row that is wrong.
    pub fn with(brought: Brought, tables: &[Table]) -> Result<Words, Refused> {
        let mut lexicon = Lexicon::load()?;
        let mut codebook = Codebook::load()?;
        let mut gazetteer = Gazetteer::load()?;
        gazetteer.brought = brought;
        for table in tables {
            table.put(&mut lexicon, &mut codebook)?;
        }
        let index = NameIndex::of(&lexicon, &gazetteer);
        Ok(Words { lexicon, gazetteer, codebook, numbers: NumberWords::load()?, index })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str, text: &str) -> Result<Table, Refused> {
        let table = Table::read(file, text.as_bytes(), None, false)?;
        table.check(Words::builtin())?;
        Ok(table)
    }

    #[test]
    fn a_desks_own_actors_are_found_and_a_changed_one_stands_in_its_place() {
        let text = "id,name,kind,side,names\r\n\
            \"lions-of-the-ford\",Lions of the Ford,armed-group,opposition,\"Usud al-Makhada|~the lions\"\r\n\
            islamic-state,The Caliphate,armed-group,islamic-state,ISIS|Daesh\r\n";
        let table = read("actors.csv", text).unwrap_or_else(|wrong| panic!("{wrong}"));
        assert_eq!((table.holds, table.len()), (Holds::Lexicon(List::Actors), 2));
        let words = Words::with(Brought::default(), std::slice::from_ref(&table)).unwrap();
        assert_eq!(words.index.find("Usud al-Makhadah")[0].id, "lions-of-the-ford");
        assert_eq!(words.index.phrase("lions")[0].id, "lions-of-the-ford");
        assert_eq!(words.lexicon.name("islamic-state"), "The Caliphate");
        let again = Table::read("actors.tsv", table.text().as_bytes(), None, false).unwrap();
        assert_eq!(again.text(), table.text());
    }

    #[test]
    fn every_bad_row_is_told_with_its_line() {
        let text = "id\tname\tkind\tside\tpart_of\tnames\n\
            # a note\n\
            Lions\tLions\tarmed-group\topposition\t\t\n\
            tigers-x\tTigers X\tclub\topposition\tnobody-at-all\t\n\
            syria\tSyria X\tstate\tgovernment\t\t\n\
            wolves\tThe Wolves\tmilitia\tother\t\tDaesh\n\
            foxes\tThe Foxes\tmilitia\tother\t\tThe Wolves\n\
            short\tx\n";
        let wrong = read("mine.tsv", text).unwrap_err().to_string();
        assert_eq!(wrong, "mine.tsv:8: 2 cells, the header has 6");
        let wrong = read("mine.tsv", text.strip_suffix("short\tx\n").unwrap()).unwrap_err().to_string();
        let told: Vec<&str> = wrong.lines().collect();
        for (n, part) in [
            (0, "mine.tsv:3: \"Lions\" is no id"),
            (1, "mine.tsv:4: part_of is `nobody-at-all`"),
            (2, "mine.tsv:4: kind is \"club\""),
            (3, "mine.tsv:5: the id `syria` is another list's"),
            (4, "mine.tsv:6: \"Daesh\" is a name of `islamic-state` already"),
            (5, "mine.tsv:7: \"The Wolves\" is a name of `wolves` on line 6"),
        ] {
            assert!(told.get(n).is_some_and(|line| line.starts_with(part)), "{n}: {told:#?}");
        }
        assert!(read("x.tsv", "id\tcolour\nx\tred\n").unwrap_err().to_string().contains("--as"));
        assert!(read("actors.tsv", "").unwrap_err().to_string().contains("no header"));
        assert!(
            Table::read("actors.tsv", b"id\tname\n\xff\tx\n", None, false)
                .unwrap_err()
                .to_string()
                .starts_with("actors.tsv:2:")
        );
    }

    #[test]
    fn lines_are_counted_alike_whatever_ends_them() {
        for end in ["\n", "\r\n"] {
            let text = ["id,name,role", "a-b,A,x", "\"c-d\",\"C,D\",x", "E F,E,x", ""].join(end);
            let wrong = read("people.csv", &text).unwrap_err().to_string();
            assert!(wrong.starts_with("people.csv:4: \"E F\" is no id"), "{wrong}");
        }
    }

    #[test]
    fn a_codebook_table_is_checked_row_by_row() {
        let of = |file: &str, text: &str| {
            let table = Table::read(file, text.as_bytes(), None, true)?;
            table.check(Words::builtin()).map(|()| table)
        };
        let good = "word\tpos\tkind\troles\toptions\nshepherd\tv\tdeployment\tactor=subj\t\n";
        let table = of("frames.tsv", good).unwrap_or_else(|wrong| panic!("{wrong}"));
        let words = Words::with(Brought::default(), &[table]).unwrap();
        assert_eq!(words.codebook.frames("shepherd", crate::codebook::TriggerPos::Verb).len(), 1);
        let bad =
            "word\tpos\tkind\troles\toptions\na\tv\tpicnic\t\t\nb\tq\tcapture\t\t\nc\tv\tcapture\tactor\t\n";
        let wrong = of("frames.tsv", bad).unwrap_err();
        assert_eq!(wrong.count, 3, "{wrong}");
        assert!(wrong.to_string().contains("frames.tsv:3: pos \"q\""), "{wrong}");
        assert!(of("kinds.tsv", "kind\tcovers\tfamily\tcounts\nx\ty\tz\t\n").is_err());
        assert!(
            of("demonyms.tsv", "word\tplace\tactor\nAtlantean\tatlantis\t\n")
                .unwrap_err()
                .to_string()
                .contains("atlantis")
        );
    }
}
