//! Whether PostgreSQL's own library will understand the address of a database.
//!
//! What it does not understand it repeats in its complaints, and each try to connect writes them to the log: with a password that
//! was pasted as it is, or what it took for a host and is the end of the password. So this looks first, and repeats nothing.

/// The parameters that libpq 18 knows (34.1.2 of its manual), and the one that JDBC has for `sslmode=require`.
const PARAMETERS: [&str; 52] = [
    "application_name",
    "channel_binding",
    "client_encoding",
    "connect_timeout",
    "dbname",
    "fallback_application_name",
    "gssdelegation",
    "gssencmode",
    "gsslib",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "krbsrvname",
    "load_balance_hosts",
    "max_protocol_version",
    "min_protocol_version",
    "oauth_client_id",
    "oauth_client_secret",
    "oauth_issuer",
    "oauth_scope",
    "options",
    "passfile",
    "password",
    "port",
    "replication",
    "require_auth",
    "requirepeer",
    "requiressl",
    "scram_client_key",
    "scram_server_key",
    "service",
    "servicefile",
    "ssl",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcert",
    "sslcertmode",
    "sslcompression",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslkeylogfile",
    "sslmode",
    "sslnegotiation",
    "sslpassword",
    "sslrootcert",
    "sslsni",
    "tcp_user_timeout",
    "user",
];

/// What is wrong with `postgres://user:password@host:port/database?parameter=value`, in words that repeat nothing of it.
pub(super) fn wrong(url: &str) -> Option<&'static str> {
    let Some((_, rest)) = url.split_once("://") else {
        return Some("begins neither with postgres:// nor with postgresql://");
    };
    if rest.chars().any(|one| one.is_whitespace() || one.is_control()) {
        return Some("has spaces in it, which are written %20");
    }
    if !is_percent_encoded(rest) {
        return Some("has a % that begins no %20 or the like; itself it is written %25");
    }
    // The library looks for the end of the credentials first, and a `/` comes before it.
    let (before, rest) = match rest.find(['@', '/']) {
        Some(at) if rest[at..].starts_with('@') => (&rest[..at], &rest[at + 1..]),
        _ => ("", rest),
    };
    if before.contains(['[', ']']) || rest.contains('@') {
        return Some(
            "has more than one @, or a / before it; in a password they are written %40 and %2F",
        );
    }
    let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let hosts = place.split_once('/').map_or(place, |(hosts, _)| hosts);
    if !hosts.split(',').all(is_host) {
        return Some(
            "names no host and port that there could be; in a password, a / is written %2F and a @ %40",
        );
    }
    let known = |parameter: &str| {
        parameter
            .split_once('=')
            .is_some_and(|(name, value)| PARAMETERS.contains(&name) && !value.contains('='))
    };
    if !parameters.is_empty() && !parameters.split('&').all(known) {
        return Some("has a parameter that PostgreSQL does not know, or one without a value");
    }
    None
}

/// Whether every `%` is followed by two hexadecimal digits, which are not those of no character at all.
fn is_percent_encoded(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| {
        let code = rest.as_bytes().get(..2);
        code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit) && code != b"00")
    })
}

/// Whether this may be a host with or without a port. A folder of sockets is written with `%2F`.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[').map(|text| text.split_once(']')) {
        Some(Some((host, port))) => match port.strip_prefix(':') {
            Some(port) => (host, port),
            None if port.is_empty() => (host, port),
            None => return false,
        },
        Some(None) => return false,
        None => text.split_once(':').unwrap_or((text, "")),
    };
    let in_brackets = text.starts_with('[');
    let fits =
        |one: char| one.is_alphanumeric() || "._-%~".contains(one) || in_brackets && one == ':';
    host.chars().all(fits) && (port.is_empty() || port.parse::<u16>().is_ok_and(|port| port > 0))
}
