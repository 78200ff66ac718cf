//! Words for dates, numbers, kinds, states.

use gainsay_model::{Cut, Date, DisputeKind, Event, HoldingState, Kind, Measure, Status, TieKind};

/// Months, in order.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The month's name.
pub(crate) fn month(date: Date) -> &'static str {
    MONTHS[usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1]
}

/// "3 June 2014".
pub(crate) fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// "3 June 2014", "3–5 June 2014", "since 3 June 2014", "until 5 June 2014"; `None` where no day is known.
pub(crate) fn span(from: Option<Date>, to: Option<Date>) -> Option<String> {
    Some(match (from, to) {
        (None, None) => return None,
        (Some(from), None) => format!("since {}", day(from)),
        (None, Some(to)) => format!("until {}", day(to)),
        (Some(from), Some(to)) if from == to => day(from),
        (Some(from), Some(to)) if from.year() == to.year() && from.month() == to.month() => {
            format!("{}–{}", from.day(), day(to))
        }
        (Some(from), Some(to)) if from.year() == to.year() => {
            format!("{} {} – {}", from.day(), month(from), day(to))
        }
        (Some(from), Some(to)) => format!("{} – {}", day(from), day(to)),
    })
}

/// Whole days from one day to another.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// "200,000".
pub(crate) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "50", "at least 50", "up to 50", "22–42"; `None` where neither end is known.
pub(crate) fn range(low: Option<u64>, high: Option<u64>) -> Option<String> {
    Some(match (low, high) {
        (None, None) => return None,
        (Some(low), Some(high)) if low == high => number(low),
        (Some(low), Some(high)) => format!("{}–{}", number(low), number(high)),
        (Some(low), None) => format!("at least {}", number(low)),
        (None, Some(high)) => format!("up to {}", number(high)),
    })
}

/// "1 claim", "2 claims".
pub(crate) fn count(number_of: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(number_of as u64), if number_of == 1 { one } else { many })
}

/// "a, b and c".
pub(crate) fn list(words: &[String]) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// A name to sort by: lower case, without an Arabic article.
pub(crate) fn sort_key(name: &str) -> String {
    let lower = name.to_lowercase();
    let rest =
        lower.split_once('-').filter(|(article, _)| article.len() <= 3 && article.starts_with(['a', 'e']));
    rest.map_or(lower.clone(), |(_, rest)| rest.to_string())
}

/// A word with a capital.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// "killed", "in need".
pub(crate) fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Casualties => "killed or wounded",
        Measure::InNeed => "in need",
        Measure::Besieged => "living under siege",
        Measure::Fighters => "fighters moved or gone over",
        Measure::Weapons => "weapons and vehicles",
        Measure::Destroyed => "things destroyed",
        Measure::Strikes => "strikes",
        measure => measure.as_str(),
    }
}

/// "abducted or held", for a kind as a heading.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Clash => "Fighting",
        Kind::Capture => "Capture",
        Kind::Withdrawal => "Withdrawal",
        Kind::Airstrike => "Air strike",
        Kind::Shelling => "Shelling",
        Kind::Bombing => "Bombing",
        Kind::Attack => "Attack",
        Kind::Casualties => "Casualties",
        Kind::Detention => "Detention",
        Kind::Displacement => "Displacement",
        Kind::Siege => "Siege",
        Kind::Obstruction => "Obstruction",
        Kind::Aid => "Aid",
        Kind::Agreement => "Agreement",
        Kind::Allegiance => "Change of allegiance",
        Kind::Deployment => "Deployment",
        Kind::Destruction => "Destruction",
        Kind::Need => "Need",
        Kind::Control => "Control",
        Kind::Cooperation => "Cooperation",
    }
}

/// The words between a kind and who did it, and between that and whom it was done to.
pub(crate) fn links(event: Kind) -> (&'static str, &'static str) {
    match event {
        Kind::Clash | Kind::Agreement | Kind::Cooperation => ("between ", " and "),
        Kind::Capture => ("by ", " from "),
        Kind::Withdrawal => ("of ", " before "),
        Kind::Airstrike | Kind::Shelling | Kind::Bombing | Kind::Attack => ("by ", " on "),
        Kind::Allegiance => ("of ", " towards "),
        Kind::Aid => ("from ", " for "),
        Kind::Displacement | Kind::Need => ("by ", " of "),
        _ => ("by ", ", of "),
    }
}

/// The word where only the second is known.
pub(crate) fn only_target(event: Kind) -> &'static str {
    match event {
        Kind::Clash | Kind::Agreement | Kind::Cooperation => "with ",
        Kind::Capture => "from ",
        Kind::Airstrike | Kind::Shelling | Kind::Bombing | Kind::Attack => "on ",
        Kind::Aid => "for ",
        Kind::Allegiance => "towards ",
        _ => "of ",
    }
}

/// How a state is called.
pub(crate) fn state(state: HoldingState) -> &'static str {
    match state {
        HoldingState::Held => "held",
        HoldingState::Claimed => "claimed",
        HoldingState::Contested => "contested",
        HoldingState::Unknown => "not known",
    }
}

/// What a siege cuts off.
pub(crate) fn cut(cut: Cut) -> &'static str {
    match cut {
        Cut::Movement => "people’s movement",
        Cut::Aid => "aid",
        Cut::Goods => "goods",
        Cut::Power => "power",
        Cut::Water => "water",
    }
}

/// How two actors stand.
pub(crate) fn tie(tie: TieKind) -> &'static str {
    match tie {
        TieKind::Fight => "fight each other",
        TieKind::Cooperate => "work together",
        TieKind::Avoid => "do not fight each other",
        TieKind::Truce => "have a truce",
        TieKind::Join => "one joins the other",
        TieKind::Split => "one leaves the other",
    }
}

/// Class of a tie's bar.
pub(crate) fn tie_class(tie: TieKind) -> &'static str {
    match tie {
        TieKind::Fight => "fight",
        TieKind::Cooperate => "cooperate",
        TieKind::Avoid => "avoid",
        TieKind::Truce => "truce",
        TieKind::Join => "join",
        TieKind::Split => "split",
    }
}

/// How sure words sound.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Asserted => "asserted",
        Status::Denied => "denied",
        Status::Possible => "possible",
        Status::Intended => "intended",
    }
}

/// What a dispute is over.
pub(crate) fn dispute(kind: DisputeKind) -> &'static str {
    match kind {
        DisputeKind::Count => "How many",
        DisputeKind::Actor => "Who did it",
        DisputeKind::Occurrence => "Whether it happened",
        DisputeKind::Holder => "Who holds it",
        DisputeKind::Place => "Where",
        DisputeKind::Time => "When",
        DisputeKind::Tie => "How they stand to each other",
    }
}

/// The day by which an event is ordered.
pub(crate) fn first_day(event: &Event) -> Option<Date> {
    event.time.start.or(event.time.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_spans_read_well() {
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(number(50), "50");
        assert_eq!(range(Some(50), None).as_deref(), Some("at least 50"));
        let date = |month, day| jiff::civil::date(2014, month, day);
        assert_eq!(span(Some(date(6, 3)), Some(date(6, 5))).as_deref(), Some("3–5 June 2014"));
        assert_eq!(span(Some(date(5, 3)), Some(date(6, 5))).as_deref(), Some("3 May – 5 June 2014"));
        assert_eq!(span(None, None), None);
    }
}
