//! Lists of names: "A, B and C", lines that begin with a dot or a number, and columns of tables.
//!
//! Where one of a list is a person, so are the others that no list knows as anything else.

use super::context::Span;
use super::person::Word;

/// A run that may be a person.
pub(super) struct Candidate {
    /// Where it stands among all words.
    pub span: Span,
    /// It is a person.
    pub person: bool,
    /// It may be one, if its neighbours are: nothing speaks against it.
    pub may: bool,
    /// It begins with a given name, or has two words or more.
    pub whole: bool,
}

/// Words of a headline above a list of people to whom something was done.
const HEADS: &[&str] = &[
    "arrested",
    "dead",
    "detained",
    "killed",
    "martyrs",
    "missing",
    "name",
    "names",
    "prisoners",
    "victims",
    "wounded",
];

/// Marks candidates as persons by what stands in one list with them.
pub(super) fn spread(text: &str, all: &[Word], found: &mut [Candidate]) {
    lines(text, all, found);
    // To both sides, for who is known may stand anywhere in a list.
    for order in [false, true] {
        for at in 1..found.len() {
            let at = if order { found.len() - at } else { at };
            let (one, other) = found.split_at_mut(at);
            let (Some(left), Some(right)) = (one.last_mut(), other.first_mut()) else { continue };
            let between = &text[all[left.span.1 - 1].end..all[right.span.0].start];
            if !matches!(between, ", " | " and " | ", and " | " & " | "، " | ",\n" | " and\n") {
                continue;
            }
            let (from, to) = if left.person { (left, right) } else { (right, left) };
            if from.person && to.may && (to.whole || !from.whole) {
                to.person = true;
            }
        }
    }
}

/// Lines of lists, and rows of tables.
fn lines(text: &str, all: &[Word], found: &mut [Candidate]) {
    let mut start = 0;
    // Lines of a block, each with the candidates that stand first in its cells, by column.
    let mut block: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut headed = false;
    let mut above = "";
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let row = cells(line).map(|cells| {
            let mut firsts = Vec::new();
            for (column, (from, to)) in cells.into_iter().enumerate() {
                let inside = |one: &Candidate| {
                    let at = all[one.span.0].start;
                    (start + from..start + to).contains(&at)
                };
                firsts.extend(found.iter().position(inside).map(|at| (column, at)));
            }
            firsts
        });
        match row {
            Some(row) => {
                if block.is_empty() {
                    // A table's first row may be its headline.
                    headed = is_head(above) || is_names(line);
                }
                block.push(row);
            }
            None if line.trim().is_empty() => {}
            None => close(&mut block, headed, found),
        }
        if !line.trim().is_empty() {
            above = line;
        }
        start = end;
    }
    close(&mut block, headed, found);
}

/// The cells of a row, or the one item of a list's line; nothing for running text.
fn cells(line: &str) -> Option<Vec<(usize, usize)>> {
    let plain = line.trim_start();
    let indent = line.len() - plain.len();
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    let number = (1..=4).contains(&digits) && plain[digits..].starts_with(['.', ')', '-']);
    let mark = ["- ", "* ", "• ", "– ", "— ", "· "].iter().find(|mark| plain.starts_with(**mark));
    if number || mark.is_some() {
        let lead = indent + mark.map_or(digits + 1, |mark| mark.len());
        return Some(vec![(lead, line.len())]);
    }
    let sign = ['\t', '|', ';']
        .into_iter()
        .find(|sign| line.matches(*sign).count() >= 2 || (*sign != ';' && line.contains(*sign)))?;
    let mut cells = Vec::new();
    let mut from = 0;
    for cell in line.split(sign) {
        cells.push((from, from + cell.len()));
        from += cell.len() + sign.len_utf8();
    }
    Some(cells)
}

/// Whether a line says that persons are listed below it.
fn is_head(line: &str) -> bool {
    let lower = line.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| HEADS.contains(&word))
}

/// Whether the first cell of a row is the headline of a column of names.
fn is_names(row: &str) -> bool {
    let first = row.split(['\t', '|', ';']).map(str::trim).find(|cell| !cell.is_empty()).unwrap_or_default();
    ["name", "names", "full name", "victim", "detainee"].contains(&first.to_lowercase().as_str())
}

fn close(block: &mut Vec<Vec<(usize, usize)>>, headed: bool, found: &mut [Candidate]) {
    let rows = std::mem::take(block);
    let columns: std::collections::BTreeSet<usize> =
        rows.iter().flatten().map(|(column, _)| *column).collect();
    for column in columns {
        let in_column = || rows.iter().flatten().filter(|(of, _)| *of == column).map(|(_, at)| *at);
        let known = in_column().any(|at| found[at].person && found[at].whole);
        if (known && rows.len() > 1) || (headed && column == 0) {
            let all: Vec<usize> = in_column().collect();
            all.into_iter()
                .filter(|&at| found[at].may)
                .collect::<Vec<_>>()
                .into_iter()
                .for_each(|at| found[at].person = true);
        }
    }
}
