//! Files: what they can be, and who reads them.

use acceptance::{Server, on_both_databases};
use api::region::{self, expert_email};
use domain::{
    attachment::{Attached, ThingKind},
    id::Id,
};
use persistence::{Error, attachments};
use uuid::Uuid;

const PDF: &[u8] = b"%PDF-1.7\n% made up\n";
const BYTES: &str = "application/octet-stream";

fn upload(purpose: &str, name: &str) -> String {
    format!("/v1/attachments?purpose={purpose}&name={name}")
}

/// Attaches a file to a made-up fee form of the first expert in the first orderer's unit, as the fee form's own module
/// does it.
fn attach(server: &Server, id: Uuid) {
    let to = Attached {
        kind: ThingKind::FeeForm,
        id: Uuid::from_u128(7),
        node: region::node("Päihde- ja riippuvuusyksikkö"),
        handler: None,
        owner: Some(region::person(&expert_email(1))),
    };
    server
        .app
        .database
        .write(|session| {
            let stored = attachments::find(session, Id::new(id))?;
            let attached = stored.thing.clone().attach(to).map_err(|_| Error::Stale)?;
            attachments::save(session, &stored, attached)
        })
        .expect("it attaches");
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

    fn what_a_file_is_is_told_by_its_content(server) {
        let expert = server.sign_in(&expert_email(1));
        let page = b"<html><script>alert(1)</script></html>";
        let refused = expert.upload(&upload("receipt", "kuitti.pdf"), "application/pdf", page).expect(415);
        assert_eq!(refused.code(), "unsupported_media_type");
        expert.upload(&upload("document", "ohje.txt"), "text/plain", "Hyvää päivää".as_bytes()).expect(201);
        expert.upload(&upload("receipt", "kuitti.txt"), "text/plain", b"12,50 euroa").expect(415);
        expert.upload(&upload("receipt", "tyhja.pdf"), BYTES, b"").expect(415);
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

    fn a_receipt_is_read_by_those_who_read_the_fee_form(server) {
        let made = server.sign_in(&expert_email(1)).upload(&upload("receipt", "kuitti.pdf"), BYTES, PDF).expect(201);
        attach(server, made.id());
        let place = format!("{}/content", made.header("location"));
        server.sign_in("tilaaja@lappi.example").get(&place).expect(200);
        server.machine("HR Lappi").get(&place).expect(200);
        server.machine("HR Satakunta").get(&place).expect(404);
        server.sign_in("tilaaja@satakunta.example").get(&place).expect(404);
        server.sign_in("vammais@lappi.example").get(&place).expect(404);
    }

    fn a_tax_card_is_encrypted_and_read_by_its_owner_and_hr_alone(server) {
        let expert = server.sign_in(&expert_email(1));
        let made = expert.upload(&upload("tax_card", "verokortti.pdf"), BYTES, PDF).expect(201);
        attach(server, made.id());
        let place = format!("{}/content", made.header("location"));
        assert_eq!(expert.get(&place).expect(200).text.as_bytes(), PDF);
        assert_eq!(server.machine("HR Lappi").get(&place).expect(200).text.as_bytes(), PDF);
        server.machine("HR Satakunta").get(&place).expect(404);
        server.sign_in("tilaaja@lappi.example").get(&place).expect(403);
        server.sign_in("tilaaja@satakunta.example").get(&place).expect(404);
    }
}
