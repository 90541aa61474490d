//! The address that the service gives out as its own.

use actix_web::http::Uri;

/// What it must look like.
const FORM: &str = "it is https:// or http://, a host, and perhaps a port";

/// Reads the address that the world knows the service by, and on which others are built. RFC 8414 (2 and 3.1) would allow a path,
/// with the metadata in another place; all addresses of the API begin at the root.
pub(super) fn parse(text: &str) -> Result<String, &'static str> {
    let bare = text.strip_suffix('/').unwrap_or(text);
    let place = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://"));
    let place = place.ok_or(FORM)?;
    if place.contains(['/', '?', '#', '@']) {
        return Err(
            "it has no path, query, fragment or user: the service is at the root of its host",
        );
    }
    let address: Uri = bare.parse().map_err(|_| FORM)?;
    let host = address.host().filter(|host| !host.is_empty()).ok_or(FORM)?;
    let port = address.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
    if place == format!("{host}{port}") { Ok(bare.to_owned()) } else { Err(FORM) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_an_address_that_others_can_be_built_on() {
        for (text, known) in [
            ("https://api.kokemusvayla.example", Some("https://api.kokemusvayla.example")),
            ("https://api.kokemusvayla.example/", Some("https://api.kokemusvayla.example")),
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("http://[::1]:8080/", Some("http://[::1]:8080")),
            ("kokemus", None),
            ("", None),
            ("https://", None),
            ("https:///", None),
            ("ftp://x", None),
            ("HTTPS://x", None),
            ("http://h?x=1#f", None),
            ("http://h/?x=1", None),
            ("http://h#f", None),
            ("http://h/#f", None),
            ("http://h/p", None),
            ("http://h/p/", None),
            ("http://h//", None),
            ("http://me@h", None),
            ("http://me:secret@h", None),
            ("http://h:", None),
            ("http://h:99999", None),
            ("http://h:x", None),
            ("http://a b", None),
            (" http://h", None),
        ] {
            assert_eq!(parse(text).ok().as_deref(), known, "{text:?}");
        }
    }
}
