//! Whether days follow from the words of time, as gainsay's own pass `times` resolves them against the report's date.

use gainsay_model::{Date, Interval, Slot, Span};

use super::super::words::Place;
use super::Shown;

/// Days that some words mean.
struct Meant {
    days: Interval,
    place: Place,
}

impl Shown<'_> {
    /// The words that mean these days; none for the day of the report itself.
    ///
    /// Each end must be an end of days that the evidence names, or the day the report was said: what is still going on
    /// ends on it.
    ///
    /// # Errors
    /// Which days the evidence does name.
    pub(super) fn time(&self, time: Interval) -> Result<Vec<Place>, String> {
        let meant = self.meant();
        if let Some(exact) = meant.iter().find(|meant| meant.days == time) {
            return Ok(vec![exact.place.clone()]);
        }
        let said = self.held.report.published;
        let end = |day: Option<Date>, of: fn(&Interval) -> Option<Date>| -> Option<Option<Place>> {
            let Some(day) = day else { return Some(None) };
            let found = meant.iter().find(|meant| of(&meant.days) == Some(day));
            let found = found.map(|meant| Some(meant.place.clone()));
            found.or_else(|| (said == Some(day)).then_some(None))
        };
        let (start, last) = (end(time.start, |days| days.start), end(time.end, |days| days.end));
        // "By December": open on one side only where the words are.
        let open = time.start.is_none() || time.end.is_none();
        let known = meant.iter().any(|meant| {
            (time.start.is_none() && meant.days.end == time.end)
                || (time.end.is_none() && meant.days.start == time.start)
        });
        match (start, last) {
            (Some(start), Some(last)) if !open || known => Ok(start.into_iter().chain(last).collect()),
            _ => Err(self.no_time(time, &meant, said)),
        }
    }

    fn meant(&self) -> Vec<Meant> {
        let held = self.held;
        let mut meant = Vec::new();
        for span in self.spans(Slot::Time) {
            let within = Span::new(span.start, span.end);
            for time in held.reading.times.iter().filter(|time| time.span.overlaps(within)) {
                let place = (time.span.start..time.span.end, "readers.times");
                let days = [time.interval, gainsay_read::times::days_of_value(&time.value)];
                meant.extend(days.into_iter().flatten().map(|days| Meant { days, place: place.clone() }));
            }
            if held.unread {
                let words = &held.report.text[span.clone()];
                let days = gainsay_intake::days_in(words).into_iter().map(Interval::day);
                meant.extend(days.map(|days| Meant { days, place: (span.clone(), "readers.times") }));
            }
        }
        meant
    }

    fn no_time(&self, time: Interval, meant: &[Meant], said: Option<Date>) -> String {
        let mut named: Vec<String> = meant.iter().map(|meant| crate::show::interval(meant.days)).collect();
        named.sort();
        named.dedup();
        let named = match named.is_empty() {
            true => "names no day (quote the words that do, too)".to_owned(),
            false => format!("means {}", named.join("; ")),
        };
        let said =
            said.map_or_else(|| "the report has no date".to_owned(), |day| format!("the report is of {day}"));
        format!("its time {} does not follow: the evidence {named}, and {said}", crate::show::interval(time))
    }
}
