//! Finding the names of private persons in text and in ids, and the pseudonyms that stand for them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use gainsay_lexicon::{Words, fold};
use sha2::{Digest, Sha256};

use super::arabic::without_particle;
use super::contact;
use super::people::{People, Person};
use super::person;

/// Private persons as they are looked for, each with a pseudonym.
pub struct Hidden {
    salt: String,
    /// Persons, by their number.
    persons: Vec<Hide>,
    /// Numbers by folded name.
    by_key: HashMap<String, u32>,
    /// First words of full names, folded; and as they are written, in small letters.
    firsts: HashSet<String>,
    first_words: HashSet<String>,
    /// Folded mentions that name somebody, of which ids are made.
    mentions: HashMap<String, String>,
    /// Single words of names, folded.
    parts: HashSet<String>,
    /// Who is named in a report.
    by_report: HashMap<String, Box<[u32]>>,
    /// Whom a report gives an office, though they are private in others.
    shown: HashMap<String, Vec<String>>,
}

struct Hide {
    spelling: String,
    pseudonym: String,
    /// The name is one word, and hides nobody in reports that do not name them.
    lone: bool,
}

/// Who is named in one report, or one text: what stands there for a hidden person.
#[derive(Default)]
pub struct Here {
    /// Full and lone names, folded, that the list of all does not hold.
    names: BTreeMap<String, String>,
    /// Single words that stand for a hidden person, folded, and whether an article belongs to them.
    parts: BTreeMap<(String, bool), String>,
    /// Folded names of public figures.
    shown: HashSet<String>,
    /// Lone names hide whoever bears them.
    any: bool,
}

/// A stretch of text, in bytes, and what to write in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the name.
    pub range: Range<usize>,
    /// The pseudonym, without its first word where that stands before the name already.
    pub write: String,
}

impl Hidden {
    /// Makes pseudonyms for these persons: the same salt gives the same, whoever else is among them.
    pub fn of(people: &People, salt: &str) -> Hidden {
        let mut hidden = Hidden {
            salt: salt.to_owned(),
            persons: Vec::with_capacity(people.people.len()),
            by_key: HashMap::with_capacity(people.people.len()),
            firsts: HashSet::new(),
            first_words: HashSet::new(),
            mentions: people.mentions.clone().into_iter().collect(),
            parts: HashSet::new(),
            by_report: HashMap::with_capacity(people.by_report.len()),
            shown: HashMap::new(),
        };
        let named_in = people.named_in();
        for (key, person) in people.people.iter().filter(|(key, _)| people.is_private(key, &named_in)) {
            let words = person::words(&person.spelling);
            if let Some(first) = words.first() {
                hidden.firsts.insert(fold::key(first.text));
                hidden.first_words.insert(first.text.to_lowercase());
            }
            hidden.parts.extend(person::parts(&person.spelling).iter().map(|part| fold::key(part)));
            hidden.by_key.insert(key.clone(), hidden.persons.len() as u32);
            hidden.persons.push(Hide {
                spelling: person.spelling.clone(),
                pseudonym: pseudonym(salt, key, person),
                lone: words.len() == 1,
            });
        }
        for (report, keys) in &people.by_report {
            let (shown, keys): (Vec<&String>, Vec<&String>) =
                keys.iter().partition(|key| people.is_public_in(report, key));
            let numbers = keys.into_iter().filter_map(|key| hidden.by_key.get(key).copied());
            hidden.by_report.insert(report.clone(), numbers.collect());
            if !shown.is_empty() {
                hidden.shown.insert(report.clone(), shown.into_iter().cloned().collect());
            }
        }
        // A mention of public figures alone makes no id that has to be hidden.
        let kept = |mention: &str| {
            holds(mention, &|key| hidden.by_key.contains_key(key), &|key| hidden.firsts.contains(key))
        };
        let offices: HashSet<&str> = people.offices.values().flatten().map(String::as_str).collect();
        let public = |mention: &str| holds(mention, &|key| offices.contains(key), &|_| true);
        if !people.offices.is_empty() {
            let mentions = std::mem::take(&mut hidden.mentions);
            hidden.mentions =
                mentions.into_iter().filter(|(_, mention)| kept(mention) || !public(mention)).collect();
        }
        hidden.join_halves(people);
        hidden
    }

    /// A lone name is half of a full name of the same report, where one there has it: one person, one pseudonym.
    fn join_halves(&mut self, people: &People) {
        let mut joined: BTreeMap<u32, String> = BTreeMap::new();
        for keys in people.by_report.values() {
            let named: Vec<u32> = keys.iter().filter_map(|key| self.by_key.get(key).copied()).collect();
            for &lone in named.iter().filter(|&&at| self.persons[at as usize].lone) {
                let part = part(&self.persons[lone as usize].spelling);
                let whole = named.iter().find(|&&at| {
                    let full = &self.persons[at as usize];
                    !full.lone && person::parts(&full.spelling).iter().any(|word| self::part(word) == part)
                });
                if let Some(&whole) = whole {
                    joined.entry(lone).or_insert_with(|| self.persons[whole as usize].pseudonym.clone());
                }
            }
        }
        for (at, pseudonym) in joined {
            self.persons[at as usize].pseudonym = pseudonym;
        }
    }

    /// Whether there is nobody to hide.
    pub fn is_empty(&self) -> bool {
        self.persons.is_empty()
    }

    /// How many pseudonyms there are.
    pub fn count(&self) -> usize {
        self.persons.iter().map(|person| person.pseudonym.as_str()).collect::<HashSet<_>>().len()
    }

    /// Who is named in a report; `None` for one that was not looked through.
    pub fn here(&self, report: &str) -> Option<Here> {
        let numbers = self.by_report.get(report)?;
        let shown = self.shown.get(report).into_iter().flatten().cloned().collect();
        let mut here = Here { shown, ..Here::default() };
        for &at in numbers.iter() {
            let person = &self.persons[at as usize];
            here.part_names(&person.spelling, &person.pseudonym);
        }
        Some(here)
    }

    /// Who is named in texts that nobody looked through yet, or that are of no report: names of the list, lone ones
    /// too, and those that the texts, or mentions of who speaks and acts, themselves show to be private.
    pub fn look<'t>(
        &self,
        words: &Words,
        texts: impl IntoIterator<Item = &'t str>,
        mentions: impl IntoIterator<Item = &'t str>,
    ) -> Here {
        let mut found = People::default();
        texts.into_iter().for_each(|text| found.text(words, text, ""));
        mentions.into_iter().for_each(|mention| drop(found.in_mention(words, mention, "")));
        let mut here = Here { any: true, ..Here::default() };
        here.shown.extend(found.people.keys().filter(|key| found.is_public_in("", key)).cloned());
        let mut full: Vec<(&String, &Person)> =
            found.people.iter().filter(|(key, _)| !here.shown.contains(*key)).collect();
        full.sort_by_key(|(_, person)| std::cmp::Reverse(person::words(&person.spelling).len()));
        for (key, person) in full {
            let known = self.by_key.get(key).map(|&at| self.persons[at as usize].pseudonym.clone());
            let pseudonym = known.unwrap_or_else(|| pseudonym(&self.salt, key, person));
            here.part_names(&person.spelling, &pseudonym);
            here.names.insert(key.clone(), pseudonym);
        }
        here
    }

    /// What to write in the place of private names in a text, whatever invisible signs stand inside them.
    pub fn edits(&self, text: &str, here: &Here) -> Vec<Edit> {
        if text.is_ascii() || !text.chars().any(is_unseen) {
            return self.edits_of_seen(text, here);
        }
        let kept = text.char_indices().filter(|(_, c)| !is_unseen(*c));
        let (mut seen, mut at) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (start, c) in kept {
            seen.push(c);
            at.extend((0..c.len_utf8()).map(|byte| start + byte));
        }
        let mut edits = self.edits_of_seen(&seen, here);
        for edit in &mut edits {
            edit.range = at[edit.range.start]..at[edit.range.end - 1] + 1;
        }
        edits
    }

    fn edits_of_seen(&self, text: &str, here: &Here) -> Vec<Edit> {
        let contacts = contact::in_text(Words::builtin(), text);
        let mut edits = match self.is_empty() && here.names.is_empty() {
            true => Vec::new(),
            false => self.edits_of_names(text, here),
        };
        if !contacts.is_empty() {
            edits.retain(|edit| {
                !contacts.iter().any(|(at, _)| at.start < edit.range.end && edit.range.start < at.end)
            });
            edits.extend(contacts.into_iter().map(|(range, kind)| {
                let own: String =
                    text[range.clone()].chars().filter(|c| c.is_alphanumeric()).map(contact::digit).collect();
                Edit { write: format!("{} {}", kind.word(), code(&self.salt, &own.to_lowercase())), range }
            }));
            edits.sort_by_key(|edit| edit.range.start);
        }
        edits
    }

    /// A full name inside one word, as file names, addresses and marks have it: `samira-zarqouni`, `Free_SamiraZarqouni`.
    fn inside(&self, word: &person::Word, here: &Here) -> Vec<Edit> {
        let mut parts: Vec<(usize, usize)> = Vec::new();
        let mut small = false;
        for (at, c) in word.text.char_indices() {
            let apart = !c.is_alphanumeric() || (small && c.is_uppercase());
            if c.is_alphanumeric() {
                match parts.last_mut() {
                    Some(last) if last.1 == at && !apart => last.1 = at + c.len_utf8(),
                    _ => parts.push((at, at + c.len_utf8())),
                }
            }
            small = c.is_lowercase();
        }
        let (mut edits, mut at) = (Vec::new(), 0);
        while parts.len() > 1 && at < parts.len() {
            let whole = |count: &usize| {
                let key = fold::key(&word.text[parts[at].0..parts[at + count - 1].1]);
                let full = |at: &&u32| !self.persons[**at as usize].lone;
                here.names.get(&key).or_else(|| {
                    self.by_key.get(&key).filter(full).map(|&at| &self.persons[at as usize].pseudonym)
                })
            };
            let found = (2..=6.min(parts.len() - at)).rev().find_map(|count| Some((count, whole(&count)?)));
            if let Some((count, pseudonym)) = found {
                let range = word.start + parts[at].0..word.start + parts[at + count - 1].1;
                edits.push(Edit { range, write: pseudonym.clone() });
                at += count;
            } else {
                at += 1;
            }
        }
        edits
    }

    fn edits_of_names(&self, text: &str, here: &Here) -> Vec<Edit> {
        let mut edits = Vec::new();
        let words = person::words(text);
        let mut at = 0;
        while at < words.len() {
            let mut start = words[at].start;
            let mut found = self.hidden_at(text, &words, at, here);
            if let (None, Some(rest)) = (found, without_particle(words[at].text)) {
                let mut bare: Vec<person::Word> = words[at..].iter().take(6).copied().collect();
                bare[0] = person::Word { start: words[at].end - rest.len(), text: rest, ..bare[0] };
                start = bare[0].start;
                found = self.hidden_at(text, &bare, 0, here);
            }
            match found {
                Some((count, pseudonym)) => {
                    let range = start..words[at + count - 1].end;
                    // "Captain" is not said twice.
                    let (role, code) = pseudonym.split_once(' ').unwrap_or(("", pseudonym));
                    let said = at > 0
                        && words[at - 1].text.eq_ignore_ascii_case(role)
                        && text[words[at - 1].end..range.start] == *" ";
                    edits.push(Edit { range, write: if said { code } else { pseudonym }.to_owned() });
                    at += count;
                }
                None => {
                    edits.extend(self.inside(&words[at], here));
                    at += 1;
                }
            }
        }
        edits
    }

    /// The hidden name that begins at a word: how many words, and the pseudonym.
    fn hidden_at<'s>(
        &'s self,
        text: &str,
        words: &[person::Word],
        at: usize,
        here: &'s Here,
    ) -> Option<(usize, &'s str)> {
        let word = words[at].text;
        let shown = word.chars().any(char::is_uppercase) || !word.is_ascii();
        // Most words of a text are in small letters and begin no name.
        if !shown && !self.first_words.contains(word) && word.len() < ONE_WORD {
            return None;
        }
        let own = fold::key(word);
        if self.firsts.contains(&own) || self.by_key.contains_key(&own) || !here.names.is_empty() {
            for count in (1..=6.min(words.len() - at)).rev() {
                // A name runs over spaces alone, and does not end in an article.
                let run = &words[at..at + count];
                let gap =
                    |pair: &[person::Word]| text[pair[0].end..pair[1].start].chars().all(char::is_whitespace);
                if !run.windows(2).all(gap) || fold::key_of_part(run[count - 1].text).is_empty() {
                    continue;
                }
                let key = fold::key(&text[words[at].start..words[at + count - 1].end]);
                if here.shown.contains(&key) {
                    return None;
                }
                let full = || self.by_key.get(&key).is_some_and(|&at| !self.persons[at as usize].lone);
                if count == 1 && !shown && !full() {
                    continue;
                }
                if let Some(pseudonym) = here.names.get(&key) {
                    return Some((count, pseudonym));
                }
                let known = self.by_key.get(&key).map(|&at| &self.persons[at as usize]);
                if let Some(person) = known.filter(|person| !person.lone || here.any) {
                    return Some((count, &person.pseudonym));
                }
            }
        }
        let pseudonym = here.parts.get(&(own, word.contains('-'))).filter(|_| shown)?;
        (!person::is_inside_listed(Words::builtin(), text, words, at)).then_some((1, pseudonym))
    }

    /// The text with pseudonyms.
    pub fn text(&self, text: &str, here: &Here) -> String {
        apply(text, &self.edits(text, here))
    }

    /// Whether an id, a file's name or an address holds the name of a private person.
    pub fn is_in_id(&self, id: &str) -> bool {
        if self.persons.is_empty() {
            return false;
        }
        let sides = id.split('@').any(|side| {
            let plain = side.replace(['-', '_'], " ");
            let key = fold::key(&plain);
            self.mentions.contains_key(&key) || self.by_key.contains_key(&key)
        });
        sides || self.is_in_words(id)
    }

    /// Whether words parted by any sign hold a full name.
    pub fn is_in_words(&self, text: &str) -> bool {
        let whole = |key: &str| self.by_key.get(key).is_some_and(|&at| !self.persons[at as usize].lone);
        let first = |key: &str| self.firsts.contains(key);
        !self.is_empty() && holds(text, &whole, &first)
    }

    /// Whether a web address leads to somebody private: it holds a full name, `%` signs read, or is their page on a
    /// social network.
    pub fn is_in_address(&self, words: &Words, url: &str) -> bool {
        let plain = plain(url);
        self.is_in_words(&plain) || contact::is_profile(words, &plain)
    }

    /// Whether a word is part of the name of a private person.
    pub fn is_part(&self, word: &str) -> bool {
        self.parts.contains(&fold::key(word))
    }

    /// The mention that an id was made of, where it names a private person.
    pub fn mention(&self, id: &str) -> Option<&str> {
        self.mentions.get(&fold::key(&id.replace('-', " "))).map(String::as_str)
    }

    /// The pseudonym of whoever bears a name.
    pub(crate) fn pseudonym(&self, name: &str) -> Option<&str> {
        self.by_key.get(&fold::key(name)).map(|&at| self.persons[at as usize].pseudonym.as_str())
    }

    /// The name that stands for somebody of whom nothing but this is known.
    pub fn nobody(&self, name: &str) -> String {
        format!("Person {}", code(&self.salt, &fold::key(name)))
    }
}

impl Here {
    /// Of a text of no report: whoever bears a hidden name is meant.
    pub fn everybody() -> Here {
        Here { any: true, ..Here::default() }
    }

    /// Whether an id holds a name that this text shows to be private.
    pub fn is_in_id(&self, id: &str) -> bool {
        !self.names.is_empty() && holds(id, &|key| self.names.contains_key(key), &|_| true)
    }

    fn part_names(&mut self, spelling: &str, pseudonym: &str) {
        let parts = person::parts(spelling);
        // Full names first: a lone word in the same report is half of a full name there.
        let full = parts.len() > 1;
        for word in parts {
            let (key, article) = part(&word);
            // Without its article it may be the name of a place or a group.
            let bare = article
                && Words::builtin().index.find(word.rsplit(['-', '‑']).next().unwrap_or(&word)).is_empty();
            for part in [Some((key.clone(), article)), bare.then_some((key, false))].into_iter().flatten() {
                if full {
                    self.parts.insert(part, pseudonym.to_owned());
                } else {
                    self.parts.entry(part).or_insert_with(|| pseudonym.to_owned());
                }
            }
        }
    }
}

/// A whole name in small letters and without spaces has at least so many bytes.
const ONE_WORD: usize = 8;

/// Signs without a picture: with them inside it a name looks the same and is written otherwise.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || (c.is_control() && !c.is_whitespace())
}

/// Whether a run of words, parted by any sign, is a whole name; a first word opens one.
fn holds(text: &str, whole: &dyn Fn(&str) -> bool, first: &dyn Fn(&str) -> bool) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    (0..words.len()).any(|at| {
        let own = fold::key(words[at]);
        // A name written as one word, in an address or a mark.
        whole(&own)
            || first(&own)
                && (2..=6.min(words.len() - at))
                    .any(|count| whole(&fold::key(&words[at..at + count].join(" "))))
    })
}

/// The text with these edits made, which are in order and do not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(&text[done..edit.range.start]);
        out.push_str(&edit.write);
        done = edit.range.end;
    }
    out.push_str(&text[done..]);
    out
}

/// A single word of a name, and whether an article has grown on it.
fn part(word: &str) -> (String, bool) {
    (fold::key(word), word.contains('-'))
}

/// "Teacher K7QX2MBH4T": what they do, where that is known, and a code.
fn pseudonym(salt: &str, key: &str, person: &Person) -> String {
    let role = person.role.as_deref().unwrap_or("person");
    let mut letters = role.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{} {}", letters.as_str(), code(salt, key))
}

/// Letters of a code: 28¹⁰ codes, so that two of a hundred thousand persons share one in fewer than 1 of 50,000 ledgers.
const LENGTH: usize = 10;

/// A code for a name: letters and digits that are not mistaken for each other and spell no word.
pub(crate) fn code(salt: &str, key: &str) -> String {
    const LETTERS: &[u8; 28] = b"BCDFGHJKLMNPQRSTVWXZ23456789";
    // Codes, names of files and signs for ids are made from one salt, each behind a word of its own.
    let digest = Sha256::new()
        .chain_update("code\0")
        .chain_update(salt)
        .chain_update([0])
        .chain_update(key)
        .finalize();
    digest.iter().take(LENGTH).map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect()
}

/// An address with its `%` signs read.
fn plain(url: &str) -> String {
    let bytes = url.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let code = url
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
