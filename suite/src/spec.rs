//! Markdown to cases: a heading, prose, a text in a block quote, and what is expected of it.

use gainsay_model::{Date, Report};

use crate::expect::Expect;

/// One text and what is expected of reading it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The headings above it, joined; numbered where one heading holds several texts.
    pub name: String,
    /// The line its text begins on, counted from 1.
    pub line: usize,
    /// The report to read.
    pub report: Report,
    /// What is expected, each with its line.
    pub expect: Vec<(usize, Expect)>,
    /// Why it fails today, where it is known to.
    pub gap: Option<String>,
}

/// Reads the cases of a file.
///
/// # Errors
/// The first line that is neither prose, heading, quote, remark nor expectation: its number and what is wrong.
pub fn cases(text: &str) -> Result<Vec<Case>, String> {
    let mut book = Book::default();
    for (at, line) in text.lines().enumerate() {
        book.line(at + 1, line).map_err(|what| format!("line {}: {what}", at + 1))?;
    }
    book.close()?;
    Ok(book.cases)
}

/// What a file has given so far.
#[derive(Default)]
struct Book {
    cases: Vec<Case>,
    heading: String,
    /// How many texts the heading has had.
    under: usize,
    /// The default date of the file.
    published: Option<Date>,
    open: Option<Case>,
    in_quote: bool,
}

impl Book {
    fn line(&mut self, at: usize, line: &str) -> Result<(), String> {
        let quote = line == ">" || line.starts_with("> ");
        let continues = self.in_quote;
        self.in_quote = quote;
        if let Some(heading) = line.strip_prefix("## ") {
            self.close()?;
            self.heading = heading.trim().to_string();
            self.under = 0;
        } else if quote {
            self.quote(at, line.get(2..).unwrap_or(""), continues)?;
        } else if let Some(remark) = line.strip_prefix('(').and_then(|line| line.strip_suffix(')')) {
            self.remark(remark)?;
        } else if let Some(item) = line.strip_prefix("- ") {
            let Some(case) = &mut self.open else {
                return Err("an expectation without a text above it".to_string());
            };
            case.expect.push((at, Expect::parse(item)?));
        }
        Ok(())
    }

    fn quote(&mut self, at: usize, words: &str, continues: bool) -> Result<(), String> {
        if !continues {
            self.close()?;
            if self.heading.is_empty() {
                return Err("a text before the first `## ` heading".to_string());
            }
            self.under += 1;
            let name = if self.under == 1 {
                self.heading.clone()
            } else {
                format!("{} ({})", self.heading, self.under)
            };
            let report = Report {
                id: "report".to_string(),
                text: String::new(),
                published: self.published,
                publisher: None,
                author: None,
                title: None,
                url: None,
                language: Some("en".to_string()),
                guessed: Vec::new(),
            };
            self.open = Some(Case { name, line: at, report, expect: Vec::new(), gap: None });
        }
        if let Some(case) = &mut self.open {
            if continues {
                case.report.text.push('\n');
            }
            case.report.text.push_str(words);
        }
        Ok(())
    }

    /// `(published 2015-08-18)`, `(outlet Example Wire)`, `(headline …)`, `(known gap: why)`.
    fn remark(&mut self, remark: &str) -> Result<(), String> {
        let published = |day: &str| day.parse::<Date>().map_err(|_| format!("no ISO day: {day}")).map(Some);
        match (&mut self.open, remark.split_once(' ')) {
            (None, Some(("published", day))) if self.heading.is_empty() => self.published = published(day)?,
            (Some(case), Some(("published", day))) => case.report.published = published(day)?,
            (Some(case), Some(("outlet", name))) => case.report.publisher = Some(name.to_string()),
            (Some(case), Some(("headline", title))) => case.report.title = Some(title.to_string()),
            (Some(case), _) => {
                if let Some(why) = remark.strip_prefix("known gap:") {
                    case.gap = Some(why.trim().to_string());
                }
            }
            (None, _) => {}
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        let Some(mut case) = self.open.take() else { return Ok(()) };
        if case.expect.is_empty() {
            return Err(format!("«{}», line {}: nothing is expected of this text", case.name, case.line));
        }
        if let Some(title) = &case.report.title {
            case.report.text = format!("{title}\n\n{}", case.report.text);
        }
        self.cases.push(case);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_a_text_and_what_follows_it() {
        let text = "# Pass\n\nProse.\n\n(published 2015-08-18)\n\n## One\n\n> A.\n>\n> B.\n\n- no claim\n\n> C.\n\n\
                    (published 2015-08-19)\n(known gap: not yet)\n\n- clash\n- nothing else\n";
        let cases = cases(text).unwrap();
        let seen: Vec<_> = cases
            .iter()
            .map(|case| (case.name.as_str(), case.report.text.as_str(), case.expect.len()))
            .collect();
        assert_eq!(seen, [("One", "A.\n\nB.", 1), ("One (2)", "C.", 2)]);
        assert_eq!(cases[0].report.published, "2015-08-18".parse().ok());
        assert_eq!(cases[1].report.published, "2015-08-19".parse().ok());
        assert_eq!(cases[1].gap.as_deref(), Some("not yet"));
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_line() {
        assert!(cases("## One\n- clash\n").unwrap_err().starts_with("line 2:"));
        assert!(cases("## One\n> A.\n- skirmish\n").unwrap_err().starts_with("line 3:"));
        assert!(cases("## One\n> A.\n").unwrap_err().contains("nothing is expected"));
    }
}
