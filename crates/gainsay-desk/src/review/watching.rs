//! Who looks at which item now: told by their pages every few seconds, forgotten when these fall silent.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use gainsay::clock;

/// Whoever was silent for so long looks no more; pages tell every 20 s.
const SILENT: Duration = Duration::from_secs(45);
/// So many items at most are kept in mind.
const ITEMS: usize = 1000;

/// Items, with who looks and when that was last told.
#[derive(Default)]
pub struct Watching {
    items: Mutex<HashMap<String, BTreeMap<String, Duration>>>,
}

impl Watching {
    /// Notes that somebody looks at an item, or no longer does; everybody who does, and whether that changed.
    pub fn note(&self, item: &str, name: &str, looks: bool) -> (Vec<String>, bool) {
        self.note_at(item, name, looks, clock::running())
    }

    fn note_at(&self, item: &str, name: &str, looks: bool, now: Duration) -> (Vec<String>, bool) {
        let mut items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        let before: Vec<String> =
            items.get(item).map(|names| names.keys().cloned().collect()).unwrap_or_default();
        items.retain(|_, names| {
            names.retain(|_, told| now.saturating_sub(*told) < SILENT);
            !names.is_empty()
        });
        // Somebody is at one item at a time.
        for names in items.iter_mut().filter(|(other, _)| looks && *other != item).map(|(_, names)| names) {
            names.remove(name);
        }
        match looks {
            true if items.len() < ITEMS || items.contains_key(item) => {
                items.entry(item.to_owned()).or_default().insert(name.to_owned(), now);
            }
            true => {}
            false => {
                if let Some(names) = items.get_mut(item) {
                    names.remove(name);
                }
            }
        }
        let after: Vec<String> =
            items.get(item).map(|names| names.keys().cloned().collect()).unwrap_or_default();
        let changed = before != after;
        (after, changed)
    }

    /// Who looks at an item.
    pub fn at(&self, item: &str) -> Vec<String> {
        let (now, items) = (clock::running(), self.items.lock().unwrap_or_else(PoisonError::into_inner));
        let names = items.get(item).into_iter().flatten();
        names.filter(|(_, told)| now.saturating_sub(**told) < SILENT).map(|(name, _)| name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_falls_silent_or_goes_on_looks_no_more() {
        let watching = Watching::default();
        let at = |seconds: u64| Duration::from_secs(100 + seconds);
        assert_eq!(watching.note_at("a", "Amal", true, at(0)), (vec!["Amal".to_owned()], true));
        assert_eq!(watching.note_at("a", "Amal", true, at(20)), (vec!["Amal".to_owned()], false));
        assert_eq!(watching.note_at("a", "Basil", true, at(30)).0, ["Amal", "Basil"]);
        assert_eq!(watching.note_at("a", "Basil", true, at(66)).0, ["Basil"]);
        assert_eq!(watching.note_at("b", "Basil", true, at(67)).0, ["Basil"]);
        assert_eq!(watching.note_at("a", "Amal", true, at(68)).0, ["Amal"]);
        assert_eq!(watching.note_at("a", "Amal", false, at(69)), (Vec::new(), true));
    }
}
