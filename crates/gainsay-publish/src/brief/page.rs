//! The brief as one HTML page: no script, no font, no picture from anywhere else.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::doc::{Bar, Block, Column, Fit, Item, Lane, Line, Proof, Row, Run, Section, Table, Tone};
use super::head::Head;
use super::symbols;

/// Lets nothing be loaded and nothing run, whatever a report's text should hold.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// Writes the page.
pub(crate) fn page(head: &Head, sections: &[Section]) -> String {
    let style = format!("{}{}", super::sides::css(), include_str!("page.css"));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (head.title) " · " (head.scope) }
                style { (PreEscaped(style)) }
            }
            body {
                a.skip href="#main" { "Skip to the text" }
                (PreEscaped(symbols::sprite()))
                header.masthead {
                    p.scope { (head.scope) }
                    h1 { (head.title) }
                    dl.facts {
                        @for (number, what) in &head.facts {
                            div { dt { (what) } dd { (number) } }
                        }
                    }
                }
                nav.contents aria-label="Contents" {
                    ol { @for section in sections { li { a href={ "#" (section.id) } { (section.title) } } } }
                }
                main #main {
                    section.notes aria-label="How to read this brief" {
                        @for (at, note) in head.notes.iter().enumerate() {
                            p.caution[at == 0] { (line(note)) }
                        }
                    }
                    @for section in sections {
                        section id=(section.id) aria-labelledby={ (section.id) "-title" } {
                            h2 id={ (section.id) "-title" } { (section.title) }
                            @for block in &section.blocks { (self::block(block)) }
                        }
                    }
                }
                footer { p { "Written by gainsay. It reports what is said, not what is true." } }
            }
        }
    };
    page.into_string()
}

fn line(line: &Line) -> Markup {
    html! { @for run in line { (self::run(run)) } }
}

fn run(run: &Run) -> Markup {
    html! {
        @match run {
            Run::Text(words) => (words),
            Run::Strong(words) => strong { (words) },
            Run::Soft(words) => span.soft { (words) },
            Run::Cite(numbers) => (cite(numbers)),
            Run::Chip(tone, words) => span class={ "chip " (tone_class(*tone)) } { (words) },
            Run::Side(side, words) => (side_name(side, words)),
            Run::Symbol(kind) => (PreEscaped(symbols::kind(*kind))),
            Run::Goto(anchor, words) => @if anchor.is_empty() { (words) } @else {
                a.differs[words == "≠"] href={ "#" (anchor) } aria-label=[(words == "≠").then_some("disputed")] { (words) }
            },
            Run::Away(url, words) => a href=(url) rel="noreferrer noopener" { bdi { (words) } },
        }
    }
}

/// A side's mark and a name that does not part from it.
fn side_name(side: &str, words: &str) -> Markup {
    let (first, rest) = words.split_once(' ').map_or((words, ""), |(first, rest)| (first, rest));
    html! {
        @if side.is_empty() { (words) }
        @else {
            span.side { (PreEscaped(symbols::side(side))) (first) }
            @if !rest.is_empty() { " " (rest) }
        }
    }
}

/// More links than this are folded.
const CITES: usize = 8;

fn cite(numbers: &[usize]) -> Markup {
    let link = |number: &usize| html! { a href={ "#e" (number) } { (number) } };
    html! {
        @if !numbers.is_empty() {
            span.cite {
                span.hidden { " Evidence: " }
                @for (at, number) in numbers.iter().take(CITES).enumerate() { @if at > 0 { " " } (link(number)) }
                @if numbers.len() > CITES {
                    " "
                    details.more {
                        summary aria-label={ (numbers.len() - CITES) " more pieces of evidence" } { "+" (numbers.len() - CITES) }
                        @for number in numbers.iter().skip(CITES) { " " (link(number)) }
                    }
                }
            }
        }
    }
}

fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Firm => "firm",
        Tone::Weak => "weak",
        Tone::Disputed => "disputed",
        Tone::Unknown => "unknown",
    }
}

fn block(block: &Block) -> Markup {
    html! {
        @match block {
            Block::Para(words, back) => p.aside[*back] { (line(words)) },
            Block::Sub(id, words) => h3 id=(id) { (words) },
            Block::List(class, items) => ul class=(class) { @for item in items { (self::item(item)) } },
            Block::Table(table) => (self::table(table)),
            Block::Fold(title, open, blocks) => details.fold open[*open] {
                summary { (title) }
                @for block in blocks { (self::block(block)) }
            },
            Block::Days(days) => div.days {
                @for (day, items) in days {
                    div.day {
                        h4 { (day) }
                        ul.events { @for item in items { (self::item(item)) } }
                    }
                }
            },
            Block::Overview(columns) => (overview(columns)),
            Block::Lanes(first, last, lanes) => (self::lanes(first, last, lanes)),
            Block::Picture(picture, words) => figure {
                (PreEscaped(picture))
                figcaption { (line(words)) }
            },
            Block::Proofs(report, proofs) => div.report {
                h3 { (line(report)) }
                ol.proofs { @for proof in proofs { (self::proof(proof)) } }
            },
        }
    }
}

fn item(item: &Item) -> Markup {
    html! {
        li id=[item.id.as_deref()] {
            @for (at, words) in item.lines.iter().enumerate() {
                div.lead[at == 0] { (line(words)) }
            }
        }
    }
}

/// A table with more columns than this may be wider than its page, and scrolls.
const COLUMNS: usize = 6;

fn table(table: &Table) -> Markup {
    let wide = table.head.len() > COLUMNS;
    let figures = table.fits.contains(&Fit::Figure);
    html! {
        div.tablebox.scrolls[wide] tabindex=[wide.then_some("0")] role=[wide.then_some("region")]
            aria-label=[wide.then(|| words(&table.caption))] {
            table.figures[figures] role="table" {
                caption { (line(&table.caption)) }
                thead role="rowgroup" {
                    tr role="row" {
                        @for (at, head) in table.head.iter().enumerate() {
                            th scope="col" role="columnheader" class=[fit(table, at)] { (head) }
                        }
                    }
                }
                tbody role="rowgroup" { @for row in &table.rows { (self::row(table, row)) } }
            }
        }
    }
}

fn fit(table: &Table, column: usize) -> Option<&'static str> {
    match table.fits.get(column)? {
        Fit::Words => None,
        Fit::Figure => Some("figure"),
        Fit::Tight => Some("tight"),
    }
}

fn row(table: &Table, row: &Row) -> Markup {
    html! {
        tr role="row" id=[row.id.as_deref()] .foot[row.foot] {
            @for (at, cell) in row.cells.iter().enumerate() {
                @if at == 0 {
                    th scope="row" role="rowheader" class=[fit(table, at)] { (line(cell)) }
                } @else {
                    // What says nothing is left out where rows become cards.
                    @let empty = is_empty(cell);
                    @let class = [fit(table, at), empty.then_some("empty")].into_iter().flatten().collect::<Vec<_>>().join(" ");
                    td role="cell" data-label=(table.head.get(at).map_or("", String::as_str))
                        class=[(!class.is_empty()).then_some(class)] { span { (line(cell)) } }
                }
            }
        }
    }
}

/// The plain words of a line.
fn words(line: &Line) -> String {
    let word = |run: &Run| match run {
        Run::Text(words)
        | Run::Strong(words)
        | Run::Soft(words)
        | Run::Side(_, words)
        | Run::Goto(_, words) => words.clone(),
        _ => String::new(),
    };
    line.iter().map(word).collect()
}

fn overview(columns: &[Column]) -> Markup {
    html! {
        figure.overview {
            ol {
                @for column in columns {
                    li {
                        @match &column.to {
                            Some(anchor) => {
                                @let label = format!("{}: {}", column.label, super::phrase::count(column.count, "event", "events"));
                                a href={ "#" (anchor) } title=(label) aria-label=(label) {
                                    span style={ "height:" (column.height) "%" } {}
                                }
                            }
                            None => span.none {}
                        }
                        @if !column.tick.is_empty() { small aria-hidden="true" { (column.tick) } }
                    }
                }
            }
            figcaption.hidden { "Number of events over time; each column leads to its first event." }
        }
    }
}

fn lanes(first: &str, last: &str, lanes: &[Lane]) -> Markup {
    html! {
        div.lanes {
            @if !first.is_empty() { div.axis aria-hidden="true" { span { (first) } span { (last) } } }
            ol {
                @for lane in lanes {
                    li id=[lane.item.id.as_deref()] {
                        div.track aria-hidden="true" { @if let Some(bar) = &lane.bar { (self::bar(bar)) } }
                        @for words in &lane.item.lines { div { (line(words)) } }
                    }
                }
            }
        }
    }
}

fn bar(bar: &Bar) -> Markup {
    let tenths = |value: u32| format!("{}.{}", value / 10, value % 10);
    let style = format!("left:{}%;width:{}%", tenths(bar.from), tenths(bar.to.saturating_sub(bar.from)));
    html! { span class={ "bar " (bar.class) } style=(style) {} }
}

fn proof(proof: &Proof) -> Markup {
    html! {
        li id={ "e" (proof.number) } {
            span.number aria-label={ "Evidence " (proof.number) } { (proof.number) }
            div.body {
                @for quote in &proof.quotes {
                    blockquote lang=[proof.language.as_deref()] dir="auto" { (quote) }
                }
                div.said { (line(&proof.said)) }
                div.read { (line(&proof.read)) }
                div.by { (line(&proof.by)) }
                @if !proof.back.is_empty() {
                    div.back {
                        "Used in: "
                        @for (at, (anchor, section)) in proof.back.iter().enumerate() {
                            @if at > 0 { ", " }
                            a href={ "#" (anchor) } { (section) }
                        }
                    }
                }
            }
        }
    }
}

/// Whether a cell says nothing.
fn is_empty(cell: &Line) -> bool {
    match cell.as_slice() {
        [] => true,
        [Run::Soft(words)] => words == "–" || words == "not known",
        _ => false,
    }
}
