//! Walking through an answer: every string is looked at as what it is, an id, an address or words.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use gainsay_publish::names::{self, Edit, Here, apply};
use serde_json::{Map, Value};

use super::{Veil, ids};

/// Slots of a claim that name somebody or something, each beside its ids.
const SLOTS: &[&str] = &["actor", "target", "place", "source"];

/// Hashes of a text as it came: whoever tries names in the place of pseudonyms would be told by them when they fit.
const HASHES: &[&str] = &["raw_sha256", "text_sha256"];

/// One answer being walked through.
pub(super) struct Walk<'v> {
    veil: &'v Veil,
    /// The answer is to a search: what was found by a hidden name alone is left out.
    search: bool,
    /// Who is named in the reports met so far.
    here: HashMap<String, Rc<Here>>,
    /// Ids of private persons whom this answer is the first to name.
    new: HashSet<String>,
    /// Reports whose text is in the answer: its veiled text, and where the edits were.
    texts: HashMap<String, Moved>,
}

/// A text in which names were replaced.
struct Moved {
    /// The veiled text.
    text: Vec<char>,
    /// For each edit its first and last code point before and after.
    spans: Vec<[usize; 4]>,
}

impl Moved {
    fn of(text: &str, edits: &[Edit]) -> Moved {
        let (mut spans, mut done, mut before, mut after) = (Vec::with_capacity(edits.len()), 0, 0, 0);
        for edit in edits {
            let kept = text[done..edit.range.start].chars().count();
            let (was, is) = (text[edit.range.clone()].chars().count(), edit.write.chars().count());
            spans.push([before + kept, before + kept + was, after + kept, after + kept + is]);
            (before, after, done) = (before + kept + was, after + kept + is, edit.range.end);
        }
        Moved { text: apply(text, edits).chars().collect(), spans }
    }

    /// Where a code point is now; inside a name its start, or its end.
    fn place(&self, at: usize, end: bool) -> usize {
        let next =
            self.spans.partition_point(|span| span[1] <= at && !(end && span[1] == at && span[0] < at));
        match self.spans.get(next) {
            Some(span) if span[0] < at => {
                if end {
                    span[3]
                } else {
                    span[2]
                }
            }
            _ => match next.checked_sub(1).map(|last| self.spans[last]) {
                Some(last) => at + last[3] - last[1],
                None => at,
            },
        }
    }
}

impl<'v> Walk<'v> {
    pub(super) fn over(veil: &'v Veil, search: bool) -> Walk<'v> {
        Walk { veil, search, here: HashMap::new(), new: HashSet::new(), texts: HashMap::new() }
    }

    /// The whole answer.
    pub(super) fn value(&mut self, value: &mut Value) {
        for names in ["names", "names_of"].iter().filter_map(|key| value.get(*key)?.as_object()) {
            for (id, name) in names {
                self.meet(id, name.get("name").and_then(Value::as_str).unwrap_or_default());
            }
        }
        self.any(value, "", None);
    }

    /// Notes an id whose name is a private person's.
    fn meet(&mut self, id: &str, name: &str) {
        if !self.veil.is_listed(id) && self.veil.name(id, name) != name {
            self.new.insert(id.to_owned());
        }
    }

    /// A cell of a table.
    pub(super) fn cell(&mut self, cell: &str) -> String {
        self.string(cell, "", None).unwrap_or_else(|| cell.to_owned())
    }

    fn any(&mut self, value: &mut Value, key: &str, report: Option<&str>) {
        match value {
            Value::String(hash) if HASHES.contains(&key) => hash.clear(),
            Value::String(text) => {
                if let Some(veiled) = self.string(text, key, report) {
                    *value =
                        if veiled.is_empty() && key == "url" { Value::Null } else { Value::String(veiled) };
                }
            }
            Value::Array(items) => self.array(items, key, report),
            Value::Object(object) => self.object(object, key, report),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn array(&mut self, items: &mut Vec<Value>, key: &str, report: Option<&str>) {
        if items.iter().any(|item| item.get("hit").is_some() && item.get("text").is_some()) {
            return self.pieces(items, report);
        }
        if self.search {
            items.retain(|item| !self.is_found_by_name(item));
        }
        let had = |item: &Value| item.get("snippet").is_some_and(has_hit);
        let hits: Vec<bool> = items.iter().map(had).collect();
        for item in items.iter_mut() {
            self.any(item, key, report);
        }
        let mut at = 0;
        items.retain(|item| {
            at += 1;
            !hits[at - 1] || had(item)
        });
    }

    /// Whether an item of a search is somebody private: their name would be found letter by letter.
    fn is_found_by_name(&self, item: &Value) -> bool {
        let word = |key: &str| item.get(key).and_then(Value::as_str);
        let (Some(id), Some(name)) = (word("id"), word("name")) else { return false };
        !self.veil.is_listed(id) && self.veil.name(id, name) != name
    }

    fn object(&mut self, object: &mut Map<String, Value>, key: &str, outer: Option<&str>) {
        if matches!(key, "names" | "names_of") && object.values().all(Value::is_object) {
            return self.names(object);
        }
        let own = report_of(object).map(str::to_owned);
        let report = own.as_deref().or(outer);
        if let Some(id) = own.as_deref()
            && !self.here.contains_key(id)
        {
            let here = self.here_of(id, object);
            self.here.insert(id.to_owned(), Rc::new(here));
        }
        if let (Some(id), Some(text)) = (
            own.as_deref(),
            object.get("report").and_then(|report| report.get("text")).and_then(Value::as_str),
        ) {
            let edits = self.veil.hidden.edits(text, &self.here[id]);
            self.texts.insert(id.to_owned(), Moved::of(text, &edits));
        }
        if ["before", "exact", "after"].iter().all(|key| object.get(*key).is_some_and(Value::is_string)) {
            return self.quote(object, report);
        }
        if let Some(moved) = report.and_then(|report| self.texts.get(report)) {
            let place =
                |key: &str, end| Some(moved.place(usize::try_from(object.get(key)?.as_u64()?).ok()?, end));
            if let (Some(start), Some(end)) = (place("start", false), place("end", true)) {
                object.insert("start".into(), start.into());
                object.insert("end".into(), end.into());
                if object.get("exact").is_some_and(Value::is_string) {
                    let exact: String =
                        moved.text.iter().skip(start).take(end.saturating_sub(start)).collect();
                    object.insert("exact".into(), exact.into());
                }
            }
        }
        // Somebody with an id and a name.
        let named = object.get("id").and_then(Value::as_str).zip(object.get("name").and_then(Value::as_str));
        let named =
            named.filter(|(id, _)| !self.veil.is_listed(id)).map(|(id, name)| self.veil.name(id, name));
        if let (Some(id), true) = (object.get("id").and_then(Value::as_str), named.is_some()) {
            let name = object.get("name").and_then(Value::as_str).unwrap_or_default();
            self.meet(id, name);
        }
        let listed: Vec<&str> = SLOTS.iter().copied().filter(|slot| self.is_public(object, slot)).collect();
        let keys: Vec<String> = object.keys().cloned().collect();
        for key in keys {
            let Some(value) = object.get_mut(&key) else { continue };
            match (key.as_str(), &named) {
                ("name", Some(name)) => *value = name.as_str().into(),
                (slot, _) if listed.contains(&slot) => self.listed_slot(value, slot, report),
                _ => self.any(value, &key, report),
            }
            if let Some(veiled) = self.id(&key, report)
                && let Some(value) = object.shift_remove(&key)
            {
                object.insert(veiled, value);
            }
        }
    }

    /// A slot filled by what the lists know, which keeps its name; the words that were taken for it may be somebody's
    /// whom the report names, for a reader errs.
    fn listed_slot(&mut self, value: &mut Value, slot: &str, report: Option<&str>) {
        let (true, Some(fillers)) = (slot != "place" && report.is_some(), value.as_array_mut()) else {
            return;
        };
        for mention in fillers.iter_mut().filter_map(|filler| filler.get_mut(0)) {
            if let Some(veiled) = mention.as_str().and_then(|words| self.string(words, slot, report)) {
                *mention = veiled.into();
            }
        }
    }

    /// Whether all that fill a slot are known to the lists.
    fn is_public(&self, object: &Map<String, Value>, slot: &str) -> bool {
        let ids = object.get(&format!("{slot}_id")).and_then(Value::as_array);
        ids.is_some_and(|ids| ids.iter().all(|id| id.as_str().is_some_and(|id| self.veil.is_listed(id))))
    }

    /// Who is named in a report: as was found out before, or by looking through what the answer says of it.
    fn here_of(&self, report: &str, object: &Map<String, Value>) -> Here {
        self.veil.hidden.here(report).unwrap_or_else(|| {
            let (mut texts, mut mentions) = (Vec::new(), Vec::new());
            for (key, value) in object {
                strings(value, key, &mut texts, &mut mentions);
            }
            self.veil.hidden.look(self.veil.words, texts, mentions)
        })
    }

    /// Names by id.
    fn names(&mut self, names: &mut Map<String, Value>) {
        for (id, mut name) in std::mem::take(names) {
            if !self.veil.is_listed(&id)
                && let Some(words) = name.get("name").and_then(Value::as_str)
            {
                let veiled = self.veil.name(&id, words);
                name["name"] = veiled.into();
            }
            names.insert(self.id(&id, None).unwrap_or(id), name);
        }
    }

    /// A quote between the words around it; a name may lie across its ends.
    fn quote(&mut self, object: &mut Map<String, Value>, report: Option<&str>) {
        let word = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let parts = [word("before"), word("exact"), word("after")];
        let mut veiled = self.side_by_side(&parts, report).into_iter().map(|(text, _)| text);
        for key in ["before", "exact", "after"] {
            object.insert(key.to_owned(), veiled.next().unwrap_or_default().into());
        }
    }

    /// The pieces of a snippet; a piece with a hidden name is no hit.
    fn pieces(&mut self, items: &mut [Value], report: Option<&str>) {
        let text = |item: &Value| item.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
        let parts: Vec<String> = items.iter().map(text).collect();
        for (item, (text, named)) in items.iter_mut().zip(self.side_by_side(&parts, report)) {
            item["text"] = text.into();
            if named {
                item["hit"] = false.into();
            }
        }
    }

    /// Parts of one text, each veiled, and whether it held a name. A word cut off at either end may be half a name.
    fn side_by_side(&mut self, parts: &[String], report: Option<&str>) -> Vec<(String, bool)> {
        let whole = parts.concat();
        let edits = self.edits(&whole, report);
        let mut out = Vec::with_capacity(parts.len());
        let mut start = 0;
        for part in parts {
            let end = start + part.len();
            let (mut text, mut at, mut named) = (String::with_capacity(part.len()), start, false);
            for edit in &edits {
                let (from, to) = (edit.range.start.max(start), edit.range.end.min(end));
                if from >= to {
                    continue;
                }
                named = true;
                text.push_str(&whole[at.min(from)..from]);
                // The pseudonym stands where the name begins.
                if edit.range.start >= start {
                    text.push_str(&edit.write);
                }
                at = to;
            }
            text.push_str(&whole[at.max(start).min(end)..end]);
            out.push((text, named));
            start = end;
        }
        out
    }

    fn edits(&self, text: &str, report: Option<&str>) -> Vec<Edit> {
        match report.and_then(|report| self.here.get(report)) {
            Some(here) => self.veil.hidden.edits(text, here),
            None => self.veil.hidden.edits(text, &self.veil.hidden.look(self.veil.words, [text], [])),
        }
    }

    /// What to write in the place of a string; `None` to leave it.
    fn string(&mut self, text: &str, key: &str, report: Option<&str>) -> Option<String> {
        if key == "url" || text.starts_with("http://") || text.starts_with("https://") {
            return self.veil.hidden.is_in_address(self.veil.words, text).then(String::new);
        }
        if !text.contains(char::is_whitespace)
            && let Some(sign) = self.id(text, report)
        {
            return Some(sign);
        }
        let wordy =
            text.contains(char::is_whitespace) || text.chars().any(|c| c.is_uppercase() || !c.is_ascii());
        // What a list knows as a whole is no private person.
        if !wordy {
            return None;
        }
        if report.is_none() && !self.veil.words.index.find(text).is_empty() {
            // A spelling that no list has may be half of a name: "Qaddah" sounds as "al-Qaeda".
            let half = self.veil.hidden.is_part(text) && !names::is_spelled(self.veil.words, text);
            return half.then(|| self.veil.hidden.nobody(text));
        }
        if matches!(key, "outlet" | "publisher") && names::is_personal_outlet(self.veil.words, text) {
            return Some(self.veil.hidden.nobody(text).replacen("Person", "Outlet", 1));
        }
        let edits = self.edits(text, report);
        (!edits.is_empty()).then(|| apply(text, &edits))
    }

    /// The sign for an id that holds a private name.
    fn id(&self, id: &str, report: Option<&str>) -> Option<String> {
        let held = || report.and_then(|report| self.here.get(report)).is_some_and(|here| here.is_in_id(id));
        let private =
            self.new.contains(id) || self.veil.is_private(id) || (held() && !self.veil.is_listed(id));
        private.then(|| ids::veil(&self.veil.key, id))
    }
}

/// The report that an object is about.
fn report_of(object: &Map<String, Value>) -> Option<&str> {
    let id = match object.get("report") {
        Some(Value::String(id)) => Some(id),
        Some(Value::Object(report)) => match report.get("id") {
            Some(Value::String(id)) => Some(id),
            _ => None,
        },
        _ => None,
    };
    let id = id.or_else(|| match object.get("document") {
        Some(Value::String(id)) => Some(id),
        _ => None,
    });
    let head = object.contains_key("publisher") && object.contains_key("title");
    id.map(String::as_str).or_else(|| object.get("id").filter(|_| head).and_then(Value::as_str))
}

/// The texts of a value, and apart from them those that stand for whoever speaks, acts or suffers.
fn strings<'a>(value: &'a Value, key: &str, texts: &mut Vec<&'a str>, mentions: &mut Vec<&'a str>) {
    match value {
        Value::String(text) if ["actor", "target", "source"].contains(&key) => mentions.push(text),
        Value::String(text) => texts.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, key, texts, mentions)),
        Value::Object(object) => object.iter().for_each(|(key, value)| strings(value, key, texts, mentions)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn has_hit(snippet: &Value) -> bool {
    snippet
        .as_array()
        .is_some_and(|pieces| pieces.iter().any(|piece| piece.get("hit") == Some(&Value::Bool(true))))
}
