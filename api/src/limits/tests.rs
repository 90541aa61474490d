use std::time::Duration;

use super::*;

const QUOTA: Quota = Quota { requests: 3, seconds: 60 };

fn limits() -> Limits {
    let proxies = vec![IpAddr::from([10, 0, 0, 1])];
    let quotas = Quotas { address: QUOTA, sign_in: QUOTA, person: QUOTA, ..Quotas::GENEROUS };
    Limits::new(quotas, proxies)
}

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn address(last: u32) -> Option<IpAddr> {
    Some(IpAddr::from(last.to_be_bytes()))
}

fn said(toll: &Toll) -> (String, String) {
    let [(_, policy), (_, standing)] = toll.headers();
    let text = |value: HeaderValue| value.to_str().expect("ASCII").to_owned();
    (text(policy), text(standing))
}

#[test]
fn a_quota_is_two_numbers() {
    assert_eq!("600/60".parse::<Quota>().expect("it is one").to_string(), "600/60");
    for text in ["", "600", "0/60", "60/0", "-1/60", "600/60/1", "6e2/60", "1000001/1", "x/y"] {
        assert!(text.parse::<Quota>().is_err(), "{text:?}");
    }
}

#[test]
fn a_bucket_empties_and_fills_evenly() {
    let limits = limits();
    for left in [2, 1, 0] {
        let toll = limits.take(None, address(1), false, at(0));
        let (policy, standing) = said(&toll);
        assert_eq!(policy, "\"default\";q=3;w=60");
        assert_eq!(standing, format!("\"default\";r={left};t={}", 20 * (3 - left)));
        assert_eq!(toll.violated(), None);
    }
    let refused = limits.take(None, address(1), false, at(0));
    assert_eq!(refused.violated(), Some((vec!["default"], 20)));
    assert_eq!(said(&refused).1, "\"default\";r=0;t=60");
    assert_eq!(limits.take(None, address(2), false, at(0)).violated(), None);
    assert_eq!(limits.take(None, address(1), false, at(20)).violated(), None);
    assert!(limits.take(None, address(1), false, at(20)).violated().is_some());
}

#[test]
fn what_is_given_back_can_be_taken_again() {
    let limits = limits();
    for _ in 0..20 {
        let mut toll = limits.take(None, address(1), false, at(0));
        assert_eq!(toll.violated(), None);
        limits.refund(&mut toll);
        assert_eq!(said(&toll).1, "\"default\";r=3;t=0");
    }
}

#[test]
fn signing_in_has_a_quota_of_its_own_for_each_place() {
    let limits = limits();
    let bearer = Bearer::Person { id: Uuid::nil(), session: Uuid::nil() };
    for _ in 0..3 {
        let toll = limits.take(Some(&bearer), address(1), true, at(0));
        assert!(said(&toll).0.ends_with("\"sign-in\";q=3;w=60"), "{:?}", said(&toll));
    }
    let other = Bearer::Person { id: Uuid::max(), session: Uuid::nil() };
    let refused = limits.take(Some(&other), address(1), true, at(0));
    assert_eq!(refused.violated(), Some((vec!["sign-in"], 20)));
}

#[test]
fn a_household_is_one_place() {
    let limits = limits();
    let house = |last: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]));
    for last in 0..3 {
        assert_eq!(limits.take(None, house(last), false, at(0)).violated(), None);
    }
    assert!(limits.take(None, house(9), false, at(0)).violated().is_some());
}

#[test]
fn only_a_proxy_is_believed_on_where_a_request_came_from() {
    let limits = limits();
    let proxy = Some(IpAddr::from([10, 0, 0, 1]));
    let client: IpAddr = IpAddr::from([192, 0, 2, 7]);
    let origin = |peer, forwarded| limits.origin(peer, forwarded);
    assert_eq!(origin(Some(client), Some("198.51.100.1")), Some(client));
    assert_eq!(origin(proxy, Some("198.51.100.1, 192.0.2.7, 10.0.0.1")), Some(client));
    assert_eq!(origin(proxy, Some("192.0.2.7")), Some(client));
    for odd in [None, Some(""), Some("nonsense"), Some("192.0.2.7, nonsense"), Some("10.0.0.1")] {
        assert_eq!(origin(proxy, odd), proxy, "{odd:?}");
    }
}

#[test]
fn an_address_is_the_same_however_a_socket_writes_it() {
    let proxies =
        vec!["127.0.0.1".parse().expect("an address"), "::ffff:10.0.0.1".parse().expect("one")];
    let limits = Limits::new(Quotas::GENEROUS, proxies);
    let client = Some(IpAddr::from([192, 0, 2, 7]));
    for proxy in ["127.0.0.1", "::ffff:127.0.0.1", "10.0.0.1", "::ffff:10.0.0.1"] {
        let peer = Some(proxy.parse().expect("an address"));
        for told in ["192.0.2.7", "::ffff:192.0.2.7", "198.51.100.1, 192.0.2.7, ::ffff:127.0.0.1"] {
            assert_eq!(limits.origin(peer, Some(told)), client, "{proxy} {told}");
        }
    }
    let stranger = Some("::ffff:192.0.2.7".parse().expect("an address"));
    assert_eq!(limits.origin(stranger, Some("198.51.100.1")), client);
    assert_eq!(place(stranger), place(client));
}

#[test]
fn a_flood_of_strangers_takes_no_more_memory_than_there_is() {
    let limits = limits();
    let most = SHARDS * MOST_IN_SHARD;
    for number in 0..u32::try_from(most).expect("it fits") * 2 {
        limits.take(None, address(number), false, at(0));
    }
    let kept = |limits: &Limits| -> usize {
        limits.0.shards.iter().map(|shard| shard.lock().expect("free").full_at.len()).sum()
    };
    assert!(kept(&limits) <= most + SHARDS, "{}", kept(&limits));
    // Whoever was there before keeps a bucket, and when the flood is over there is room again.
    assert_eq!(limits.take(None, address(0), false, at(0)).violated(), None);
    assert_eq!(limits.take(None, address(u32::MAX), false, at(100)).violated(), None);
    assert!(kept(&limits) < most);
}
