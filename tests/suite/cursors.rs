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

/// The pages of a listing, so many things on each.
fn pages(person: &Person<'_>, listing: &str, limit: usize) -> Vec<Answer> {
    let with = |more: &str| {
        let sign = if listing.contains('?') { '&' } else { '?' };
        format!("{listing}{sign}limit={limit}{more}")
    };
    let mut pages = vec![person.get(&with("")).expect(200)];
    while let Some(next) = pages.last().and_then(|page| page.body["next"].as_str()) {
        let page = person.get(&with(&format!("&cursor={next}"))).expect(200);
        pages.push(page);
    }
    pages
}

/// What is on the pages, in order.
fn items(pages: &[Answer]) -> Vec<Value> {
    pages.iter().flat_map(|page| page.body["items"].as_array().expect("items").clone()).collect()
}

/// The same, by what tells one from another.
fn ids(pages: &[Answer]) -> Vec<String> {
    items(pages).iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
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
        let whole = pages(person, &path, 200);
        let single = pages(person, &path, 1);
        assert_eq!(items(&single), items(&whole), "{path}: one by one as all at once");
        assert_eq!(single.len(), items(&whole).len(), "{path}: no page is empty");
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
                    let found = ids(&pages(&orderer, listing, limit));
                    let once: BTreeSet<String> = found.iter().cloned().collect();
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
