//! Files: what they can be, and who reads them.

use acceptance::{Answer, Person, on_both_databases, story};
use api::region::{self, expert_email};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::payroll::many_performed;

const PDF: &[u8] = b"%PDF-1.7\n% made up\n";
const BYTES: &str = "application/octet-stream";

fn upload(purpose: &str, name: &str) -> String {
    format!("/v1/attachments?purpose={purpose}&name={name}")
}

on_both_databases! {
    fn a_file_comes_back_as_it_was_and_always_as_a_download(server) {
        let expert = server.sign_in(&expert_email(1));
        let made = expert.upload(&upload("receipt", "kuitti%20%C3%A4.pdf"), BYTES, PDF).expect(201);
        assert_eq!(made.body["media_type"], "application/pdf");
        assert_eq!(made.body["size"], PDF.len());
        let place = made.header("location").to_owned();
        assert_eq!(expert.get(&place).expect(200).body, made.body);
        let content = expert.get(&format!("{place}/content")).expect(200);
        assert_eq!(content.text.as_bytes(), PDF);
        assert_eq!(content.header("content-type"), "application/pdf");
        assert_eq!(content.header("x-content-type-options"), "nosniff");
        let name = "attachment; filename=\"kuitti _.pdf\"; filename*=UTF-8''kuitti%20%C3%A4.pdf";
        assert_eq!(content.header("content-disposition"), name);
    }

    fn a_file_is_saved_under_a_name_that_ends_as_its_content_does(server) {
        let expert = server.sign_in(&expert_email(1));
        let files: [(&str, &[u8], &str); 5] = [
            ("kuitti.bat", PDF, "kuitti.bat.pdf"),
            ("lasku.html", PDF, "lasku.html.pdf"),
            ("kuitti", PDF, "kuitti.pdf"),
            ("Kuitti.PDF", PDF, "Kuitti.PDF"),
            ("pdf", PDF, "pdf.pdf"),
        ];
        for (name, bytes, saved) in files {
            let made = expert.upload(&upload("receipt", name), BYTES, bytes).expect(201);
            assert_eq!(made.body["name"], name);
            let content = expert.get(&format!("{}/content", made.header("location"))).expect(200);
            let told = format!("attachment; filename=\"{saved}\"; filename*=UTF-8''{saved}");
            assert_eq!(content.header("content-disposition"), told);
        }
        for sign in ["%E2%80%AE", "%E2%80%8B", "%D8%9C", "%EF%BB%BF", "%E2%81%A6", "%C2%AD"] {
            let refused = expert.upload(&upload("receipt", &format!("kuitti{sign}fdp.pdf")), BYTES, PDF).expect(400);
            assert_eq!(refused.wrong(), [("name", "wrong_form")], "{sign}");
        }
    }

    fn what_a_file_is_is_told_by_its_content(server) {
        let expert = server.sign_in(&expert_email(1));
        let page = b"<html><script>alert(1)</script></html>";
        let refused = expert.upload(&upload("receipt", "kuitti.pdf"), "application/pdf", page).expect(415);
        assert_eq!(refused.code(), "file_kind_not_taken");
        let photograph = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
        for kind in ["image/heic", BYTES, "image/jpeg"] {
            let refused = expert.upload(&upload("receipt", "IMG_1.heic"), kind, photograph).expect(415);
            assert_eq!(refused.code(), "file_kind_not_taken", "{kind}");
            assert!(refused.text.contains("JPEG"), "{}", refused.text);
        }
        expert.upload(&upload("document", "ohje.txt"), "text/plain", "Hyvää päivää".as_bytes()).expect(201);
        expert.upload(&upload("receipt", "kuitti.txt"), "text/plain", b"12,50 euroa").expect(415);
    }

    fn a_file_is_sent_as_one_of_the_types_of_the_contract(server) {
        let expert = server.sign_in(&expert_email(1));
        let taken = |kind: &str| expert.upload(&upload("receipt", "kuitti.pdf"), kind, PDF).status;
        for kind in [BYTES, "application/pdf", "image/png", "image/jpeg", "text/plain; charset=utf-8"] {
            assert_eq!(taken(kind), 201, "{kind}: what it is, is told by its content");
        }
        for kind in ["application/zip", "video/mp4", "application/json"] {
            assert_eq!(taken(kind), 415, "{kind}");
        }
    }

    fn an_empty_file_is_too_short_and_a_name_holds_no_control_characters(server) {
        let expert = server.sign_in(&expert_email(1));
        let empty = expert.upload(&upload("receipt", "tyhja.pdf"), BYTES, b"").expect(400);
        assert_eq!(empty.wrong(), [("#", "too_short")]);
        for name in ["a%00.pdf", "a%0Ab.pdf", "a%7F.pdf", "a%C2%85.pdf", "a%2Fb.pdf", "a%5Cb.pdf"] {
            // What is wrong with the name is told together with what is wrong with the purpose, whatever the file is.
            let wrong = expert.upload(&upload("fun", name), BYTES, b"<html>").expect(400);
            assert_eq!(wrong.wrong(), [("purpose", "not_allowed"), ("name", "wrong_form")], "{name}");
        }
    }

    fn a_file_has_a_purpose_a_name_and_a_limit(server) {
        let expert = server.sign_in(&expert_email(1));
        let wrong = expert.upload("/v1/attachments?purpose=fun", BYTES, PDF).expect(400);
        let wrong: Vec<_> = wrong.faults().into_iter().map(|(name, _)| name).collect();
        assert_eq!(wrong, ["purpose", "name"]);
        expert.upload(&upload("receipt", "..%2F..%2Fetc"), BYTES, PDF).expect(400);
        let mut large = PDF.to_vec();
        large.resize(5 * 1024 * 1024 + 1, b' ');
        assert_eq!(expert.upload(&upload("receipt", "iso.pdf"), BYTES, &large).expect(413).code(), "too_large");
        server.stranger().upload(&upload("receipt", "kuitti.pdf"), BYTES, PDF).expect(401);
    }

    fn a_receipt_goes_along_from_form_to_form_of_its_task(server) {
        let task = story::performed(server);
        story::payroll_identity(task.expert());
        let (expert, unit, hr) = (task.expert(), task.orderer(), server.machine("HR Lappi"));
        let receipt = expert.upload(&upload("receipt", "kuitti.pdf"), BYTES, PDF).expect(201).id();
        let with_receipt = |form: &Answer| {
            let mut claim = form.body["claimed"]["claim"].clone();
            claim["expenses"] = json!([{
                "kind": "public_transport", "date": "2027-01-15", "description": "Juna",
                "amount": { "cents": 1250, "currency": "EUR" }, "receipts": [receipt],
            }]);
            json!({ "claim": claim, "declared": true, "tax_card": { "given": "hr_fetches" } })
        };
        let begin = |body| {
            let form = expert.post(&task.assignment("/fee-forms"), body).expect(201);
            let path = format!("/v1/fee-forms/{}", form.id());
            expert.patch(&path, with_receipt(&form)).expect(200);
            (form, path)
        };
        let read = |who: &Person<'_>| who.get(&format!("/v1/attachments/{receipt}/content")).status;
        let go_on = |path: &str, check: Value| {
            expert.post(&format!("{path}/submit"), Value::Null).expect(200);
            assert_eq!(read(unit), 200, "what is before them they can look into");
            unit.post(&format!("{path}/check"), check).expect(200);
            let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
            unit.post(&format!("{path}/approve"), centres).expect(200);
        };
        let pay = |form: &Answer| {
            let path = format!("/v1/payroll/packages/{}", form.id());
            let amount = hr.get(&path).expect(200).body["approved"]["sums"]["total"].clone();
            hr.post(&format!("{path}/acknowledge"), json!({ "reference": "P-1" })).expect(200);
            hr.post(&format!("{path}/pay"), json!({ "date": "2027-01-20", "amount": amount, "reference": "M-1" })).expect(200);
        };

        let (_, path) = begin(json!({}));
        expert.post(&format!("{path}/withdraw"), Value::Null).expect(200);
        assert_eq!(read(unit), 404, "nobody else ever had it");

        // The unit pays the fee, and the journey not before it is corrected.
        let (first, path) = begin(json!({}));
        assert_eq!(read(unit), 404, "a draft is its writer's own");
        go_on(&path, json!({ "approved": first.body["claimed"]["claim"], "reason": "Matka kuului järjestäjälle." }));
        assert_eq!(read(&hr), 404, "no package brings it");
        pay(&first);
        let (second, path) = begin(json!({ "corrects": { "fee_form": first.body["id"], "mode": "replace" } }));
        go_on(&path, json!({}));
        let package = hr.get(&format!("/v1/payroll/packages/{}", second.id())).expect(200);
        assert_eq!(package.body["attachments"], json!([format!("/v1/attachments/{receipt}")]));
        assert_eq!((read(&hr), read(&server.machine("HR Satakunta"))), (200, 404));
        pay(&second);
        let (_, path) = begin(json!({ "corrects": { "fee_form": second.body["id"], "mode": "replace" } }));
        go_on(&path, json!({}));
        assert_eq!((read(expert), read(unit), read(&hr)), (200, 200, 200));
        for outsider in ["tilaaja@satakunta.example", "vammais@lappi.example", &expert_email(2)] {
            assert_eq!(read(&server.sign_in(outsider)), 404, "{outsider}");
        }
    }

    fn what_belongs_to_one_task_is_not_named_in_the_form_of_another(server) {
        let tasks = many_performed(server, 2);
        let (one, other) = (&tasks[0], &tasks[1]);
        let card = one.expert().upload(&upload("tax_card", "kortti.pdf"), BYTES, PDF).expect(201).id();
        let named = json!({ "tax_card": { "given": "attached", "attachment": card } });
        let form = |task: &story::Agreed<'_>| format!("/v1/fee-forms/{}", story::fee_form(task).id());
        one.expert().patch(&form(one), named.clone()).expect(200);
        let refused = other.expert().patch(&form(other), named).expect(400);
        assert_eq!(refused.wrong(), [("#/tax_card/attachment", "unknown_reference")]);
    }

    fn until_it_is_attached_only_the_uploader_knows_of_a_file(server) {
        let place = server.sign_in(&expert_email(1)).upload(&upload("receipt", "kuitti.pdf"), BYTES, PDF).expect(201);
        let place = place.header("location").to_owned();
        for outsider in ["tilaaja@lappi.example", "keskus@lappi.example", &expert_email(2)] {
            let outsider = server.sign_in(outsider);
            outsider.get(&place).expect(404);
            outsider.get(&format!("{place}/content")).expect(404);
            assert_eq!(outsider.get("/v1/attachments").expect(200).count(), 0);
        }
        server.machine("HR Lappi").get(&place).expect(404);
        assert_eq!(server.sign_in(&expert_email(1)).get("/v1/attachments").expect(200).count(), 1);
    }

    fn what_somebody_uploaded_is_listed_as_long_as_they_may_read_it(server) {
        let (manager, administrator) = (server.sign_in("keskus@lappi.example"), server.sign_in("yllapito@kokemusvayla.example"));
        let made = |name| manager.upload(&upload("document", name), BYTES, PDF).expect(201).id();
        let (file, loose) = (made("luonnos.pdf"), made("irrallinen.pdf"));
        let facts = json!({ "kind": "ground_rules", "name": "Pelisäännöt", "phase": "in_use", "acknowledged": true });
        let body = json!({ "node_id": region::node("Lapin hyvinvointialue"), "facts": facts });
        let document = manager.post("/v1/documents", body).expect(201).header("location").to_owned();
        let text = json!({ "language": "fi", "easy": false, "title": "Pelisäännöt", "attachment": file });
        manager.post(&format!("{document}/versions"), text).expect(201);
        let seen = || {
            let listed = manager.items("/v1/attachments");
            let listed = |id: Uuid| listed.iter().any(|item| item["id"] == json!(id));
            [file, loose].map(|id| (listed(id), manager.get(&format!("/v1/attachments/{id}")).status))
        };
        assert_eq!(seen(), [(true, 200), (true, 200)]);
        for grant in administrator.items(&format!("/v1/grants?person_id={}", region::person("keskus@lappi.example"))) {
            let end = format!("/v1/grants/{}/end", grant["id"].as_str().expect("an id"));
            administrator.post(&end, json!({ "reason": "siirtyi" })).expect(200);
        }
        assert_eq!(seen(), [(false, 404), (true, 200)]);
    }

    fn what_belongs_to_a_fee_form_is_read_as_the_form_is_read(server) {
        let task = story::performed(server);
        story::payroll_identity(task.expert());
        let form = story::fee_form(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        let made = |purpose| task.expert().upload(&upload(purpose, "liite.pdf"), BYTES, PDF).expect(201).id();
        let (receipt, card) = (made("receipt"), made("tax_card"));
        let mut claim = form.body["claimed"]["claim"].clone();
        claim["expenses"] = json!([{
            "kind": "public_transport", "date": "2027-01-15", "description": "Juna",
            "amount": { "cents": 1250, "currency": "EUR" }, "receipts": [receipt],
        }]);
        let card_given = json!({ "given": "attached", "attachment": card });
        task.expert().patch(&path, json!({ "claim": claim, "declared": true, "tax_card": card_given })).expect(200);

        let (hr, elsewhere) = (server.machine("HR Lappi"), server.machine("HR Satakunta"));
        let seen = |who: &Person<'_>, id| who.get(&format!("/v1/attachments/{id}/content")).status;
        let both = |who: &Person<'_>| (seen(who, receipt), seen(who, card));
        assert_eq!(both(task.expert()), (200, 200));
        assert_eq!(both(task.orderer()), (404, 404), "a draft is its writer's own");
        assert_eq!(both(&hr), (404, 404), "payroll has no part in what nobody approved");
        task.expert().post(&format!("{path}/submit"), Value::Null).expect(200);
        assert_eq!(both(task.orderer()), (200, 403));
        assert_eq!(both(&hr), (404, 404));
        task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        task.orderer().post(&format!("{path}/approve"), centres).expect(200);
        assert_eq!(both(&hr), (200, 200));
        assert_eq!(both(&elsewhere), (404, 404));
        for outsider in ["tilaaja@satakunta.example", "vammais@lappi.example", &expert_email(2)] {
            assert_eq!(both(&server.sign_in(outsider)), (404, 404), "{outsider}");
        }
    }

    fn what_was_uploaded_by_mistake_is_taken_back_and_gone(server) {
        let expert = server.sign_in(&expert_email(1));
        let place = expert.upload(&upload("tax_card", "vaara.pdf"), BYTES, PDF).expect(201).header("location").to_owned();
        let discard = format!("{place}/discard");
        for outsider in ["tilaaja@lappi.example", "keskus@lappi.example", &expert_email(2)] {
            server.sign_in(outsider).post(&discard, Value::Null).expect(404);
        }
        server.stranger().post(&discard, Value::Null).expect(401);
        expert.post(&discard, Value::Null).expect(204);
        expert.get(&place).expect(404);
        expert.get(&format!("{place}/content")).expect(404);
        expert.post(&discard, Value::Null).expect(404);
        assert_eq!(expert.get("/v1/attachments").expect(200).count(), 0);
    }

    fn what_is_attached_stays_with_the_thing_and_what_nobody_attaches_goes_after_a_time(server) {
        let task = story::performed(server);
        let form = story::fee_form(&task);
        let made = |name| task.expert().upload(&upload("tax_card", name), BYTES, PDF).expect(201).id();
        let (card, loose) = (made("kortti.pdf"), made("unohtui.pdf"));
        let card_given = json!({ "given": "attached", "attachment": card });
        task.expert().patch(&format!("/v1/fee-forms/{}", form.id()), json!({ "tax_card": card_given })).expect(200);
        let refused = task.expert().post(&format!("/v1/attachments/{card}/discard"), Value::Null).expect(409);
        assert_eq!(refused.code(), "still_attached");

        let content = |id| server.sign_in(&expert_email(1)).get(&format!("/v1/attachments/{id}/content")).status;
        server.advance(TimeDelta::days(29));
        server.app.run_jobs();
        assert_eq!((content(card), content(loose)), (200, 200));
        server.advance(TimeDelta::days(2));
        server.app.run_jobs();
        assert_eq!((content(card), content(loose)), (200, 404));
        let events = server.sign_in("yllapito@kokemusvayla.example").get("/v1/audit-events?operation=forget_files").expect(200);
        assert_eq!(events.count(), 1, "that something was forgotten is on record, once");
    }

    fn only_an_own_file_is_filed_with_a_decision_or_a_document(server) {
        let (centre, expert) = (server.sign_in("keskus@lappi.example"), server.sign_in(&expert_email(1)));
        let file = |who: &Person<'_>, purpose| who.upload(&upload(purpose, "liite.pdf"), BYTES, PDF).expect(201).id();
        let decision = |file: Uuid| json!({
            "node_id": region::node("Vammaispalvelujen yksikkö"), "body": "Aluehallitus", "decided_on": "2026-01-15",
            "reference": "§ 45", "from": "2026-02-01", "signatory": { "name": "Kaarina Johtaja", "title": "johtaja" },
            "attachment_id": file,
        });
        let unknown = |answer: Answer| (answer.status, answer.faults()[0].1.clone());
        let mine = file(&centre, "decision");
        for wrong in [Uuid::from_u128(7), file(&expert, "decision")] {
            let refused = centre.post("/v1/decisions", decision(wrong));
            assert_eq!(unknown(refused), (400, "unknown_reference".to_owned()));
        }
        let other = unknown(centre.post("/v1/decisions", decision(file(&centre, "receipt"))));
        assert_eq!(other, (400, "wrong_purpose".to_owned()));
        centre.post("/v1/decisions", decision(mine)).expect(201);
        expert.get(&format!("/v1/attachments/{mine}/content")).expect(200);

        let facts = json!({ "kind": "operating_model", "name": "Malli", "phase": "in_use" });
        let document = json!({ "node_id": region::node("Lapin hyvinvointialue"), "facts": facts });
        let path = format!("/v1/documents/{}", centre.post("/v1/documents", document).expect(201).id());
        let text = |file: Uuid| json!({ "language": "fi", "title": "Malli", "attachment": file });
        let versions = format!("{path}/versions");
        let refused = centre.post(&versions, text(file(&expert, "document")));
        assert_eq!(unknown(refused), (400, "unknown_reference".to_owned()));
        let mine = file(&centre, "document");
        centre.post(&versions, text(mine)).expect(201);
        let content = format!("/v1/attachments/{mine}/content");
        expert.get(&content).expect(404);
        centre.get(&content).expect(200);
        centre.post(&format!("{path}/publish"), Value::Null).expect(200);
        expert.get(&content).expect(200);
    }
}
