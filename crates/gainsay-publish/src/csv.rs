//! Tables of comma-separated values (RFC 4180), safe to open in a spreadsheet.

/// A table with its heading row.
pub struct Table {
    columns: usize,
    text: String,
    guarded: usize,
}

impl Table {
    /// A table with these columns.
    pub fn new(head: &[&str]) -> Table {
        let mut table = Table::bare(head.len());
        table.row(head.iter().map(|name| (*name).to_owned()).collect());
        table
    }

    /// A table of so many columns without a heading row.
    pub fn bare(columns: usize) -> Table {
        Table { columns, text: String::new(), guarded: 0 }
    }

    /// Adds a row; cells that are not given stay empty.
    pub fn row(&mut self, mut cells: Vec<String>) {
        cells.resize(self.columns, String::new());
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            self.guarded += usize::from(write(&mut self.text, cell));
        }
        self.text.push_str("\r\n");
    }

    /// How many cells so far begin with an apostrophe, lest a spreadsheet runs them.
    pub fn guarded(&self) -> usize {
        self.guarded
    }

    /// The table as text: UTF-8, lines ended by CR LF.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// Writes a cell. One that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV
/// Injection"); a plain number with a sign is none. Says whether it did.
fn write(text: &mut String, cell: &str) -> bool {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\r', '\n']) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(&cell);
    }
    formula
}

/// A number, or nothing.
pub fn number(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The table with each cell written anew by `each`.
pub fn cells(table: &str, each: &mut dyn FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(table.len());
    let (mut cell, mut quoted) = (String::new(), false);
    let mut signs = table.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' | '\r' | '\n' if !quoted => {
                if !cell.is_empty() {
                    write(&mut out, &each(&std::mem::take(&mut cell)));
                }
                out.push(sign);
            }
            sign => cell.push(sign),
        }
    }
    if !cell.is_empty() {
        write(&mut out, &each(&cell));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_cell_is_a_formula() {
        let mut table = Table::new(&["a", "b"]);
        for cell in
            ["plain", "x,y", "say \"no\"", "two\nlines", "=1+1", "@SUM(A1)", "-5", "+1.5", "-cmd", "'x"]
        {
            table.row(vec![cell.into()]);
        }
        let text = table.into_text();
        assert_eq!(
            text,
            "a,b\r\nplain,\r\n\"x,y\",\r\n\"say \"\"no\"\"\",\r\n\"two\nlines\",\r\n'=1+1,\r\n'@SUM(A1),\r\n-5,\r\n+1.5,\r\n'-cmd,\r\n'x,\r\n"
        );
        assert_eq!(cells(&text, &mut str::to_owned), text);
        assert!(cells(&text, &mut |cell| cell.replace("no", "yes")).contains("\"say \"\"yes\"\"\""));
    }
}
