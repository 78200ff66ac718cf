//! The tree of a page, built in bounded time and memory.
//!
//! **Takes** a page's tags. **Gives** its tree, or says which bound it is beyond. **Never** counts tags by their looks:
//! the parser itself says how deep each stands, and what it makes of one tag, which may be a thousand elements.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use dom_query::{Document, NodeId};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

use crate::limits::{MAX_ATTRIBUTES, MAX_TAG_DEPTH, MAX_TAG_DEPTHS};

/// So many bytes are parsed between two looks at the bounds.
const STEP: usize = 1024;

/// A page may hold so many elements more than one for each of its shortest tags (`<p>`): for some tags that are left
/// out, and for letters that are to be bold in every paragraph, the parser makes elements of its own.
const MADE_UP: usize = 20_000;

/// The tree of a page, or which bound its tags are beyond.
///
/// # Errors
/// Tags that nest too deep, that all together stand too deep, that are made without end, or that have too many
/// attributes.
pub(crate) fn tree(page: &str) -> Result<Document, String> {
    if overloaded(page) {
        return Err(format!("a tag has more than {MAX_ATTRIBUTES} attributes"));
    }
    let opts = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let mut parser = parse_document(Watched::default(), opts);
    let (mut at, mut depths) = (0, 0);
    while at < page.len() {
        let end = page.ceil_char_boundary(at + STEP);
        let step = &page[at..end];
        parser.process(StrTendril::from_slice(step));
        at = end;
        let watched = &parser.tokenizer.sink.sink;
        // Each tag is looked for among those that are open.
        depths += watched.last.get() * step.matches('<').count();
        watched.beyond(at, depths)?;
    }
    Ok(parser.finish())
}

/// A tree under construction, and what it costs.
#[derive(Default)]
struct Watched {
    doc: Document,
    /// How deep elements stand.
    depth: RefCell<HashMap<NodeId, usize>>,
    deepest: Cell<usize>,
    /// How deep the last one stands.
    last: Cell<usize>,
    made: Cell<usize>,
}

impl Watched {
    fn beyond(&self, read: usize, depths: usize) -> Result<(), String> {
        if self.deepest.get() > MAX_TAG_DEPTH {
            return Err(format!("its tags nest more than {MAX_TAG_DEPTH} deep"));
        }
        if depths > MAX_TAG_DEPTHS {
            return Err("too many of its tags stand too deep".to_owned());
        }
        if self.made.get() > read / 3 + MADE_UP {
            return Err("its tags are left open and begin anew too often".to_owned());
        }
        Ok(())
    }

    fn depth(&self, node: &NodeId) -> usize {
        self.depth.borrow().get(node).copied().unwrap_or_default()
    }

    fn stands(&self, child: &NodeOrText<NodeId>, depth: usize) {
        if let NodeOrText::AppendNode(node) = child {
            self.depth.borrow_mut().insert(*node, depth);
            self.deepest.set(self.deepest.get().max(depth));
            self.last.set(depth);
        }
    }
}

/// What is not said here is as in dom_query.
impl TreeSink for Watched {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn finish(self) -> Document {
        self.doc
    }

    /// Bad pages have millions of faults, and nobody asks for them.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.doc.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.doc.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.made.set(self.made.get() + 1);
        self.doc.create_element(name, attrs, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.doc.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.doc.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.stands(&child, self.depth(parent) + 1);
        self.doc.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        self.stands(&child, self.depth(element).max(self.depth(before) + 1));
        self.doc.append_based_on_parent_node(element, before, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.doc.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let contents = self.doc.get_template_contents(target);
        let depth = self.depth(target) + 1;
        self.depth.borrow_mut().insert(contents, depth);
        contents
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.doc.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.stands(&child, self.depth(sibling));
        self.doc.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.doc.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.doc.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.doc.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.doc.is_mathml_annotation_xml_integration_point(handle)
    }
}

/// So many tags that do not end before the page does are looked into.
const MAX_ENDLESS: usize = 100;

/// So many times its length a page is looked through at most.
const LOOKS: usize = 16;

/// Whether a tag has more attributes than it may. A tag may be a comment or a title to the parser, and what stands in
/// its quotes a tag: whatever could be one is counted, though all of it is a value to another.
fn overloaded(page: &str) -> bool {
    let (mut counted, mut endless, mut looked) = (0, 0, 0);
    for (open, _) in page.match_indices('<') {
        let rest = page[open + 1..].as_bytes();
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        if open < counted || !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let begins = page.len() - rest.len() + name;
        let (many, length) = attributes(&rest[name..]);
        if many > MAX_ATTRIBUTES {
            return true;
        }
        match length {
            Some(length) => {
                let whole = &page[begins..begins + length];
                let ends = [whole.find('>'), whole.find("</")].into_iter().flatten().min();
                counted = begins + ends.unwrap_or(length);
                looked += length;
            }
            // It may be text, and what follows tags; but the page is not gone through from every sign.
            None => endless += 1,
        }
        if endless == MAX_ENDLESS || looked > LOOKS * page.len() {
            return true;
        }
    }
    false
}

/// How many attributes the rest of a tag has, and after how many bytes it ends, if it does.
pub(crate) fn attributes(rest: &[u8]) -> (usize, Option<usize>) {
    let (mut many, mut inside, mut quote, mut before) = (0, false, None, b' ');
    for (at, &byte) in rest.iter().enumerate() {
        match quote {
            Some(sign) => quote = (byte != sign).then_some(sign),
            // Only a value is in quotes.
            None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
            None if byte == b'>' => return (many, Some(at)),
            None if byte.is_ascii_whitespace() || byte == b'/' => inside = false,
            None if !inside => (many, inside) = (many + 1, true),
            None => {}
        }
        if many > MAX_ATTRIBUTES {
            return (many, Some(at));
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
        // What is in quotes and what comes right behind are two.
        inside = inside && !(quote.is_none() && before == byte && matches!(byte, b'"' | b'\''));
    }
    (many, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(page: &str) -> String {
        tree(page).err().unwrap_or_default()
    }

    #[test]
    fn the_same_tree_as_in_one_piece() {
        for piece in [
            "<p class=\"a b\">Shells\r\nfell on Düma&nbsp;&amp; fled<br>",
            "ط<b>ق",
            "<td>x<li>y",
            "a\r",
            "<template><p>x<template>y</template></template>",
        ] {
            let page = piece.repeat(700);
            assert_eq!(tree(&page).unwrap().html(), Document::from(page.as_str()).html(), "{piece}");
        }
    }

    #[test]
    fn tags_that_nest_without_end_are_refused() {
        // Ends that end nothing, ends in comments and values, tags that only seem to end themselves.
        for tag in
            ["<div>", "<div></x>", "<div/>", "<div><!-- </div> -->", "<div title='</div>'>", "<i a><div></i>"]
        {
            let wrong = wrong(&tag.repeat(100_000));
            assert!(wrong.contains("nest") || wrong.contains("too deep"), "{tag}: {wrong}");
        }
        let fine = "<div>".repeat(MAX_TAG_DEPTH / 2) + "Fighters came to the town.";
        assert!(tree(&fine).is_ok());
        assert!(tree(&"<p>a<p>b<br><div><b>x</b></div><img/><!-- <i --> 3 < 4<li>c".repeat(20_000)).is_ok());
    }

    #[test]
    fn letters_that_begin_anew_in_every_paragraph_are_refused() {
        let bold: String = (0..900).map(|n| format!("<b a{n}=1>")).collect();
        let wrong = wrong(&format!("<p>{bold}</p>{}", "<p>x</p>".repeat(50_000)));
        assert!(wrong.contains("anew"), "{wrong}");
        let sloppy = "<p><font size=2><b>Shells fell on the market.</p>".repeat(2_000);
        assert!(tree(&sloppy).is_ok());
    }

    #[test]
    fn tags_that_take_the_square_of_their_number_are_refused() {
        let attributes: String = (0..400_000).map(|n| format!(" a{n}=x")).collect();
        for page in [
            format!("<p{attributes}>Shells fell.</p>"),
            // What a comment, a title or a value seems to swallow.
            format!("<!--<a x=\"--><p{attributes} y=\"\">Shells fell.</p>"),
            format!("<textarea><a x=\"</textarea><p{attributes} y=\"\">Shells fell.</p>"),
            format!("<textarea><a x=\"</textarea{attributes} y=\"\">Shells fell.</p>"),
            format!("<!a <b x=\"><p{attributes} y=\"\">Shells fell.</p>"),
        ] {
            assert!(wrong(&page).contains("attributes"), "{}", &page[..40]);
        }
        let deep = ("<div>".repeat(990) + "x" + &"</div>".repeat(990)).repeat(400);
        assert!(wrong(&deep).contains("too deep"));
    }

    #[test]
    fn attributes_are_counted_as_they_are_parsed() {
        for (tag, many) in [
            ("<a>", 0),
            ("<a href=x class='b c' data-x=\"<i d e>\" hidden>", 4),
            ("<img alt=\"x\"src='y'/>", 2),
            ("<a b = c>", 2),
            ("<a b c <i d e f>", 6),
            ("<p title=\"x>", 1),
        ] {
            let counted = attributes(&tag.as_bytes()[2..]).0;
            assert!(counted >= many && counted <= many + 2, "{tag}: {counted}");
        }
        // Looked through from every sign this would take hours.
        for page in ["<a=\"".to_owned() + &"<b".repeat(200_000), "<a b='".repeat(80_000), "<".repeat(400_000)]
        {
            let _ = overloaded(&page);
        }
        let json = format!("<p data-x='{}'>Shells fell.</p>", "{ \"a\": 1 } ".repeat(100_000));
        assert!(!overloaded(&json));
    }
}
