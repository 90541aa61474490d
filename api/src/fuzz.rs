//! Whatever comes into a parser of ours, it is read or refused, never worse. `make fuzz-parsers` tries far more of it.

use std::{net::IpAddr, time::Duration};

use actix_web::http::Method;
use chrono::TimeDelta;
use domain::time::Moment;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Clock, Key, Limits, Quota, Quotas, Tokens, cursor, edge,
    issuers::Issuers,
    limits,
    line::Head,
    locale,
    meta::{self, Meta},
    offer_link, operations, patch,
    problem::Problem,
    query,
    secret::Pepper,
    tokens::{self, Bearer},
    trace,
};

/// A text with some characters changed, which gets further into a parser than any text.
fn nearly(good: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 0..4).prop_map(
        move |changes| {
            let mut letters: Vec<char> = good.chars().collect();
            for (at, letter) in changes {
                let at = at.index(letters.len());
                letters[at] = letter;
            }
            letters.into_iter().collect()
        },
    )
}

fn text_or(good: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), nearly(good), "[ -~]{0,300}"]
}

/// Any JSON of some depth, with few names, so that patches meet what they patch.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[abc]", inner, 0..4).prop_map(|members| json!(members)),
        ]
    })
}

fn tokens_of_ours() -> (Tokens, String) {
    let tokens = Tokens::new("https://api.example");
    let clock = Clock::default();
    tokens.use_keys(vec![Key::made(clock.now())]);
    let bearer = Bearer::Person { id: Uuid::nil(), session: Uuid::nil() };
    let token = tokens.issue(&bearer, clock.now()).expect("there is a key");
    (tokens, token)
}

proptest! {
    #[test]
    fn traceparent(text in text_or("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")) {
        let parsed = trace::parse(&text);
        prop_assert_eq!(trace::parse(&trace::Trace::of(Some(&text)).to_string()).is_some(), true);
        if let Some((id, _)) = parsed {
            prop_assert_eq!(trace::Trace::of(Some(&text)).id(), format!("{id:032x}"));
        }
    }

    #[test]
    fn if_match(text in text_or("\"12.0123456789abcdef\""), version in any::<i32>()) {
        meta::names(&text, version);
        let tag = format!("\"{version}.abc\"");
        prop_assert!(meta::names(&tag, version) && !meta::names(&tag, version.wrapping_add(1)));
    }

    #[test]
    fn if_none_match(text in text_or("W/\"12.abc\", \"13.def\""), tag in "[a-z0-9.]{1,20}") {
        let tag = format!("\"{tag}\"");
        meta::list(&text, &tag);
        for tags in [format!("{text}, {tag}"), format!("W/{tag},{text}")] {
            prop_assert!(meta::list(&tags, &tag));
        }
    }

    #[test]
    fn authorization(text in text_or("Bearer abc.def.ghi"), token in "[!-~]{1,40}") {
        if let Some(token) = edge::caller::bearer(&text) {
            prop_assert!(text.ends_with(token) || text.trim_end().ends_with(token));
        }
        let given = format!("bEARER {token}");
        prop_assert_eq!(edge::caller::bearer(&given), Some(token.as_str()));
    }

    #[test]
    fn heads(bytes in prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'a'), any::<u8>()], 0..80), cut in any::<prop::sample::Index>()) {
        // It does not matter in which pieces they come.
        let (mut whole, mut pieces) = (Head::default(), Head::default());
        let (first, second) = bytes.split_at(cut.index(bytes.len() + 1));
        let expected = whole.scan(&bytes);
        let found = match pieces.scan(first) {
            (length, true) => (length, true),
            (length, false) => {
                let (more, ends) = pieces.scan(second);
                (length + more, ends)
            }
        };
        prop_assert_eq!((found, pieces.length()), (expected, whole.length()));
        // A head ends with an empty line, and is not only empty lines.
        let head = &bytes[..expected.0];
        prop_assert!(!expected.1 || head.ends_with(b"\n") && head.iter().any(|byte| !b"\r\n".contains(byte)));
    }

    #[test]
    fn queries(text in text_or("limit=20&state=submitted&cursor=abc%20def&since=2026-11-22T10:00:00Z"), number in any::<i64>(), at in any::<prop::sample::Index>()) {
        let all: Vec<_> = operations::all().collect();
        let facts = all[at.index(all.len())];
        let parameters: Vec<&Value> = facts.parameters_in("query").collect();
        let mut texts = vec![text.clone(), format!("limit={number}")];
        texts.extend(parameters.iter().filter_map(|one| Some(format!("{}={text}", one["name"].as_str()?))));
        for text in texts {
            match query::take_apart(&text, &parameters) {
                Ok(parts) => prop_assert!((1..=query::MOST).contains(&parts.limit) && parts.given.len() <= parameters.len()),
                Err(Problem::InvalidParameters(faults)) => prop_assert!(!faults.is_empty()),
                Err(problem) => prop_assert!(matches!(problem, Problem::Malformed)),
            }
        }
    }

    #[test]
    fn paths(text in text_or("/v1/orders/019aa5d0-0000-7000-8000-00000000abcd/submit")) {
        let fits = |pattern: &str| {
            let (parts, given): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), text.split('/').collect());
            let alike = |(part, given): (&&str, &&str)| part == given || part.starts_with('{') && !given.is_empty();
            parts.len() == given.len() && parts.iter().zip(&given).all(alike)
        };
        match operations::at(&text) {
            Some(resource) => prop_assert!(fits(resource.pattern) && resource.operation(&Method::TRACE).is_none()),
            None => prop_assert!(!operations::all().any(|facts| fits(facts.pattern))),
        }
    }

    #[test]
    fn paths_of_the_same_thing(text in text_or("/v1/orders/019aa5d0-0000-7000-8000-00000000abcd/submit"), id in any::<u128>()) {
        let same = meta::same_path(&text);
        prop_assert_eq!(meta::same_path(&same), same.clone());
        prop_assert!(same.eq_ignore_ascii_case(&text));
        let id = Uuid::from_u128(id).to_string();
        for (before, after) in [("/v1/orders/", "/submit"), ("/V1/Ab/", ""), ("/", "x")] {
            let (small, large) = (format!("{before}{id}{after}"), format!("{before}{}{after}", id.to_uppercase()));
            prop_assert_eq!(meta::same_path(&large) == meta::same_path(&small), after != "x" || small == large);
        }
    }

    #[test]
    fn links_in_letters(text in text_or("019aa5d000007000800000000000abcd000000006a12b3c4AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), seconds in any::<i64>()) {
        if let (Some(shown), Some(now)) = (offer_link::Shown::read(&text), Moment::from_timestamp(seconds)) {
            let later = now.plus(TimeDelta::days(1));
            prop_assert!(shown.is_over(later) || !shown.is_over(now), "it is over for good");
            prop_assert!(!shown.was_sent_to(&Pepper::of_test(), "a@b.example"));
        }
    }

    #[test]
    fn patches(target in value(), patch in value()) {
        let mut once = target;
        patch::merge(&mut once, &patch);
        let mut twice = once.clone();
        patch::merge(&mut twice, &patch);
        prop_assert_eq!(&once, &twice, "to patch again changes nothing");
        prop_assert!(!patch.is_object() || once.is_object());
    }

    #[test]
    fn idempotency_key(text in text_or("\"019aa5d0-0000-7000-8000-00000000abcd\"")) {
        if let Ok(Some(key)) = Meta::bare_key(&text) {
            prop_assert!((1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"'));
        }
    }

    #[test]
    fn accept_language(text in text_or("sv-FI,sv;q=0.9,en;q=0.5")) {
        locale::negotiate(Some(&text));
    }

    #[test]
    fn accept(text in text_or("text/html;q=0.5, application/*;q=0.1")) {
        let produced = ["application/json".to_owned()];
        edge::admit::accepts(Some(&text), &produced);
        let named = format!("{text}, application/json");
        prop_assert!(edge::admit::accepts(Some(&named), &produced));
    }

    #[test]
    fn forwarded(text in text_or("192.0.2.1, 2001:db8::1, 127.0.0.1")) {
        let proxy = IpAddr::from([127, 0, 0, 1]);
        let origin = Limits::new(Quotas::GENEROUS, vec![proxy]).origin(Some(proxy), Some(&text));
        prop_assert!(origin.is_some());
    }

    #[test]
    fn quota(text in text_or("600/60")) {
        if let Ok(quota) = text.parse::<Quota>() {
            prop_assert_eq!(quota.to_string().parse::<Quota>().ok(), Some(quota));
        }
    }

    #[test]
    fn buckets(steps in prop::collection::vec((0_u64..100_000, 0_u32..3), 1..200)) {
        let quota = Quota { requests: 5, seconds: 10 };
        let limits = Limits::new(limits::Quotas { address: quota, ..Quotas::GENEROUS }, Vec::new());
        let (mut now, mut passed) = (0, Vec::new());
        for (wait, who) in steps {
            now += wait;
            let origin = Some(IpAddr::from(who.to_be_bytes()));
            if limits.take(None, origin, false, Duration::from_millis(now)).violated().is_none() {
                passed.push((now, who));
            }
        }
        // In no window of its length does anybody get more than twice a quota: a full bucket, and what flows in.
        for (at, who) in &passed {
            let within = passed.iter().filter(|(then, one)| one == who && (*at..*at + 10_000).contains(then));
            prop_assert!(within.count() <= 10);
        }
    }

    #[test]
    fn cursors(text in text_or("AZqlk0000000AZqlk0000000AZqlk0000000AZqlk00"), last in any::<u128>(), path in ".{0,20}", other in ".{0,20}") {
        let pepper = Pepper::of_test();
        prop_assert_eq!(cursor::read(&pepper, &path, "", &text), None);
        let (last, made) = (Uuid::from_u128(last), cursor::make(&pepper, &path, &other, Uuid::from_u128(last)));
        prop_assert_eq!(cursor::read(&pepper, &path, &other, &made), Some(last));
        prop_assert!(path == other || cursor::read(&pepper, &other, &path, &made).is_none());
        prop_assert_eq!(cursor::read(&pepper, &path, &other, &made[..made.len() - 1]), None);
    }

    #[test]
    fn scopes(text in text_or("payroll public_bank")) {
        tokens::scopes(&text);
    }

    #[test]
    fn settings_of_issuers(text in text_or("{\"issuers\":[{\"issuer\":\"https://a.example\",\"audience\":\"b\",\"person\":{\"by\":\"email\"}}]}")) {
        // Whoever writes them is told what is wrong.
        if let Err(error) = Issuers::parse(&text) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}

#[test]
fn access_tokens() {
    let (tokens, good) = tokens_of_ours();
    let now = Clock::default().now();
    assert!(tokens.verify(&good, now).is_some());
    let changed = (any::<prop::sample::Index>(), "[A-Za-z0-9_.-]");
    proptest!(|(text in any::<String>(), (at, letter) in changed)| {
        prop_assert_eq!(tokens.verify(&text, now), None);
        let at = at.index(good.len());
        // The last letter of the signature has bits that mean nothing.
        if good[at..=at] != letter && at + 1 < good.len() {
            let forged = format!("{}{letter}{}", &good[..at], &good[at + 1..]);
            prop_assert_eq!(tokens.verify(&forged, now), None, "{}", forged);
        }
    });
}
