//! Where the links lead that people get by e-mail: to the service that they use, which is not this one. What this one answers is
//! for programs, and a browser that opens it is not signed in.

use std::str::FromStr;

/// The address of the service that people use.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FrontEnd(String);

/// What is no such address.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error(
    "the address of a front end is https://… or http://…, and things have their path behind it"
)]
pub struct BadFrontEnd;

impl FrontEnd {
    /// Where the thing is that has this path in the API.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl FromStr for FrontEnd {
    type Err = BadFrontEnd;

    fn from_str(text: &str) -> Result<Self, BadFrontEnd> {
        let address = text.trim_end_matches('/');
        let host = ["https://", "http://"].iter().find_map(|start| address.strip_prefix(start));
        let good = host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
            && address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'?');
        good.then(|| Self(address.to_owned())).ok_or(BadFrontEnd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_thing_is_put_behind_the_address() {
        for address in ["https://kokemus.example/app/#", "https://kokemus.example/app/#/"] {
            let front_end: FrontEnd = address.parse().expect("an address");
            assert_eq!(front_end.link("/v1/orders/1"), "https://kokemus.example/app/#/v1/orders/1");
        }
        for wrong in [
            "",
            "kokemus.example",
            "https://",
            "https:///",
            "ftp://a",
            "https://a b",
            "https://a?b=",
        ] {
            assert!(wrong.parse::<FrontEnd>().is_err(), "{wrong}");
        }
    }
}
