//! The brief as Markdown (CommonMark with the tables of GitHub): the same tree as the page, no HTML in it.

use super::doc::{Block, Fit, Item, Line, Proof, Run, Section, Table, Tone};
use super::head::Head;
use crate::clean::markdown as escape;

/// Writes the Markdown.
pub(crate) fn text(head: &Head, sections: &[Section]) -> String {
    let mut out = format!("# {}\n\n{}\n\n", escape(&head.title), escape(&head.scope));
    let facts: Vec<String> = head.facts.iter().map(|(number, what)| format!("{number} {what}")).collect();
    out.push_str(&format!("{}\n\n", escape(&facts.join(" · "))));
    for note in &head.notes {
        out.push_str(&format!("> {}\n>\n", line(note)));
    }
    out.push('\n');
    for section in sections {
        out.push_str(&format!("## {}\n\n", escape(section.title)));
        for block in &section.blocks {
            self::block(&mut out, block);
        }
    }
    let mut text = out.trim_end().to_string();
    text.push('\n');
    text
}

fn line(line: &Line) -> String {
    line.iter().map(run).collect::<String>().trim().to_string()
}

fn run(run: &Run) -> String {
    let emphasis = |mark: &str, words: &str| {
        // Emphasis must touch its words: spaces stay outside.
        let inner = words.trim();
        if inner.is_empty() {
            return words.to_string();
        }
        let (before, after) =
            (&words[..words.len() - words.trim_start().len()], &words[words.trim_end().len()..]);
        format!("{before}{mark}{}{mark}{after}", escape(inner))
    };
    match run {
        Run::Text(words) | Run::Soft(words) | Run::Side(_, words) | Run::Goto(_, words) => escape(words),
        Run::Strong(words) => emphasis("**", words),
        Run::Cite(numbers) => {
            let link = |number: &usize| format!(" [{number}](#evidence-{number})");
            numbers.iter().map(link).collect()
        }
        Run::Chip(Tone::Disputed, words) => emphasis("**", words),
        Run::Chip(_, words) => emphasis("*", words),
        Run::Symbol(_) => String::new(),
        Run::Away(url, words) => {
            let url: String = url
                .chars()
                .map(|c| match c {
                    '(' => "%28".to_string(),
                    ')' => "%29".to_string(),
                    '|' => "%7C".to_string(),
                    c => c.to_string(),
                })
                .collect();
            format!("[{}](<{url}>)", escape(words))
        }
    }
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Para(words, _) => out.push_str(&format!("{}\n\n", line(words))),
        Block::Sub(_, words) => out.push_str(&format!("### {}\n\n", escape(words))),
        Block::List(_, items) => {
            items.iter().for_each(|item| self::item(out, item));
            out.push('\n');
        }
        Block::Table(table) => self::table(out, table),
        Block::Fold(title, _, blocks) => {
            out.push_str(&format!("**{}**\n\n", escape(title)));
            blocks.iter().for_each(|block| self::block(out, block));
        }
        Block::Days(days) => {
            for (day, items) in days {
                out.push_str(&format!("**{}**\n\n", escape(day)));
                items.iter().for_each(|item| self::item(out, item));
                out.push('\n');
            }
        }
        Block::Overview(_) => {}
        Block::Lanes(_, _, lanes) => {
            lanes.iter().for_each(|lane| self::item(out, &lane.item));
            out.push('\n');
        }
        Block::Picture(_, words) => {
            out.push_str(&format!("The map is in the HTML version. {}\n\n", line(words)));
        }
        Block::Proofs(report, proofs) => {
            out.push_str(&format!("### {}\n\n", line(report)));
            proofs.iter().for_each(|proof| self::proof(out, proof));
        }
    }
}

fn item(out: &mut String, item: &Item) {
    for (at, words) in item.lines.iter().enumerate() {
        let indent = if at == 0 { "- " } else { "  - " };
        out.push_str(&format!("{indent}{}\n", line(words)));
    }
}

fn table(out: &mut String, table: &Table) {
    out.push_str(&format!("{}\n\n", line(&table.caption)));
    let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    out.push_str(&row(&table.head.iter().map(|head| escape(head)).collect::<Vec<_>>()));
    let rule = |at: usize| if table.fits.get(at) == Some(&Fit::Figure) { "---:" } else { "---" };
    out.push_str(&row(&(0..table.head.len()).map(|at| rule(at).to_string()).collect::<Vec<_>>()));
    for one in &table.rows {
        let cell = |at: usize| one.cells.get(at).map(line).unwrap_or_default();
        out.push_str(&row(&(0..table.head.len()).map(cell).collect::<Vec<_>>()));
    }
    out.push('\n');
}

fn proof(out: &mut String, proof: &Proof) {
    out.push_str(&format!("#### Evidence {}\n\n", proof.number));
    for quote in &proof.quotes {
        out.push_str(&format!("> {}\n>\n", escape(quote.trim())));
    }
    out.push_str(&format!("\n{}  \n{}  \n{}\n\n", line(&proof.said), line(&proof.read), line(&proof.by)));
}
