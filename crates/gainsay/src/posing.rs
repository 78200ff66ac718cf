//! Outlets that pose as another: by an address that is not theirs, or by a name written with other letters.
//!
//! **Takes** a report as it was taken in. **Gives** one line to tell of it. **Never** changes whose report it is: pages
//! are reposted, and a person has to look. The line names listed outlets and nothing out of the report.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gainsay_lexicon::lookalike::skeleton;
use gainsay_lexicon::{NameKind, Words};
use gainsay_model::Report;

/// Parts of a host that keeps pages of others.
const KEEPERS: [&str; 7] = ["amp", "archive", "archives", "cache", "translate", "webarchive", "webcache"];

/// What there is to say of a report's outlet, if anything.
pub fn told(report: &Report) -> Option<String> {
    let words = Words::builtin();
    let publisher = report.publisher.as_deref()?;
    let sources: Vec<_> =
        words.index.find(publisher).iter().filter(|found| found.kind == NameKind::Source).collect();
    let Some(source) = sources.first().and_then(|found| words.lexicon.source(&found.id)) else {
        let like = looks_like(words, publisher)?;
        return Some(format!(
            "report {}: its outlet is not {}, and its name looks like it; it is kept apart: look into it",
            report.id,
            words.lexicon.name(like)
        ));
    };
    let (domain, host) = (source.domain.as_deref()?, host(report.url.as_deref()?)?);
    let within = |site: &str| host == site || host.strip_suffix(site).is_some_and(|rest| rest.ends_with('.'));
    let kept = || host.split(['.', '-']).any(|part| KEEPERS.contains(&part));
    let another = || words.lexicon.sources.values().filter_map(|one| one.domain.as_deref()).any(within);
    (!within(domain) && !kept() && !another()).then(|| {
        format!(
            "report {}: it says that it is of {} ({domain}), and its address is not; look into it before you rely on it",
            report.id, source.name
        )
    })
}

/// The listed source whose name a name looks like.
fn looks_like<'w>(words: &'w Words, name: &str) -> Option<&'w str> {
    static ALIKE: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let alike = ALIKE.get_or_init(|| {
        let names = words.lexicon.sources.values().flat_map(|source| {
            std::iter::once(&source.name).chain(&source.names).map(|name| (skeleton(name), source.id.clone()))
        });
        names.filter(|(looks, _)| looks.chars().count() >= 3).collect()
    });
    let id = alike.get(&skeleton(name))?;
    words.lexicon.source(id).map(|source| source.id.as_str())
}

/// The host of an address, in small letters and without `www.`.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.trim_end_matches('.').to_lowercase();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned()).filter(|host| host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(publisher: &str, url: Option<&str>) -> Option<String> {
        let report =
            serde_json::json!({"id": "r", "text": "Shells fell.", "publisher": publisher, "url": url});
        told(&serde_json::from_value(report).unwrap())
    }

    #[test]
    fn an_outlet_at_another_address_is_told_of() {
        let told = of("Reuters", Some("https://backroom.example/reuters.com/a")).unwrap();
        assert!(told.contains("Reuters (reuters.com)") && !told.contains("backroom"), "{told}");
        assert!(of("Reuters", Some("https://reuters.com.backroom.example/a")).is_some());
        assert!(of("Reuters", Some("https://reuters.com@backroom.example/a")).is_some());
        assert!(of("Reuters", Some("https://notreuters.com/a")).is_some());
    }

    #[test]
    fn its_own_address_an_archive_or_another_listed_one_is_not() {
        for url in [
            "https://www.reuters.com/a",
            "https://uk.reuters.com/a",
            "https://web.archive.org/web/2015/http://reuters.com/a",
            "https://www.aljazeera.com/a",
            "file",
        ] {
            assert_eq!(of("Reuters", Some(url)), None, "{url}");
        }
        assert_eq!(of("Reuters", None), None);
        assert_eq!(of("Backroom Post", Some("https://backroom.example/a")), None);
    }

    #[test]
    fn a_name_in_other_letters_is_told_of() {
        let told = of("Reuter\u{455}", None).unwrap();
        assert!(told.contains("is not Reuters") && told.is_ascii(), "{told}");
        assert!(of("S\u{410}NA", None).is_some());
        assert_eq!(of("SANA", None), None);
    }
}
