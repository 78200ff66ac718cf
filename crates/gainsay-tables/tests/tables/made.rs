//! Claims and reports of all shapes that the types allow.

use gainsay_model::{
    Claim, Count, Cut, Date, Degree, EntityRef, Evidence, Field, Filler, Ground, Group, Interval, Kind,
    Measure, Report, Scope, Slot, Status,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ]{0,12}", "[دير الزور]{1,8}", any::<String>()]
}

fn day() -> impl Strategy<Value = Date> {
    (-9_999i16..=9_999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Date::constant(year, month, day))
}

fn filler() -> impl Strategy<Value = Filler> {
    let entity = of((text(), text()).prop_map(|(id, name)| EntityRef { id, name }));
    (text(), entity).prop_map(|(mention, entity)| Filler { mention, entity })
}

fn fillers() -> impl Strategy<Value = Vec<Filler>> {
    vec(filler(), 0..3)
}

fn number() -> impl Strategy<Value = Option<u64>> {
    of(prop_oneof![0u64..100, 0u64..=i64::MAX as u64])
}

fn count() -> impl Strategy<Value = Count> {
    (select(Measure::ALL), number(), number(), of(select(Group::ALL)), of(select(Scope::ALL)))
        .prop_map(|(what, low, high, group, scope)| Count { what, low, high, group, scope })
}

fn evidence() -> impl Strategy<Value = Vec<Evidence>> {
    vec(
        (0usize..9_000, 0usize..9_000, text()).prop_map(|(start, end, exact)| Evidence { start, end, exact }),
        0..3,
    )
}

fn grounds() -> impl Strategy<Value = Vec<Ground>> {
    let ground = (select(Slot::ALL), 0usize..9_000, 0usize..9_000, text());
    vec(ground.prop_map(|(slot, start, end, rule)| Ground { slot, start, end, rule }), 0..3)
}

/// A claim.
pub fn claim() -> impl Strategy<Value = Claim> {
    let who = (fillers(), fillers(), fillers(), fillers());
    let what = (select(Kind::ALL), select(Status::ALL), evidence(), grounds(), any::<bool>());
    let ids = (text(), "[a-z0-9-]{1,12}", of(text()), text(), of(text()));
    let time = of((of(day()), of(day())).prop_map(|(start, end)| Interval { start, end }));
    let more = (time, of(count()), of(select(Degree::ALL)), vec(select(Cut::ALL), 0..3));
    (who, what, ids, more).prop_map(|(who, what, ids, more)| Claim {
        id: ids.0,
        document: ids.1,
        kind: what.0,
        evidence: what.2,
        status: what.1,
        actor: who.0,
        target: who.1,
        place: who.2,
        time: more.0,
        count: more.1,
        source: who.3,
        degree: more.2,
        unverified: what.4,
        means: ids.2,
        cut: more.3,
        part_of: ids.4,
        reader: ids.3,
        grounds: what.3,
    })
}

/// A report.
pub fn report() -> impl Strategy<Value = Report> {
    let fields = [Field::Published, Field::Publisher, Field::Author, Field::Title, Field::Language];
    let guessed = proptest::sample::subsequence(fields.to_vec(), 0..=5);
    let others = (of(text()), of(text()), of(text()), of(text()), of(text()));
    (text(), text(), of(day()), others, guessed).prop_map(|(id, text, published, others, guessed)| Report {
        id,
        text,
        published,
        publisher: others.0,
        author: others.1,
        title: others.2,
        url: others.3,
        language: others.4,
        guessed,
    })
}
