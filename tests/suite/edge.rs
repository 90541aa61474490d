//! What holds for every request.

use acceptance::{on_both_databases, story};
use api::region;
use serde_json::json;

on_both_databases! {
    fn an_unknown_path_is_a_problem_document(server) {
        let answer = server.stranger().raw("GET", "/v1/nothing", &[("accept-language", "fi")], None).expect(404);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.code(), "not_found");
        assert_eq!(answer.body["title"], "Täällä ei ole mitään");
        assert_eq!(answer.body["request_id"], answer.header("x-request-id"));
    }

    fn an_unknown_method_says_which_are_known(server) {
        let answer = server.stranger().raw("DELETE", "/v1/me", &[], None).expect(405);
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
        assert_eq!(server.stranger().raw("OPTIONS", "/v1/me", &[], None).expect(204).header("allow"), "GET, HEAD, OPTIONS");
        server.stranger().raw("HEAD", "/healthz", &[], None).expect(200);
    }

    fn every_answer_says_the_version_and_is_not_kept(server) {
        let answer = server.stranger().get("/v1/me").expect(401);
        assert_eq!(answer.header("api-version"), env!("CARGO_PKG_VERSION"));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }

    fn all_wrong_fields_are_told_at_once_and_none_is_repeated(server) {
        let answer = server
            .stranger()
            .post("/v1/sign-in/tokens", json!({ "email": "salainen", "code": 1, "lisa": true }))
            .expect(400);
        let faults = answer.faults();
        assert!(faults.contains(&("#/email".to_owned(), "wrong_form".to_owned())), "{faults:?}");
        assert!(faults.contains(&("#/code".to_owned(), "wrong_type".to_owned())), "{faults:?}");
        assert!(faults.contains(&("#/lisa".to_owned(), "unknown_field".to_owned())), "{faults:?}");
        assert!(!answer.text.contains("salainen"));
    }

    fn a_name_that_is_there_twice_is_refused_wherever_it_is(server) {
        let orderer = server.sign_in(story::ORDERER);
        let ask = |path: &str, text: &str| {
            let headers = [("content-type", "application/json")];
            orderer.raw("POST", path, &headers, Some(text.as_bytes().to_vec())).expect(400).faults()
        };
        let order = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) }).to_string();
        let twice = order.replacen("\"title\":", "\"title\":\"salainen\",\"title\":", 1);
        assert_ne!(order, twice);
        assert_eq!(ask("/v1/orders", &twice), [("#/form/task/title".to_owned(), "duplicate".to_owned())]);
        let whole = order.replacen('{', "{\"node_id\":null,", 1);
        assert_eq!(ask("/v1/orders", &whole), [("#/node_id".to_owned(), "duplicate".to_owned())]);
        // Where nothing is taken, too.
        assert_eq!(ask("/v1/sign-out", "{\"a\":1,\"a\":2}"), [("#/a".to_owned(), "duplicate".to_owned())]);
        assert_eq!(orderer.get("/v1/orders").expect(200).count(), 0);
    }

    fn no_operation_heeds_a_parameter_or_a_field_that_the_contract_does_not_have(server) {
        let caller = server.sign_in("yllapito@kokemusvayla.example");
        let contract = server.stranger().get("/v1/openapi.json").expect(200).body;
        let (mut parameters, mut fields) = (0, 0);
        for (pattern, item) in contract["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("operations") {
                let id = "019aa5d0-0000-7000-8000-000000000001";
                let parts = pattern.split('/').map(|part| if part.starts_with('{') { id } else { part });
                let path = parts.collect::<Vec<_>>().join("/");
                let page = operation["security"] == json!([])
                    && operation["responses"]["200"]["content"].get("text/html").is_some();
                let declared = operation["parameters"].as_array().into_iter().flatten();
                let queried = declared.into_iter().any(|one| one["in"] == "query" || one["$ref"].as_str().is_some_and(|at| {
                    contract.pointer(at.trim_start_matches('#')).is_some_and(|one| one["in"] == "query")
                }));
                if !page && !queried {
                    let answer = caller.raw(&method.to_uppercase(), &format!("{path}?misspelt=1"), &[], None).expect(400);
                    assert_eq!(answer.faults(), [("misspelt".to_owned(), "unknown_parameter".to_owned())], "{method} {path}");
                    parameters += 1;
                }
                if method == "post" && operation.get("requestBody").is_none() {
                    let body = br#"{ "misspelt": "salainen" }"#.to_vec();
                    let answer = caller.raw("POST", &path, &[("content-type", "application/json")], Some(body)).expect(400);
                    assert_eq!(answer.faults(), [("#/misspelt".to_owned(), "unknown_field".to_owned())], "{path}");
                    assert!(!answer.text.contains("salainen"));
                    fields += 1;
                }
            }
        }
        assert!(parameters > 100 && fields > 20, "{parameters} operations without parameters, {fields} without a body");
        // Who opens an offer from a message may come with what programs between have added.
        server.stranger().get("/docs?utm_source=mail").expect(200);
    }

    /// So that a misspelt one is found: its name, and never its value. What no parameter could be called is not repeated.
    fn a_parameter_that_is_not_known_is_named(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let ask = |path: &str| orderer.raw("GET", path, &[], None).expect(400);
        let unknown = |name: &str| (name.to_owned(), "unknown_parameter".to_owned());
        let both = ask("/v1/orders?statee=salainen&limit=0&lmit=1");
        assert_eq!(both.faults(), [unknown("statee"), ("limit".to_owned(), "out_of_range".to_owned()), unknown("lmit")]);
        assert!(!both.text.contains("salainen"));
        let long = "a".repeat(61);
        for (query, name) in [("a%20b=1", ""), ("%3Cb%3E", ""), ("%C3%A4", ""), (long.as_str(), ""), ("page[size]=1", ""), ("=1", ""), ("order-by", "order-by")] {
            for path in ["/v1/orders", "/v1/me"] {
                assert_eq!(ask(&format!("{path}?{query}")).faults(), [unknown(name)], "{path} {query}");
            }
        }
        assert_eq!(ask("/v1/me?&").faults(), [unknown("")]);
        // No more are told than the contract has room for.
        for path in ["/v1/orders", "/v1/me"] {
            assert_eq!(ask(&format!("{path}?{}", "x&".repeat(1500))).faults().len(), 1000);
        }
    }

    /// A browser asks first, before a script of another site sends more than the simplest headers.
    fn scripts_of_any_site_may_ask_whether_anything_is_new_where_anyone_may_read(server) {
        let ask = |path: &str, method: &str| {
            let headers = [
                ("origin", "https://elsewhere.example"),
                ("access-control-request-method", method),
                ("access-control-request-headers", "if-none-match"),
            ];
            server.stranger().raw("OPTIONS", path, &headers, None).expect(204)
        };
        for path in ["/v1/codes", "/v1/codes/languages", "/v1/openapi.json", "/healthz"] {
            let answer = ask(path, "GET");
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
            assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD");
            assert_eq!(answer.header("access-control-allow-headers"), "If-None-Match, X-Request-Id, traceparent");
            assert_eq!(answer.header("access-control-max-age"), "86400");
            assert_eq!(answer.header("access-control-allow-credentials"), "");
            assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS");
        }
        for (path, method) in [("/v1/me", "GET"), ("/v1/orders", "POST"), ("/v1/sign-in/codes", "POST")] {
            let answer = ask(path, method);
            for name in ["origin", "methods", "headers"] {
                assert_eq!(answer.header(&format!("access-control-allow-{name}")), "", "{path}");
            }
        }
    }

    /// Programs between the client and us may see the first of two, and we the second: neither is guessed.
    fn what_is_said_twice_is_refused(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        for query in ["limit=1&limit=2", "state=draft&state=submitted", "cursor=a&cursor=b"] {
            let answer = orderer.get(&format!("/v1/orders?{query}")).expect(400);
            let name = query.split('=').next().expect("a name");
            assert_eq!(answer.faults(), [(name.to_owned(), "duplicate".to_owned())], "{query}");
        }
        let keys = [("idempotency-key", "a"), ("idempotency-key", "b")];
        let answer = orderer.raw("POST", "/v1/notices/019aa5d0-0000-7000-8000-000000000001/read", &keys, None);
        assert_eq!(answer.expect(400).body["code"], "bad_idempotency_key");
    }

    /// Conditions on several lines are one list (RFC 9110, 5.3).
    fn conditions_may_stand_on_several_lines(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let tag = orderer.get("/v1/me").expect(200).header("etag").to_owned();
        let tags = [("if-none-match", "\"other\""), ("if-none-match", tag.as_str())];
        orderer.raw("GET", "/v1/me", &tags, None).expect(304);
    }

    /// Swift and others write identifiers in capitals. No other way to write one is published, nor taken.
    fn an_identifier_may_be_in_capitals_and_in_no_other_form(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let node = orderer.get("/v1/me").expect(200).body["roles"][0]["node_id"].as_str().expect("a node").to_owned();
        let capitals = node.to_uppercase();
        let there = orderer.get(&format!("/v1/nodes/{capitals}")).expect(200);
        assert_eq!(there.body["id"], node.as_str());
        orderer.get(&format!("/v1/orders?node_id={capitals}")).expect(200);
        for other in [node.replace('-', ""), format!("urn:uuid:{node}"), format!("%7B{node}%7D")] {
            orderer.get(&format!("/v1/nodes/{other}")).expect(404);
            orderer.get(&format!("/v1/orders?node_id={other}")).expect(400);
        }
    }

    /// The web framework would read them, and whatever stands around a handler reads the path as it came: who did what to
    /// which version of what, and whether it was done already.
    fn no_path_is_taken_that_is_written_with_escapes(server) {
        let story = story::asked(server);
        let escaped = |text: &str| format!("%{:02X}{}", text.as_bytes()[0], &text[1..]);
        let (order, offer) = (story.brokering.order.to_string(), story.offer.to_string());
        let mail = server.mails_to(&region::expert_email(1), "pyyn").pop().expect("a mail about the offer");
        let token = mail.text.split("/v1/offer-links/").nth(1).and_then(|rest| rest.get(..91)).expect("a link").to_owned();
        let orderer = &story.brokering.orderer;
        let key = [("idempotency-key", "once"), ("if-match", "\"999.x\"")];
        for (who, path) in [
            (orderer, format!("/v1/orders/{}/copy", escaped(&order))),
            (orderer, format!("/v1/orders/{}/cancel", escaped(&order))),
            (orderer, format!("/v1/orders/{order}/c%6Fpy")),
            (&story.expert, format!("/v1/offers/{}/decline", escaped(&offer))),
            (&server.stranger(), format!("/v1/offer-links/{}/decline", escaped(&token))),
            (&server.stranger(), format!("/v1/offer-links/{token}%41/decline")),
        ] {
            let answer = who.raw("POST", &path, &key, None).expect(404);
            assert_eq!(answer.code(), "not_found", "{path}");
            who.raw("POST", &path, &[], None).expect(404);
        }
        for path in [escaped(&order), format!("{order}%20")] {
            orderer.raw("GET", &format!("/v1/orders/{path}"), &[], None).expect(404);
        }
        // It is refused as what it is: scripts of any site read that, too, where anybody may ask.
        let public = server.stranger().raw("GET", &format!("/v1/offer-links/{}", escaped(&token)), &[], None).expect(404);
        assert_eq!(public.header("access-control-allow-origin"), "*");
        assert_eq!(orderer.get("/v1/orders").expect(200).count(), 1);
        assert_eq!(story.expert.get(&format!("/v1/offers/{offer}")).expect(200).body["state"]["name"], "sent");
        server.stranger().post(&format!("/v1/offer-links/{token}/decline"), json!(null)).expect(200);
        let events = server.sign_in("yllapito@kokemusvayla.example").items(&format!("/v1/audit-events?thing={offer}"));
        assert!(events.iter().any(|event| event["operation"] == "decline_offer_link"), "{events:?}");
    }

    fn a_body_is_of_one_type_and_not_packed_on_however_many_lines_that_is_said(server) {
        let body = || Some(br#"{ "email": "tilaaja@lappi.example" }"#.to_vec());
        let json = ("content-type", "application/json");
        let send = |headers: &[(&str, &str)]| server.stranger().send("POST", "/v1/sign-in/codes", headers, body());
        for packed in [
            vec![json, ("content-encoding", "identity"), ("content-encoding", "gzip")],
            vec![json, ("content-encoding", "gzip"), ("content-encoding", "identity")],
            vec![json, ("content-encoding", "identity, gzip")],
            vec![json, ("content-type", "text/plain")],
            vec![json, json],
        ] {
            assert_eq!(send(&packed).expect(415).code(), "unsupported_media_type", "{packed:?}");
        }
        send(&[json, ("content-encoding", "Identity"), ("content-encoding", "identity")]).expect(202);
    }

    /// Names of types are the same in capitals (RFC 9110, 8.3.1), and the narrowest range counts (12.5.1).
    fn what_is_accepted_is_read_as_http_has_it(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        for (accept, status) in [
            ("APPLICATION/*", 200), ("Application/JSON", 200), ("application/json;Q=0", 406),
            ("application/json;q=0, */*", 406), ("*/*;q=0, application/json", 200),
        ] {
            orderer.call("GET", "/v1/me", &[("accept", accept)], None).expect(status);
        }
    }

    /// What is accepted may stand on several lines, too: they are one list.
    fn what_is_accepted_may_stand_on_several_lines(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        for kinds in [["text/html", "application/json"], ["application/json", "text/html"]] {
            let kinds = kinds.map(|kind| ("accept", kind));
            orderer.raw("GET", "/v1/me", &kinds, None).expect(200);
        }
        let none = [("accept", "text/html"), ("accept", "image/png")];
        orderer.raw("GET", "/v1/me", &none, None).expect(406);
        for languages in [["sv;q=0.5", "fi"], ["fi", "sv;q=0.5"], ["de", "fi"]] {
            let languages = languages.map(|language| ("accept-language", language));
            let answer = orderer.raw("GET", "/v1/nothing", &languages, None).expect(404);
            assert_eq!(answer.header("content-language"), "fi", "{languages:?}");
        }
    }

    fn a_whole_number_is_one_however_it_is_written(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let ask = |wanted: &str, cents: &str| {
            let order = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) }).to_string();
            let text = order
                .replace("\"experts_wanted\":1", &format!("\"experts_wanted\":{wanted}"))
                .replace("\"cents\":4000", &format!("\"cents\":{cents}"));
            let headers = [("content-type", "application/json")];
            orderer.send("POST", "/v1/orders", &headers, Some(text.into_bytes()))
        };
        for (wanted, cents) in [("1.0", "4000.0"), ("1e0", "40E+2"), ("10e-1", "4.0e3"), ("1", "400000e-2")] {
            let order = ask(wanted, cents).expect(201);
            let form = &order.body["form"];
            assert_eq!((&form["experts_wanted"], &form["task"]["fee"]["amount"]["cents"]), (&json!(1), &json!(4000)), "{wanted} {cents}");
        }
        // What has a fraction, or is more than there is room for, is pointed to.
        for (wanted, code) in [("1.5", "wrong_type"), ("1e-1", "wrong_type"), ("1.00000000000000000001", "wrong_type"), ("1e300", "too_big"), ("9223372036854775808", "too_big"), ("9223372036854775807.0", "too_big"), ("-1.0", "too_small"), ("-0.0", "too_small")] {
            let refused = ask(wanted, "4000").expect(400);
            assert!(refused.wrong().contains(&("#/form/experts_wanted", code)), "{wanted}: {:?}", refused.wrong());
        }
        assert_eq!(ask("1", "-9223372036854775809").expect(400).wrong()[0].0, "#/form/task/fee/amount/cents");
    }

    /// An answer that is given again is in the language that it was given in.
    fn an_answer_says_in_which_language_it_is(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let order = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) });
        let ask = |language: &str| {
            let headers = [("idempotency-key", "languages"), ("accept-language", language)];
            orderer.call("POST", "/v1/orders", &headers, Some(order.clone())).expect(201)
        };
        let (first, again) = (ask("fi"), ask("sv"));
        assert_eq!((again.header("idempotent-replayed"), &again.text), ("true", &first.text));
        assert_eq!((first.header("content-language"), again.header("content-language")), ("fi", "fi"));
        let order = format!("/v1/orders/{}", first.id());
        assert_eq!(orderer.call("GET", &order, &[("accept-language", "sv")], None).expect(200).header("content-language"), "sv");
        let task = story::preparing(server);
        let print = task.agreement("/print?language=sv");
        let page = task.expert().call("GET", &print, &[("accept-language", "en")], None).expect(200);
        assert_eq!(page.header("content-language"), "sv");
        assert!(page.text.contains("lang=\"sv\""));
    }

    /// Whoever writes an identifier in capitals at the second try asks for the same.
    fn a_key_belongs_to_the_thing_and_not_to_the_letters_of_its_path(server) {
        let story = story::brokering(server, 2);
        let ask = |order: &str| {
            let body = json!({ "card_ids": [story::card(1)], "expires_at": story::in_hours(server, 48) });
            let key = [("idempotency-key", "asked-once")];
            story.liaison.call("POST", &format!("/v1/orders/{order}/offers"), &key, Some(body)).expect(201)
        };
        let order = story.order.to_string();
        let (first, again) = (ask(&order), ask(&order.to_uppercase()));
        assert_eq!((again.header("idempotent-replayed"), &again.text), ("true", &first.text));
        assert_eq!(story.liaison.get("/v1/offers").expect(200).count(), 1);
    }

    fn a_body_of_another_type_is_refused(server) {
        let kind = [("content-type", "text/plain")];
        server.stranger().send("POST", "/v1/sign-in/codes", &kind, Some(b"x".to_vec())).expect(415);
        server.stranger().send("POST", "/v1/sign-in/codes", &[("content-type", "application/json")], Some(b"{".to_vec())).expect(400);
        let large = vec![b' '; 300 * 1024];
        server.stranger().send("POST", "/v1/sign-in/codes", &[("content-type", "application/json")], Some(large)).expect(413);
        server.stranger().call("GET", "/healthz", &[("accept", "image/png")], None).expect(406);
    }

    fn the_same_key_gives_the_first_answer_again(server) {
        let body = json!({ "email": "tilaaja@lappi.example" });
        let ask = |key: &str, body: &serde_json::Value| {
            server.stranger().call("POST", "/v1/sign-in/codes", &[("idempotency-key", key)], Some(body.clone()))
        };
        let first = ask("\"abc\"", &body).expect(202);
        let second = ask("abc", &body).expect(202);
        assert_eq!((second.header("idempotent-replayed"), &second.text), ("true", &first.text));
        assert_eq!(ask("abc", &json!({ "email": "x@y.example" })).expect(422).code(), "idempotency_key_reused");
        for broken in ["a b", "\"abc", "abc\"", "a\"bc", "\"", "\"\""] {
            assert_eq!(ask(broken, &body).expect(400).code(), "bad_idempotency_key", "{broken}");
        }
    }

    fn what_the_caller_has_already_is_not_sent_again(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let tag = orderer.get("/v1/me").expect(200).tag();
        orderer.call("GET", "/v1/me", &[("if-none-match", &tag)], None).expect(304);
    }
}
