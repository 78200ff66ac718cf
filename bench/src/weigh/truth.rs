//! How near to the truth of a made-up ledger the answers come.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use gainsay_model::{Claim, Date, DisputeKind, HoldingState, Kind, Measure, Status};
use gainsay_weigh::{Ask, ReportHead, Weighed, control};

use crate::made::{Truth, World, day};

/// What is true of one claim, and what of it disputes hang on. There is one for each claim, so it is small.
struct Fact {
    happening: Option<u32>,
    /// The voices behind it, as a number.
    roots: u32,
    killed: Option<(u32, Option<u32>)>,
    denies: bool,
}

/// What is true of one report, and where its claims begin.
struct Report {
    published: Option<Date>,
    from: usize,
    copy_of: Option<String>,
}

/// What is true of all reports, kept while they are made.
#[derive(Default)]
pub struct Book {
    reports: Vec<Report>,
    /// In the order of the claims.
    facts: Vec<Fact>,
    roots: Vec<Vec<String>>,
    numbers: HashMap<Vec<String>, u32>,
}

impl Book {
    /// Notes the truth of a report that was made.
    pub fn note(&mut self, head: &ReportHead, claims: &[Claim], truth: Vec<Truth>, copy_of: Option<String>) {
        self.reports.push(Report { published: head.published, from: self.facts.len(), copy_of });
        let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        for (claim, truth) in claims.iter().zip(truth) {
            let next = small(self.roots.len() as u64);
            let roots = *self.numbers.entry(truth.roots.clone()).or_insert(next);
            if roots == next {
                self.roots.push(truth.roots);
            }
            let dead = claim.count.as_ref().filter(|count| {
                count.what == Measure::Killed && count.group.is_none() && claim.kind == Kind::Casualties
            });
            self.facts.push(Fact {
                happening: truth.happening,
                roots,
                killed: dead.map(|count| (small(count.low.unwrap_or(0)), count.high.map(small))),
                denies: claim.status == Status::Denied,
            });
        }
    }

    /// The facts of a report, each with its claim.
    fn of<'b>(&'b self, n: usize, claims: &'b [Claim]) -> impl Iterator<Item = (&'b Claim, &'b Fact)> {
        let end = self.reports.get(n + 1).map_or(self.facts.len(), |next| next.from);
        let range = self.reports[n].from..end;
        claims[range.clone()].iter().zip(&self.facts[range])
    }
}

/// The truth of a ledger.
pub struct Truths<'c> {
    book: Book,
    claims: &'c [Claim],
    /// Who held which place from which day: place, changes by day, the holder's side.
    holders: Vec<(String, Vec<(Date, String)>)>,
    days: i32,
}

/// Found, wanted, and both.
#[derive(Default)]
struct Score {
    both: u64,
    found: u64,
    wanted: u64,
}

impl Score {
    fn show(&self, what: &str) {
        let share = |of: u64| if of == 0 { 0.0 } else { self.both as f64 / of as f64 };
        let (precision, recall) = (share(self.found), share(self.wanted));
        println!("{what}: precision / recall\t{precision:.3} / {recall:.3}");
    }
}

impl<'c> Truths<'c> {
    /// The truth of these claims of a world.
    pub fn new(world: &World, book: Book, claims: &'c [Claim]) -> Truths<'c> {
        let side = |changes: &[crate::made::Change]| {
            changes.iter().map(|(from, holder)| (day(*from), holder.side.clone())).collect()
        };
        let holders = world.holders().map(|(place, changes)| (place.to_string(), side(changes))).collect();
        let days = book.reports.iter().filter_map(|r| r.published).max();
        let days = days.map_or(1, |last| (last - day(0)).get_days());
        Truths { book, claims, holders, days }
    }

    /// Prints how near a weighing comes to it.
    pub fn score(&self, weighed: &Weighed) {
        self.events(weighed);
        let facts = self.claims.iter().zip(&self.book.facts);
        let right = |(claim, fact): &(&Claim, &Fact)| {
            weighed.roots.get(&claim.id) == self.book.roots.get(fact.roots as usize)
        };
        let right = facts.filter(right).count();
        println!("claims with their true roots\t{:.3}", right as f64 / self.claims.len().max(1) as f64);
        let mut copies = Score::default();
        for (n, report) in self.book.reports.iter().enumerate() {
            let Some((first, _)) = self.book.of(n, self.claims).next() else { continue };
            let found = weighed.copy_of(&first.id);
            copies.found += u64::from(found.is_some());
            copies.wanted += u64::from(report.copy_of.is_some());
            copies.both += u64::from(found.is_some() && found == report.copy_of.as_deref());
        }
        copies.show("copies");
        self.disputes(weighed);
        self.holders(weighed);
    }

    /// Pairs of claims about one happening: all of them, counted by happening and event.
    fn events(&self, weighed: &Weighed) {
        let mut cells: BTreeMap<(u32, &str), u64> = BTreeMap::new();
        let (mut happenings, mut events): (BTreeMap<u32, u64>, BTreeMap<&str, u64>) = Default::default();
        for (claim, fact) in self.claims.iter().zip(&self.book.facts) {
            let Some(happening) = fact.happening else { continue };
            *happenings.entry(happening).or_default() += 1;
            if let Some(event) = weighed.event_of.get(&claim.id) {
                *events.entry(event).or_default() += 1;
                *cells.entry((happening, event)).or_default() += 1;
            }
        }
        let pairs = |n: &u64| n * n.saturating_sub(1) / 2;
        let score = Score {
            both: cells.values().map(pairs).sum(),
            found: events.values().map(pairs).sum(),
            wanted: happenings.values().map(pairs).sum(),
        };
        score.show("event pairs");
    }

    /// Disputes that are in what was told: independent voices whose last figures cannot both be, and denials.
    fn disputes(&self, weighed: &Weighed) {
        type Last = (Option<Date>, u32, Option<u32>);
        let mut figures: BTreeMap<u32, BTreeMap<&str, Last>> = BTreeMap::new();
        let (mut denied, mut told): (BTreeSet<u32>, BTreeSet<u32>) = Default::default();
        let mut of: BTreeMap<&str, u32> = BTreeMap::new();
        for (n, report) in self.book.reports.iter().enumerate() {
            for (claim, fact) in self.book.of(n, self.claims) {
                let Some(happening) = fact.happening else { continue };
                of.insert(&claim.id, happening);
                if fact.denies {
                    denied.insert(happening)
                } else {
                    told.insert(happening)
                };
                for root in &self.book.roots[fact.roots as usize] {
                    if let Some((low, high)) = fact.killed {
                        let last = figures.entry(happening).or_default().entry(root).or_default();
                        *last = (*last).max((report.published, low, high));
                    }
                }
            }
        }
        let apart = |voices: &&BTreeMap<&str, Last>| {
            let least = voices.values().filter_map(|(.., high)| *high).min();
            let most = voices.values().map(|(_, low, _)| *low).max();
            least.zip(most).is_some_and(|(least, most)| most > least)
        };
        let counts: BTreeSet<u32> = figures.iter().filter(|(_, v)| apart(v)).map(|(n, _)| *n).collect();
        let denials: BTreeSet<u32> = denied.intersection(&told).copied().collect();
        for (what, kind, wanted) in
            [("disputed counts", DisputeKind::Count, counts), ("denials", DisputeKind::Occurrence, denials)]
        {
            let mut found: Vec<Option<u32>> = Vec::new();
            for dispute in weighed.disputes.iter().filter(|dispute| dispute.kind == kind && !dispute.revision)
            {
                let killed = kind != DisputeKind::Count || dispute.about.measure == Some(Measure::Killed);
                let group = dispute.about.group.as_deref().is_none_or(|group| group == "all");
                if killed && group && dispute.about.event.is_some() {
                    let claims = dispute.sides.iter().flat_map(|side| &side.claims);
                    let happenings: BTreeSet<u32> =
                        claims.filter_map(|claim| of.get(claim.as_str()).copied()).collect();
                    // Of one happening only: a dispute between two is none.
                    found.push(happenings.first().copied().filter(|_| happenings.len() == 1));
                }
            }
            let right: BTreeSet<u32> =
                found.iter().flatten().copied().filter(|n| wanted.contains(n)).collect();
            let both = right.len() as u64;
            Score { both, found: found.len() as u64, wanted: wanted.len() as u64 }.show(what);
        }
    }

    /// Who held each fought-over town, on days through the whole time.
    fn holders(&self, weighed: &Weighed) {
        let (mut right, mut wrong, mut both, mut silent) = (0_u32, 0_u32, 0_u32, 0_u32);
        for n in 1..=20 {
            let at = day(self.days * n / 20);
            let lines: BTreeMap<String, _> = control(weighed, &Ask::default(), at)
                .into_iter()
                .map(|line| (line.place.clone(), line))
                .collect();
            for (place, changes) in &self.holders {
                let Some((_, side)) = changes.iter().rev().find(|(from, _)| *from <= at) else { continue };
                let Some(line) = lines.get(place) else {
                    silent += 1;
                    continue;
                };
                let told = line.holders.iter().any(|holder| weighed.side(holder) == *side);
                match (told, line.state) {
                    (true, HoldingState::Contested) => both += 1,
                    (true, _) => right += 1,
                    (false, HoldingState::Unknown) => silent += 1,
                    (false, _) => wrong += 1,
                }
            }
        }
        let all = f64::from((right + wrong + both + silent).max(1));
        let share = |n: u32| f64::from(n) / all;
        println!(
            "holders: right / one of several / wrong / unknown\t{:.3} / {:.3} / {:.3} / {:.3}",
            share(right),
            share(both),
            share(wrong),
            share(silent)
        );
    }
}
