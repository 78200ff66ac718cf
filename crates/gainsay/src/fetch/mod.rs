//! Fetches one page that somebody asked for by its address.
//!
//! **Takes** an address of the open net: `http` or `https`.
//! **Gives** the bytes of the page, and what they are called.
//! **Never** reaches into the network that the desk stands in: the address of every host, of redirects too, is looked
//! at after it was resolved, and that very address is connected to. No cookies, no credentials, no scripts, nothing
//! that a page refers to.

mod guard;
#[cfg(test)]
pub(crate) mod tests;

use std::fmt;
use std::time::Duration;

use gainsay_intake::Fetched;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ureq::http::Uri;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, ResponseExt};

use crate::Error;
use guard::{Guard, Inside};

pub use guard::is_open;

/// The largest page, in bytes.
pub const LARGEST: u64 = 10 << 20;
/// How long a page may take, in seconds, redirects and all.
pub const PATIENCE_SECONDS: u64 = 20;
/// How often a page may lead on to another.
pub const REDIRECTS: u32 = 5;
/// The longest address, in bytes.
const LONGEST: usize = 2_000;
/// Characters of a page's name that come from its address.
const NAME: usize = 80;
/// By what name servers know who asks.
pub(crate) const AGENT: &str = concat!("gainsay/", env!("CARGO_PKG_VERSION"));
/// What is asked for.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, \
                      application/feed+json, application/xml;q=0.9, text/plain;q=0.9, application/json;q=0.8, \
                      */*;q=0.1";
/// The file kept beside a report that was fetched: from where, when, with which headers.
pub const HTTP: &str = "http.json";
/// The headers that are kept.
const KEPT: [&str; 6] = ["content-type", "date", "etag", "last-modified", "expires", "content-language"];
/// What is fetched, as servers name it, and the ending of a file that intake reads so.
const KINDS: [(&str, &str); 17] = [
    ("text/html", "html"),
    ("application/xhtml+xml", "html"),
    ("text/plain", "txt"),
    ("application/json", "json"),
    ("text/markdown", "md"),
    ("application/rss+xml", "xml"),
    ("application/atom+xml", "xml"),
    ("application/rdf+xml", "xml"),
    ("application/xml", "xml"),
    ("text/xml", "xml"),
    ("application/feed+json", "json"),
    ("text/csv", "csv"),
    ("application/x-ndjson", "jsonl"),
    ("application/jsonl", "jsonl"),
    ("application/pdf", "pdf"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/vnd.oasis.opendocument.text", "odt"),
];

/// A page as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The address that was asked.
    pub asked: String,
    /// Where it was found in the end.
    pub url: String,
    /// What the server said of it: 200, 203 …
    pub status: u16,
    /// Those of its headers that say what and when it is, by name in small letters.
    pub headers: Vec<(String, String)>,
    /// A name for it, with an ending that says how it is read.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Page {
    /// One of its headers.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// What to remember of it for the next time.
    pub fn remembered(&self) -> Remembered {
        let header = |name: &str| self.header(name).map(str::to_owned);
        Remembered { etag: header("etag"), last_modified: header("last-modified") }
    }

    /// The page as something to read, with how it was fetched beside it ([`HTTP`]). Its name bears a mark of its
    /// address, since addresses that differ in what follows the path are called alike.
    pub fn fetched(self, at: Timestamp) -> Fetched {
        let mut headers = serde_json::Map::new();
        headers.extend(self.headers.iter().map(|(name, value)| (name.clone(), value.as_str().into())));
        let http = serde_json::json!({
            "asked": self.asked,
            "url": self.url,
            "status": self.status,
            "fetched": at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "headers": headers,
        });
        let (stem, ending) = self.name.rsplit_once('.').unwrap_or((&self.name, "html"));
        let mark = &gainsay_ledger::text_hash(&self.asked)[..8];
        Fetched {
            name: format!("{stem}-{mark}.{ending}"),
            bytes: self.bytes,
            url: Some(self.url),
            beside: vec![(HTTP.to_owned(), format!("{http}\n").into_bytes())],
            ..Fetched::default()
        }
    }
}

/// An address that may be fetched, as far as can be said before its host is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Uri);

impl Address {
    /// The address that somebody typed; `https` where they left that out.
    ///
    /// # Errors
    /// When it is no address of a page.
    pub fn of(typed: &str) -> Result<Address, Error> {
        let typed = typed.trim();
        if typed.len() > LONGEST {
            return Err(Error::input(format!("an address has at most {LONGEST} bytes")));
        }
        let no = |why: &str| Error::input(format!("not the address of a page: {why}"));
        if typed.is_empty() || typed.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(no("it is empty or has spaces in it"));
        }
        let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
        let without_fragment = whole.split('#').next().unwrap_or_default();
        let (scheme, rest) = without_fragment.split_once("://").unwrap_or_default();
        if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) {
            return Err(no("only http and https are fetched"));
        }
        let host = rest.split(['/', '?']).next().unwrap_or_default();
        if host.contains('@') {
            return Err(no("it holds a name or password; leave them out"));
        }
        let port = host.rsplit_once(']').map_or(host, |(_, rest)| rest).split_once(':').map(|(_, port)| port);
        if port.is_some_and(|port| port.is_empty() || port.parse::<u16>().is_err()) {
            return Err(no("what follows its host is no port"));
        }
        if !host.is_ascii() {
            return Err(no("write its host in Latin letters (xn--…)"));
        }
        let uri: Uri = encoded(without_fragment).parse().map_err(|_| no("it cannot be understood"))?;
        if uri.host().is_none_or(str::is_empty) {
            return Err(no("it names no host"));
        }
        Ok(Address(uri))
    }

    /// The host it names.
    pub fn host(&self) -> &str {
        self.0.host().unwrap_or_default()
    }

    /// Its site: scheme, host and port.
    pub fn site(&self) -> String {
        let authority = self.0.authority().map(ToString::to_string).unwrap_or_default();
        format!("{}://{}", self.0.scheme_str().unwrap_or("https"), authority.to_ascii_lowercase())
    }

    /// Its path and query.
    pub fn path(&self) -> String {
        self.0.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
    }

    /// Another page of its site.
    ///
    /// # Errors
    /// When that is no address.
    pub fn beside(&self, path: &str) -> Result<Address, Error> {
        Address::of(&format!("{}{path}", self.site()))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What is remembered of an address from the last time it was asked, so that what did not change is not sent again
/// (RFC 9110, 13.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The mark that the server gave that version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When it says that version was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// What a server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The page.
    Page(Page),
    /// It is as it was.
    Unchanged,
    /// No page: the status, and after how long it may be asked again (`Retry-After`), as written.
    Refused(u16, Option<String>),
}

/// Fetches a page: at most 10 MiB of what intake reads, within 20 s.
///
/// # Errors
/// When it cannot be reached, lies in a private network, is too large, or is something else.
pub fn fetch(address: &Address) -> Result<Page, Error> {
    match ask(address, &Remembered::default(), LARGEST)? {
        Answer::Page(page) => Ok(page),
        Answer::Unchanged => Err(Error::input(format!("{address}: its server answered with 304"))),
        Answer::Refused(status, _) => {
            Err(Error::input(format!("{address}: its server answered with {status}")))
        }
    }
}

/// Asks for a page, at most `most` bytes of it, unless it is as it was.
///
/// # Errors
/// As [`fetch`], but for what a server refuses, which is an answer.
pub fn ask(address: &Address, remembered: &Remembered, most: u64) -> Result<Answer, Error> {
    ask_by(address, remembered, most, Guard { loopback: false })
}

/// As [`ask`], of this computer too: for tests, which bring their own server.
#[cfg(test)]
pub(crate) fn ask_here(address: &Address, remembered: &Remembered, most: u64) -> Result<Answer, Error> {
    ask_by(address, remembered, most, Guard { loopback: true })
}

fn ask_by(address: &Address, remembered: &Remembered, most: u64, guard: Guard) -> Result<Answer, Error> {
    let config = Agent::config_builder()
        .proxy(None)
        .timeout_global(Some(Duration::from_secs(PATIENCE_SECONDS)))
        .http_status_as_error(false)
        .max_redirects(REDIRECTS)
        .max_redirects_will_error(true)
        .max_idle_connections(0)
        .max_response_header_size(64 << 10)
        .user_agent(AGENT)
        .accept(ACCEPT)
        .accept_encoding("identity")
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
    let failed = |error: ureq::Error| said(&error, address);
    let mut request = agent.get(address.0.clone());
    if let Some(etag) = &remembered.etag {
        request = request.header("If-None-Match", etag);
    }
    if let Some(modified) = &remembered.last_modified {
        request = request.header("If-Modified-Since", modified);
    }
    let mut answer = request.call().map_err(failed)?;
    let header = |name: &str| {
        let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
        value.map(str::to_owned).filter(|value| !value.is_empty())
    };
    let status = answer.status().as_u16();
    match status {
        200..=299 => {}
        304 => return Ok(Answer::Unchanged),
        _ => return Ok(Answer::Refused(status, header("retry-after"))),
    }
    if header("content-encoding").is_some_and(|coding| coding != "identity") {
        return Err(Error::input(format!("{address}: the page comes compressed, which was not asked for")));
    }
    let kind = header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let ending = KINDS.iter().find(|(own, ending)| *own == kind && is_read(ending));
    let Some((_, ending)) = ending else {
        let kind = if kind.is_empty() { "of no kind".to_owned() } else { format!("`{kind}`") };
        return Err(Error::input(format!(
            "{address}: the page is {kind}; only HTML, feeds, text, tables, JSON and documents are read"
        )));
    };
    let url = answer.get_uri().to_string();
    let headers = KEPT.iter().filter_map(|name| Some(((*name).to_owned(), header(name)?))).collect();
    let name = format!("{}.{ending}", name_of(answer.get_uri()));
    let bytes = answer.body_mut().with_config().limit(most).read_to_vec().map_err(failed)?;
    Ok(Answer::Page(Page { asked: address.to_string(), url, status, headers, name, bytes }))
}

/// Whether intake reads files of that ending.
fn is_read(ending: &str) -> bool {
    gainsay_intake::ACCEPTED.split(", ").any(|own| own.trim_start_matches('.') == ending)
}

/// One line on why a page could not be had.
fn said(error: &ureq::Error, address: &Address) -> Error {
    let why = match error {
        ureq::Error::Timeout(_) => format!("it took longer than {PATIENCE_SECONDS} s"),
        ureq::Error::HostNotFound => "its host is not known; check the spelling".to_owned(),
        ureq::Error::TooManyRedirects => format!("it leads on more than {REDIRECTS} times"),
        ureq::Error::BodyExceedsLimit(_) => format!("it is larger than {} MiB", LARGEST >> 20),
        ureq::Error::Other(other) if other.is::<Inside>() => other.to_string(),
        ureq::Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<Inside>()) => {
            error.to_string()
        }
        ureq::Error::ConnectionFailed => "its server cannot be reached".to_owned(),
        other => format!("it cannot be fetched ({other})"),
    };
    Error::input(format!("{address}: {why}"))
}

/// Host and path as a name: letters, digits and dashes.
fn name_of(uri: &Uri) -> String {
    let mut name = String::new();
    for c in format!("{} {}", uri.host().unwrap_or_default(), uri.path()).chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(NAME);
    name.trim_end_matches('-').to_owned()
}

/// With letters that an address cannot hold written as it holds them.
fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x80.. => {
                encoded.push_str(&format!("%{byte:02X}"));
            }
            byte => encoded.push(char::from(byte)),
        }
    }
    encoded
}
