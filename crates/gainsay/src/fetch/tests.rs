//! Pages fetched from a server on this computer, which tests alone may ask.

use std::io::{Read, Write};
use std::net::TcpListener;

use super::*;

/// A server on this computer that answers each request with the next of these.
pub(crate) fn server(answers: Vec<Vec<u8>>) -> String {
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

pub(crate) fn page(kind: &str, more: &str, body: &[u8]) -> Vec<u8> {
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
    match ask_here(&address, &Remembered::default(), LARGEST).map_err(|error| error.to_string())? {
        Answer::Page(page) => Ok(page),
        other => Err(format!("{other:?}")),
    }
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
    for host in
        ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1", "127.1"]
    {
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
    for kind in ["image/svg+xml", "application/zip", "text/javascript", ""] {
        let error = fetched(&server(vec![page(kind, "", b"x")])).unwrap_err();
        assert!(error.contains("only HTML, feeds, text"), "{kind}: {error}");
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

#[test]
fn what_is_as_it_was_is_not_sent_again() {
    let (sender, requests) = std::sync::mpsc::channel();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = Address::of(&format!("http://{}/feed", listener.local_addr().unwrap())).unwrap();
    std::thread::spawn(move || {
        let fresh = page(
            "application/rss+xml",
            "ETag: \"a1\"\r\nLast-Modified: Mon, 18 Jan 2016 10:00:00 GMT\r\n",
            b"<rss/>",
        );
        let same = b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_vec();
        let busy =
            b"HTTP/1.1 503 Busy\r\nRetry-After: 3600\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .to_vec();
        for answer in [fresh, same, busy] {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap_or(0);
            let _ = sender.send(String::from_utf8_lossy(&request[..read]).to_lowercase());
            let _ = stream.write_all(&answer);
        }
    });
    let Answer::Page(page) = ask_here(&address, &Remembered::default(), LARGEST).unwrap() else {
        panic!("no page")
    };
    let first = requests.recv().unwrap();
    assert!(
        !first.contains("if-none-match")
            && !first.contains("cookie")
            && first.contains("user-agent: gainsay/"),
        "{first}"
    );
    let remembered = page.remembered();
    let given = page.fetched(Timestamp::UNIX_EPOCH);
    assert!(given.name.ends_with(".xml"), "{}", given.name);
    let http: serde_json::Value = serde_json::from_slice(&given.beside[0].1).unwrap();
    assert_eq!((http["status"].as_u64(), http["headers"]["etag"].as_str()), (Some(200), Some("\"a1\"")));
    assert_eq!(http["fetched"], "1970-01-01T00:00:00Z");
    assert_eq!(ask_here(&address, &remembered, LARGEST).unwrap(), Answer::Unchanged);
    let second = requests.recv().unwrap();
    assert!(
        second.contains("if-none-match: \"a1\"") && second.contains("if-modified-since: mon, 18 jan 2016"),
        "{second}"
    );
    assert_eq!(
        ask_here(&address, &remembered, LARGEST).unwrap(),
        Answer::Refused(503, Some("3600".to_owned()))
    );
}
