//! What is asked, as the file of answers is asked for it.

use gainsay_ledger::answers::{Days, Role, Wanted};
use gainsay_model::EntityId;
use gainsay_weigh::Ask;

use super::Answers;

impl Answers {
    /// The same ask with all that counts as what is asked for: what lies in a place, the parts of an actor.
    pub(super) fn wanted(&self, ask: &Ask) -> Wanted {
        let mut of = Vec::new();
        let mut also =
            |role: Role, ids: &[EntityId], counts: &dyn Fn(&str, &str) -> bool, known: &[String]| {
                if ids.is_empty() {
                    return;
                }
                let parts = known.iter().filter(|own| ids.iter().any(|asked| counts(own, asked)));
                let mut all: Vec<String> = ids.iter().chain(parts).cloned().collect();
                all.sort();
                all.dedup();
                of.push((role, all));
            };
        let (gazetteer, lexicon) = (&self.words.gazetteer, &self.words.lexicon);
        also(Role::Place, &ask.place, &|own, asked| gazetteer.within(own, asked), &self.places);
        also(Role::Actor, &ask.actor, &|own, asked| lexicon.answers_to(own, asked, None), &self.parties);
        also(Role::Source, &ask.source, &|_, _| false, &[]);
        also(Role::AccordingTo, &ask.according_to, &|_, _| false, &[]);
        Wanted {
            of,
            days: Days { from: ask.from, to: ask.to },
            report: ask.report.clone(),
            event: ask.event.clone(),
            kind: ask.kind.map(|kind| kind.as_str().to_owned()),
            known_by: ask.known_by,
        }
    }
}
