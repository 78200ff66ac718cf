//! The brief: what people read, every figure a link to the words it came from.
//!
//! **Takes** a [`BriefInput`]: what was weighed, and the words to name it by.
//! **Gives** one HTML page ([`html()`]) or Markdown ([`markdown()`]) that say the same.
//! **Never** decides anything, loads anything, or lets text of a report be more than text.

mod doc;
mod input;
pub(crate) mod phrase;
pub(crate) mod sides;
pub(crate) mod svg;
mod symbols;
pub(crate) mod view;

mod changes;
mod displacement;
mod disputes;
mod evidence;
mod head;
mod holders;
pub(crate) mod map;
mod method;
mod sieges;
mod ties;
mod timeline;
mod tolls;
mod voices;

mod cite;
mod page;
mod text;

pub use input::{BriefInput, Displaced, DisplacementKind, NamePolicy, ReportHead};

use crate::clean;
use doc::Section;
use head::Head;
use view::View;

/// The brief as one self-contained HTML page. The same input gives the same bytes.
pub fn html(input: &BriefInput) -> String {
    let (head, sections) = build(input);
    clean::seal(page::page(&head, &sections))
}

/// The brief as Markdown. The same input gives the same bytes.
pub fn markdown(input: &BriefInput) -> String {
    let (head, sections) = build(input);
    clean::seal(text::text(&head, &sections))
}

/// Builds the brief as a document: a line per section.
fn build(input: &BriefInput) -> (Head, Vec<Section>) {
    let view = View::of(input);
    let head = head::head(&view);
    if input.claims.is_empty() && input.events.is_empty() && input.controls.is_empty() {
        return (head, vec![nothing(), method::section(&view, 0)]);
    }
    let mut sections = vec![
        changes::section(&view),
        map::section(&view),
        timeline::section(&view),
        tolls::section(&view),
        disputes::section(&view),
        holders::section(&view),
        sieges::section(&view),
        displacement::section(&view),
        voices::section(&view),
        ties::section(&view),
    ];
    let uses = cite::number(&mut sections);
    sections.push(evidence::section(&view, &uses));
    sections.push(method::section(&view, uses.order.len()));
    (head, sections)
}

/// What stands in the place of all sections where there is nothing to say.
fn nothing() -> Section {
    let words =
        "No claim falls in this period and area. That nothing was read does not mean that nothing happened.";
    Section { id: "nothing", title: "Nothing reported", short: "", blocks: vec![doc::aside(words)] }
}
