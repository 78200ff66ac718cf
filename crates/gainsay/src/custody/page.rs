//! A document of headings, sentences and tables, written for people: as a page, as Markdown, as plain text.

/// In what form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One page without any outside part, to be printed.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
    /// One JSON object.
    Json,
}

impl Form {
    /// The form that a file's ending asks for.
    pub fn of(extension: &str) -> Option<Form> {
        match extension.to_ascii_lowercase().as_str() {
            "html" | "htm" => Some(Form::Html),
            "md" | "markdown" => Some(Form::Markdown),
            "txt" => Some(Form::Text),
            "json" => Some(Form::Json),
            _ => None,
        }
    }
}

/// A part of a document.
enum Part {
    Heading(String),
    Text(String),
    List(Vec<String>),
    Table(Vec<&'static str>, Vec<Vec<String>>),
}

/// A document.
pub(super) struct Page {
    title: String,
    parts: Vec<Part>,
}

impl Page {
    pub(super) fn new(title: impl Into<String>) -> Page {
        Page { title: title.into(), parts: Vec::new() }
    }

    pub(super) fn heading(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Heading(text.into()));
    }

    pub(super) fn text(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Text(text.into()));
    }

    pub(super) fn list<S: Into<String>>(&mut self, items: impl IntoIterator<Item = S>) {
        self.parts.push(Part::List(items.into_iter().map(Into::into).collect()));
    }

    pub(super) fn table(&mut self, head: &[&'static str], rows: Vec<Vec<String>>) {
        self.parts.push(Part::Table(head.to_vec(), rows));
    }

    /// Two columns: what it is called, and what it is.
    pub(super) fn facts(&mut self, rows: &[(&'static str, String)]) {
        let rows = rows.iter().map(|(name, value)| vec![(*name).to_owned(), value.clone()]).collect();
        self.table(&["", ""], rows);
    }

    pub(super) fn html(&self) -> String {
        let mut out = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
            escaped(&self.title),
            escaped(&self.title)
        );
        for part in &self.parts {
            match part {
                Part::Heading(text) => out += &format!("<h2>{}</h2>\n", escaped(text)),
                Part::Text(text) => out += &format!("<p>{}</p>\n", escaped(text)),
                Part::List(items) => {
                    out += "<ul>\n";
                    items.iter().for_each(|item| out += &format!("<li>{}</li>\n", escaped(item)));
                    out += "</ul>\n";
                }
                Part::Table(head, rows) => {
                    out += "<table>\n";
                    if has_head(head) {
                        let cells: String =
                            head.iter().map(|cell| format!("<th>{}</th>", escaped(cell))).collect();
                        out += &format!("<thead><tr>{cells}</tr></thead>\n");
                    }
                    for row in rows {
                        let cells: String =
                            row.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
                        out += &format!("<tr>{cells}</tr>\n");
                    }
                    out += "</table>\n";
                }
            }
        }
        out + "</body>\n</html>\n"
    }

    pub(super) fn markdown(&self) -> String {
        let mut out = format!("# {}\n", marked(&self.title));
        for part in &self.parts {
            out.push('\n');
            match part {
                Part::Heading(text) => out += &format!("## {}\n", marked(text)),
                Part::Text(text) => out += &format!("{}\n", marked(text)),
                Part::List(items) => items.iter().for_each(|item| out += &format!("- {}\n", marked(item))),
                Part::Table(head, rows) => {
                    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
                    out += &line(head.iter().map(|cell| marked(cell)).collect());
                    out += &line(head.iter().map(|_| "---".to_owned()).collect());
                    rows.iter().for_each(|row| out += &line(row.iter().map(|cell| marked(cell)).collect()));
                }
            }
        }
        out
    }

    pub(super) fn plain(&self) -> String {
        let mut out = format!("{}\n{}\n", line(&self.title), "=".repeat(self.title.chars().count()));
        for part in &self.parts {
            out.push('\n');
            match part {
                Part::Heading(text) => {
                    out += &format!("{}\n{}\n", line(text), "-".repeat(text.chars().count()));
                }
                Part::Text(text) => out += &format!("{}\n", line(text)),
                Part::List(items) => items.iter().for_each(|item| out += &format!("* {}\n", line(item))),
                Part::Table(head, rows) => {
                    for row in rows {
                        if !has_head(head) {
                            out += &format!("  {}\n", line(&row.join(": ")));
                            continue;
                        }
                        for (name, cell) in head.iter().zip(row) {
                            out += &format!("  {name}: {}\n", line(cell));
                        }
                        out.push('\n');
                    }
                }
            }
        }
        out
    }
}

fn has_head(head: &[&str]) -> bool {
    head.iter().any(|cell| !cell.is_empty())
}

const STYLE: &str = "body{font:11pt/1.45 Georgia,serif;max-width:48em;margin:2em auto;padding:0 1em;color:#000;background:#fff}\
h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.6em}table{border-collapse:collapse;width:100%;font-size:.85em}\
td,th{border:1px solid #999;padding:.25em .4em;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
@media print{body{margin:0;max-width:none}tr{break-inside:avoid}h2{break-after:avoid}}";

/// One line without what would turn its writing round.
fn line(text: &str) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect()
}

fn escaped(text: &str) -> String {
    line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn marked(text: &str) -> String {
    let mut out = String::new();
    for c in line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_outside_stays_text() {
        let mut page = Page::new("A <b>title</b>");
        page.heading("H");
        page.text("x | <script>\n\u{202e}");
        page.list(["*one*"]);
        page.table(&["a", "b"], vec![vec!["1|2".into(), "<3>".into()]]);
        let html = page.html();
        assert!(!html.contains("<script>") && !html.contains("<b>") && !html.contains('\u{202e}'), "{html}");
        assert!(html.contains("<td>&lt;3&gt;</td>"));
        let markdown = page.markdown();
        assert!(markdown.contains("| 1\\|2 | \\<3\\> |") && markdown.contains("- \\*one\\*"), "{markdown}");
        assert!(page.plain().contains("a: 1|2"), "{}", page.plain());
        assert_eq!(
            (Form::of("HTML"), Form::of("md"), Form::of("docx")),
            (Some(Form::Html), Some(Form::Markdown), None)
        );
    }
}
