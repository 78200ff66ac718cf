//! How events, and the time to weigh, grow with the ledger.

use std::time::Instant;

use gainsay_model::{Claim, Evidence, Interval};
use gainsay_weigh::{Corpus, ReportHead, weigh};

use crate::kit::Case;

/// Claims in the ledgers that are weighed.
const SIZES: [usize; 2] = [500, 2_000];

/// A day's reports, told by several outlets; one claim in four has no place, one in two a figure.
pub const DAY: &str = "
@ a | 2016-03-02 | Reuters
airstrike | actor=syrian-government | place=p-market | on=2016-03-01
casualties | actor=syrian-government | target=people | killed=17
shelling | actor=syrian-opposition | place=al-qusour | on=2016-03-01
casualties | place=al-qusour | killed=5 | group=civilians | on=2016-03-01
@ b | 2016-03-02 | AFP
airstrike | actor=syrian-army | place=p | on=2016-03-01
casualties | place=p | killed=19 | on=2016-03-01 | by=monitor-a
clash | actor=islamic-state | target=ypg | place=deir-ez-zor-governorate
capture | actor=islamic-state | target=ypg | place=ayyash | on=2016-03-01
@ c | 2016-03-03 | The Paper
airstrike | actor=syrian-government | place=p-market | by=reuters
capture | status=denied | actor=islamic-state | place=ayyash | on=2016-03-01 | by=ypg
detention | actor=islamic-state | target=civilians | detained=40 | place=al-baghiliya";

/// So many days of reports, each moved on by a day, and thirty reports' worth of places to a day.
pub fn ledger(case: &Case, claims: usize) -> (Vec<ReportHead>, Vec<Claim>) {
    let (mut heads, mut all) = (Vec::new(), Vec::new());
    let mut n = 0_i32;
    while all.len() < claims {
        let later = |day: gainsay_model::Date| day.saturating_add(jiff::Span::new().days(n % 3650));
        let suffix = |id: &str| format!("{n:06}-{id}");
        for head in &case.reports {
            heads.push(ReportHead {
                id: suffix(&head.id),
                published: head.published.map(later),
                publisher: head.publisher.as_ref().map(|name| format!("{name} {}", n % 40)),
                ..head.clone()
            });
        }
        for claim in &case.claims {
            let mut claim =
                Claim { id: suffix(&claim.id), document: suffix(&claim.document), ..claim.clone() };
            claim.time =
                claim.time.map(|time| Interval { start: time.start.map(later), end: time.end.map(later) });
            if let Some(count) = &mut claim.count {
                count.low = count.low.map(|low| low + u64::from(n.unsigned_abs() % 7));
                count.high = count.low;
            }
            let words = format!("{} said w{} w{} near w{}", claim.kind, n % 997, n % 1009, n % 31);
            let (start, end) =
                claim.evidence.first().map_or((0, 1), |evidence| (evidence.start, evidence.end));
            claim.evidence = vec![Evidence { start, end, exact: words }];
            all.push(claim);
        }
        n += 1;
    }
    (heads, all)
}

/// Days of reports that each tell the same: four times the days are four times the events, none joined across days.
/// For a measure of time raise [`SIZES`] and run in release with `--nocapture`.
#[test]
fn events_grow_with_the_ledger() {
    let case = Case::new(DAY);
    let mut sizes = Vec::new();
    for claims in SIZES {
        let (heads, all) = ledger(&case, claims);
        let start = Instant::now();
        let weighed = weigh(&Corpus::new(&heads, &all, case.names()));
        let (seconds, events) = (start.elapsed().as_secs_f64(), weighed.events.len());
        println!("{} claims, {events} events, {} offers: {seconds:.2} s", all.len(), weighed.offers.len());
        sizes.push((all.len(), events));
    }
    let per_thousand = |(claims, events): (usize, usize)| events * 1000 / claims;
    let (few, many) = (per_thousand(sizes[0]), per_thousand(sizes[1]));
    assert!(few.abs_diff(many) * 20 <= few, "{sizes:?}");
}
