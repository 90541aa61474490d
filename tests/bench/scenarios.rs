//! What is asked of the server, and of the database without it.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use acceptance::Process;
use serde_json::{Value, json};

use crate::{
    client::{Client, request},
    direct,
    load::{Took, in_turns, load},
    region::Filled,
    sql::Sql,
};

/// A measurement.
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    pub(crate) server: Took,
    /// The server's own answer of about the same size that asks no database, for what only reads.
    pub(crate) ceiling: Option<Took>,
    /// The same rows read or written without the server.
    pub(crate) direct: Took,
}

/// One server on one filled database, and how long each thing is asked of it.
pub(crate) struct Bench<'a> {
    pub(crate) filled: &'a Filled,
    pub(crate) process: &'a Process,
    pub(crate) time: Duration,
    /// Of the measurements, those with this in their names.
    pub(crate) only: String,
}

impl Bench<'_> {
    /// Everything that is measured.
    pub(crate) fn all(&self) -> Vec<Measured> {
        let filled = self.filled;
        let paths = |ids: &[String], begin: &str, end: &str| -> Vec<String> {
            ids.iter().map(|id| format!("{begin}{id}{end}")).collect()
        };
        let here = "/v1/payroll/packages?limit=50".to_owned();
        let search = |themes: &[&str]| {
            let criteria = json!({ "required": { "themes": themes } });
            let body = json!({ "order_id": filled.searching, "criteria": criteria }).to_string();
            vec![vec![request("POST", "/v1/bank/searches", &filled.liaison, &body)]]
        };
        let centres =
            json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] }).to_string();
        let post = |paths: Vec<String>, token: &str, body: &str| -> Vec<Vec<u8>> {
            paths.iter().map(|path| request("POST", path, token, body)).collect()
        };
        let accept = json!({ "description_digest": filled.digest }).to_string();
        let mut measured = vec![
            self.reads(
                "read one order",
                &filled.orderer,
                &paths(&filled.orders, "/v1/orders/", ""),
                direct::ORDER,
            ),
            self.reads(
                "read one fee form",
                &filled.orderer,
                &paths(&filled.approved, "/v1/fee-forms/", ""),
                direct::FEE_FORM,
            ),
            self.reads(
                "list orders, 50 a page",
                &filled.orderer,
                &["/v1/orders?limit=50".to_owned()],
                direct::ORDERS,
            ),
            self.reads(
                "list orders, few of all",
                &filled.elsewhere,
                &["/v1/orders?limit=50".to_owned()],
                direct::FEW,
            ),
            self.reads("payroll lists, 50 a page", &filled.payroll, &[here], direct::PACKAGES),
            // Everybody of the area has the one experience; those of the region itself have the other, and none of the copies.
            self.writes("search the bank, all found", search(&["long_term_illness"]), true),
            self.writes("search the bank, few found", search(&["mental_health"]), true),
        ];
        measured.push(self.refreshes());
        let submit = post(paths(&filled.drafts, "/v1/orders/", "/submit"), &filled.orderer, "");
        measured.push(self.writes(
            "submit an order",
            submit.into_iter().map(|one| vec![one]).collect(),
            false,
        ));
        let accept = filled.offers.iter().map(|(offer, token)| {
            vec![request("POST", &format!("/v1/offers/{offer}/accept"), token, &accept)]
        });
        measured.push(self.writes("accept an offer", accept.collect(), false));
        let chain = filled.claims.iter().map(|claim| {
            let step = |name: &str, token: &str, body: &str| {
                request("POST", &format!("/v1/fee-forms/{claim}/{name}"), token, body)
            };
            vec![
                step("submit", &filled.expert, ""),
                step("check", &filled.orderer, "{}"),
                step("approve", &filled.orderer, &centres),
            ]
        });
        measured.push(self.writes("fee form: submit, check, approve", chain.collect(), false));
        measured.into_iter().flatten().collect()
    }

    pub(crate) fn leaves_out(&self, name: &str) -> bool {
        !name.contains(&self.only)
    }

    /// GETs of `paths`, one after the other and again from the beginning.
    fn reads(
        &self,
        name: &'static str,
        token: &str,
        paths: &[String],
        query: direct::Query,
    ) -> Option<Measured> {
        if self.leaves_out(name) {
            return None;
        }
        let requests: Vec<Vec<u8>> =
            paths.iter().map(|path| request("GET", path, token, "")).collect();
        let size =
            Client::connect(&self.process.url).ask(&requests[0]).expect("an answer").body.len();
        let next = AtomicUsize::new(0);
        let server = |time| {
            let ask = |client: &mut Client| {
                let at = next.fetch_add(1, Ordering::Relaxed) % requests.len();
                let answer = client.ask(&requests[at]).expect("an answer");
                assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
                true
            };
            load(time, |_| Client::connect(&self.process.url), ask)
        };
        let still = request("GET", &self.still(size), "", "");
        let ceiling = |time| {
            let ask = |client: &mut Client| client.ask(&still).expect("an answer").status == 200;
            load(time, |_| Client::connect(&self.process.url), ask)
        };
        let direct = |time| direct::reads(self, query, paths, time);
        let [server, ceiling, direct] = in_turns(self.time, [&server, &ceiling, &direct]);
        Some(Measured { name, server, ceiling: Some(ceiling), direct })
    }

    /// Things done once each, in one request or several; or, with `again`, the same thing again and again.
    fn writes(
        &self,
        name: &'static str,
        things: Vec<Vec<Vec<u8>>>,
        again: bool,
    ) -> Option<Measured> {
        if self.leaves_out(name) {
            return None;
        }
        let mut sql = Sql::connect(self.filled.kind, self.filled.server.database_url());
        let perform = |client: &mut Client, thing: &[Vec<u8>]| {
            for step in thing {
                let answer = client.ask(step).expect("an answer");
                let text = String::from_utf8_lossy(&answer.body);
                assert!((200..300).contains(&answer.status), "{name}: {} {text}", answer.status);
            }
        };
        // The one of three that wrote least is the one that nothing else wrote beside.
        let counted = things.iter().cycle().take(if again { 3 } else { things.len().min(3) });
        let written = counted.map(|thing| {
            let before = direct::Writes::settled(&mut sql);
            perform(&mut Client::connect(&self.process.url), thing);
            let now = direct::Writes::count(&mut sql);
            let first = String::from_utf8_lossy(&thing[0]);
            before.until(&now, &mut sql, first.split(' ').nth(1).unwrap_or_default())
        });
        let written = written.min_by_key(direct::Written::rows).expect("there is something to do");
        let next = AtomicUsize::new(things.len().min(3));
        let server = |time| {
            let work = |client: &mut Client| {
                let at = if again { 0 } else { next.fetch_add(1, Ordering::Relaxed) };
                let Some(thing) = things.get(at) else { return false };
                perform(client, thing);
                true
            };
            load(time, |_| Client::connect(&self.process.url), work)
        };
        let direct = |time| direct::writes(self, &written, things[0].len(), time);
        let [server, direct] = in_turns(self.time, [&server, &direct]);
        Some(Measured { name, server, ceiling: None, direct })
    }

    /// Sessions that go on with their refresh tokens, each of which is good for once.
    fn refreshes(&self) -> Option<Measured> {
        let name = "refresh a session";
        if self.leaves_out(name) {
            return None;
        }
        let mut sql = Sql::connect(self.filled.kind, self.filled.server.database_url());
        let refresh = |client: &mut Client, token: &str| -> String {
            let body = json!({ "refresh_token": token }).to_string();
            let answer =
                client.ask(&request("POST", "/v1/sign-in/refresh", "", &body)).expect("an answer");
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            assert_eq!(answer.status, 200, "{text}");
            let body: Value = serde_json::from_str(&text).expect("JSON");
            body["refresh_token"].as_str().expect("a token").to_owned()
        };
        let tokens: Vec<_> = self.filled.refresh.iter().cloned().map(Mutex::new).collect();
        let go_on = |client: &mut Client, number: usize| {
            let mut token = tokens[number].lock().expect("nobody panicked");
            *token = refresh(client, &token);
        };
        let before = direct::Writes::count(&mut sql);
        go_on(&mut Client::connect(&self.process.url), 0);
        let now = direct::Writes::count(&mut sql);
        let written = before.until(&now, &mut sql, "");
        let server = |time| {
            let begin = |number| (Client::connect(&self.process.url), number);
            load(time, begin, |(client, number)| {
                go_on(client, *number);
                true
            })
        };
        let direct = |time| direct::writes(self, &written, 1, time);
        let [server, direct] = in_turns(self.time, [&server, &direct]);
        Some(Measured { name, server, ceiling: None, direct })
    }

    /// The path of an answer of about `size` bytes that asks no database: a code set, or a page of the documentation.
    fn still(&self, size: usize) -> String {
        let mut client = Client::connect(&self.process.url);
        let mut get = |path: &str| client.ask(&request("GET", path, "", "")).expect("an answer");
        let sets: Value = serde_json::from_slice(&get("/v1/codes").body).expect("JSON");
        let sets = sets["sets"].as_array().expect("code sets").iter();
        let sets = sets.filter_map(|set| Some(format!("/v1/codes/{}", set["name"].as_str()?)));
        let docs = String::from_utf8(get("/docs").body).expect("a page");
        let pages = docs.split("href=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0));
        let pages = pages.filter(|path| path.starts_with("/docs/") && !path.contains('#'));
        let fixed = ["/healthz", "/v1/codes", "/docs"].into_iter().chain(pages);
        sets.chain(fixed.map(str::to_owned))
            .min_by_key(|path| get(path).body.len().abs_diff(size))
            .expect("there are some")
    }
}
