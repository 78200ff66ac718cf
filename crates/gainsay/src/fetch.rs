//! Fetches one page that somebody asked for by its address.
//!
//! **Takes** an address of the open net: `http` or `https`.
//! **Gives** the bytes of the page, and what they are called.
//! **Never** reaches into the network that the desk stands in: the address of every host, of redirects too, is looked
//! at after it was resolved, and that very address is connected to. No cookies, no credentials, no scripts, nothing
//! that a page refers to.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, ResponseExt};

use crate::Error;

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
/// What is fetched, as servers name it, and the ending of a file that intake reads so.
const KINDS: [(&str, &str); 5] = [
    ("text/html", "html"),
    ("application/xhtml+xml", "html"),
    ("text/plain", "txt"),
    ("application/json", "json"),
    ("text/markdown", "md"),
];

/// A page as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it was found in the end.
    pub url: String,
    /// A name for it, with an ending that says how it is read.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
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
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Fetches a page: at most 10 MiB of HTML, text or JSON, within 20 s.
///
/// # Errors
/// When it cannot be reached, lies in a private network, is too large, or is something else.
pub fn fetch(address: &Address) -> Result<Page, Error> {
    fetch_by(address, Guard { loopback: false })
}

fn fetch_by(address: &Address, guard: Guard) -> Result<Page, Error> {
    let config = Agent::config_builder()
        .proxy(None)
        .timeout_global(Some(Duration::from_secs(PATIENCE_SECONDS)))
        .max_redirects(REDIRECTS)
        .max_redirects_will_error(true)
        .max_idle_connections(0)
        .max_response_header_size(64 << 10)
        .user_agent(concat!("gainsay/", env!("CARGO_PKG_VERSION")))
        .accept("text/html, application/xhtml+xml, text/plain;q=0.9, application/json;q=0.8")
        .accept_encoding("identity")
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
    let failed = |error: ureq::Error| said(&error, address);
    let mut answer = agent.get(address.0.clone()).call().map_err(failed)?;
    let header = |name: &str| {
        answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    if !["", "identity"].contains(&header("content-encoding").as_str()) {
        return Err(Error::input(format!("{address}: the page comes compressed, which was not asked for")));
    }
    let kind = header("content-type");
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let Some((_, ending)) = KINDS.iter().find(|(own, _)| *own == kind) else {
        let kind = if kind.is_empty() { "of no kind".to_owned() } else { format!("`{kind}`") };
        return Err(Error::input(format!(
            "{address}: the page is {kind}; only HTML, text and JSON are read"
        )));
    };
    let url = answer.get_uri().to_string();
    let bytes = answer.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(failed)?;
    Ok(Page { name: format!("{}.{ending}", name_of(answer.get_uri())), url, bytes })
}

/// One line on why a page could not be had.
fn said(error: &ureq::Error, address: &Address) -> Error {
    let why = match error {
        ureq::Error::StatusCode(status) => format!("its server answered with {status}"),
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

/// Resolves hosts, and hands on only addresses of the open net.
#[derive(Debug)]
struct Guard {
    /// Whether this computer itself may be asked: in tests alone.
    loopback: bool,
}

/// An address that is not of the open net.
#[derive(Debug)]
struct Inside;

impl fmt::Display for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it lies in a private network, where nothing is fetched from")
    }
}

impl std::error::Error for Inside {}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let may = |ip: IpAddr| is_open(ip) || (self.loopback && ip.is_loopback());
        // A host with one address inside is not trusted with its others.
        match found.iter().all(|address| may(address.ip())) {
            true => Ok(found),
            false => Err(ureq::Error::Other(Box::new(Inside))),
        }
    }
}

/// Whether an address is one of the open net, by the registries of special-purpose addresses (IANA; RFC 6890).
pub fn is_open(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_open_v4(address),
        IpAddr::V6(address) => is_open_v6(address),
    }
}

fn is_open_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224.., _, _)
    );
    !special
}

/// Of IPv6 only what is given out to networks; no address that stands for another of IPv4.
fn is_open_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let given_out = (0x2000..0x4000).contains(&a);
    let special = matches!((a, b), (0x2001, 0..=0x1ff) | (0x2001, 0xdb8) | (0x2002, _) | (0x3fff, 0..=0xfff));
    given_out && !special
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    /// A server on this computer that answers each request with the next of these.
    fn server(answers: Vec<Vec<u8>>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let mut request = [0; 4096];
                let _ = stream.read(&mut request);
                let _ = stream.write_all(&answer);
            }
        });
        format!("http://{address}")
    }

    fn page(kind: &str, more: &str, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n{more}\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    }

    fn leads_to(address: &str) -> Vec<u8> {
        format!("HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .into_bytes()
    }

    fn fetched(address: &str) -> Result<Page, String> {
        let address = Address::of(address).map_err(|error| error.to_string())?;
        fetch_by(&address, Guard { loopback: true }).map_err(|error| error.to_string())
    }

    #[test]
    fn addresses_of_private_and_special_networks_are_not_open() {
        for inside in [
            "127.0.0.1",
            "127.9.9.9",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fc00::1",
            "fdff::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "100::1",
            "3fff::1",
            "4000::1",
        ] {
            assert!(!is_open(inside.parse().unwrap()), "{inside}");
        }
        for open in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "9.255.255.255",
            "2606:4700::1",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
        ] {
            assert!(is_open(open.parse().unwrap()), "{open}");
        }
    }

    #[test]
    fn nothing_is_fetched_from_this_computer_however_it_is_written() {
        let there = server(vec![page("text/plain", "", b"secret")]);
        let port = there.rsplit(':').next().unwrap();
        for host in [
            "127.0.0.1",
            "localhost",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "0.0.0.0",
            "2130706433",
            "0x7f.1",
            "127.1",
        ] {
            let Ok(address) = Address::of(&format!("http://{host}:{port}/")) else { continue };
            let error = fetch(&address).unwrap_err().to_string();
            assert!(
                error.contains("private network")
                    || error.contains("host is not known")
                    || error.contains("cannot be"),
                "{host}: {error}"
            );
            assert!(!error.contains("secret"));
        }
        let error = fetch(&Address::of(&format!("http://127.0.0.1:{port}/")).unwrap()).unwrap_err();
        assert!(error.is_input() && error.to_string().contains("private network"), "{error}");
    }

    #[test]
    fn a_page_that_leads_into_a_private_network_is_not_followed() {
        for inside in ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fd00::1]/"] {
            let error = fetched(&server(vec![leads_to(inside)])).unwrap_err();
            assert!(error.contains("private network"), "{inside}: {error}");
        }
        for other in ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)"] {
            assert!(fetched(&server(vec![leads_to(other)])).is_err(), "{other}");
        }
    }

    #[test]
    fn a_page_comes_with_where_it_was_found() {
        let end = server(vec![page("text/html; charset=utf-8", "", "<p>القصير".as_bytes())]);
        let start = server(vec![leads_to(&format!("{end}/News/A%20b?x=1"))]);
        let found = fetched(&start).unwrap();
        assert_eq!(found.bytes, "<p>القصير".as_bytes());
        assert_eq!(found.url, format!("{end}/News/A%20b?x=1"));
        assert!(found.name.ends_with("-news-a-20b.html"), "{}", found.name);
    }

    #[test]
    fn pages_that_lead_on_for_ever_are_given_up() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let again = leads_to(&address);
        std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request);
                let _ = stream.write_all(&again);
            }
        });
        assert!(fetched(&address).unwrap_err().contains("leads on more than 5 times"));
    }

    #[test]
    fn what_is_no_page_is_not_read() {
        for kind in ["application/pdf", "image/svg+xml", "application/zip", "text/javascript", ""] {
            let error = fetched(&server(vec![page(kind, "", b"x")])).unwrap_err();
            assert!(error.contains("only HTML, text and JSON"), "{kind}: {error}");
        }
        let bomb = page("text/html", "Content-Encoding: gzip\r\n", &[0x1f, 0x8b, 8, 0]);
        assert!(fetched(&server(vec![bomb])).unwrap_err().contains("compressed"));
        let large = page("text/plain", "", &vec![b'a'; LARGEST as usize + 1]);
        assert!(fetched(&server(vec![large])).unwrap_err().contains("larger than 10 MiB"));
        let gone = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
        assert!(fetched(&server(vec![gone])).unwrap_err().contains("404"));
    }

    #[test]
    fn only_addresses_of_pages_are_taken() {
        for bad in [
            "",
            " ",
            "file:///etc/passwd",
            "ftp://a.org/",
            "javascript:alert(1)",
            "http://",
            "https:///x",
            "http://u:p@a.org/",
            "http://a b/",
            "data:text/html,x",
            "http://a\u{0}b/",
            "http://القصير.org/",
            "gopher://a/",
        ] {
            assert!(Address::of(bad).is_err(), "{bad:?}");
        }
        assert!(Address::of(&format!("https://a.org/{}", "x".repeat(3000))).is_err());
        let arabic = Address::of("https://ar.example.org/القصير#x").unwrap();
        assert_eq!(arabic.to_string(), "https://ar.example.org/%D8%A7%D9%84%D9%82%D8%B5%D9%8A%D8%B1");
        assert_eq!(Address::of("example.org/a").unwrap().to_string(), "https://example.org/a");
    }
}
