//! A tree of elements to paragraphs, with a blank line between them.

use dom_query::NodeRef;

use crate::furniture;

/// The text below a node, furniture's own phrases left out. Line breaks inside a paragraph stay; cells of a table's
/// row are set apart by ` | `.
pub(crate) fn of(root: &NodeRef) -> String {
    let mut prose = Prose::default();
    // Without recursion: pages may nest deeply.
    let mut next = root.first_child();
    while let Some(node) = next {
        let name = node.node_name().unwrap_or_default();
        prose.open(&node, &name);
        next = match node.first_child().filter(|_| !is_silent(&name)) {
            Some(child) => Some(child),
            None => {
                let mut at = node;
                loop {
                    prose.close(&at.node_name().unwrap_or_default());
                    if let Some(sibling) = at.next_sibling() {
                        break Some(sibling);
                    }
                    match at.parent().filter(|parent| parent.id != root.id) {
                        Some(parent) => at = parent,
                        None => break None,
                    }
                }
            }
        };
    }
    prose.end_paragraph();
    prose.paragraphs.join("\n\n")
}

#[derive(Default)]
struct Prose {
    paragraphs: Vec<String>,
    paragraph: String,
    preformatted: usize,
}

impl Prose {
    fn open(&mut self, node: &NodeRef, name: &str) {
        if node.is_text() {
            return self.text(&node.text());
        }
        match name {
            "br" => self.break_line(),
            "td" | "th" if !self.paragraph.trim().is_empty() => self.paragraph.push_str(" | "),
            "pre" => {
                self.end_paragraph();
                self.preformatted += 1;
            }
            _ if is_block(name) => self.end_paragraph(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "pre" {
            self.preformatted = self.preformatted.saturating_sub(1);
        }
        if is_block(name) {
            self.end_paragraph();
        }
    }

    fn text(&mut self, text: &str) {
        for char in text.chars() {
            if char == '\n' && self.preformatted > 0 {
                self.break_line();
            } else if char == '\u{200B}' && self.paragraph.ends_with(char::is_alphanumeric) {
                // Inside a word it is a trick, and told of; behind one it is where a line may break.
                self.paragraph.push(char);
            } else if char.is_whitespace() || char == '\u{200B}' {
                self.end_word();
                if !self.paragraph.is_empty() && !self.paragraph.ends_with([' ', '\n']) {
                    self.paragraph.push(' ');
                }
            } else if !matches!(char, '\u{AD}' | '\u{FEFF}') {
                if !char.is_alphanumeric() {
                    self.end_word();
                }
                self.paragraph.push(char);
            }
        }
    }

    /// A place where a line may break is none behind the last letter of a word.
    fn end_word(&mut self) {
        self.paragraph.truncate(self.paragraph.trim_end_matches('\u{200B}').len());
    }

    fn break_line(&mut self) {
        self.end_word();
        self.paragraph.truncate(self.paragraph.trim_end_matches(' ').len());
        self.paragraph.push('\n');
    }

    fn end_paragraph(&mut self) {
        self.end_word();
        let paragraph = std::mem::take(&mut self.paragraph);
        // Two line breaks in a row part paragraphs, too.
        let mut lines: Vec<&str> = Vec::new();
        for line in paragraph.lines().map(str::trim).chain([""]) {
            if !line.is_empty() {
                if !furniture::is_phrase(line) {
                    lines.push(line);
                }
            } else if !lines.is_empty() {
                self.paragraphs.push(lines.join("\n"));
                lines.clear();
            }
        }
    }
}

fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

fn is_silent(name: &str) -> bool {
    SILENT.binary_search(&name).is_ok()
}

/// Elements that begin and end a paragraph, sorted.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// Elements whose content is never shown as text, sorted.
const SILENT: &[&str] = &[
    "audio",
    "button",
    "canvas",
    "embed",
    "figcaption",
    "head",
    "iframe",
    "math",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
];

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    #[test]
    fn blocks_become_paragraphs() {
        let page = "<div>One <b>bold</b>\n  word.<p>Two<br>lines.<br><br>Three</p>tail</div><ul><li>a<li>b</ul>\
                    <table><tr><td>x<td>1<tr><td>y<td>2</table><pre>k\nl</pre><script>no()</script>\
                    <p>Share this article</p>";
        let doc = Document::fragment(page);
        assert_eq!(
            of(&doc.root()),
            "One bold word.\n\nTwo\nlines.\n\nThree\n\ntail\n\na\n\nb\n\nx | 1\n\ny | 2\n\nk\nl"
        );
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(BLOCKS.is_sorted() && SILENT.is_sorted());
    }
}
