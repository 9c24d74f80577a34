//! Counts wrong codes by address, in memory: a restart forgets them.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Mutex;

use jiff::Timestamp;

/// Wrong attempts by address.
#[derive(Debug, Default)]
pub struct Throttle {
    wrong: Mutex<BTreeMap<IpAddr, Vec<Timestamp>>>,
}

/// Addresses are counted by the network that one subscriber gets: IPv6 by its first 64 bits.
/// An IPv4 address that a socket for both shows as IPv6 counts as itself, else all of them would be one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let s = v6.segments();
            IpAddr::from([s[0], s[1], s[2], s[3], 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

impl Throttle {
    /// `Err` with the seconds to wait when the address has used up its `limit` wrong attempts of the last `window` seconds.
    pub fn check(
        &self,
        address: IpAddr,
        now: Timestamp,
        limit: usize,
        window: i64,
    ) -> Result<(), i64> {
        let mut wrong = self.wrong.lock().expect("no holder of this lock panics");
        wrong.retain(|_, times| {
            times.retain(|t| now.as_second() - t.as_second() < window);
            !times.is_empty()
        });
        match wrong.get(&network(address)) {
            Some(times) if times.len() >= limit => {
                let oldest = times[times.len() - limit];
                Err(window - (now.as_second() - oldest.as_second()))
            }
            _ => Ok(()),
        }
    }

    /// Notes a wrong attempt.
    pub fn wrong(&self, address: IpAddr, now: Timestamp) {
        let mut wrong = self.wrong.lock().expect("no holder of this lock panics");
        wrong.entry(network(address)).or_default().push(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_attempt_waits_and_others_do_not() {
        let (throttle, here, there) = (
            Throttle::default(),
            [10, 0, 0, 1].into(),
            [10, 0, 0, 2].into(),
        );
        let at = |s: i64| Timestamp::from_second(1_000_000 + s).unwrap();
        for s in 0..10 {
            assert_eq!(throttle.check(here, at(s), 10, 900), Ok(()));
            throttle.wrong(here, at(s));
        }
        assert_eq!(throttle.check(here, at(10), 10, 900), Err(890));
        assert_eq!(throttle.check(there, at(10), 10, 900), Ok(()));
        assert_eq!(throttle.check(here, at(900), 10, 900), Ok(()));
        let mapped = |last| {
            std::net::Ipv4Addr::new(10, 0, 0, last)
                .to_ipv6_mapped()
                .into()
        };
        for s in 0..10 {
            throttle.wrong(mapped(3), at(s));
        }
        assert_eq!(throttle.check(mapped(3), at(10), 10, 900), Err(890));
        assert_eq!(throttle.check(mapped(4), at(10), 10, 900), Ok(()));
    }
}
