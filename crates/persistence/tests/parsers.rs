//! Whatever comes into a parser of ours, it is read or refused, never worse. `make fuzz-parsers` tries far more of it.

mod fuzz {
    use std::time::Duration;

    use base64::{Engine, engine::general_purpose::STANDARD};
    use persistence::{Database, Error, Keyring, Settings};
    use proptest::prelude::*;

    const KEY: &str = "1:a29rZW11c3bDpHlsw6QgLSBvbmx5IGZvciB0ZXN0cyE=";

    proptest! {
        #[test]
        fn data_keys(text in any::<String>(), number in any::<u16>(), bytes in prop::collection::vec(any::<u8>(), 0..48)) {
            // What is read can seal.
            if let Ok(ring) = Keyring::parse(&text) {
                prop_assert!(ring.seal(b"a").is_ok());
            }
            let written = format!("{number}:{}", STANDARD.encode(&bytes));
            prop_assert_eq!(Keyring::parse(&written).is_ok(), number < 256 && bytes.len() == 32);
        }

        #[test]
        fn sealed(bytes in prop::collection::vec(any::<u8>(), 0..80), plain in prop::collection::vec(any::<u8>(), 0..40), at in any::<prop::sample::Index>(), flip in 1_u8..) {
            let ring = Keyring::parse(KEY).expect("a key");
            prop_assert!(ring.unseal(&bytes).is_err());
            let mut sealed = ring.seal(&plain).expect("it seals");
            prop_assert_eq!(ring.unseal(&sealed).expect("it opens"), plain);
            let at = at.index(sealed.len());
            sealed[at] ^= flip;
            prop_assert!(ring.unseal(&sealed).is_err(), "a changed byte is noticed");
        }

        #[test]
        fn database_urls(text in prop_oneof![any::<String>(), "[a-z]{0,12}:?[ -~]{0,40}", "sqlite:?", "(host|dbname)=[a-z]{1,9}"]) {
            let known = ["sqlite:", "postgres:", "postgresql:"];
            prop_assume!(text == "sqlite:" || !known.iter().any(|scheme| text.starts_with(scheme)));
            // A word that is no URL must never become the name of a file.
            let keys = Keyring::parse(KEY).expect("a key");
            let timeout = Duration::from_millis(1);
            let settings = Settings { url: text, connections: 1, timeout, full_sync: false, keys, files: None };
            prop_assert!(matches!(Database::open(settings), Err(Error::Url)));
        }
    }
}
