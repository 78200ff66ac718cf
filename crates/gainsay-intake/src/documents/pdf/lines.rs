//! Pieces to lines, lines to paragraphs, without what repeats on every page.

use std::collections::BTreeMap;

use super::order;
use super::pieces::Piece;

/// A line of a page.
#[derive(Clone, Debug)]
pub(super) struct Line {
    text: String,
    x: f32,
    end: f32,
    y: f32,
    size: f32,
    /// Whether it is a row of a table: pieces stand wide apart.
    row: bool,
}

/// How far apart two pieces stand that are two words, in heights of their letters.
const BLANK: f32 = 0.15;

/// Between two cells, until they are in their order.
const CELL: &str = " \u{2063} ";

/// How far apart two cells of a row stand at least.
const WIDE: f32 = 1.5;

/// The lines of a page, in the order of its program, which is how columns follow each other.
pub(super) fn of(pieces: Vec<Piece>) -> Vec<Line> {
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match lines.last_mut().filter(|line| continues(line, &piece)) {
            Some(line) => line.push(piece),
            None => lines.push(vec![piece]),
        }
    }
    let drawn: Vec<String> = lines.iter().map(|line| joined(&by_place(line))).collect();
    let turn = drawn.iter().any(|line| order::is_right_to_left(line)) && order::is_drawn(&drawn);
    let lines = lines.into_iter().zip(drawn).map(|(line, drawn)| {
        let text = match (turn, order::is_right_to_left(&drawn)) {
            (true, _) => order::read(&drawn),
            // It runs to the left, and so do its pieces.
            (false, true) => joined(&line),
            (false, false) => drawn,
        };
        let text = order::letters(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        let (row, text) = (text.contains(CELL), text.replace(CELL, " | "));
        let most = |of: fn(&Piece) -> f32| line.iter().map(of).fold(f32::MIN, f32::max);
        Line {
            text,
            x: line.iter().map(|piece| piece.x).fold(f32::MAX, f32::min),
            end: most(|piece| piece.end),
            y: line[0].y,
            size: most(|piece| piece.size),
            row,
        }
    });
    lines.filter(|line| !line.text.is_empty()).collect()
}

/// Whether a piece stands on a line, near enough to be of one column with it.
fn continues(line: &[Piece], piece: &Piece) -> bool {
    let Some(last) = line.last() else { return false };
    let size = last.size.max(piece.size).max(1.0);
    let gap = if piece.x >= last.x { piece.x - last.end } else { last.x - piece.end };
    (piece.y - last.y).abs() < 0.4 * size && gap < 12.0 * size
}

fn by_place(line: &[Piece]) -> Vec<Piece> {
    let mut placed = line.to_vec();
    placed.sort_by(|a, b| a.x.total_cmp(&b.x));
    placed
}

/// Pieces in this order, with a blank where they stand apart.
fn joined(line: &[Piece]) -> String {
    let mut text = String::new();
    let mut before: Option<&Piece> = None;
    for piece in line {
        if let Some(before) = before {
            let gap = if piece.x >= before.x { piece.x - before.end } else { before.x - piece.end };
            if gap > WIDE * piece.size.max(before.size) {
                text.push_str(CELL);
            } else if gap > BLANK * piece.size.max(before.size) && !text.ends_with(' ') {
                text.push(' ');
            }
        }
        text.push_str(&piece.text);
        before = Some(piece);
    }
    text
}

/// The text of all pages: paragraphs with a blank line between them.
pub(super) fn text(mut pages: Vec<Vec<Line>>) -> String {
    drop_furniture(&mut pages);
    let pitch = pitch(&pages);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut before: Option<Line> = None;
    for (page, lines) in pages.into_iter().enumerate() {
        for (number, line) in lines.into_iter().enumerate() {
            let goes_on =
                before.as_ref().is_some_and(|before| goes_on(before, &line, page > 0 && number == 0, pitch));
            match paragraphs.last_mut().filter(|_| goes_on) {
                Some(paragraph) => append(paragraph, &line.text),
                None => paragraphs.push(line.text.clone()),
            }
            before = Some(line);
        }
    }
    paragraphs.join("\n\n")
}

/// The usual distance of two lines, in heights of their letters.
fn pitch(pages: &[Vec<Line>]) -> f32 {
    let mut all: Vec<f32> = pages
        .iter()
        .flat_map(|lines| lines.windows(2))
        .map(|pair| (pair[0].y - pair[1].y) / pair[1].size.max(1.0))
        .filter(|pitch| (0.8..3.0).contains(pitch))
        .collect();
    all.sort_by(f32::total_cmp);
    // The lower third: among short paragraphs, most distances are those between them.
    all.get(all.len() / 3).copied().unwrap_or(1.2)
}

/// Whether a line belongs to the paragraph of the one before it.
fn goes_on(before: &Line, line: &Line, new_page: bool, pitch: f32) -> bool {
    let size = before.size.max(line.size).max(1.0);
    let stops = before.text.ends_with(['.', '!', '?', ':', '؟', '۔', '”', '"', '»']);
    let same = (before.size - line.size).abs() < 0.15 * size;
    let down = before.y - line.y;
    if new_page || down < -0.5 * size {
        // At the head of the next column or page.
        return same && !stops;
    }
    let near = down < 1.25 * pitch * size && down > 0.0;
    let left_to_right = !order::is_right_to_left(&line.text);
    let indented =
        if left_to_right { line.x - before.x > 0.8 * size } else { before.end - line.end > 0.8 * size };
    let item = line.text.starts_with(['•', '–', '▪', '\u{F0B7}', '·', '■', '-', '*'])
        && line.text.chars().nth(1) == Some(' ');
    let begins = item || line.row || (indented && stops);
    same && near && !before.row && !begins
}

/// Adds a line to a paragraph, joining a word that was parted at its end.
fn append(paragraph: &mut String, line: &str) {
    let next = line.chars().next();
    let word = paragraph.rsplit(' ').next().unwrap_or_default();
    let stem = word.trim_end_matches(['-', '\u{AD}', '\u{2010}']);
    let parted = stem.len() < word.len() && stem.chars().last().is_some_and(char::is_alphabetic);
    // Names keep their hyphen: al-Mayadin, Deir ez-Zor, and whatever has one already.
    let article = ["al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ed", "er", "es", "et", "ez", "ul"];
    let short = article.contains(&stem.to_lowercase().as_str()) || stem.contains('-');
    match next {
        Some(next) if parted && next.is_lowercase() && !short => {
            paragraph.truncate(paragraph.len() - (word.len() - stem.len()));
        }
        Some(next) if parted && next.is_alphanumeric() => {}
        _ => paragraph.push(' '),
    }
    paragraph.push_str(line);
}

/// How many lines at the head and at the foot of a page may repeat.
const EDGE: usize = 3;

/// Takes out lines that stand at the same place of most pages, numbers aside, and page numbers alone.
fn drop_furniture(pages: &mut [Vec<Line>]) {
    let mut met: BTreeMap<(String, i32), usize> = BTreeMap::new();
    let key = |line: &Line| (without_numbers(&line.text), (line.y / 8.0).round() as i32);
    let edges: Vec<Vec<usize>> = pages.iter().map(|lines| edges(lines)).collect();
    for (lines, edges) in pages.iter().zip(&edges) {
        let mut keys: Vec<_> = edges.iter().map(|at| key(&lines[*at])).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *met.entry(key).or_default() += 1;
        }
    }
    let most = (pages.len() / 2 + 1).max(2);
    for (lines, edges) in pages.iter_mut().zip(edges) {
        let outermost = [edges.first(), edges.last()].map(|at| at.copied());
        let drop: Vec<usize> = edges
            .iter()
            .copied()
            .filter(|at| {
                let line = &lines[*at];
                let repeats = met.get(&key(line)).is_some_and(|count| *count >= most);
                repeats || (outermost.contains(&Some(*at)) && lines.len() > 1 && is_page_number(&line.text))
            })
            .collect();
        let mut at = 0;
        lines.retain(|_| {
            at += 1;
            !drop.contains(&(at - 1))
        });
    }
}

/// The lines that stand highest and lowest, from the head to the foot.
fn edges(lines: &[Line]) -> Vec<usize> {
    let mut by_height: Vec<usize> = (0..lines.len()).collect();
    by_height.sort_by(|a, b| lines[*b].y.total_cmp(&lines[*a].y));
    // Of a page with few lines, most are its text.
    let edge = EDGE.min((lines.len() / 3).max(1));
    if by_height.len() > 2 * edge {
        by_height.drain(edge..by_height.len() - edge);
    }
    by_height
}

fn without_numbers(text: &str) -> String {
    let mut key = String::new();
    for char in text.chars() {
        if !char.is_numeric() {
            key.push(char);
        } else if !key.ends_with('#') {
            key.push('#');
        }
    }
    key
}

/// `12`, `– 3 –`, `Page 3 of 9`, `3/9`, `صفحة ٣`.
fn is_page_number(text: &str) -> bool {
    let words = ["page", "of", "p", "pg", "seite", "von", "de", "sur", "صفحة", "من"];
    let parts = text.split(|char: char| !char.is_alphanumeric()).filter(|part| !part.is_empty());
    let (mut numbers, mut fits) = (0, true);
    for part in parts {
        if part.chars().all(char::is_numeric) && part.chars().count() <= 4 {
            numbers += 1;
        } else {
            fits &= words.contains(&part.to_lowercase().as_str());
        }
    }
    fits && (1..=2).contains(&numbers) && text.chars().count() < 24
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers() {
        for yes in ["12", "– 3 –", "Page 3 of 9", "3/9", "صفحة ٣"] {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in ["12 killed", "2016", "18 January", "", "5 6 7"] {
            assert_eq!(is_page_number(no), no == "2016", "{no}");
        }
    }

    #[test]
    fn parted_words_are_joined_and_names_keep_their_hyphen() {
        for (before, line, expected) in [
            ("the govern-", "ment said", "the government said"),
            ("in Deir ez-", "Zor on", "in Deir ez-Zor on"),
            ("near al-", "mayadin", "near al-mayadin"),
            ("the well-", "Known man", "the well-Known man"),
            ("they came –", "and went", "they came – and went"),
            ("they came", "and went", "they came and went"),
        ] {
            let mut paragraph = before.to_owned();
            append(&mut paragraph, line);
            assert_eq!(paragraph, expected);
        }
    }
}
