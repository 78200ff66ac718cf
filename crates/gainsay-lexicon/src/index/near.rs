//! Names under spellings that fold to no listed one.

use std::collections::{BTreeSet, HashMap};

use super::{Candidates, NameIndex, NameRef};
use crate::fold;
use crate::translit::letters::{Letter, is_arabic, spell};
use crate::translit::{Bones, LETTER, Spelled};

/// Names longer than this have no near ones: they are phrases, and comparing takes time with the square of length.
pub const LONGEST_NEAR: usize = 60;

/// How much farther, in hundredths, the next name must be for the nearest to be the clear answer.
///
/// This, [`LIKELY`] and [`SLIP`] were chosen on the built-in gazetteer, whose names the weights have not seen: of
/// Latin spellings left out of it 57 in 100 are still found and 2 are mistaken, of Arabic ones 86 and 1; of places
/// that are not in it 5 in 100 are taken for one that is.
pub const MARGIN: i32 = 50;

/// The least that a near name must be alike, in hundredths: in one script, odds of about 4 to 1, and in two. Short
/// names seldom are so much alike.
pub const LIKELY: [i32; 2] = [150, 100];

/// A slip of the pen is no habit and makes names unlike, but long names bear it: a key of so many letters may differ
/// by the letters asked for, where the next name is so much farther, in hundredths.
pub const SLIP: (usize, i32) = (8, 150);

/// Within Arabic script a letter that differs is no habit of romanisation: it counts so many times.
const ARABIC: i32 = 5;

/// How many names are compared letter by letter.
const COMPARED: usize = 64;

/// How many of those that are wanted, where it is known which are.
const CLOSEST: usize = 8;

/// The distinct names of an index.
#[derive(Debug, Default)]
pub(super) struct Near {
    /// The letters of all names, one after the other.
    letters: Vec<Letter>,
    /// Where each begins.
    starts: Vec<u32>,
    /// The keys they are listed under.
    keys: Vec<Box<str>>,
    candidates: Candidates,
}

impl Near {
    pub(super) fn of(names: &HashMap<String, Vec<NameRef>>) -> Near {
        let mut keys: Vec<(&String, &Vec<NameRef>)> = names.iter().collect();
        keys.sort_unstable_by_key(|(key, _)| *key);
        let mut near = Near::default();
        for (key, entries) in keys {
            let mut seen: BTreeSet<Vec<Letter>> = BTreeSet::new();
            for letters in entries.iter().map(|entry| spell(&entry.written)) {
                if letters.len() <= LONGEST_NEAR && seen.insert(letters.clone()) {
                    near.starts.push(near.letters.len() as u32);
                    near.letters.extend(letters);
                    near.keys.push(key.as_str().into());
                }
            }
        }
        near.candidates = Candidates::of((0..near.keys.len()).map(|id| near.spelled(id)));
        near
    }

    fn spelled(&self, id: usize) -> &[Letter] {
        let end = self.starts.get(id + 1).map_or(self.letters.len(), |&end| end as usize);
        &self.letters[self.starts[id] as usize..end]
    }

    /// Names that may be meant, nearest first; a key once. Consonants that differ are at most as many as `differ`.
    fn ranked(&self, name: &str, differ: Option<u32>) -> Vec<Ranked<'_>> {
        let letters = spell(name);
        if letters.len() > LONGEST_NEAR || letters.len() < 3 {
            return Vec::new();
        }
        let found = match differ {
            Some(differ) => self.candidates.near(&letters, differ, COMPARED),
            None => self.candidates.find(&letters, COMPARED),
        };
        self.weighed(letters, found)
    }

    /// These names, nearest first; a key once.
    fn weighed(&self, letters: Vec<Letter>, found: Vec<u32>) -> Vec<Ranked<'_>> {
        let arabic = is_arabic(&letters);
        let own = Spelled::from_letters(letters);
        let weigh = |id: u32| {
            let letters = self.spelled(id as usize);
            let (alike, mut far) = own.against(&Spelled::from_letters(letters.to_vec()));
            if arabic && is_arabic(letters) {
                far *= ARABIC;
            }
            Ranked { far, alike, key: &self.keys[id as usize] }
        };
        let mut ranked: Vec<Ranked> = found.into_iter().map(weigh).collect();
        ranked.sort_unstable_by_key(|name| (name.far, -name.alike, name.key));
        let mut seen = BTreeSet::new();
        ranked.retain(|name| seen.insert(name.key));
        ranked
    }
}

/// A name that may be meant.
struct Ranked<'a> {
    /// Its distance, in hundredths.
    far: i32,
    /// How alike it is, in hundredths.
    alike: i32,
    /// What it is listed under.
    key: &'a str,
}

impl NameIndex {
    /// Entries whose name is at most `distance` letters away, for misspellings ("IISIS", "al-Bukalaml") and for the
    /// other script: a habit of spelling costs a part of a letter or nothing, a foreign consonant about one.
    ///
    /// All entries of one name, or none: none where a name of other entries is nearly as near ([`MARGIN`]), where the
    /// odds are against it ([`LIKELY`]) and it is no [`SLIP`], where the name has fewer than four letters (three in
    /// Arabic script), or where more than one consonant differs (any, where there are fewer than four).
    pub fn near(&self, name: &str, distance: usize) -> Vec<&NameRef> {
        let (key, arabic) = (fold::key(name), fold::is_arabic(name));
        // Arabic script leaves vowels out, so that three letters are as many as four or five.
        if distance == 0 || key.chars().count() < if arabic { 3 } else { 4 } {
            return Vec::new();
        }
        let most = i32::try_from(distance).unwrap_or(9).saturating_mul(LETTER);
        let differ = u32::from(Bones::of(&spell(name)).len() >= 4);
        let ranked = self.near.ranked(name, Some(differ));
        let Some(best) = ranked.first().filter(|best| best.far <= most) else { return Vec::new() };
        let likely = LIKELY[usize::from(arabic != fold::is_arabic(best.key))];
        let slip = || {
            best.alike >= 0
                && key.chars().count() >= SLIP.0
                && strokes(&key, best.key, distance + 1) <= distance
        };
        let margin = match best.alike >= likely {
            true => MARGIN,
            false if slip() => SLIP.1,
            false => return Vec::new(),
        };
        let entries = distinct(self.by_key(best.key).iter());
        let rivals = ranked.iter().take_while(|name| name.far <= best.far + margin);
        let borne =
            |one: &NameRef| entries.iter().any(|entry| (entry.kind, &entry.id) == (one.kind, &one.id));
        match rivals.flat_map(|name| self.by_key(name.key)).all(borne) {
            true => entries,
            false => Vec::new(),
        }
    }

    /// Whether [`NameIndex::near`] has any such entry to choose from: it costs a part of choosing.
    pub fn may_be_near(&self, name: &str, wanted: impl Fn(&NameRef) -> bool) -> bool {
        let letters = spell(name);
        if letters.len() > LONGEST_NEAR || letters.len() < 3 {
            return false;
        }
        let differ = u32::from(Bones::of(&letters).len() >= 4);
        let found = self.near.candidates.near(&letters, differ, COMPARED);
        found.iter().any(|&id| self.by_key(&self.near.keys[id as usize]).iter().any(&wanted))
    }

    /// Entries whose names are spelled most like this one and differ from it by a consonant at most, nearest first, each
    /// with how much alike the two spellings are ([`Spelled::alike`]); an entry once, by its nearest name. For whoever
    /// knows more than the name: odds by context add to odds by spelling.
    pub fn ranked(&self, name: &str, most: usize, wanted: impl Fn(&NameRef) -> bool) -> Vec<(&NameRef, i32)> {
        let letters = spell(name);
        if letters.len() > LONGEST_NEAR || letters.len() < 3 {
            return Vec::new();
        }
        let differ = u32::from(Bones::of(&letters).len() >= 3);
        let mut found = self.near.candidates.near(&letters, differ, 4 * COMPARED);
        // Comparing is most of the work: those that nobody wants are left out first.
        found.retain(|&id| self.by_key(&self.near.keys[id as usize]).iter().any(&wanted));
        found.truncate(CLOSEST);
        let ranked = self.near.weighed(letters, found);
        let entries =
            ranked.iter().flat_map(|near| self.by_key(near.key).iter().map(|entry| (entry, near.alike)));
        let mut seen = BTreeSet::new();
        let wanted = entries.filter(|(entry, _)| wanted(entry) && seen.insert((entry.kind, &entry.id)));
        wanted.take(most).collect()
    }

    /// The nearest names of entries that are wanted, at most `most`, nearest first, whatever their distance: to be
    /// offered to somebody who chooses.
    pub fn nearest(&self, name: &str, most: usize, wanted: impl Fn(&NameRef) -> bool) -> Vec<&NameRef> {
        let ranked = self.near.ranked(name, None);
        let entries = ranked.iter().flat_map(|name| self.by_key(name.key)).filter(|entry| wanted(entry));
        let mut found = distinct(entries);
        found.truncate(most);
        found
    }
}

/// Each entry once, in the order of their first names.
fn distinct<'a>(entries: impl Iterator<Item = &'a NameRef>) -> Vec<&'a NameRef> {
    let mut seen = BTreeSet::new();
    entries.filter(|entry| seen.insert((entry.kind, &entry.id))).collect()
}

/// Letters to add, leave out, change or swap to make one key the other (Damerau 1964), or `bound` if there are that
/// many or more.
fn strokes(a: &str, b: &str, bound: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) >= bound {
        return bound;
    }
    let mut rows = [vec![0; b.len() + 1], (0..=b.len()).collect::<Vec<usize>>(), vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        rows[2][0] = i;
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[1][j - 1] + same).min(rows[1][j] + 1).min(rows[2][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[0][j - 2] + 1);
            }
            rows[2][j] = least;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()].min(bound)
}

#[cfg(test)]
mod tests {
    use super::strokes;

    #[test]
    fn swaps_are_one_stroke() {
        assert_eq!(strokes("bukamal", "bukalaml", 9), 2);
        assert_eq!(strokes("abc", "acb", 9), 1);
        assert_eq!(strokes("", "abc", 9), 3);
        assert_eq!(strokes("abcdef", "x", 3), 3);
    }
}
