//! Readable, stable ids of events: day, kind, place.

use std::collections::BTreeMap;

use gainsay_model::{Event, Kind};

use super::Cluster;
use crate::days::Days;
use crate::roots::Said;

/// `2014-06-03-capture-siyasiyeh-bridge`; `undated` where no day is known, no place where none is.
pub(super) fn stem(cluster: &Cluster, kind: Kind, days: Option<Days>) -> String {
    let day = days.map_or("undated".to_string(), |days| days.from.to_string());
    match cluster.places.first() {
        Some(place) => format!("{day}-{kind}-{place}"),
        None => format!("{day}-{kind}"),
    }
}

/// Numbers events that share an id from the second on, in the order of what they say.
pub(super) fn number(said: &[Said], built: &mut [(Event, Vec<usize>)]) {
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (event, _)) in built.iter().enumerate() {
        same.entry(event.id.clone()).or_default().push(at);
    }
    for (id, mut all) in same.into_iter().filter(|(_, all)| all.len() > 1) {
        all.sort_by(|&a, &b| {
            let key = |at: usize| {
                let (event, members) = &built[at];
                let figures: Vec<_> = members
                    .iter()
                    .filter_map(|&at| said[at].link.figure)
                    .collect::<std::collections::BTreeSet<_>>()
                    .into_iter()
                    .collect();
                (
                    &event.actors,
                    &event.targets,
                    &event.place,
                    event.time,
                    &event.roots,
                    figures,
                    &event.claims,
                )
            };
            key(a).cmp(&key(b))
        });
        for (n, at) in all.into_iter().enumerate().skip(1) {
            built[at].0.id = format!("{id}-{}", n + 1);
        }
    }
}
