//! How long answers take over a weighed ledger: time on the processor, as each answer is one thread's work.

use std::time::Duration;

use gainsay_lexicon::Words;
use gainsay_model::Policy;
use gainsay_weigh::{Ask, Weighed, control, tally};

use crate::clock;
use crate::made::day;

/// So many times each is asked.
const TIMES: i32 = 50;

/// Asks who holds every place on many days, and the tally of each province over a year.
pub fn asks(weighed: &Weighed, words: &Words) {
    let last = weighed.events.iter().filter_map(|event| event.time.end).max().unwrap_or(day(0));
    let days = (last - day(0)).get_days().max(1);
    let (mut first, mut lines) = (Duration::ZERO, 0);
    let mut times = Vec::new();
    for n in 0..=TIMES {
        let start = clock::cpu();
        lines += control(weighed, &Ask::default(), day(days * n / TIMES)).len();
        match n {
            0 => first = clock::cpu() - start,
            _ => times.push(clock::cpu() - start),
        }
    }
    println!("control, every place: first (ms)\t{:.1}", first.as_secs_f64() * 1000.0);
    show("control, every place", times);
    println!("places answered for on a day\t{}", lines / (TIMES as usize + 1));
    let provinces: Vec<&str> = words
        .gazetteer
        .places
        .values()
        .filter(|place| place.kind == "governorate" && place.parent.as_deref() == Some("syria"))
        .map(|place| place.id.as_str())
        .collect();
    let mut times = Vec::new();
    for n in 0..=TIMES {
        let province = provinces[n as usize % provinces.len()];
        let from = day((days - 365).max(0) * n / TIMES);
        let ask = Ask {
            place: vec![province.to_string()],
            from: Some(from),
            to: Some(from.saturating_add(jiff::Span::new().days(364))),
            ..Ask::default()
        };
        let start = clock::cpu();
        let _ = tally(weighed, &ask, Policy::Ucdp);
        match n {
            0 => println!(
                "tally, province and year: first (ms)\t{:.1}",
                (clock::cpu() - start).as_secs_f64() * 1000.0
            ),
            _ => times.push(clock::cpu() - start),
        }
    }
    show("tally, province and year", times);
}

/// Prints the middle and the last but one in a hundred of some times.
pub fn show(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share).div_ceil(100).saturating_sub(1)).copied();
    let ms = |time: Option<Duration>| time.unwrap_or_default().as_secs_f64() * 1000.0;
    println!("{what}: p50 / p99 (ms)\t{:.1} / {:.1}", ms(at(50)), ms(at(99)));
}
