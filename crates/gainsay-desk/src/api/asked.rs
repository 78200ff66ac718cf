//! What a request asks for: the query of its address, read.

use std::collections::BTreeMap;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use gainsay::ask::Ask;
use gainsay::model::{Date, EntityId, Kind};
use gainsay::names::{Role, meant};

use crate::ApiError;

/// So many names at most are asked about at once.
const NAMES: usize = 50;
/// So many characters at most has one value.
const LONGEST: usize = 1000;

/// The query of an address; an argument of a handler.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    values: BTreeMap<String, Vec<String>>,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Asked, ApiError> {
        Asked::of(parts.uri.query().unwrap_or_default())
    }
}

impl Asked {
    /// Reads a query.
    ///
    /// # Errors
    /// When a value is longer than anything that is asked for, or there are too many.
    pub fn of(query: &str) -> Result<Asked, ApiError> {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = super::address::unescape(&value.replace('+', " "));
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if value.chars().count() > LONGEST {
                return Err(ApiError::bad(format!("`{}` is longer than {LONGEST} characters", short(key))));
            }
            let of = values.entry(super::address::unescape(key)).or_default();
            if of.len() == NAMES {
                return Err(ApiError::bad(format!("more than {NAMES} values of `{}`", short(key))));
            }
            of.push(value.to_owned());
        }
        Ok(Asked { values })
    }

    /// All values of a key.
    pub fn many(&self, key: &str) -> &[String] {
        self.values.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// The last value of a key.
    pub fn word(&self, key: &str) -> Option<&str> {
        self.many(key).last().map(String::as_str)
    }

    /// A day.
    ///
    /// # Errors
    /// When it is none.
    pub fn day(&self, key: &str) -> Result<Option<Date>, ApiError> {
        let parse = |word: &str| {
            let wrong = |_| ApiError::bad(format!("`{key}` is no day; write it like 2014-06-20"));
            word.parse::<Date>().map_err(wrong)
        };
        self.word(key).map(parse).transpose()
    }

    /// A whole number between two bounds.
    ///
    /// # Errors
    /// When it is none, or beyond them.
    pub fn number(&self, key: &str, least: usize, most: usize) -> Result<Option<usize>, ApiError> {
        let parse = |word: &str| {
            let number = word.parse::<usize>().ok().filter(|number| (least..=most).contains(number));
            number.ok_or_else(|| ApiError::bad(format!("`{key}` is a number from {least} to {most}")))
        };
        self.word(key).map(parse).transpose()
    }

    /// Yes or no.
    ///
    /// # Errors
    /// When it is neither.
    pub fn flag(&self, key: &str) -> Result<Option<bool>, ApiError> {
        let parse = |word: &str| match word {
            "true" | "1" | "yes" => Ok(true),
            "false" | "0" | "no" => Ok(false),
            _ => Err(ApiError::bad(format!("`{key}` is true or false"))),
        };
        self.word(key).map(parse).transpose()
    }

    /// The filters.
    ///
    /// # Errors
    /// When a day or a kind is none, or the period ends before it begins.
    pub fn ask(&self) -> Result<Ask, ApiError> {
        let look = |key: &str, role: Role| -> Vec<EntityId> {
            let mut ids: Vec<EntityId> = self.many(key).iter().flat_map(|name| meant(name, role)).collect();
            ids.sort();
            ids.dedup();
            ids
        };
        let kind = |word: &str| {
            Kind::parse(word).ok_or_else(|| ApiError::bad("no kind of claim is called what `kind` says"))
        };
        let (from, to) = (self.day("from")?, self.day("to")?);
        if let Some((from, to)) = from.zip(to).filter(|(from, to)| from > to) {
            return Err(ApiError::bad(format!("the period begins on {from} and ends before, on {to}")));
        }
        Ok(Ask {
            place: look("place", Role::Place),
            actor: look("actor", Role::Actor),
            source: look("source", Role::Source),
            kind: self.word("kind").map(kind).transpose()?,
            report: self.word("report").map(str::to_owned),
            event: self.word("event").map(str::to_owned),
            from,
            to,
            known_by: self.day("known_by")?,
            according_to: look("according_to", Role::Source),
        })
    }
}

/// The beginning of a key, for a message.
fn short(key: &str) -> String {
    key.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_and_bad_ones_are_told_so() {
        let asked = Asked::of("place=Deir+ez-Zor&place=%D8%A7%D9%84%D9%82%D8%B5%D9%8A%D8%B1&from=2014-01-01&kind=clash&limit=5&x").unwrap();
        let ask = asked.ask().unwrap();
        // A name may be that of a city, its district and its governorate: all are asked about.
        for id in ["deir-ez-zor-city", "deir-ez-zor-governorate", "qusayr"] {
            assert!(ask.place.contains(&id.to_owned()), "{id}: {:?}", ask.place);
        }
        assert_eq!(ask.kind, Some(Kind::Clash));
        assert_eq!(asked.number("limit", 1, 200).unwrap(), Some(5));
        for bad in ["from=yesterday", "from=2014-02-01&to=2014-01-01", "kind=<script>"] {
            assert!(Asked::of(bad).unwrap().ask().is_err(), "{bad}");
        }
        assert!(Asked::of("limit=0").unwrap().number("limit", 1, 9).is_err());
        assert!(Asked::of(&format!("q={}", "a".repeat(1_000_000))).is_err());
        assert!(Asked::of(&"place=a&".repeat(60)).is_err());
    }
}
