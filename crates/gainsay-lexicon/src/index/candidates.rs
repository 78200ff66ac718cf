//! Which of very many names may be another spelling of one, by their consonants alone.
//!
//! A name is listed under its bones, under its bones with one or two left out, and, if it has several words, under
//! each word's. A query is looked up the same way, so that names whose bones differ by a letter or two meet
//! (deletion neighbourhoods: Mor and Fraenkel 1982). Finding takes time with the names that are found, not with
//! those there are; which is the right one is for the weights of `translit` to say.

use crate::translit::Bones;
use crate::translit::letters::{EDGE, Letter};

/// Lists longer than this are of a word or a sound that tells nothing: names on them are found by what else they bear.
const COMMON: usize = 4096;

/// Buckets of the directory, by the highest bits of a key.
const BUCKET_BITS: u32 = 16;

/// Names by their consonants.
#[derive(Debug, Default)]
pub struct Candidates {
    /// The bones of each name.
    bones: Vec<Bones>,
    /// Hashed key in the high half, name in the low: sorted.
    listed: Vec<u64>,
    /// Where each bucket begins in `listed`.
    directory: Vec<u32>,
}

/// What a key is made of: keys of different kinds never meet.
#[derive(Clone, Copy)]
enum Key {
    /// All the bones, or all but one.
    Whole = 1,
    /// All but two.
    Rest = 2,
    /// Those of one word.
    Word = 3,
}

/// Thirty-two bits of a key; two keys that share them only make a needless candidate.
fn hash(kind: Key, bones: Bones) -> u64 {
    let mixed = (bones.0 ^ (kind as u64) << 62).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32
}

/// The words of a spelling that have two consonants or more.
fn words(letters: &[Letter]) -> impl Iterator<Item = Bones> {
    letters.split(|&letter| letter == EDGE).map(Bones::of).filter(|bones| bones.len() >= 2)
}

/// The keys under which names meet whose bones differ by one letter at most.
fn close(bones: Bones) -> impl Iterator<Item = u64> {
    let shorter = bones.shorter().filter(move |_| bones.len() >= 2);
    std::iter::once(bones).chain(shorter).map(|bones| hash(Key::Whole, bones))
}

/// Those under which names meet, besides, whose bones differ by two.
fn wide(bones: Bones) -> impl Iterator<Item = u64> {
    let shorter = bones.shorter().filter(move |_| bones.len() >= 4);
    shorter.flat_map(Bones::shorter).map(|bones| hash(Key::Rest, bones))
}

impl Candidates {
    /// Lists names, numbered in their order from 0.
    ///
    /// # Panics
    /// With more than four thousand million names.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a [Letter]>) -> Candidates {
        let mut all = Candidates::default();
        for letters in names {
            let id = u32::try_from(all.bones.len()).expect("a name has a 32-bit number");
            let bones = Bones::of(letters);
            all.bones.push(bones);
            let mut list = |key: u64| all.listed.push(key << 32 | u64::from(id));
            close(bones).for_each(&mut list);
            wide(bones).for_each(&mut list);
            if words(letters).nth(1).is_some() {
                words(letters).for_each(|word| list(hash(Key::Word, word)));
            }
        }
        all.listed.sort_unstable();
        all.listed.dedup();
        all.listed.shrink_to_fit();
        let bucket = |entry: u64| (entry >> (64 - BUCKET_BITS)) as usize;
        all.directory = vec![0; (1 << BUCKET_BITS) + 1];
        all.listed.iter().for_each(|&entry| all.directory[bucket(entry) + 1] += 1);
        for at in 1..all.directory.len() {
            all.directory[at] += all.directory[at - 1];
        }
        all
    }

    fn listed(&self, key: u64) -> &[u64] {
        let bucket = (key >> (32 - BUCKET_BITS)) as usize;
        let Some(&[from, to]) = self.directory.get(bucket..bucket + 2) else { return &[] };
        let bucket = &self.listed[from as usize..to as usize];
        let from = bucket.partition_point(|&entry| entry >> 32 < key);
        let count = bucket[from..].partition_point(|&entry| entry >> 32 == key);
        &bucket[from..from + count]
    }

    /// The names whose consonants differ by one at most, at most `most` of them, nearest first; equally near ones in
    /// their order.
    pub fn near(&self, letters: &[Letter], differ: u32, most: usize) -> Vec<u32> {
        let bones = Bones::of(letters);
        let mut found = self.all(close(bones));
        let far = |id: u32| bones.distance(self.bones[id as usize]);
        found.retain(|&id| far(id) <= differ);
        nearest(found, most, far)
    }

    /// The names whose consonants are nearest, or are those of one of its words, at most `most`, nearest first;
    /// equally near ones in their order.
    pub fn find(&self, letters: &[Letter], most: usize) -> Vec<u32> {
        let bones = Bones::of(letters);
        let mut keys: Vec<u64> = close(bones).chain(wide(bones)).collect();
        // What is left of one name may be the whole of another, or that with one left out.
        keys.extend(bones.shorter().flat_map(Bones::shorter).map(|bones| hash(Key::Whole, bones)));
        let few = |bones: &Bones| bones.len() >= 2;
        keys.extend(
            std::iter::once(bones).chain(bones.shorter()).filter(few).map(|bones| hash(Key::Rest, bones)),
        );
        let several = words(letters).nth(1).is_some();
        for word in words(letters) {
            keys.push(hash(Key::Word, word));
            if several {
                keys.push(hash(Key::Whole, word));
            }
        }
        keys.sort_unstable();
        keys.dedup();
        nearest(self.all(keys.into_iter()), most, |id| {
            let other = self.bones[id as usize];
            let (distance, longer) = (bones.distance(other), other.len().abs_diff(bones.len()));
            // A name inside a longer one is as near as a name that differs by a letter or two.
            if distance == longer { distance.min(2) } else { distance }
        })
    }

    /// All names under these keys.
    fn all(&self, keys: impl Iterator<Item = u64>) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        for key in keys {
            let listed = self.listed(key);
            if listed.len() <= COMMON {
                found.extend(listed.iter().map(|&entry| entry as u32));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The nearest of these, nearest first.
fn nearest(found: Vec<u32>, most: usize, far: impl Fn(u32) -> u32) -> Vec<u32> {
    let mut ranked: Vec<(u32, u32)> = found.into_iter().map(|id| (far(id), id)).collect();
    if ranked.len() > most {
        ranked.select_nth_unstable(most);
        ranked.truncate(most);
    }
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, id)| id).collect()
}
