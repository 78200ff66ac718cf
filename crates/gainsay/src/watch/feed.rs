//! A feed that is asked again and again, and the pages that its entries lead to.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use gainsay_intake::{Fetched, Fields, Input, Intake, take_in};
use gainsay_model::Field;
use jiff::Timestamp;

use super::robots::{self, Robots};
use super::state::Feed;
use super::{Told, Watcher, after};
use crate::Error;
use crate::fetch::{Address, Answer, LARGEST, Page, Remembered};

/// The longest time between two tries at a feed that cannot be had.
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// The longest time that a server may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long a site's rules are kept (RFC 9309, 2.4).
const RULES: Duration = Duration::from_secs(24 * 3600);
/// The least time between two requests to one site.
const BETWEEN: Duration = Duration::from_secs(1);
/// Most pages that are fetched of one feed in one round.
const PAGES: usize = 50;

/// Why an address was not had.
enum Why {
    /// The site's rules forbid it.
    Forbidden,
    /// Its server said no: the status, and after how long to ask again.
    Refused(u16, Option<String>),
    /// It could not be reached or read.
    Failed(Error),
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Why::Forbidden => f.write_str("the site's robots.txt does not allow it"),
            Why::Refused(status, _) => write!(f, "its server answered with {status}"),
            Why::Failed(error) => write!(f, "{error}"),
        }
    }
}

impl Watcher<'_> {
    /// Asks a feed, if it is due.
    pub(super) fn feed(
        &mut self,
        address: &Address,
        stop: &AtomicBool,
        tell: &mut dyn FnMut(Told),
    ) -> Result<(), Error> {
        let shown = address.to_string();
        let now = self.world.now()?;
        let due = self.due(&shown, now);
        let before = self.state.feeds.get(&shown).cloned().unwrap_or_default();
        if before.gone {
            self.failed(
                &shown,
                format!("{shown}: its server said that it is gone for good; it is not asked"),
                tell,
            );
            return Ok(());
        }
        if let Some(next) = due.filter(|next| now < *next) {
            if self.options.once {
                tell(Told::Noted(format!("{shown}: asked lately; not asked again before {}", minute(next))));
            }
            return Ok(());
        }
        let answer = self.asked(address, &before.remembered, stop);
        let now = self.world.now()?;
        let mut feed = before.clone();
        (feed.asked, feed.next) = (Some(now), Some(after(now, self.options.every)));
        match answer {
            Ok(None) => {
                feed.failures = 0;
                self.told.remove(&shown);
                if self.options.once {
                    tell(Told::Noted(format!("{shown}: nothing new")));
                }
            }
            Ok(Some(page)) => {
                let remembered = page.remembered();
                let (inputs, all) = self.inputs(page, &mut feed, stop, tell)?;
                let Some(summary) = self.take(&shown, &inputs, stop, tell)? else {
                    // It was not taken in whole, so it is asked for whole the next time.
                    return Ok(());
                };
                feed.remembered = if all { remembered } else { Remembered::default() };
                let nothing = summary.added + summary.unchanged == 0 && !summary.refused.is_empty();
                feed.failures = if nothing { feed.failures + 1 } else { 0 };
                if nothing {
                    feed.remembered = Remembered::default();
                    feed.next = Some(after(now, self.patience(feed.failures)));
                }
            }
            Err(why) => {
                feed.failures += 1;
                let mut wait = self.patience(feed.failures);
                let mut then = "";
                match &why {
                    Why::Forbidden => wait = LONGEST,
                    Why::Refused(410, _) => {
                        feed.gone = true;
                        then = ", which is for good: it is not asked any more";
                    }
                    Why::Refused(_, Some(later)) => wait = wait.max(asked_for(later, now)),
                    _ => {}
                }
                feed.next = Some(after(now, wait));
                let next = if feed.gone {
                    String::new()
                } else {
                    format!("; asked again at {}", minute(after(now, wait)))
                };
                let what = match &why {
                    Why::Failed(_) => format!("{why}{next}"),
                    _ => format!("{shown}: {why}{then}{next}"),
                };
                self.failed(&shown, what, tell);
            }
        }
        self.state.feeds.insert(shown, feed);
        self.state.save(&self.options.ledger)
    }

    /// When a feed may be asked again; `None` where it may now.
    pub(super) fn due(&mut self, feed: &str, now: Timestamp) -> Option<Timestamp> {
        let most = LONGEST_ASKED.max(self.options.every);
        self.state.feeds.get_mut(feed)?.due(now, most)
    }

    /// How long to wait after so many failures in a row: twice as long each time.
    fn patience(&self, failures: u32) -> Duration {
        self.options.every.saturating_mul(1 << failures.min(10)).min(LONGEST).max(self.options.every)
    }

    /// What to read of a feed: its entries, or the pages they lead to; and whether that is all of it.
    fn inputs(
        &mut self,
        page: Page,
        feed: &mut Feed,
        stop: &AtomicBool,
        tell: &mut dyn FnMut(Told),
    ) -> Result<(Vec<Input>, bool), Error> {
        let mut fetched = page.fetched(self.world.now()?);
        fetched.name = named(&fetched);
        if !self.options.pages {
            return Ok((vec![Input::Fetched(Box::new(fetched))], true));
        }
        let mut entries: Vec<Intake> = Vec::new();
        take_in(&[Input::Fetched(Box::new(fetched.clone()))], |taken| entries.extend(taken.ok()));
        let (mut inputs, mut all) = (Vec::new(), true);
        let ids: Vec<String> = entries.iter().map(|entry| entry.report.id.clone()).collect();
        feed.pages.retain(|id, _| ids.contains(id));
        for entry in entries {
            let report = entry.report;
            if let Some(had) = feed.pages.get(&report.id) {
                if *had {
                    fetched.without.insert(report.id);
                }
                continue;
            }
            let Some(Ok(address)) = report.url.as_deref().map(Address::of) else { continue };
            if inputs.len() == PAGES || stop.load(Ordering::Relaxed) {
                // Left for the next round, entry and page.
                fetched.without.insert(report.id);
                all = false;
                continue;
            }
            feed.pages.insert(report.id.clone(), false);
            match self.asked(&address, &Remembered::default(), stop) {
                Ok(Some(page)) => {
                    let mut page = page.fetched(self.world.now()?);
                    let guessed = |field: Field| report.guessed.contains(&field);
                    page.known = Fields {
                        id: Some(report.id.clone()),
                        text: None,
                        published: report
                            .published
                            .filter(|_| !guessed(Field::Published))
                            .map(|day| day.to_string()),
                        publisher: report.publisher.filter(|_| !guessed(Field::Publisher)),
                        author: report.author,
                        title: report.title.filter(|_| !guessed(Field::Title)),
                        url: None,
                        language: report.language.filter(|_| !guessed(Field::Language)),
                        guessed: Vec::new(),
                    };
                    feed.pages.insert(report.id.clone(), true);
                    fetched.without.insert(report.id);
                    inputs.push(Input::Fetched(Box::new(page)));
                }
                Ok(None) => {}
                Err(why) => {
                    let what = match &why {
                        Why::Failed(_) => why.to_string(),
                        _ => format!("{address}: {why}"),
                    };
                    tell(Told::Noted(format!("{what}; what the feed itself says of it is taken")));
                }
            }
        }
        inputs.insert(0, Input::Fetched(Box::new(fetched)));
        Ok((inputs, all))
    }

    /// Asks for an address, as its site's rules allow; nothing where it is as it was.
    fn asked(
        &mut self,
        address: &Address,
        remembered: &Remembered,
        stop: &AtomicBool,
    ) -> Result<Option<Page>, Why> {
        let site = address.site();
        let robots = self.rules(address, &site, stop)?;
        if !robots.allow(&address.path()) {
            return Err(Why::Forbidden);
        }
        self.spaced(&site, robots.wait, stop)?;
        match self.world.ask(address, remembered, LARGEST).map_err(Why::Failed)? {
            Answer::Page(page) => Ok(Some(page)),
            Answer::Unchanged => Ok(None),
            Answer::Refused(status, later) => Err(Why::Refused(status, later)),
        }
    }

    /// A site's rules, asked for once a day.
    fn rules(&mut self, address: &Address, site: &str, stop: &AtomicBool) -> Result<Robots, Why> {
        let now = self.world.now().map_err(Why::Failed)?;
        if let Some((read, robots)) = self.robots.get(site)
            && *read <= now
            && now < after(*read, RULES)
        {
            return Ok(robots.clone());
        }
        self.spaced(site, None, stop)?;
        let found = match address.beside("/robots.txt") {
            Ok(rules) => self.world.ask(&rules, &Remembered::default(), robots::LARGEST),
            Err(error) => Err(error),
        };
        let robots = match found {
            Ok(Answer::Page(page)) => Robots::of(&String::from_utf8_lossy(&page.bytes)),
            // A site without rules allows everything (RFC 9309, 2.3.1.3).
            Ok(Answer::Refused(400..=499, _)) => Robots::default(),
            // One whose rules cannot be had just now is not asked for anything (2.3.1.4).
            Ok(Answer::Refused(status, later)) => return Err(Why::Refused(status, later)),
            Ok(Answer::Unchanged) => Robots::closed(),
            Err(error) => return Err(Why::Failed(error)),
        };
        self.robots.insert(site.to_owned(), (now, robots.clone()));
        Ok(robots)
    }

    /// Waits until a site may be asked again.
    fn spaced(&mut self, site: &str, wait: Option<Duration>, stop: &AtomicBool) -> Result<(), Why> {
        let between = wait.unwrap_or_default().max(BETWEEN);
        let now = self.world.now().map_err(Why::Failed)?;
        if let Some(last) = self.asked.get(site) {
            let left = after(*last, between).duration_since(now);
            if let Ok(left) = Duration::try_from(left) {
                // Longer where the clock was set back since.
                self.world.wait(left.min(between), stop);
            }
        }
        self.asked.insert(site.to_owned(), self.world.now().map_err(Why::Failed)?);
        Ok(())
    }
}

/// A feed's bytes are read as one, whatever its server calls them.
fn named(fetched: &Fetched) -> String {
    let stem = fetched.name.rsplit_once('.').map_or(fetched.name.as_str(), |(stem, _)| stem);
    let json = fetched.bytes.trim_ascii_start().starts_with(b"{");
    format!("{stem}.{}", if json { "json" } else { "xml" })
}

/// How long a server asks not to be asked: seconds, or a time (RFC 9110, 10.2.3).
fn asked_for(later: &str, now: Timestamp) -> Duration {
    let later = later.trim();
    let seconds = later.parse::<u64>().ok().map(Duration::from_secs);
    let until = || {
        let at = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(later).ok()?;
        Duration::try_from(at.duration_since(now)).ok()
    };
    seconds.or_else(until).unwrap_or_default().min(LONGEST_ASKED)
}

/// A time as people read it.
fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_ask_for_time_in_seconds_or_by_the_clock() {
        let now: Timestamp = "2016-01-18T10:00:00Z".parse().unwrap();
        for (later, seconds) in [
            ("120", 120),
            ("Mon, 18 Jan 2016 11:00:00 GMT", 3600),
            ("Mon, 18 Jan 2016 09:00:00 GMT", 0),
            ("soon", 0),
            ("999999999999", 7 * 24 * 3600),
        ] {
            assert_eq!(asked_for(later, now), Duration::from_secs(seconds), "{later}");
        }
    }
}
