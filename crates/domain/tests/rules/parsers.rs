//! Whatever comes into a parser of ours, it is read or refused, never worse. `make fuzz-parsers` tries far more of it.

mod fuzz {
    use domain::{
        check_digits::{Account, IdentityCode, Reference, YTunnus},
        node::Path,
        time::{Day, Moment},
    };
    use proptest::prelude::*;

    /// A text with some characters changed, which gets further into a parser than any text.
    fn nearly(good: &'static str) -> impl Strategy<Value = String> {
        let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 0..3);
        let changed = changes.prop_map(move |changes| {
            let mut letters: Vec<char> = good.chars().collect();
            for (at, letter) in changes {
                let at = at.index(letters.len());
                letters[at] = letter;
            }
            letters.into_iter().collect()
        });
        prop_oneof![any::<String>(), changed, "[0-9A-Za-z +-]{0,40}"]
    }

    proptest! {
        #[test]
        fn identity_codes(text in nearly("131052-902Y")) {
            if let Ok(code) = IdentityCode::parse(&text) {
                prop_assert!(code.masked().ends_with("****"));
                prop_assert!(IdentityCode::parse(code.reveal()) == Ok(code.clone()));
            }
        }

        #[test]
        fn accounts(text in nearly("FI21 1234 5600 0007 85")) {
            if let Ok(account) = Account::parse(&text) {
                prop_assert!(!account.masked().contains(account.reveal()));
                prop_assert!(Account::parse(account.reveal()) == Ok(account.clone()));
            }
        }

        #[test]
        fn business_codes(text in nearly("1572860-0")) {
            let _ = YTunnus::parse(&text);
        }

        #[test]
        fn references(text in nearly("1234561")) {
            let _ = Reference::parse(&text);
        }

        #[test]
        fn paths(text in nearly("/019aa5d0000070008000000000000001/019aa5d0000070008000000000000002/")) {
            if let Some(path) = Path::parse(&text) {
                prop_assert_eq!(path.as_str(), text);
                prop_assert!(path.covers(&path) && path.ids().count() > 0);
            }
        }

        #[test]
        fn days_and_moments(text in nearly("2026-11-22T10:00:00Z"), year in any::<i32>(), month in any::<u32>(), day in any::<u32>(), seconds in any::<i64>()) {
            let quoted = serde_json::Value::from(text.clone());
            let read = serde_json::from_value::<Day>(quoted.clone()).ok();
            prop_assert!(Day::parse(&text).is_none_or(|day| Some(day) == read));
            let read = serde_json::from_value::<Moment>(quoted).ok();
            prop_assert!(Moment::parse(&text).is_none_or(|moment| Some(moment) == read));
            if let Some(moment) = read {
                let written = serde_json::to_value(moment).expect("it writes itself");
                prop_assert_eq!(serde_json::from_value::<Moment>(written).ok(), Some(moment));
            }
            Day::new(year, month, day);
            for moment in [Moment::from_timestamp(seconds), Moment::from_timestamp(seconds >> 26)].into_iter().flatten() {
                // Year, month and day are where they always are.
                let later = moment.plus(chrono::TimeDelta::seconds(seconds >> 12));
                prop_assert_eq!(serde_json::to_string(&later).map(|text| text.len()).ok(), Some(22));
                moment.day();
                moment.clock();
            }
        }
    }
}
