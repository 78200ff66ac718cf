//! How often sign-ins are tried: after five failures each further one waits longer, by name and by address.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::secret::{Print, print};

/// So many failures cost nothing.
const FREE: u32 = 5;
/// The first wait; each further failure doubles it up to the last.
const FIRST: Duration = Duration::from_secs(5);
const LAST: Duration = Duration::from_secs(15 * 60);
/// Failures are forgotten after so long without another.
const FORGOTTEN: Duration = Duration::from_secs(3600);
/// So many names, and so many addresses, are kept count of; those that were silent longest go.
const MOST: usize = 10_000;
/// So many addresses are remembered from which somebody signed in by a name.
const KNOWN: usize = 4;

/// Failures by name and by address.
#[derive(Default)]
pub struct Tries {
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    // By their prints: names may be as long as somebody likes.
    names: HashMap<Print, Count>,
    addresses: HashMap<Address, Count>,
    known: HashMap<Print, Vec<Address>>,
}

/// An IPv4 address, or the 64 bits of an IPv6 address that one customer has.
type Address = u64;

#[derive(Clone, Copy, Default)]
struct Count {
    failures: u32,
    last: Duration,
}

impl Tries {
    /// Begins a try, counted as a failure until [`Tries::good`] says otherwise, so that many at once count as many.
    ///
    /// # Errors
    /// How long to wait before the next, where it is too early for one.
    pub fn begin(&self, name: &str, address: IpAddr, now: Duration) -> Result<(), Duration> {
        let (name, address) = (print(name), fold(address));
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever signed in from here before is not shut out by what strangers try elsewhere.
        let known = counts.known.get(&name).is_some_and(|known| known.contains(&address));
        let of_name = counts.names.get(&name).filter(|_| !known).map_or(Duration::ZERO, |c| c.wait(now));
        let of_address = counts.addresses.get(&address).map_or(Duration::ZERO, |count| count.wait(now));
        let wait = of_name.max(of_address);
        if !wait.is_zero() {
            return Err(wait);
        }
        count(&mut counts.names, name, now);
        count(&mut counts.addresses, address, now);
        Ok(())
    }

    /// The try was good: the failures of the name are forgotten, and the address has one less.
    pub fn good(&self, name: &str, address: IpAddr) {
        let (name, address) = (print(name), fold(address));
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.names.remove(&name);
        // Not all of them: a thief with an account of their own would else wipe the slate with it.
        if let Some(count) = counts.addresses.get_mut(&address) {
            count.failures = count.failures.saturating_sub(1);
        }
        let known = counts.known.entry(name).or_default();
        known.retain(|&other| other != address);
        known.push(address);
        if known.len() > KNOWN {
            known.remove(0);
        }
    }
}

impl Count {
    fn wait(&self, now: Duration) -> Duration {
        let past = now.saturating_sub(self.last);
        let Some(over) = self.failures.checked_sub(FREE).filter(|_| past < FORGOTTEN) else {
            return Duration::ZERO;
        };
        let wait = FIRST.saturating_mul(1u32.checked_shl(over).unwrap_or(u32::MAX)).min(LAST);
        wait.saturating_sub(past)
    }
}

fn count<K: Copy + Eq + Hash + Ord>(table: &mut HashMap<K, Count>, key: K, now: Duration) {
    if table.len() >= MOST && !table.contains_key(&key) {
        let mut silent: Vec<(Duration, K)> = table.iter().map(|(key, count)| (count.last, *key)).collect();
        silent.sort_unstable();
        // A tenth at once, so that the next ones find room.
        for (_, key) in silent.iter().take(MOST / 10) {
            table.remove(key);
        }
    }
    let count = table.entry(key).or_default();
    if now.saturating_sub(count.last) >= FORGOTTEN {
        count.failures = 0;
    }
    count.failures = count.failures.saturating_add(1);
    count.last = now;
}

fn fold(address: IpAddr) -> Address {
    match address.to_canonical() {
        IpAddr::V4(four) => u64::from(u32::from(four)),
        // All IPv6 addresses in use begin with other bits than zeros, and so are no IPv4 address here.
        IpAddr::V6(six) => (u128::from(six) >> 64) as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const AWAY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 7));

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(10_000 + seconds)
    }

    #[test]
    fn after_five_failures_waits_grow() {
        let tries = Tries::default();
        for _ in 0..5 {
            tries.begin("amal", HOME, at(0)).unwrap();
        }
        assert_eq!(tries.begin("amal", HOME, at(0)), Err(Duration::from_secs(5)));
        assert_eq!(tries.begin("amal", HOME, at(4)), Err(Duration::from_secs(1)));
        tries.begin("amal", HOME, at(5)).unwrap();
        assert_eq!(tries.begin("amal", HOME, at(5)), Err(Duration::from_secs(10)));
        for _ in 0..40 {
            let wait = tries.begin("amal", HOME, at(15)).err().unwrap_or_default();
            assert!(wait <= LAST);
        }
        tries.begin("amal", HOME, at(15 + 3600)).unwrap();
    }

    #[test]
    fn a_name_waits_from_every_address_and_an_address_under_every_name() {
        let tries = Tries::default();
        for count in 0..5u8 {
            tries.begin("amal", IpAddr::from([203, 0, 113, count]), at(0)).unwrap();
        }
        assert!(tries.begin("amal", AWAY, at(0)).is_err());
        tries.begin("huda", AWAY, at(0)).unwrap();
        for count in 0..5 {
            tries.begin(&format!("name{count}"), HOME, at(0)).unwrap();
        }
        assert!(tries.begin("huda", HOME, at(0)).is_err());
    }

    #[test]
    fn whoever_signed_in_from_here_is_not_shut_out_by_strangers() {
        let tries = Tries::default();
        tries.begin("amal", HOME, at(0)).unwrap();
        tries.good("amal", HOME);
        for count in 0..6u8 {
            let _ = tries.begin("amal", IpAddr::from([203, 0, 113, count]), at(1));
        }
        assert!(tries.begin("amal", AWAY, at(1)).is_err());
        tries.begin("amal", HOME, at(1)).unwrap();
    }

    #[test]
    fn a_success_does_not_wipe_an_address_clean() {
        let tries = Tries::default();
        for _ in 0..4 {
            tries.begin("amal", HOME, at(0)).unwrap();
        }
        tries.begin("thief", HOME, at(0)).unwrap();
        tries.good("thief", HOME);
        tries.begin("huda", HOME, at(0)).unwrap();
        assert!(tries.begin("amal", HOME, at(0)).is_err());
    }

    #[test]
    fn the_tables_do_not_grow_without_bound() {
        let tries = Tries::default();
        for count in 0..12_000u32 {
            let _ = tries.begin(&format!("name{count}"), IpAddr::from(count.to_be_bytes()), at(count.into()));
        }
        let counts = tries.counts.lock().unwrap();
        assert!(counts.names.len() <= MOST && counts.addresses.len() <= MOST);
    }
}
