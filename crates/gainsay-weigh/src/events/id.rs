//! Readable, stable ids of events: day, kind, place.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Event, Kind, Measure};

use super::Cluster;
use crate::days::Days;
use crate::range::Range;
use crate::roots::Said;

/// `2014-06-03-capture-siyasiyeh-bridge`; `undated` where no day is known, no place where none is.
pub(super) fn stem(cluster: &Cluster, kind: Kind, days: Option<Days>) -> String {
    let day = days.map_or("undated".to_string(), |days| days.from.to_string());
    match cluster.places.first() {
        Some(place) => format!("{day}-{kind}-{place}"),
        None => format!("{day}-{kind}"),
    }
}

/// The figures that an event's claims give, sorted, each once.
pub(super) type Figures = Vec<(Measure, Range)>;

/// The figures of these claims.
pub(super) fn figures(said: &[Said], members: &[usize]) -> Figures {
    let figures: BTreeSet<(Measure, Range)> = members.iter().filter_map(|&at| said[at].link.figure).collect();
    figures.into_iter().collect()
}

/// Those of a list of ids that are not the only one of theirs, as places in it.
pub(super) fn repeated<'e>(ids: impl Iterator<Item = &'e str>) -> Vec<usize> {
    let mut same: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, id) in ids.enumerate() {
        same.entry(id).or_default().push(at);
    }
    same.into_values().filter(|all| all.len() > 1).flatten().collect()
}

/// Sorts events, each with its figures, by id and then by what they say.
pub(super) fn sort<'e>(events: &mut [(usize, Figures)], event: impl Fn(usize) -> &'e Event) {
    events.sort_by(|(a, ours), (b, theirs)| {
        let key = |of: &'e Event, figures| {
            let who = (&of.actors, &of.targets, &of.place, of.time, &of.roots);
            (&of.id, who, figures, &of.claims)
        };
        key(event(*a), ours).cmp(&key(event(*b), theirs))
    });
}

/// The ids of sorted events: those that share one are numbered from the second on.
pub(super) fn numbered<'e>(
    events: &[(usize, Figures)],
    event: impl Fn(usize) -> &'e Event,
) -> Vec<(String, usize)> {
    let alike = |a: &(usize, Figures), b: &(usize, Figures)| event(a.0).id == event(b.0).id;
    let of = |(n, (at, _)): (usize, &(usize, Figures))| {
        let id = &event(*at).id;
        (if n == 0 { id.clone() } else { format!("{id}-{}", n + 1) }, *at)
    };
    events.chunk_by(alike).flat_map(|same| same.iter().enumerate().map(of)).collect()
}
