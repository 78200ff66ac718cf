//! Text that flows: paragraphs, rows of tables and notes, as elements open and close, in whatever dialect of XML.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::decode::Refusal;

/// What an element does to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A paragraph whose own text is shown.
    Paragraph,
    /// A paragraph that shows only what stands in elements of [`Role::Shown`].
    Frame,
    /// A paragraph that is the document's title.
    Title,
    /// Says of the paragraph it stands in that it is the title.
    Titled,
    /// What stands in it is shown.
    Shown,
    /// What stands in it is not, nor anything below.
    Silent,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// A note: its paragraphs come after all others.
    Note,
    /// So many blanks.
    Blanks(usize),
    /// A line end.
    Break,
    /// A hyphen.
    Hyphen,
    /// Nothing.
    None,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Paragraphs and rows, in order.
    pub paragraphs: Vec<String>,
    /// The notes.
    pub notes: Vec<String>,
    /// The title, where the document marks one.
    pub title: Option<String>,
}

/// Deepest elements: real documents stay below 100.
const MAX_DEPTH: usize = 2_000;

/// Reads one part. `role` tells what an element does.
///
/// # Errors
/// XML that is broken, or nests without end.
pub(super) fn read(part: &str, role: impl Fn(&BytesStart) -> Role) -> Result<Flow, Refusal> {
    let mut reader = Reader::from_str(part);
    let mut open: Vec<Open> = Vec::new();
    let mut now = State::default();
    loop {
        let event = reader.read_event().map_err(|error| {
            let at = reader.error_position();
            Refusal::new(format!("its text is damaged at byte {at} ({error}); save it again"))
        })?;
        let above = open.last().copied().unwrap_or_default();
        match event {
            Event::Start(tag) => {
                if open.len() >= MAX_DEPTH {
                    let message = format!("its elements nest more than {MAX_DEPTH} deep; save it again");
                    return Err(Refusal::new(message));
                }
                let role = if above.silent { Role::None } else { role(&tag) };
                now.open(role);
                open.push(Open::below(above, role));
            }
            Event::End(_) => now.close(open.pop().map_or(Role::None, |open| open.role)),
            Event::Empty(tag) if !above.silent => {
                let role = role(&tag);
                now.open(role);
                now.close(role);
            }
            Event::Text(text) if above.shows => now.text(&text),
            Event::CData(text) if above.shows => now.text(&text),
            Event::GeneralRef(reference) if above.shows => {
                if let Some(char) = resolve(&reference) {
                    now.text(char.encode_utf8(&mut [0; 4]));
                }
            }
            Event::Eof if open.is_empty() => return Ok(now.flow),
            Event::Eof => return Err(Refusal::new("its text breaks off; save it again")),
            _ => {}
        }
    }
}

/// An element that is open.
#[derive(Clone, Copy)]
struct Open {
    role: Role,
    /// Whether text that stands in it counts.
    shows: bool,
    /// Whether nothing in it counts.
    silent: bool,
}

impl Default for Open {
    fn default() -> Open {
        Open { role: Role::None, shows: false, silent: false }
    }
}

impl Open {
    fn below(above: Open, role: Role) -> Open {
        let silent = above.silent || role == Role::Silent;
        let shows = match role {
            Role::Paragraph | Role::Title | Role::Shown => true,
            Role::None => above.shows,
            _ => false,
        };
        Open { role, shows: shows && !silent, silent }
    }
}

/// The character that a reference stands for.
pub(super) fn resolve(reference: &BytesRef) -> Option<char> {
    if let Ok(Some(char)) = reference.resolve_char_ref() {
        return Some(char);
    }
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[derive(Default)]
struct State {
    flow: Flow,
    /// Paragraphs that are open, and whether one is the title: a text box has paragraphs inside a paragraph.
    paragraphs: Vec<(String, bool)>,
    /// Rows and their cells that are open.
    rows: Vec<Vec<String>>,
    notes: usize,
}

impl State {
    fn open(&mut self, role: Role) {
        match role {
            Role::Paragraph | Role::Frame | Role::Title => {
                self.paragraphs.push((String::new(), role == Role::Title))
            }
            Role::Titled => {
                if let Some((_, is_title)) = self.paragraphs.last_mut() {
                    *is_title = true;
                }
            }
            Role::Row => self.rows.push(Vec::new()),
            Role::Cell => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            Role::Note => self.notes += 1,
            Role::Blanks(count) => self.text(&" ".repeat(count.min(100))),
            Role::Break => self.push("\n"),
            Role::Hyphen => self.push("-"),
            Role::Shown | Role::Silent | Role::None => {}
        }
    }

    fn close(&mut self, role: Role) {
        match role {
            Role::Paragraph | Role::Frame | Role::Title => {
                let (paragraph, is_title) = self.paragraphs.pop().unwrap_or_default();
                let lines: Vec<&str> =
                    paragraph.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
                let paragraph = lines.join("\n");
                if is_title && self.flow.title.is_none() && !paragraph.is_empty() {
                    self.flow.title = Some(paragraph.replace('\n', " "));
                }
                self.end(paragraph);
            }
            Role::Row => {
                let cells = self.rows.pop().unwrap_or_default();
                let cells: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
                self.end(cells.join(" | "));
            }
            Role::Note => self.notes = self.notes.saturating_sub(1),
            _ => {}
        }
    }

    /// A paragraph or a row is done: it goes into the cell it stands in, or becomes one of the text's.
    fn end(&mut self, text: String) {
        if text.is_empty() {
        } else if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&text.replace('\n', " "));
        } else if self.notes > 0 {
            self.flow.notes.push(text);
        } else {
            self.flow.paragraphs.push(text);
        }
    }

    /// White space in the file is one blank, as wide as it may be there.
    fn text(&mut self, text: &str) {
        let Some((paragraph, _)) = self.paragraphs.last_mut() else { return };
        for char in text.chars() {
            if char.is_whitespace() && char != '\u{A0}' {
                if !paragraph.is_empty() && !paragraph.ends_with([' ', '\n']) {
                    paragraph.push(' ');
                }
            } else if !matches!(char, '\u{AD}' | '\u{FEFF}' | '\u{200B}') {
                paragraph.push(if char == '\u{A0}' { ' ' } else { char });
            }
        }
    }

    fn push(&mut self, sign: &str) {
        if let Some((paragraph, _)) = self.paragraphs.last_mut() {
            paragraph.push_str(sign);
        }
    }
}
