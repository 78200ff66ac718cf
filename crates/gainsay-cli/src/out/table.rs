//! Tables: aligned columns under a header, cut to the terminal where there is one.

use std::io::{self, Write};

use console::{measure_text_width, truncate_str};

use super::plain;

/// No column is cut below this many places.
const LEAST: usize = 6;

/// Columns up to this many places are cut last.
const SHORT: usize = 10;

/// What stands between two columns.
const GAP: &str = "  ";

/// A column: its header, its side, and what it shows of a row.
pub struct Column<T> {
    head: &'static str,
    is_number: bool,
    cell: fn(&T) -> String,
}

/// A column of words.
pub fn left<T>(head: &'static str, cell: fn(&T) -> String) -> Column<T> {
    Column { head, is_number: false, cell }
}

/// A column of numbers.
pub fn right<T>(head: &'static str, cell: fn(&T) -> String) -> Column<T> {
    Column { head, is_number: true, cell }
}

/// Writes the rows, no line longer than `width`.
pub fn write<T>(
    out: &mut impl Write,
    columns: &[Column<T>],
    rows: &[T],
    width: Option<usize>,
) -> io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "nothing");
    }
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| columns.iter().map(|column| plain(&(column.cell)(row))).collect()).collect();
    let natural = |at: usize| {
        let longest = cells.iter().map(|row| measure_text_width(&row[at])).max().unwrap_or(0);
        longest.max(measure_text_width(columns[at].head))
    };
    let mut widths: Vec<usize> = (0..columns.len()).map(natural).collect();
    if let Some(width) = width {
        shrink(&mut widths, width.saturating_sub(GAP.len() * columns.len().saturating_sub(1)));
    }
    let heads: Vec<String> = columns.iter().map(|column| column.head.to_owned()).collect();
    for row in std::iter::once(&heads).chain(&cells) {
        let mut line = String::new();
        for ((cell, column), &width) in row.iter().zip(columns).zip(&widths) {
            let cell = truncate_str(cell, width, "…");
            let pad = " ".repeat(width.saturating_sub(measure_text_width(&cell)));
            if !line.is_empty() {
                line += GAP;
            }
            line += &if column.is_number { format!("{pad}{cell}") } else { format!("{cell}{pad}") };
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Takes from the widest columns until all fit, or none may be narrower; from short ones, such as days, last.
fn shrink(widths: &mut [usize], room: usize) {
    let long: Vec<bool> = widths.iter().map(|width| *width > SHORT).collect();
    for spare_short in [true, false] {
        while widths.iter().sum::<usize>() > room {
            let may = widths
                .iter_mut()
                .zip(&long)
                .filter(|(width, long)| **width > LEAST && (**long || !spare_short));
            let Some((widest, _)) = may.max_by_key(|(width, _)| **width) else { break };
            *widest -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_columns_give_way_first() {
        let columns =
            [left("name", |row: &(String, u32)| row.0.clone()), right("n", |row| row.1.to_string())];
        let rows = [("a very long name indeed".to_owned(), 5), ("b".to_owned(), 1200)];
        let mut out = Vec::new();
        write(&mut out, &columns, &rows, Some(16)).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "name           n\na very lo…     5\nb           1200\n");
    }
}
