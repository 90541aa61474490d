//! How much each caller may ask for: token buckets in the memory of this process.
//!
//! A bucket holds as many requests as its quota has and fills evenly, so that a burst is possible and a flood is not. Each
//! node counts for itself: behind several nodes a caller may get as many times the quota as there are nodes.
//!
//! `governor` keeps the same sort of buckets, but cannot give back what a 304 took, and hides how long a bucket takes to
//! fill, which the headers say.
//!
//! **Invariant:** memory is bounded. A bucket that is full again is as good as none and is forgotten; if there are too many
//! others even so, newcomers share one bucket.

mod quota;

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use actix_web::http::header::{HeaderName, HeaderValue};
use uuid::Uuid;

pub use self::quota::{BadQuota, Quota};
use crate::tokens::Bearer;

/// How many parts the buckets are kept in, so that callers seldom wait for each other.
const SHARDS: usize = 16;

/// How many buckets a part holds at the most. All of them together take about 8 MB.
const MOST_IN_SHARD: usize = 8192;

/// The name of the policy that every request falls under.
const DEFAULT: &str = "default";

/// The name of the policy for signing in.
const SIGN_IN: &str = "sign-in";

/// The quotas of an installation.
#[derive(Clone, Copy, Debug)]
pub struct Quotas {
    /// For one person.
    pub person: Quota,
    /// For one machine client.
    pub client: Quota,
    /// For all from one network address who have not signed in.
    pub address: Quota,
    /// For signing in from one network address.
    pub sign_in: Quota,
    /// For sign-in codes to one e-mail address. Counted in the database, for all nodes together.
    pub codes_for_email: Quota,
    /// For sign-in codes asked for from one network address. Counted in the database, for all nodes together.
    pub codes_from_address: Quota,
}

/// What counts requests.
#[derive(Clone, Debug)]
pub struct Limits(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    quotas: Quotas,
    proxies: Vec<IpAddr>,
    hasher: RandomState,
    shards: [Mutex<Shard>; SHARDS],
}

#[derive(Debug, Default)]
struct Shard {
    /// When each bucket is full again, in microseconds of the process.
    full_at: HashMap<Key, u64>,
    swept_at: u64,
}

/// Whose bucket it is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Key {
    Person(Uuid),
    Client(Uuid),
    Address(IpAddr),
    SignIn(IpAddr),
    /// All those for whom there was no room.
    Crowd,
}

/// What a request took, and what is left.
#[derive(Clone, Debug)]
pub(crate) struct Toll(Vec<Taken>);

#[derive(Clone, Debug)]
struct Taken {
    key: Key,
    policy: &'static str,
    quota: Quota,
    /// Microseconds until the bucket is full again.
    until_full: u64,
    /// Microseconds until there is room for one request, if there is none now.
    wait: Option<u64>,
}

impl Quotas {
    /// So much that nobody notices: for demonstrations and tests on one machine.
    pub const GENEROUS: Self = Self {
        person: Quota::GENEROUS,
        client: Quota::GENEROUS,
        address: Quota::GENEROUS,
        sign_in: Quota::GENEROUS,
        codes_for_email: Quota { requests: 5, seconds: 900 },
        codes_from_address: Quota { requests: 300, seconds: 900 },
    };
}

impl Limits {
    /// Limits with these quotas. `proxies` are those whose word on where a request came from is believed.
    pub fn new(quotas: Quotas, proxies: Vec<IpAddr>) -> Self {
        let proxies = proxies.iter().map(IpAddr::to_canonical).collect();
        let (hasher, shards) = (RandomState::new(), std::array::from_fn(|_| Mutex::default()));
        Self(Arc::new(Inner { quotas, proxies, hasher, shards }))
    }

    /// The quotas.
    pub(crate) fn quotas(&self) -> &Quotas {
        &self.0.quotas
    }

    /// Where a request came from: the last address of `forwarded` (all lines of `X-Forwarded-For`) that is not a proxy's own,
    /// if the connection is a proxy's. An IPv4 address is one, also where it is written as one of IPv6, as a socket for both
    /// tells it.
    pub(crate) fn origin(&self, peer: Option<IpAddr>, forwarded: Option<&str>) -> Option<IpAddr> {
        let known = |address: &IpAddr| self.0.proxies.contains(address);
        let peer = peer.as_ref().map(IpAddr::to_canonical);
        if !peer.as_ref().is_some_and(known) {
            return peer;
        }
        let address = |one: &str| one.trim().parse().ok().as_ref().map(IpAddr::to_canonical);
        let told = forwarded.unwrap_or_default().rsplit(',').map(address);
        told.take_while(Option::is_some).flatten().find(|one| !known(one)).or(peer)
    }

    /// Takes one request of `bearer`, or of a stranger from `origin`, out of the buckets that it falls under.
    pub(crate) fn take(
        &self,
        bearer: Option<&Bearer>,
        origin: Option<IpAddr>,
        signs_in: bool,
        now: Duration,
    ) -> Toll {
        let Quotas { person, client, address, sign_in, .. } = self.0.quotas;
        let place = place(origin);
        let (key, quota) = match bearer {
            Some(Bearer::Person { id, .. }) => (Key::Person(*id), person),
            Some(Bearer::Client { id, .. }) => (Key::Client(*id), client),
            Some(Bearer::Guest(guest)) => (Key::Person(guest.id), person),
            None => (Key::Address(place), address),
        };
        let mut taken = vec![self.take_one(DEFAULT, key, quota, now)];
        if signs_in {
            taken.push(self.take_one(SIGN_IN, Key::SignIn(place), sign_in, now));
        }
        Toll(taken)
    }

    /// Gives back what a request took: it has cost next to nothing.
    pub(crate) fn refund(&self, toll: &mut Toll) {
        for taken in toll.0.iter_mut().filter(|taken| taken.wait.is_none()) {
            let mut shard = self.shard(taken.key);
            if let Some(full_at) = shard.full_at.get_mut(&taken.key) {
                *full_at = full_at.saturating_sub(taken.quota.interval());
                taken.until_full = taken.until_full.saturating_sub(taken.quota.interval());
            }
        }
    }

    fn take_one(&self, policy: &'static str, key: Key, quota: Quota, now: Duration) -> Taken {
        let now = u64::try_from(now.as_micros()).unwrap_or(u64::MAX / 2);
        let key = if self.shard(key).has_room_for(key, now) { key } else { Key::Crowd };
        let mut shard = self.shard(key);
        let full_at = shard.full_at.entry(key).or_insert(now);
        let until_full = full_at.saturating_sub(now);
        let needed = until_full + quota.interval();
        if needed > quota.window() {
            let wait = Some(needed - quota.window());
            return Taken { key, policy, quota, until_full, wait };
        }
        *full_at = now + needed;
        Taken { key, policy, quota, until_full: needed, wait: None }
    }

    fn shard(&self, key: Key) -> std::sync::MutexGuard<'_, Shard> {
        let number = usize::try_from(self.0.hasher.hash_one(key) % SHARDS as u64).unwrap_or(0);
        self.0.shards[number].lock().expect("nobody panics while holding it")
    }
}

impl Shard {
    /// Whether the bucket is there or can be added.
    fn has_room_for(&mut self, key: Key, now: u64) -> bool {
        if self.full_at.len() < MOST_IN_SHARD || self.full_at.contains_key(&key) {
            return true;
        }
        // To look through them costs something, and must not be what a flood makes us do.
        if now.saturating_sub(self.swept_at) < 1_000_000 {
            return false;
        }
        self.swept_at = now;
        self.full_at.retain(|_, full_at| *full_at > now);
        self.full_at.len() < MOST_IN_SHARD
    }
}

impl Toll {
    /// The policies that leave no room for the request, and after how many seconds there is some.
    pub(crate) fn violated(&self) -> Option<(Vec<&'static str>, u64)> {
        let none = self.0.iter().filter_map(|taken| Some((taken.policy, taken.wait?)));
        let (policies, waits): (Vec<_>, Vec<_>) = none.unzip();
        let longest = waits.into_iter().max()?;
        Some((policies, longest.div_ceil(1_000_000)))
    }

    /// The headers that tell callers where they stand (draft-ietf-httpapi-ratelimit-headers).
    pub(crate) fn headers(&self) -> [(HeaderName, HeaderValue); 2] {
        let each = |one: fn(&Taken) -> String| {
            let list: Vec<String> = self.0.iter().map(one).collect();
            HeaderValue::from_str(&list.join(", ")).expect("names and numbers fit into a header")
        };
        let policies = each(|Taken { policy, quota, .. }| {
            format!("\"{policy}\";q={};w={}", quota.requests, quota.seconds)
        });
        let standings = each(|taken| {
            let free = taken.quota.window().saturating_sub(taken.until_full);
            let left = free / taken.quota.interval();
            let full_in = taken.until_full.div_ceil(1_000_000);
            format!("\"{}\";r={left};t={full_in}", taken.policy)
        });
        [
            (HeaderName::from_static("ratelimit-policy"), policies),
            (HeaderName::from_static("ratelimit"), standings),
        ]
    }
}

/// What counts as one place: an IPv4 address, or the network of an IPv6 address, of which each household has one.
pub(crate) fn place(address: Option<IpAddr>) -> IpAddr {
    match address.as_ref().map(IpAddr::to_canonical) {
        Some(IpAddr::V6(address)) => {
            std::net::Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into()
        }
        Some(address) => address,
        None => std::net::Ipv4Addr::UNSPECIFIED.into(),
    }
}

#[cfg(test)]
mod tests;
