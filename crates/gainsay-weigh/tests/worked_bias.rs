//! The worked example of the reporting-bias model: T9.

use gainsay_weigh::Ask;
use gainsay_weigh::bias::{Prior, Row, fit, unbiased};

use crate::kit::{Case, day};

fn row(source: &str, count: u64) -> Row {
    Row {
        category: "deaths".into(),
        side: "u".into(),
        source: source.into(),
        day: 0,
        count,
        at_least: false,
        at_most: false,
    }
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[test]
fn t9_two_leaning_sources_meet_in_the_middle_and_repeating_one_hardly_moves_it() {
    let once = [row("ru", 50), row("ua", 200)];
    let model = fit(&once, &Prior::default()).unwrap();
    let at = model.at("deaths", "u", 0).unwrap();
    assert_eq!(tenths(at.mid), 100.0);
    assert!(at.low < 50.0 && 200.0 < at.high, "two sources say little: {at:?}");
    assert!(model.leaning("ru", "u", "deaths").unwrap() < 1.0);
    assert!(model.leaning("ua", "u", "deaths").unwrap() > 1.0);
    let five: Vec<Row> = once.iter().cloned().chain((0..4).map(|_| row("ua", 200))).collect();
    let model = fit(&five, &Prior::default()).unwrap();
    assert_eq!(tenths(model.at("deaths", "u", 0).unwrap().mid), 100.6);
}

#[test]
fn a_known_total_is_found_again_between_sources_that_lean() {
    // The truth grows by a tenth of itself every ten days; one source doubles it, one halves it, one is right.
    let truth = |day: i64| 1000.0 * 1.01_f64.powi(i32::try_from(day).unwrap());
    let mut rows = Vec::new();
    for day in (0..200).step_by(10) {
        for (source, times) in [("double", 2.0), ("half", 0.5), ("right", 1.0)] {
            rows.push(Row { day, count: (truth(day) * times) as u64, ..row(source, 0) });
        }
    }
    let model = fit(&rows, &Prior::default()).unwrap();
    for day in [0, 55, 190] {
        let at = model.at("deaths", "u", day).unwrap();
        assert!((at.mid / truth(day) - 1.0).abs() < 0.05, "day {day}: {at:?} for {}", truth(day));
        assert!(at.low < truth(day) && truth(day) < at.high);
    }
    assert!((model.leaning("double", "u", "deaths").unwrap() - 2.0).abs() < 0.1);
    assert!(fit(&[], &Prior::default()).is_none());
}

/// Running totals of three camps on eight days, and a fourth report that only repeats one of them.
fn series(repeat: &str) -> Case {
    let mut table = String::new();
    for n in 1..=8 {
        for (outlet, times) in [("Monitor A", 10), ("Monitor B", 20), ("Reuters", 40)] {
            table += &format!(
                "@ {outlet}-{n} | 2016-03-{n:02} | {outlet}
                 casualties | place=p | on=2016-03-{n:02} | killed={} | scope=cumulative\n",
                times * n
            );
        }
        if !repeat.is_empty() {
            table += &format!(
                "@ copy-{n} | 2016-03-{n:02} | The Paper
                 casualties | place=p | on=2016-03-{n:02} | killed={} | scope=cumulative | by={repeat}\n",
                20 * n
            );
        }
    }
    Case::new(&table)
}

#[test]
fn a_long_series_of_several_camps_gets_an_interval_with_its_warning_and_copies_change_nothing() {
    let case = series("");
    let weighed = case.weigh();
    let lines = unbiased(&weighed, &Ask::default());
    assert_eq!(lines.len(), 1);
    let line = &lines[0];
    assert!(line.low < line.mid && line.mid < line.high, "{line:?}");
    assert!((100..250).contains(&line.mid), "about 160 by the middle source: {line:?}");
    assert_eq!(line.day, day("2016-03-08"));
    assert!(line.warning.contains("model"));
    assert!(line.leaning["monitor-a"] < 1000 && 1000 < line.leaning["reuters"]);
    let copied = series("monitor-b");
    let again = unbiased(&copied.weigh(), &Ask::default());
    assert_eq!((line.low, line.mid, line.high), (again[0].low, again[0].mid, again[0].high));
}

#[test]
fn a_short_series_or_few_camps_get_nothing() {
    let case = series("");
    let weighed = case.weigh();
    let short = Ask { to: Some(day("2016-03-03")), ..Ask::default() };
    assert!(unbiased(&weighed, &short).is_empty());
    let few = Ask { source: vec!["monitor-a".into(), "monitor-b".into()], ..Ask::default() };
    assert!(unbiased(&weighed, &few).is_empty());
}
