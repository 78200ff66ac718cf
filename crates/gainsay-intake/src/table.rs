//! A table with a header (CSV, TSV and their kin) to reports, a row each: streamed, one row held at a time.
//!
//! **Takes** RFC 4180: quotes, line ends within them; the delimiter is told by the header, the encoding by the bytes.
//! **Gives** a report a row, by a column map. **Never** lets one bad row cost another: a row with a NUL, with cells too
//! many or too few, or with a quote that nobody closes is one line.

use std::io::{BufRead, Read};

use encoding_rs::{Encoding, UTF_8};

use crate::batch::{Batch, Source, stem};
use crate::columns::{Columns, Part};
use crate::fields::Fields;
use crate::formats::{Format, Reading};
use crate::handover::Handover;
use crate::limits::{MAX_FILE_BYTES, MAX_LINE_BYTES, mebibytes};
use crate::walk::unreadable;
use crate::{dates, decode, record};

/// A table with a header.
pub(crate) const FORMAT: Format = Format {
    name: "a table",
    extensions: &["csv", "tsv", "tab"],
    media: &["text/csv", "text/tab-separated-values"],
    begins,
    read: Reading::Stream(read),
};

/// Whether the first line is a header that names the text and more.
fn begins(head: &[u8]) -> bool {
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let cells: Vec<String> =
        line.split(char::from(delimiter_of(line.as_bytes()))).map(str::to_owned).collect();
    let named = |part: Part| Columns::default().place(part, &cells).is_ok_and(|place| place.is_some());
    cells.len() > 1
        && named(Part::Text)
        && [Part::Id, Part::Published, Part::Title, Part::Url].into_iter().any(named)
}

/// How much of the file tells its encoding, in bytes.
const HEAD: usize = 256 << 10;

/// Most columns of a header.
const MAX_COLUMNS: usize = 4_000;

/// How many quotes that nobody closes are passed over before the rest of a file is given up: each costs reading up to
/// the longest row again.
const MAX_UNCLOSED: usize = 8;

/// Hands over the report of every row, and a warning for every row that cannot be read.
pub(crate) fn read(reader: &mut dyn BufRead, source: &Source, batch: &mut Batch) {
    let columns = batch.columns();
    let mut to = Handover { source, batch };
    if let Err((line, message)) = rows(reader, &columns, &mut to) {
        to.warn(line, message);
    }
}

type Stop = (Option<usize>, String);

fn rows(reader: &mut dyn BufRead, columns: &Columns, to: &mut Handover) -> Result<(), Stop> {
    let mut head = Vec::new();
    let failed = |error: &std::io::Error| (None, unreadable("file", error));
    (&mut *reader).take(HEAD as u64).read_to_end(&mut head).map_err(|error| failed(&error))?;
    if matches!(head.as_slice(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        // UTF-16 is decoded whole, so it is held to the bound of other files.
        (&mut *reader).take(MAX_FILE_BYTES).read_to_end(&mut head).map_err(|error| failed(&error))?;
        if head.len() as u64 > MAX_FILE_BYTES {
            let most = mebibytes(MAX_FILE_BYTES);
            return Err((None, format!("UTF-16 of more than {most}; save it as UTF-8, which is streamed")));
        }
        let text = decode::plain(&head).map_err(|why| (why.line, why.message))?.into_owned();
        return Table::new(&mut text.as_bytes(), UTF_8, columns, to)?.run();
    }
    let first_line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if let Some(why) = decode::binary(first_line) {
        return Err((why.line, why.message));
    }
    let encoding = encoding_of(&head);
    let mut whole = std::io::Cursor::new(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head)).chain(reader);
    Table::new(&mut whole, encoding, columns, to)?.run()
}

/// UTF-8 where the head is, else what its bytes look most like.
fn encoding_of(head: &[u8]) -> &'static Encoding {
    let cut = match std::str::from_utf8(head) {
        Ok(_) => return UTF_8,
        Err(error) => error,
    };
    // A character that the end of the head cuts in two.
    if cut.error_len().is_none() {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(head, false);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// A table under way.
struct Table<'a, 's, 'b> {
    source: &'a mut dyn BufRead,
    encoding: &'static Encoding,
    delimiter: u8,
    places: Places,
    width: usize,
    to: &'a mut Handover<'s, 'b>,
    /// Bytes that were read and are to be read again.
    again: Vec<u8>,
    line: usize,
    unclosed: usize,
}

/// Where the columns of each part stand.
struct Places {
    id: Option<usize>,
    text: usize,
    published: Option<usize>,
    publisher: Option<usize>,
    author: Option<usize>,
    title: Option<usize>,
    url: Option<usize>,
    language: Option<usize>,
}

/// The end of one row.
enum Row {
    Whole(Vec<u8>),
    TooLong,
    Unclosed,
    End,
}

impl<'a, 's, 'b> Table<'a, 's, 'b> {
    /// Reads the header.
    fn new(
        source: &'a mut dyn BufRead,
        encoding: &'static Encoding,
        columns: &Columns,
        to: &'a mut Handover<'s, 'b>,
    ) -> Result<Table<'a, 's, 'b>, Stop> {
        let places = Places {
            id: None,
            text: 0,
            published: None,
            publisher: None,
            author: None,
            title: None,
            url: None,
            language: None,
        };
        let mut table = Table {
            source,
            encoding,
            delimiter: b',',
            places,
            width: 0,
            to,
            again: Vec::new(),
            line: 0,
            unclosed: 0,
        };
        let mut header = loop {
            match table.row().map_err(|error| (None, unreadable("file", &error)))? {
                Row::Whole(row) if row.trim_ascii().is_empty() => {}
                Row::Whole(row) => break row,
                Row::End => return Err((None, "the file is empty; fill it or take it out".to_owned())),
                Row::TooLong | Row::Unclosed => {
                    return Err((
                        Some(1),
                        "no table: its first row does not end; give a table with a header".to_owned(),
                    ));
                }
            }
        };
        // Spreadsheets are told the delimiter by a line of its own.
        if let Some(sign) = header.trim_ascii().strip_prefix(b"sep=").and_then(|sign| sign.first()) {
            table.delimiter = *sign;
            header = match table.row().map_err(|error| (None, unreadable("file", &error)))? {
                Row::Whole(row) => row,
                _ => return Err((Some(2), "the table has no header; add one".to_owned())),
            };
        } else {
            table.delimiter = delimiter_of(&header);
        }
        let line = table.line;
        let header = table
            .cells(&header)
            .ok_or_else(|| (Some(line), "its header is no text; save the table as UTF-8".to_owned()))?;
        if header.len() > MAX_COLUMNS {
            return Err((
                Some(line),
                format!("has more than {MAX_COLUMNS} columns; give a table of reports"),
            ));
        }
        let place = |part: Part| columns.place(part, &header).map_err(|why| (Some(line), why));
        let names = header.iter().map(String::as_str);
        table.places = Places {
            id: place(Part::Id)?,
            text: place(Part::Text)?.ok_or_else(|| (Some(line), columns.no_text("column", names)))?,
            published: place(Part::Published)?,
            publisher: place(Part::Publisher)?,
            author: place(Part::Author)?,
            title: place(Part::Title)?,
            url: place(Part::Url)?,
            language: place(Part::Language)?,
        };
        table.width = header.len();
        Ok(table)
    }

    fn run(mut self) -> Result<(), Stop> {
        let mut rows = 0_u64;
        loop {
            let line = self.line + 1;
            let row = match self.row() {
                Ok(Row::Whole(row)) => row,
                Ok(Row::End) => break,
                Ok(Row::TooLong) => {
                    rows += 1;
                    let most = mebibytes(MAX_LINE_BYTES as u64);
                    self.to.warn(Some(line), format!("the row is longer than {most}; split its report"));
                    continue;
                }
                Ok(Row::Unclosed) => {
                    rows += 1;
                    self.to.warn(Some(line), "a quote in this row is never closed; close it, or double it");
                    continue;
                }
                Err(error) => return Err((None, unreadable("file", &error))),
            };
            if row.trim_ascii().is_empty() {
                continue;
            }
            rows += 1;
            self.take(&row, line, rows);
            if self.unclosed > MAX_UNCLOSED {
                let more = "too many quotes that are never closed; the rest was not read; mend them, or give JSON lines";
                return Err((Some(self.line), more.to_owned()));
            }
        }
        if rows == 0 {
            return Err((None, "the table has a header and no row; fill it or take it out".to_owned()));
        }
        Ok(())
    }

    fn take(&mut self, row: &[u8], line: usize, number: u64) {
        if let Some(at) = row.iter().position(|byte| *byte == 0) {
            return self
                .to
                .warn(Some(line), format!("the row holds a zero byte (its byte {}); take it out", at + 1));
        }
        let Some(cells) = self.cells(row) else {
            let name = self.encoding.name();
            return self.to.warn(
                Some(line),
                format!("the row is not {name} like those before; save the table as UTF-8"),
            );
        };
        if cells.len() != self.width {
            let (has, wants) = (cells.len(), self.width);
            return self.to.warn(
                Some(line),
                format!(
                    "the row has {has} cells and the header {wants}; quote cells that hold the delimiter"
                ),
            );
        }
        let cell = |at: Option<usize>| at.map(|at| cells[at].clone());
        let text = match record::unmarked(cells[self.places.text].clone()) {
            Ok(text) => text,
            Err(message) => return self.to.warn(Some(line), message),
        };
        let published = cell(self.places.published).map(|written| {
            let number = written.trim().parse::<i64>().ok().filter(|_| written.trim().len() > 8);
            number.and_then(dates::of_unix).map_or(written, |day| day.to_string())
        });
        let said = Fields {
            id: cell(self.places.id),
            text: Some(text),
            published,
            publisher: cell(self.places.publisher),
            author: cell(self.places.author),
            title: cell(self.places.title),
            url: cell(self.places.url),
            language: cell(self.places.language),
            guessed: Vec::new(),
        };
        let spare = stem(&self.to.source.name).to_owned();
        self.to.give(said, row, &line.to_string(), Some(line), || format!("{spare}-{number}"));
    }

    /// The cells of a row as text; none where its bytes are not of the table's encoding.
    fn cells(&self, row: &[u8]) -> Option<Vec<String>> {
        let text = match (std::str::from_utf8(row), self.encoding) {
            (Ok(text), _) => std::borrow::Cow::Borrowed(text),
            (Err(_), encoding) if encoding == UTF_8 => return None,
            (Err(_), encoding) => encoding.decode_without_bom_handling_and_without_replacement(row)?,
        };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .buffer_capacity(text.len().clamp(16, 1 << 16))
            .from_reader(text.as_bytes());
        let record = reader.records().next()?.ok()?;
        Some(record.iter().map(str::to_owned).collect())
    }

    /// The bytes of the next row, without its line end.
    fn row(&mut self) -> std::io::Result<Row> {
        let mut row = Vec::new();
        let mut state = State::Start;
        let mut lines = 0;
        loop {
            let from = row.len();
            if !self.line_into(&mut row)? {
                if row.is_empty() {
                    return Ok(Row::End);
                }
                if state == State::Quoted {
                    return Ok(self.unclosed(row));
                }
                self.line += lines;
                return Ok(Row::Whole(row));
            }
            if row.len() > MAX_LINE_BYTES {
                if state == State::Quoted || lines > 0 {
                    return Ok(self.unclosed(row));
                }
                self.line += 1;
                self.skip_line(&row)?;
                return Ok(Row::TooLong);
            }
            lines += 1;
            state = row[from..].iter().fold(state, |state, byte| state.next(*byte, self.delimiter));
            if state != State::Quoted {
                self.line += lines;
                while row.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
                    row.pop();
                }
                return Ok(Row::Whole(row));
            }
        }
    }

    /// Gives back all but the first line of a row whose quote is never closed.
    fn unclosed(&mut self, row: Vec<u8>) -> Row {
        self.line += 1;
        self.unclosed += 1;
        let end = row.iter().position(|byte| *byte == b'\n').map_or(row.len(), |end| end + 1);
        let mut again = row[end..].to_vec();
        again.extend(std::mem::take(&mut self.again));
        self.again = again;
        Row::Unclosed
    }

    /// Appends the next line with its end; false at the end of the file.
    fn line_into(&mut self, row: &mut Vec<u8>) -> std::io::Result<bool> {
        if !self.again.is_empty() {
            let end =
                self.again.iter().position(|byte| *byte == b'\n').map_or(self.again.len(), |end| end + 1);
            row.extend(self.again.drain(..end));
            if row.ends_with(b"\n") {
                return Ok(true);
            }
        }
        let before = row.len();
        let most = (MAX_LINE_BYTES + 1).saturating_sub(before).max(1) as u64;
        let read = (&mut *self.source).take(most).read_until(b'\n', row)?;
        Ok(read > 0 || !row.is_empty() && row.len() > before)
    }

    /// Passes over the rest of a line that is too long.
    fn skip_line(&mut self, row: &[u8]) -> std::io::Result<()> {
        if row.ends_with(b"\n") {
            return Ok(());
        }
        loop {
            let buffer = self.source.fill_buf()?;
            let (used, done) = match buffer.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.source.consume(used);
            if done {
                return Ok(());
            }
        }
    }
}

/// Where in a cell a byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    /// Behind a quote that may end the cell, or be half of a doubled one.
    Closing,
}

impl State {
    fn next(self, byte: u8, delimiter: u8) -> State {
        match (self, byte) {
            (State::Quoted, b'"') => State::Closing,
            (State::Quoted, _) => State::Quoted,
            (State::Closing, b'"') => State::Quoted,
            (_, b'\n' | b'\r') => State::Start,
            (_, byte) if byte == delimiter => State::Start,
            (State::Start, b'"') => State::Quoted,
            _ => State::Plain,
        }
    }
}

/// The sign that parts the most columns of a header, outside of quotes; a comma where none does.
fn delimiter_of(header: &[u8]) -> u8 {
    let count = |sign: u8| {
        let (mut state, mut count) = (State::Start, 0);
        for byte in header {
            if *byte == sign && state != State::Quoted {
                count += 1;
            }
            state = state.next(*byte, sign);
        }
        count
    };
    let signs = [b',', b';', b'\t', b'|'];
    // The first of those that are as many.
    let best = signs.into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',');
    if count(best) == 0 { b',' } else { best }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters() {
        for (header, sign) in [
            ("id,text,date", b','),
            ("id;text, all of it;date", b';'),
            ("id\ttext\tdate", b'\t'),
            ("\"a,b,c\"|text|date", b'|'),
            ("text", b','),
        ] {
            assert_eq!(delimiter_of(header.as_bytes()), sign, "{header}");
        }
    }

    #[test]
    fn encodings() {
        assert_eq!(encoding_of("id,نص\n".as_bytes()), UTF_8);
        let arabic =
            encoding_rs::WINDOWS_1256.encode("id,text\n1,قتل ثلاثة مدنيين في قصف على المدينة صباح اليوم\n").0;
        assert_eq!(encoding_of(&arabic).name(), "windows-1256");
        let russian = encoding_rs::WINDOWS_1251
            .encode("id,text\n1,Трое мирных жителей погибли при обстреле города\n")
            .0;
        assert_eq!(encoding_of(&russian).name(), "windows-1251");
    }
}
