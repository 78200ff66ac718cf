//! Under which names the desk is asked: a page elsewhere whose name is made to lead here gets no answer.

use std::net::{IpAddr, SocketAddr};

/// The names and addresses that the desk goes by.
#[derive(Clone, Debug)]
pub struct Hosts {
    listen: SocketAddr,
    names: Vec<String>,
}

impl Hosts {
    /// Those of where it listens, and `names` besides.
    pub fn new(listen: SocketAddr, names: &[String]) -> Hosts {
        Hosts { listen, names: names.iter().map(|name| name.to_lowercase()).collect() }
    }

    /// Whether a `Host` header names the desk.
    pub fn ours(&self, host: &str) -> bool {
        let (name, port) = split(host);
        // A name that was given may stand before any port: whoever forwards to us listens on one of their own.
        if self.names.contains(&name.to_lowercase()) {
            return true;
        }
        if port.unwrap_or(80) != self.listen.port() {
            return false;
        }
        match address(name) {
            // An address is no name that somebody could make lead here.
            Some(address) if self.listen.ip().is_unspecified() => !address.is_unspecified(),
            Some(address) => address == self.listen.ip() || is_loopback(address),
            None => name.eq_ignore_ascii_case("localhost"),
        }
    }

    /// Whether somebody forwards requests to us.
    pub fn forwarded(&self) -> bool {
        !self.names.is_empty() && self.listen.ip().is_loopback()
    }
}

/// Whether a `Host` header names this very computer, so that what is sent crosses no network.
pub fn at_home(host: &str) -> bool {
    let (name, _) = split(host);
    name.eq_ignore_ascii_case("localhost") || address(name).is_some_and(is_loopback)
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

fn address(name: &str) -> Option<IpAddr> {
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    bare.map_or_else(|| name.parse().ok().filter(IpAddr::is_ipv4), |six| six.parse().ok())
}

/// Name and port.
fn split(host: &str) -> (&str, Option<u16>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, port.parse().ok().or(Some(0))),
        _ => (host, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(listen: &str, names: &[&str]) -> Hosts {
        Hosts::new(listen.parse().unwrap(), &names.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn on_loopback_only_this_computer_by_our_port() {
        let ours = hosts("127.0.0.1:8420", &[]);
        for host in ["127.0.0.1:8420", "localhost:8420", "LOCALHOST:8420", "[::1]:8420"] {
            assert!(ours.ours(host), "{host}");
        }
        for host in [
            "evil.example:8420",
            "127.0.0.1",
            "127.0.0.1:80",
            "localhost:8421",
            "",
            "192.168.1.4:8420",
            "[::1]",
            "localhost.evil.example:8420",
            "127.0.0.1.evil.example:8420",
            "localhost:8420:8420",
            "0.0.0.0:8420",
            "127.0.0.1:x",
        ] {
            assert!(!ours.ours(host), "{host}");
        }
    }

    #[test]
    fn names_that_were_given_stand_before_any_port() {
        let ours = hosts("127.0.0.1:8420", &["desk.example.org"]);
        assert!(ours.ours("desk.example.org") && ours.ours("Desk.example.org:8443"));
        assert!(!ours.ours("other.example.org"));
    }

    #[test]
    fn beyond_loopback_by_address() {
        let all = hosts("0.0.0.0:8420", &[]);
        assert!(all.ours("192.168.1.4:8420") && all.ours("[fe80::1]:8420") && all.ours("localhost:8420"));
        assert!(!all.ours("evil.example:8420") && !all.ours("0.0.0.0:8420"));
        let one = hosts("192.168.1.4:8420", &[]);
        assert!(one.ours("192.168.1.4:8420") && !one.ours("192.168.1.5:8420"));
    }

    #[test]
    fn home_is_this_computer() {
        assert!(at_home("localhost:1") && at_home("127.0.0.1") && at_home("[::1]:8420"));
        assert!(!at_home("192.168.1.4:8420") && !at_home("desk.example.org"));
    }
}
