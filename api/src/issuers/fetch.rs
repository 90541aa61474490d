//! Fetching what an issuer publishes.
//!
//! **Invariant:** nothing in a network of our own is ever asked. A name is looked up once, and the addresses that are
//! checked are those that are connected to; nobody is followed elsewhere.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
    sync::Arc,
    time::{Duration, Instant},
};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use ureq::{
    Agent, Error,
    config::Config,
    http::Uri,
    tls::{Certificate, RootCerts, TlsConfig},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use super::settings::Settings;

/// How long an issuer may take to tell its keys, with where they are.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many bytes an answer may have.
const MOST: u64 = 256 * 1024;

/// Where an issuer's keys come from.
pub(super) struct Source {
    issuer: String,
    jwks_uri: Option<String>,
    agent: Agent,
}

/// What the metadata of an issuer say (OpenID Connect Discovery 1.0, 3).
#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    jwks_uri: String,
}

/// What an issuer publishes of its keys (RFC 7517, 5). What each of them says is read apart: an odd one is none, and no reason to
/// do without the others.
#[derive(Deserialize)]
pub(super) struct KeySet {
    pub(super) keys: Vec<Value>,
}

impl Source {
    pub(super) fn new(settings: &Settings) -> Self {
        let config = Config::builder()
            .https_only(!settings.loopback)
            .max_redirects(0)
            .proxy(None)
            .tls_config(tls())
            .user_agent("kokemusvayla")
            .build();
        let guard = Guard { loopback: settings.loopback, inner: DefaultResolver::default() };
        Self {
            issuer: settings.issuer.clone(),
            jwks_uri: settings.jwks_uri.clone(),
            agent: Agent::with_parts(config, DefaultConnector::default(), guard),
        }
    }

    /// The issuer's keys, as it publishes them now.
    pub(super) fn keys(&self) -> Result<KeySet, Error> {
        let began = Instant::now();
        let address = match &self.jwks_uri {
            Some(address) => address.clone(),
            None => self.metadata(began)?.jwks_uri,
        };
        self.get(&address, began)
    }

    fn metadata(&self, began: Instant) -> Result<Metadata, Error> {
        let base = self.issuer.trim_end_matches('/');
        let address = format!("{base}/.well-known/openid-configuration");
        let metadata: Metadata = self.get(&address, began)?;
        if metadata.issuer == self.issuer {
            Ok(metadata)
        } else {
            Err(Error::BadUri("the metadata are of another issuer".to_owned()))
        }
    }

    /// What is at `address`, if it comes as long as we have patience, which began to run out some time ago.
    fn get<T: DeserializeOwned>(&self, address: &str, began: Instant) -> Result<T, Error> {
        let left = PATIENCE.saturating_sub(began.elapsed()).max(Duration::from_millis(1));
        let request = self.agent.get(address).config().timeout_global(Some(left)).build();
        let mut response = request.header("accept", "application/json").call()?;
        if response.status() != 200 {
            return Err(Error::StatusCode(response.status().as_u16()));
        }
        response.body_mut().with_config().limit(MOST).read_json()
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.issuer)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({self})")
    }
}

/// TLS with the same library as everywhere else, and the machine's own roots.
fn tls() -> TlsConfig {
    let roots = rustls_native_certs::load_native_certs().certs;
    let roots: Vec<Certificate<'static>> =
        roots.iter().map(|root| Certificate::from_der(root).to_owned()).collect();
    TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(roots)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .build()
}

/// Looks names up, and refuses what they stand for unless it is in the open.
#[derive(Debug)]
struct Guard {
    /// Whether to refuse everything but this machine instead.
    loopback: bool,
    inner: DefaultResolver,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let fine = |address: IpAddr| {
            if self.loopback { address.is_loopback() } else { is_public(address) }
        };
        if found.iter().all(|address| fine(address.ip())) {
            Ok(found)
        } else {
            Err(Error::BadUri("the address is not one to be asked".to_owned()))
        }
    }
}

/// Whether the address is one of the open internet (IANA's special-purpose registries list the others).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, third, _] = address.octets();
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_multicast()
                || address.is_documentation()
                || first == 0
                || first >= 240
                || (first == 100 && (64..128).contains(&second))
                || (first == 192 && second == 0 && third == 0)
                || (first == 198 && (18..20).contains(&second)))
        }
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => is_public(mapped.into()),
            // Of IPv6, only 2000::/3 is given out, and of that the beginning is special, with tunnels to IPv4 in it.
            None => {
                let [first, second, ..] = address.segments();
                first & 0xe000 == 0x2000
                    && !(first == 0x2001 && second < 0x200)
                    && !(first == 0x2001 && second == 0xdb8)
                    && first != 0x2002
                    && address != Ipv6Addr::UNSPECIFIED
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_in_the_open_is_not_asked() {
        for (address, public) in [
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("255.255.255.255", false),
            ("198.18.0.1", false),
            ("::1", false),
            ("::", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:10.0.0.1", false),
            ("64:ff9b::a00:1", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("2002:a00:1::", false),
            ("2001::1", false),
            ("2001:db8::1", false),
            ("193.166.3.2", true),
            ("2001:708:10:8::2", true),
        ] {
            assert_eq!(is_public(address.parse().expect("an address")), public, "{address}");
        }
    }
}
