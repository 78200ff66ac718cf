//! Airwars' one word for an allegation of civilian harm (airwars.org/about/methodology).

use gainsay_model::Event;

/// *Confirmed* where a belligerent accepts responsibility; *contested* where responsibility is, or where nobody is
/// named at all; *fair* for two or more independent voices, *weak* for one; *discounted* where those harmed were
/// combatants.
///
/// One word hides doubt that three would show: see `grade` of the event for occurrence, attribution and count.
pub(crate) fn airwars(event: &Event, group: &str) -> &'static str {
    let combatants = group == "combatants" || group.ends_with("-side");
    match (event.grade.occurrence.as_str(), event.grade.attribution.as_str()) {
        _ if combatants => "discounted",
        ("contested", _) | (_, "contested") => "contested",
        (_, "confirmed") => "confirmed",
        _ if event.actors.is_empty() => "contested",
        ("fair" | "confirmed", _) => "fair",
        _ => "weak",
    }
}
