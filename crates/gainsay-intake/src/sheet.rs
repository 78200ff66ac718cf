//! The rules of a page's own style sheets that can hide something.
//!
//! **Takes** the text of `<style>`. **Gives** for an element the declarations that hold for it. **Never** fetches a
//! sheet, and knows only selectors of tags, classes, ids and what they stand in; rules for other than screens, and
//! such as ask for a state or an attribute (`:hover`, `[open]`), are left out.

use std::cell::Cell;
use std::collections::HashMap;

use dom_query::NodeRef;

/// So many rules that can hide something are kept.
const MAX_RULES: usize = 20_000;

/// So many steps are taken to find which rules hold.
const MAX_STEPS: usize = 50_000_000;

/// At-rules in at-rules are looked into so deep.
const MAX_NESTING: usize = 8;

/// What can hide something, or show it again.
const TELLING: &[&str] = &[
    "background",
    "background-color",
    "background-image",
    "bottom",
    "clip",
    "clip-path",
    "color",
    "content-visibility",
    "display",
    "filter",
    "font",
    "font-size",
    "height",
    "left",
    "line-height",
    "margin-left",
    "margin-top",
    "max-height",
    "max-width",
    "opacity",
    "overflow",
    "overflow-x",
    "overflow-y",
    "right",
    "text-indent",
    "top",
    "transform",
    "visibility",
    "width",
    "zoom",
];

/// `name: value`, and whether it is `!important`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declaration {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) important: bool,
}

/// Each declaration of a style that can hide something, in small letters.
pub(crate) fn declarations(style: &str) -> Vec<Declaration> {
    let parts = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    parts
        .map(|(name, value)| {
            let value = value.trim().to_ascii_lowercase();
            let (value, important) = match value.split_once('!') {
                Some((value, mark)) => (value.trim_end(), mark.trim() == "important"),
                None => (value.as_str(), false),
            };
            let name = name.trim().to_ascii_lowercase();
            Declaration { name, value: value.to_owned(), important }
        })
        .filter(|one| TELLING.contains(&one.name.as_str()))
        .collect()
}

/// A tag, an id, classes: what one element must have.
#[derive(Debug, Default)]
struct Compound {
    tag: String,
    id: String,
    classes: Vec<String>,
    /// It stands right in the one before it, not anywhere in it.
    child: bool,
}

/// How much a rule outweighs another: outside of layers, ids, classes, tags, place.
type Weight = (bool, usize, usize, usize, usize);

struct Rule {
    /// The innermost last.
    compounds: Vec<Compound>,
    weight: Weight,
    /// Which of [`Sheet::declared`].
    declared: usize,
}

/// A page's own rules.
#[derive(Default)]
pub(crate) struct Sheet {
    rules: Vec<Rule>,
    declared: Vec<Vec<Declaration>>,
    /// Rules by what their innermost element must have: `#id`, `.class`, or a tag.
    by_key: HashMap<String, Vec<usize>>,
    /// It takes in a sheet from elsewhere.
    pub(crate) imports: bool,
    steps: Cell<usize>,
}

impl Sheet {
    /// The rules of these styles.
    ///
    /// # Errors
    /// More rules than are kept.
    pub(crate) fn of(css: &str) -> Result<Sheet, String> {
        let mut sheet = Sheet::default();
        sheet.take(&uncommented(css), false, 0);
        if sheet.rules.len() > MAX_RULES {
            return Err(too_many());
        }
        Ok(sheet)
    }

    /// The declarations that hold for an element, the least weighty first.
    ///
    /// # Errors
    /// Finding them for all elements takes too many steps.
    pub(crate) fn declared(&self, node: &NodeRef) -> Result<Vec<(Weight, &Declaration)>, String> {
        if self.rules.is_empty() {
            return Ok(Vec::new());
        }
        let tag = node.node_name().unwrap_or_default();
        let class = node.class().unwrap_or_default();
        let id = node.id_attr().map(|id| format!("#{}", id.trim()));
        let keys = class.split_ascii_whitespace().map(|class| format!(".{class}")).chain(id);
        let keys = keys.chain([tag.to_string(), "*".to_owned()]);
        let mut found: Vec<usize> = keys.filter_map(|key| self.by_key.get(&key)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.retain(|&rule| self.holds(&self.rules[rule].compounds, *node));
        if self.steps.get() > MAX_STEPS {
            return Err(too_many());
        }
        found.sort_by_key(|&rule| self.rules[rule].weight);
        let all = found.into_iter().flat_map(|rule| {
            let rule = &self.rules[rule];
            self.declared[rule.declared].iter().map(|one| (rule.weight, one))
        });
        Ok(all.collect())
    }

    fn holds(&self, compounds: &[Compound], node: NodeRef) -> bool {
        let Some((own, outer)) = compounds.split_last() else { return true };
        self.steps.set(self.steps.get() + 1 + own.classes.len());
        if self.steps.get() > MAX_STEPS || !own.fits(&node) {
            return false;
        }
        let mut above = node.parent().filter(NodeRef::is_element);
        while let Some(parent) = above {
            if outer.is_empty() || self.holds(outer, parent) {
                return true;
            }
            if own.child || self.steps.get() > MAX_STEPS {
                return false;
            }
            above = parent.parent().filter(NodeRef::is_element);
        }
        outer.is_empty()
    }

    /// Takes in the rules of a sheet, or of a block in it.
    fn take(&mut self, css: &str, layered: bool, nesting: usize) {
        let mut at = 0;
        while let Some(mark) = stop(css, at, b"{;") {
            let prelude = css[at..mark].trim();
            if css.as_bytes()[mark] == b';' {
                self.imports |= prelude.to_ascii_lowercase().starts_with("@import");
                at = mark + 1;
                continue;
            }
            let end = closing(css, mark + 1);
            let body = &css[mark + 1..end];
            at = (end + 1).min(css.len());
            if self.rules.len() > MAX_RULES {
                return;
            }
            if let Some(rule) = prelude.strip_prefix('@') {
                let rule = rule.to_ascii_lowercase();
                let (name, asks) =
                    rule.split_once(|c: char| c.is_whitespace() || c == '(').unwrap_or((&rule, ""));
                let holds = match name {
                    "media" => on_screen(asks),
                    "supports" => !asks.contains("not"),
                    "layer" => true,
                    _ => false,
                };
                if holds && nesting < MAX_NESTING {
                    self.take(body, layered || name == "layer", nesting + 1);
                }
                continue;
            }
            let declared = declarations(&body[..body.find('{').unwrap_or(body.len())]);
            if !declared.is_empty() {
                self.rules_of(prelude, declared, layered);
            }
        }
    }

    fn rules_of(&mut self, selectors: &str, declared: Vec<Declaration>, layered: bool) {
        let place = self.declared.len();
        for compounds in selectors.split(',').filter_map(compounds) {
            let Some(own) = compounds.last() else { continue };
            let key = match own {
                Compound { id, .. } if !id.is_empty() => format!("#{id}"),
                Compound { classes, .. } if !classes.is_empty() => format!(".{}", classes[0]),
                Compound { tag, .. } if !tag.is_empty() => tag.clone(),
                _ => "*".to_owned(),
            };
            let count = |of: fn(&Compound) -> usize| compounds.iter().map(of).sum::<usize>();
            let weight = (
                !layered,
                count(|one| usize::from(!one.id.is_empty())),
                count(|one| one.classes.len()),
                count(|one| usize::from(!one.tag.is_empty())),
                place,
            );
            self.by_key.entry(key).or_default().push(self.rules.len());
            self.rules.push(Rule { compounds, weight, declared: place });
        }
        self.declared.push(declared);
    }
}

impl Compound {
    fn fits(&self, node: &NodeRef) -> bool {
        (self.tag.is_empty() || node.has_name(&self.tag))
            && (self.id.is_empty() || node.id_attr().is_some_and(|id| id.trim() == self.id))
            && self.classes.iter().all(|class| node.has_class(class))
    }
}

fn too_many() -> String {
    "its style sheets have too many rules".to_owned()
}

/// The elements that a selector asks for, the innermost last; none where it asks for anything else.
fn compounds(selector: &str) -> Option<Vec<Compound>> {
    let mut all: Vec<Compound> = Vec::new();
    let mut open = false;
    let mut child = false;
    let mut chars = selector.trim().chars().peekable();
    let name = |chars: &mut std::iter::Peekable<std::str::Chars>| {
        let mut name = String::new();
        while let Some(&c) = chars.peek() {
            match c {
                '\\' => {
                    chars.next();
                    name.extend(chars.next());
                }
                c if c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii() => {
                    name.push(c);
                    chars.next();
                }
                _ => break,
            }
        }
        Some(name).filter(|name| !name.is_empty())
    };
    while let Some(&c) = chars.peek() {
        match c {
            '>' => {
                chars.next();
                (child, open) = (true, false);
            }
            c if c.is_whitespace() => {
                chars.next();
                open = false;
            }
            _ => {
                if !open {
                    // Of "a > b" it is b that must stand right in a.
                    all.push(Compound { child, ..Compound::default() });
                    (child, open) = (false, true);
                }
                let own = all.last_mut()?;
                match c {
                    '.' => {
                        chars.next();
                        own.classes.push(name(&mut chars)?);
                    }
                    '#' => {
                        chars.next();
                        own.id = name(&mut chars)?;
                    }
                    '*' => {
                        chars.next();
                    }
                    _ => own.tag = name(&mut chars)?.to_ascii_lowercase(),
                }
            }
        }
    }
    Some(all).filter(|all| !all.is_empty() && all.len() <= 16)
}

/// Whether a rule is for any screen, whatever its size.
fn on_screen(asks: &str) -> bool {
    asks.split(',').any(|one| matches!(one.trim(), "" | "all" | "screen" | "only screen" | "only all"))
}

/// Whether a `<style>` with these attributes is for any screen.
pub(crate) fn is_for_screens(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let value = |name: &str| {
        let at = tag.find(&format!(" {name}="))? + name.len() + 2;
        let value = tag[at..].trim_start_matches(['"', '\'']);
        Some(value[..value.find(['"', '\'', '>']).unwrap_or(value.len())].trim().to_owned())
    };
    value("media").is_none_or(|media| on_screen(&media))
        && value("type").is_none_or(|kind| matches!(kind.as_str(), "" | "text/css"))
}

/// A sheet without its comments.
fn uncommented(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace("<!--", " ").replace("-->", " ")
}

/// The first of these signs from here on that stands in no quotes.
fn stop(css: &str, from: usize, signs: &[u8]) -> Option<usize> {
    let (mut quote, mut escaped) = (None, false);
    for (at, &byte) in css.as_bytes().iter().enumerate().skip(from) {
        match quote {
            _ if escaped => escaped = false,
            _ if byte == b'\\' => escaped = true,
            // A line ends a text that was left open.
            Some(sign) if byte == sign || byte == b'\n' => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if signs.contains(&byte) => return Some(at),
            None => {}
        }
    }
    None
}

/// Where the block that began before `from` ends.
fn closing(css: &str, from: usize) -> usize {
    let (mut at, mut depth) = (from, 1);
    while let Some(mark) = stop(css, at, b"{}") {
        depth = if css.as_bytes()[mark] == b'{' { depth + 1 } else { depth - 1 };
        if depth == 0 {
            return mark;
        }
        at = mark + 1;
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    fn of(css: &str, page: &str) -> String {
        let doc = Document::from(page);
        let nodes = doc.select("#x");
        let sheet = Sheet::of(css).unwrap();
        let declared = sheet.declared(&nodes.nodes()[0]).unwrap();
        declared.iter().map(|(_, one)| one.value.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rules_hold_by_tag_class_id_and_what_is_around() {
        let page = "<div class='a b'><section><p id=x class='c d'>t</p></section></div>";
        for (css, holds) in [
            (".c{display:none}", "none"),
            (".C{display:none}", ""),
            ("p.c.d , i { color : red ; display:NONE !important }", "red none"),
            ("#x{display:none} .c{display:block}", "block none"),
            (".a p{display:none}", "none"),
            (".a > p{display:none}", ""),
            (".a > section > .d{display:none}", "none"),
            ("div.b *{display:none}", "none"),
            (".e p{display:none}", ""),
            ("p:hover{display:none} p[x]{display:none} i + p{display:none}", ""),
            ("@media print{.c{display:none}} .c{opacity:0}", "0"),
            ("@media screen{.c{display:none}}", "none"),
            ("@media (max-width: 9px){.c{display:none}}", ""),
            (".c{display:none} @layer l{#x{display:block}}", "block none"),
            ("/* } */ .c{ } a:before{content:\"}\"} .c{display:none}", "none"),
            ("@import 'a;b'; .c{display:none", "none"),
            (".c\\:d{display:none}", ""),
            ("}}}{{{", ""),
        ] {
            assert_eq!(of(css, page), holds, "{css}");
        }
    }

    #[test]
    fn rules_and_steps_are_bounded() {
        assert!(Sheet::of(&".a{display:none}".repeat(MAX_RULES + 5)).is_err());
        let _ = Sheet::of(&"@media all{".repeat(100_000));
        let css: String = (0..900).map(|n| format!("i i i i i i i b.n{n}{{display:none}}")).collect();
        let sheet = Sheet::of(&css.replace(".n", "").replace("b0", "b")).unwrap();
        let doc = Document::from("<i>".repeat(400) + "<b>x");
        let node = doc.select("b").nodes()[0];
        let begun = std::time::Instant::now();
        for _ in 0..1000 {
            if sheet.declared(&node).is_err() {
                break;
            }
        }
        assert!(begun.elapsed().as_secs() < 60);
    }
}
