//! What is worth knowing and no fault: the first few are told, the rest are counted.

use gainsay::model::Warning;

use super::tell;

/// So many are told.
const TOLD: usize = 20;

/// Notes gathered while work goes on; however many there are, few are held.
#[derive(Default)]
pub struct Notes {
    first: Vec<Warning>,
    more: usize,
}

impl Extend<Warning> for Notes {
    fn extend<T: IntoIterator<Item = Warning>>(&mut self, notes: T) {
        for note in notes {
            if self.first.len() < TOLD {
                self.first.push(note);
            } else {
                self.more += 1;
            }
        }
    }
}

impl Notes {
    /// Tells them on standard error.
    pub fn tell(&self) {
        self.first.iter().for_each(|note| tell(&format!("note: {note}")));
        if self.more > 0 {
            tell(&format!("note: and {} more like these", self.more));
        }
    }
}
