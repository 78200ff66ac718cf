//! What may be asked: hosts of the open net, and none of the network that gainsay stands in.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Resolves hosts, and hands on only addresses of the open net.
#[derive(Debug)]
pub(super) struct Guard {
    /// Whether this computer itself may be asked: in tests alone.
    pub loopback: bool,
}

/// An address that is not of the open net.
#[derive(Debug)]
pub(super) struct Inside;

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
