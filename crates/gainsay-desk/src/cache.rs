//! Answers that were asked for before: written once, given again for as long as the answers they are made from stand.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use gainsay::answers::Answers;

/// So much is kept at most (bytes); beyond that all of it is let go.
const MOST: usize = 96 << 20;

/// Marks an answer that is the same for as long as the answers it is made from stand.
#[derive(Clone, Copy, Debug)]
pub struct Lasts;

/// What was written, by the address it was asked by.
#[derive(Default)]
pub struct Cache {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    /// What all of it was made from.
    from: Option<Arc<Answers>>,
    written: HashMap<String, Bytes>,
    size: usize,
}

impl Cache {
    /// What was written for an address, from these answers.
    pub fn get(&self, from: &Arc<Answers>, address: &str) -> Option<Bytes> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let same = held.from.as_ref().is_some_and(|own| Arc::ptr_eq(own, from));
        held.written.get(address).filter(|_| same).cloned()
    }

    /// Keeps what was written for an address; what was made from other answers is let go.
    pub fn put(&self, from: &Arc<Answers>, address: String, written: Bytes) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let same = held.from.as_ref().is_some_and(|own| Arc::ptr_eq(own, from));
        if !same || held.size + written.len() > MOST {
            *held = Held { from: Some(from.clone()), ..Held::default() };
        }
        held.size += written.len() + address.len();
        held.written.insert(address, written);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_answers_gave_is_not_given() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("l.gpkg");
        gainsay::keep::init(&path, "test").unwrap();
        let open = || Arc::new(Answers::open(&path).unwrap());
        let (old, new, cache) = (open(), open(), Cache::default());
        cache.put(&old, "/a".to_owned(), Bytes::from_static(b"1"));
        assert_eq!(cache.get(&old, "/a"), Some(Bytes::from_static(b"1")));
        assert_eq!((cache.get(&old, "/b"), cache.get(&new, "/a")), (None, None));
        cache.put(&new, "/b".to_owned(), Bytes::from_static(b"2"));
        assert_eq!((cache.get(&old, "/a"), cache.get(&new, "/b")), (None, Some(Bytes::from_static(b"2"))));
        let large = Bytes::from(vec![0; MOST - 10]);
        cache.put(&new, "/c".to_owned(), large.clone());
        cache.put(&new, "/d".to_owned(), Bytes::from_static(b"a few bytes more"));
        assert_eq!((cache.get(&new, "/c"), cache.get(&new, "/b")), (None, None));
    }
}
