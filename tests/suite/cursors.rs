//! Listings are read page by page: each thing is on one page, whatever is written meanwhile.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use acceptance::{
    Answer, Kind, Operation, Person, on_both_databases, operations, story,
    world::{PERSONAS, World},
};
use api::region;
use serde_json::{Value, json};

/// A listing, so many things to a page.
fn limited(listing: &str, limit: usize) -> String {
    let sign = if listing.contains('?') { '&' } else { '?' };
    format!("{listing}{sign}limit={limit}")
}

fn is_paged(operation: &Operation) -> bool {
    let item = &api::json()["paths"][&operation.path]["get"];
    let parameters = item["parameters"].as_array().into_iter().flatten();
    operation.method == "GET" && parameters.map(api::follow).any(|one| one["name"] == "cursor")
}

/// Makes two more of everything that somebody can make.
fn make_more(world: &World, callers: &[Person<'_>]) {
    let makes = |operation: &&Operation| {
        let item = &api::json()["paths"][&operation.path]["post"];
        operation.method == "POST" && item["responses"]["201"].is_object()
    };
    for operation in operations().iter().filter(makes) {
        let tries = world.tries(operation);
        let mut calls = tries.iter().flat_map(|one| callers.iter().map(move |who| (one, who)));
        if let Some((one, who)) = calls.find(|(one, who)| world.call(who, one).status == 201) {
            world.call(who, one);
        }
    }
}

/// Reads every listing of the contract, as whoever finds several things in it, one thing at a time.
fn one_by_one(kind: Kind) {
    let world = World::of(kind);
    let server = world.copy();
    let callers: Vec<_> = PERSONAS.iter().map(|persona| world.caller(&server, persona)).collect();
    make_more(world, &callers);
    server.come_to_rest();
    let (mut all, mut several) = (0, Vec::new());
    for operation in operations().iter().filter(|operation| is_paged(operation)) {
        all += 1;
        let found = world.tries(operation).into_iter().find_map(|one| {
            let several = |person: &&Person<'_>| {
                let whole = person.get(&one.path);
                whole.status == 200 && whole.count() > 1
            };
            callers.iter().find(several).map(|person| (person, one.path.clone()))
        });
        let Some((person, path)) = found else { continue };
        several.push(&operation.path);
        let whole = person.items(&limited(&path, 200));
        let single = person.pages(&limited(&path, 1));
        let items = |page: &Answer| page.body["items"].as_array().expect("items").clone();
        let one_by_one: Vec<_> = single.iter().flat_map(items).collect();
        assert_eq!(one_by_one, whole, "{path}: one by one as all at once");
        assert_eq!(single.len(), whole.len(), "{path}: no page is empty");
        for (page, follower) in single.iter().zip(single.iter().skip(1)) {
            let link = page.header("link").strip_prefix('<').and_then(|link| link.split_once('>'));
            let (address, relation) = link.expect("a link");
            assert_eq!(relation, "; rel=\"next\"", "{path}");
            assert_eq!(person.get(address).expect(200).body, follower.body, "{path}: {address}");
        }
        let last = single.last().expect("a page");
        assert_eq!((last.header("link"), last.body.get("next")), ("", None), "{path}: the end");
    }
    assert!(several.len() * 4 >= all * 3, "only these of {all} have several things: {several:?}");
}

#[test]
fn one_by_one_a_listing_gives_what_it_gives_at_once_on_sqlite() {
    one_by_one(Kind::Sqlite);
}

#[test]
fn one_by_one_a_listing_gives_what_it_gives_at_once_on_postgres() {
    one_by_one(Kind::Postgres);
}

on_both_databases! {
    fn what_stays_is_on_one_page_however_much_is_written_meanwhile(server) {
        const EACH: usize = 30;
        let orderer = server.sign_in(story::ORDERER);
        let unit = region::node(story::UNIT);
        let make = || {
            let body = json!({ "node_id": unit, "form": story::form(1) });
            orderer.post("/v1/orders", body).expect(201).id()
        };
        let act = |id, action: &str, body: Value| {
            orderer.post(&format!("/v1/orders/{id}/{action}"), body).expect(200);
        };
        let stay: BTreeSet<String> = (0..9).map(|_| make().to_string()).collect();
        let written = AtomicUsize::new(0);
        let mut crossed = 0;
        thread::scope(|scope| {
            // Some come, some leave the listing of drafts, and some are over.
            let write = || {
                for _ in 0..EACH {
                    let id = make();
                    act(id, "submit", Value::Null);
                    act(id, "cancel", json!({ "reason": "Ei tarvita." }));
                    written.fetch_add(1, Ordering::SeqCst);
                }
            };
            let writers = [scope.spawn(write), scope.spawn(write)];
            for limit in [3, 1, 4, 2].into_iter().cycle() {
                for listing in ["/v1/orders", "/v1/orders?state=draft", "/v1/orders?state=cancelled"] {
                    let before = written.load(Ordering::SeqCst);
                    let found = orderer.items(&limited(listing, limit));
                    let id = |item: &Value| item["id"].as_str().expect("an id").to_owned();
                    let once: BTreeSet<String> = found.iter().map(id).collect();
                    assert_eq!(once.len(), found.len(), "{listing}: nothing is on two pages");
                    let drafts = once.intersection(&stay).count();
                    let expected = if listing.contains("cancelled") { 0 } else { stay.len() };
                    assert_eq!(drafts, expected, "{listing}: what stays is found");
                    if !listing.contains("draft") {
                        assert!(found.len() >= expected + before, "{listing}: what was there is found");
                    }
                    crossed += usize::from(written.load(Ordering::SeqCst) > before);
                }
                if writers.iter().all(|writer| writer.is_finished()) {
                    break;
                }
            }
        });
        assert!(crossed > 0, "it was written meanwhile");
    }
}
