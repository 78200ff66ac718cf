//! `months` and `network`: what happened month by month, and who passes on whose word.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Date, EntityId, Event, SourceView};
use gainsay_weigh::{Ask, Weighed};
use serde::{Deserialize, Serialize};

/// One month of events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// `2014-06`.
    pub month: String,
    /// Events that began in it.
    pub events: u64,
    /// Their dead.
    pub killed: Killed,
    /// Claims about them.
    pub claims: u64,
}

/// Dead, summed over events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Killed {
    /// Sum of the least credible.
    pub low: u64,
    /// Sum of the most credible.
    pub best: u64,
    /// Sum of the greatest credible.
    pub high: u64,
}

/// The months from the first to the last in which an event asked about began, those without any too.
pub fn months(weighed: &Weighed, ask: &Ask) -> Vec<Month> {
    months_of(&weighed.events(ask))
}

/// The months of these events. The dead of a part are its whole's, where that is among them.
pub fn months_of(events: &[&Event]) -> Vec<Month> {
    let ids: BTreeSet<&str> = events.iter().map(|event| event.id.as_str()).collect();
    let mut months: BTreeMap<(i16, i8), Month> = BTreeMap::new();
    for event in events {
        let Some(day) = event.time.start.or(event.time.end) else { continue };
        let month = months.entry((day.year(), day.month())).or_default();
        month.events += 1;
        month.claims += event.claims.len() as u64;
        if event.part_of.as_deref().is_some_and(|whole| ids.contains(whole)) {
            continue;
        }
        let toll = &event.killed;
        let best = toll.best.or(toll.low).or(toll.high).unwrap_or_default();
        month.killed.low += toll.low.unwrap_or(best);
        month.killed.best += best;
        month.killed.high += toll.high.unwrap_or(best);
    }
    let (Some(first), Some(last)) = (months.keys().next().copied(), months.keys().next_back().copied())
    else {
        return Vec::new();
    };
    let mut all = Vec::new();
    let (mut year, mut number) = first;
    while (year, number) <= last && all.len() < MOST {
        let month = months.remove(&(year, number)).unwrap_or_default();
        all.push(Month { month: format!("{year:04}-{number:02}"), ..month });
        (year, number) = if number == 12 { (year + 1, 1) } else { (year, number + 1) };
    }
    all
}

/// Months at most: a mistyped year must not give thousands of empty ones.
const MOST: usize = 2400;

/// Who passes on whose word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citing {
    /// Sources, those with most claims first.
    pub nodes: Vec<Node>,
    /// From whoever passes on to whoever is cited.
    pub links: Vec<Link>,
    /// Loops of citation.
    pub circular: Vec<Vec<EntityId>>,
}

/// A source among others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Its id.
    pub id: EntityId,
    /// Its name.
    pub name: String,
    /// Whose side; empty where unknown.
    pub side: String,
    /// Claims it makes or passes on.
    pub claims: u64,
    /// Reports it published.
    pub reports: u64,
}

/// One source citing another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Who cites.
    pub from: EntityId,
    /// Who is cited.
    pub to: EntityId,
    /// In how many of the claims asked about.
    pub claims: u64,
}

/// Who passes on whose word in the claims asked about; the `limit` sources with most claims. What is known of a source
/// beyond these claims is given by `view`.
pub fn citing(
    weighed: &Weighed,
    ask: &Ask,
    limit: usize,
    view: &dyn Fn(&str) -> Option<SourceView>,
) -> Citing {
    let mut links: BTreeMap<(EntityId, EntityId), u64> = BTreeMap::new();
    let mut heard: BTreeMap<EntityId, u64> = BTreeMap::new();
    for claim in weighed.claims(ask) {
        let chain = weighed.chain(&claim.id);
        for two in chain.windows(2).filter(|two| two[0] != two[1]) {
            *links.entry((two[0].clone(), two[1].clone())).or_default() += 1;
        }
        for source in chain.into_iter().collect::<BTreeSet<_>>() {
            *heard.entry(source).or_default() += 1;
        }
    }
    let mut heard: Vec<(EntityId, u64)> = heard.into_iter().collect();
    heard.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    heard.truncate(limit);
    let mut loops: BTreeSet<Vec<EntityId>> = BTreeSet::new();
    let mut node = |(id, claims): (EntityId, u64)| {
        let view = view(&id);
        loops.extend(view.iter().flat_map(|source| source.circular.iter().cloned()));
        Node {
            reports: view.as_ref().map_or(0, |source| source.reports),
            name: view.map_or_else(|| weighed.name(&id), |source| source.name),
            side: weighed.side(&id),
            claims,
            id,
        }
    };
    let nodes: Vec<Node> = heard.into_iter().map(&mut node).collect();
    let kept: BTreeSet<&str> = nodes.iter().map(|node| node.id.as_str()).collect();
    let shown = |id: &EntityId| kept.contains(id.as_str());
    let links = links.into_iter().filter(|((from, to), _)| shown(from) && shown(to));
    let links = links.map(|((from, to), claims)| Link { from, to, claims }).collect();
    let circular = loops.into_iter().filter(|all| all.iter().all(shown)).collect();
    Citing { links, circular, nodes }
}

impl Citing {
    /// The `limit` sources with most claims, and what is between them.
    pub fn cut(mut self, limit: usize) -> Citing {
        self.nodes.truncate(limit);
        let kept: BTreeSet<&str> = self.nodes.iter().map(|node| node.id.as_str()).collect();
        self.links.retain(|link| kept.contains(link.from.as_str()) && kept.contains(link.to.as_str()));
        self.circular.retain(|all| all.iter().all(|id| kept.contains(id.as_str())));
        self
    }
}

/// The first and last day that events may have.
pub fn days_of<'e>(events: impl IntoIterator<Item = &'e Event>) -> Option<(Date, Date)> {
    let mut span: Option<(Date, Date)> = None;
    for day in events.into_iter().flat_map(|event| [event.time.start, event.time.end]).flatten() {
        span = Some(span.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
    }
    span
}

#[cfg(test)]
mod tests {
    use gainsay_model::{Interval, Kind, Toll};

    use super::*;

    fn event(id: &str, day: &str, best: u64, part_of: Option<&str>) -> Event {
        let day: Date = day.parse().unwrap();
        Event {
            id: id.into(),
            kind: Kind::Shelling,
            place: vec![],
            time: Interval::day(day),
            actors: vec![],
            targets: vec![],
            killed: Toll { low: Some(best / 2), best: Some(best), high: None, policy: String::new() },
            injured: Toll::default(),
            claims: vec!["c".into()],
            roots: vec![],
            grade: Default::default(),
            part_of: part_of.map(str::to_owned),
        }
    }

    #[test]
    fn months_follow_each_other_and_no_death_counts_twice() {
        let events = [
            event("a", "2014-11-30", 10, None),
            event("b", "2014-11-30", 4, Some("a")),
            event("c", "2015-02-01", 6, Some("not among them")),
        ];
        let months = months_of(&events.iter().collect::<Vec<_>>());
        let lines: Vec<_> = months
            .iter()
            .map(|m| (m.month.as_str(), m.events, m.killed.low, m.killed.best, m.killed.high))
            .collect();
        assert_eq!(
            lines,
            [
                ("2014-11", 2, 5, 10, 10),
                ("2014-12", 0, 0, 0, 0),
                ("2015-01", 0, 0, 0, 0),
                ("2015-02", 1, 3, 6, 6)
            ]
        );
        assert!(months_of(&[]).is_empty());
        let far = [event("a", "0001-01-01", 1, None), event("b", "9999-01-01", 1, None)];
        assert_eq!(months_of(&far.iter().collect::<Vec<_>>()).len(), MOST);
    }
}
