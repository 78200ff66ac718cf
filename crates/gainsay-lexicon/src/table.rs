//! Reads the tab-separated word lists: `#` comments at the head, one header row, then rows.

/// A line of a word list that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError {
    /// File name.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl std::fmt::Display for TableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for TableError {}

/// One row: its line number and its cells, as many as the header has.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// File name.
    pub file: &'a str,
    /// Line, counted from 1.
    pub line: usize,
    header: std::rc::Rc<Vec<&'a str>>,
    cells: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// A row that was read elsewhere: as many cells as the header has.
    pub(crate) fn of(
        file: &'a str,
        line: usize,
        header: &std::rc::Rc<Vec<&'a str>>,
        cells: Vec<&'a str>,
    ) -> Row<'a> {
        Row { file, line, header: header.clone(), cells }
    }

    /// The cell under `column`; empty where the row leaves it empty.
    ///
    /// # Panics
    /// When the table has no such column: a mistake in our code, not in the data.
    pub fn get(&self, column: &str) -> &'a str {
        let at = self.header.iter().position(|name| *name == column);
        self.cells[at.unwrap_or_else(|| panic!("{} has no column {column}", self.file))].trim()
    }

    /// The cell under `column`, `None` where empty.
    pub fn opt(&self, column: &str) -> Option<&'a str> {
        Some(self.get(column)).filter(|cell| !cell.is_empty())
    }

    /// The values of a cell that holds several, separated by `|`.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.get(column).split('|').map(str::trim).filter(|value| !value.is_empty())
    }

    /// An error about this row.
    pub fn error(&self, message: impl Into<String>) -> TableError {
        TableError { file: self.file.to_string(), line: self.line, message: message.into() }
    }
}

/// The rows of a table.
///
/// # Errors
/// A file without header, or a row with another number of cells than the header has.
pub fn rows<'a>(file: &'a str, text: &'a str) -> Result<Vec<Row<'a>>, TableError> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line.strip_suffix('\r').unwrap_or(line)))
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    let Some((_, header)) = lines.next() else {
        return Err(TableError { file: file.into(), line: 1, message: "no header row".into() });
    };
    let header = std::rc::Rc::new(header.split('\t').map(str::trim).collect::<Vec<_>>());
    let row = |(line, text): (usize, &'a str)| {
        let cells: Vec<&str> = text.split('\t').collect();
        let row = Row { file, line, header: header.clone(), cells };
        match row.cells.len() == row.header.len() {
            true => Ok(row),
            false => Err(row.error(format!("{} cells, expected {}", row.cells.len(), row.header.len()))),
        }
    };
    lines.map(row).collect()
}
