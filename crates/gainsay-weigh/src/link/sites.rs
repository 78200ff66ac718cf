//! Outlets by their web addresses.

use std::collections::{BTreeMap, HashMap};

use gainsay_model::EntityId;

use super::name::{self, slug};
use crate::corpus::{Names, ReportHead};

/// Sources by domain, and outlets named so far.
pub(super) struct Sites<'a, 'm> {
    names: Names<'a>,
    domains: BTreeMap<String, &'a str>,
    known: HashMap<&'m str, EntityId>,
}

impl<'a, 'm> Sites<'a, 'm> {
    pub(super) fn new(names: Names<'a>) -> Sites<'a, 'm> {
        let sources = names.lexicon.sources.values();
        let domains = sources
            .filter_map(|source| Some((source.domain.as_ref()?.to_lowercase(), source.id.as_str())))
            .collect();
        Sites { names, domains, known: HashMap::new() }
    }

    /// Who published a report: its publisher, else the outlet of its web address, else nobody known, one per report.
    pub(super) fn outlet(&mut self, head: Option<&'m ReportHead>, document: &str) -> EntityId {
        let publisher = head.and_then(|head| written(head.publisher.as_deref()));
        if let Some(publisher) = publisher {
            return self.named(publisher);
        }
        match head.and_then(|head| head.url.as_deref()).and_then(host) {
            Some(site) => self.by_domain(site).unwrap_or_else(|| slug(&site.replace('.', "-"))),
            None => format!("unnamed@{document}"),
        }
    }

    /// Whom the page credits.
    pub(super) fn credited(&mut self, head: &'m ReportHead) -> Option<EntityId> {
        written(head.credited.as_deref()).map(|name| self.named(name))
    }

    fn named(&mut self, name: &'m str) -> EntityId {
        if let Some(id) = self.known.get(name) {
            return id.clone();
        }
        let found = self.by_domain(name).or_else(|| name::voice(&self.names, name));
        let id = found.unwrap_or_else(|| slug(name));
        self.known.insert(name, id.clone());
        id
    }

    /// The source whose site this is, or that of the narrowest domain it lies in.
    fn by_domain(&self, site: &str) -> Option<EntityId> {
        let site = site.trim_start_matches("www.").to_lowercase();
        let mut rest = site.as_str();
        loop {
            if let Some(id) = self.domains.get(rest) {
                return Some(id.to_string());
            }
            rest = rest.split_once('.')?.1;
        }
    }
}

fn written(name: Option<&str>) -> Option<&str> {
    name.map(str::trim).filter(|name| !name.is_empty())
}

/// The host of a web address.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    Some(host.trim_start_matches("www.")).filter(|host| host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gainsay_lexicon::Words;

    #[test]
    fn a_host_is_without_www() {
        assert_eq!(host("https://www.wsj.com/articles/x"), Some("wsj.com"));
        assert_eq!(host("file"), None);
    }

    #[test]
    fn an_outlet_is_that_of_its_site_or_of_the_site_around_it() {
        let mut sites = Sites::new(Names::from(Words::builtin()));
        let head = |url: &str| ReportHead { url: Some(url.into()), ..ReportHead::default() };
        let heads =
            ["https://abcnews.go.com/x", "http://m.wsj.com:80/y", "http://a.nowhere.example/z"].map(head);
        let outlets: Vec<EntityId> = heads.iter().map(|head| sites.outlet(Some(head), "r")).collect();
        assert_eq!(outlets, ["abc-news", "wall-street-journal", "a-nowhere-example"]);
        assert_eq!(sites.outlet(None, "r"), "unnamed@r");
    }
}
