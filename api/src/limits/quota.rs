//! So many requests in so much time.

use std::{fmt, str::FromStr};

/// So many requests in so many seconds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Quota {
    /// How many.
    pub requests: u32,
    /// In how many seconds.
    pub seconds: u32,
}

/// What is not a quota.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a quota is REQUESTS/SECONDS, each from 1 to 1000000, such as 600/60")]
pub struct BadQuota;

/// The largest number of either.
const MOST: u32 = 1_000_000;

impl Quota {
    /// More than anybody asks for.
    pub(super) const GENEROUS: Self = Self { requests: MOST, seconds: 1 };

    /// In how many microseconds room for one more request comes.
    pub(super) fn interval(self) -> u64 {
        (self.window() / u64::from(self.requests)).max(1)
    }

    /// In how many microseconds an empty bucket fills.
    pub(super) fn window(self) -> u64 {
        u64::from(self.seconds) * 1_000_000
    }
}

impl FromStr for Quota {
    type Err = BadQuota;

    fn from_str(text: &str) -> Result<Self, BadQuota> {
        let (requests, seconds) = text.split_once('/').ok_or(BadQuota)?;
        let number = |text: &str| {
            text.parse().ok().filter(|number| (1..=MOST).contains(number)).ok_or(BadQuota)
        };
        Ok(Self { requests: number(requests)?, seconds: number(seconds)? })
    }
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.requests, self.seconds)
    }
}
