//! Ids of an answer, gathered to be named together.

use std::collections::{BTreeMap, BTreeSet};

use gainsay::answers::Answers;
use gainsay::cards::Card;
use gainsay::model::{Control, Dispute, EntityId, Event, Holding, Siege, Tally, Tie};
use gainsay::named::{Name, of_claim, of_dispute, of_event};

/// Ids, each once.
#[derive(Default)]
pub struct Ids(BTreeSet<EntityId>);

impl Ids {
    pub fn add(&mut self, id: &str) -> &mut Ids {
        if !id.is_empty() && !self.0.contains(id) {
            self.0.insert(id.to_owned());
        }
        self
    }

    pub fn all<'i>(&mut self, ids: impl IntoIterator<Item = &'i String>) -> &mut Ids {
        ids.into_iter().for_each(|id| _ = self.add(id));
        self
    }

    pub fn event(&mut self, event: &Event) -> &mut Ids {
        of_event(event).for_each(|id| _ = self.add(id));
        self
    }

    pub fn dispute(&mut self, dispute: &Dispute) -> &mut Ids {
        of_dispute(dispute).for_each(|id| _ = self.add(id));
        self
    }

    pub fn card(&mut self, card: &Card) -> &mut Ids {
        of_claim(&card.line.claim).for_each(|id| _ = self.add(id));
        self.all(&card.line.roots).all(card.chain.iter().map(|link| &link.id))
    }

    pub fn tally(&mut self, tally: &Tally) -> &mut Ids {
        self.all(&tally.scope.place)
            .all(tally.by_source.iter().flat_map(|voice| [&voice.source, &voice.root]))
    }

    pub fn control(&mut self, line: &Control) -> &mut Ids {
        self.add(&line.place).all(&line.holders).all(&line.inherited_from).all(&line.according_to)
    }

    pub fn holding(&mut self, line: &Holding) -> &mut Ids {
        self.add(&line.place).all(&line.holders)
    }

    pub fn siege(&mut self, siege: &Siege) -> &mut Ids {
        self.add(&siege.place).all(&siege.target).all(&siege.besiegers)
    }

    pub fn tie(&mut self, tie: &Tie) -> &mut Ids {
        self.add(&tie.a).add(&tie.b).all(&tie.according_to)
    }

    /// Their names.
    ///
    /// # Errors
    /// When the answers cannot be read.
    pub fn named(self, answers: &Answers) -> Result<BTreeMap<EntityId, Name>, gainsay::Error> {
        answers.names(self.0.iter().map(String::as_str))
    }
}
