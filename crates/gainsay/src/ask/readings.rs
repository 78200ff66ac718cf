//! What other readers read of a claim: beside it, or in its place.

use std::collections::BTreeMap;

use gainsay_model::{Claim, ClaimId};
use gainsay_weigh::readers::{Beside, Difference};
use serde::Serialize;

/// Another reader's claim of the same proposition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OtherReading {
    /// Who read it.
    pub reader: String,
    /// The claim.
    pub claim: ClaimId,
    /// Where it differs; empty where both say the same.
    pub differs: Vec<Difference>,
}

/// How a claim stands among what several readers read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Read {
    /// `false` for a claim that is not weighed, because it lies beside another reader's; else not written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighed: Option<bool>,
    /// The claim that stands in its place; not written where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<ClaimId>,
    /// Where it differs from that one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<Difference>,
    /// What other readers read of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<OtherReading>,
}

/// Other readings by the claims that stand.
pub(crate) struct Readings<'b> {
    beside: &'b [Beside],
    of: BTreeMap<&'b str, Vec<&'b Beside>>,
}

impl<'b> Readings<'b> {
    /// Of what lies beside.
    pub(crate) fn of(beside: &'b [Beside]) -> Readings<'b> {
        let mut of: BTreeMap<&str, Vec<&Beside>> = BTreeMap::new();
        for one in beside {
            if let Some(stands) = &one.of {
                of.entry(stands).or_default().push(one);
            }
        }
        of.values_mut().for_each(|many| many.sort_by_key(|one| (&one.claim.reader, &one.claim.id)));
        Readings { beside, of }
    }

    /// How a claim stands.
    pub(crate) fn read(&self, claim: &Claim) -> Read {
        if let Some(one) = self.beside.iter().find(|one| one.claim.id == claim.id) {
            return aside(one);
        }
        let other = |one: &&Beside| OtherReading {
            reader: one.claim.reader.clone(),
            claim: one.claim.id.clone(),
            differs: one.differs.clone(),
        };
        let readings = self.of.get(claim.id.as_str()).map(|many| many.iter().map(other).collect());
        Read { readings: readings.unwrap_or_default(), ..Read::default() }
    }
}

/// How a claim stands that lies beside.
pub(crate) fn aside(one: &Beside) -> Read {
    Read { weighed: Some(false), beside: one.of.clone(), differs: one.differs.clone(), readings: Vec::new() }
}
