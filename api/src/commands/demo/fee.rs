//! The fee, from the claim to the payment.

use serde_json::{Value, json};

use super::{
    chain::{Cast, Task},
    stage::Step,
};
use crate::region;

/// The expert claims the fee.
pub(super) fn claim(cast: &Cast<'_>, task: &Task, number: u32) -> Step<String> {
    cast.stage.scene("6. The fee form");
    let me = cast.expert.get("/v1/me")?.id();
    let identity = json!({ "hetu": hetu(number), "iban": "FI2112345600000785", "address": "Kuvitteellinen kuja 1, 99999 Esimerkkilä" });
    let masked = cast.expert.put(&format!("/v1/people/{me}/payroll-identity"), identity)?;
    cast.stage.tell(&format!(
        "{} gives payroll what it needs. Shown back: {}.",
        cast.expert.name(),
        masked.body["hetu"]
    ));
    let made =
        cast.expert.post(&format!("/v1/assignments/{}/fee-forms", task.assignment), json!({}))?;
    let path = format!("/v1/fee-forms/{}", made.id());
    cast.expert.patch(&path, json!({ "tax_card": { "given": "hr_fetches" }, "declared": true }))?;
    let sent = cast.expert.post(&format!("{path}/submit"), Value::Null)?;
    cast.stage.tell(&format!(
        "The form is filled in from the agreement: {}. It is {}.",
        euros(&sent.body["claimed"]["sums"]["total"]),
        sent.state()
    ));
    let seen = cast.orderer.get(&path)?;
    cast.stage.tell(&format!("{} sees it and can: {}.", cast.orderer.name(), seen.allowed()));
    Ok(made.id())
}

/// A personal identity code that nobody has: those from 900 on are never given to people.
fn hetu(number: u32) -> String {
    let check = b"0123456789ABCDEFHJKLMNPRSTUVWXY"[((10_594_900 + number) % 31) as usize];
    format!("010594Y{}{}", 900 + number, char::from(check))
}

/// Nobody approves their own claim, not even with the role for it.
pub(super) fn refuse_own(cast: &Cast<'_>, form: &str) -> Step<()> {
    cast.stage.scene("7. Check and approval");
    let centre = cast.stage.person("keskus@lappi.example")?;
    let today = cast.stage.app.clock.now().day();
    let terms = json!({ "person_id": cast.expert.get("/v1/me")?.id(), "role": "orderer", "node_id": region::node("Päihde- ja riippuvuusyksikkö"), "from": today });
    centre.post("/v1/grants", terms)?;
    let own = cast.expert.try_post(&format!("/v1/fee-forms/{form}/check"), json!({}))?;
    cast.stage.tell(&format!(
        "{} is now an orderer of the unit, too, and tries their own form: {}",
        cast.expert.name(),
        own.refusal()
    ));
    if own.status == 409 { Ok(()) } else { Err(format!("an own claim was handled: {}", own.text)) }
}

/// The unit checks and approves.
pub(super) fn approve(cast: &Cast<'_>, form: &str) -> Step<()> {
    let path = format!("/v1/fee-forms/{form}");
    let checked = cast.orderer.post(&format!("{path}/check"), json!({}))?;
    cast.stage.tell(&format!(
        "{} compares it with the agreement: it is {}, with {} differences.",
        cast.orderer.name(),
        checked.state(),
        checked.body["differences"].as_array().map_or(0, Vec::len)
    ));
    let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
    let approved = cast.orderer.post(&format!("{path}/approve"), centres)?;
    cast.stage.tell(&format!(
        "It is {}: {}.",
        approved.state(),
        euros(&approved.body["approved"]["sums"]["total"])
    ));
    Ok(())
}

/// The payroll system of the area pulls, acknowledges and pays.
pub(super) fn pay(cast: &Cast<'_>, form: &str) -> Step<()> {
    cast.stage.scene("8. Payroll");
    let hr = cast.stage.machine("HR Lappi")?;
    let list = hr.get("/v1/payroll/packages")?;
    cast.stage.tell(&format!(
        "The area's HR system lists what waits: {} package.",
        list.body["items"].as_array().map_or(0, Vec::len)
    ));
    let path = format!("/v1/payroll/packages/{form}");
    let package = hr.get(&path)?;
    let got = &package.body;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    cast.stage.tell("It gets what it pays by, and nothing of health:");
    cast.stage.tell(&format!(
        "  payee        {}, {}, {}",
        text(&got["payee"]["name"]),
        text(&got["payee"]["identity"]["hetu"]),
        text(&got["payee"]["identity"]["iban"])
    ));
    for line in got["lines"].as_array().into_iter().flatten() {
        cast.stage.tell(&format!(
            "  line         {}, income type {}",
            euros(&line["amount"]),
            text(&line["suggested_income_type"]["code"])
        ));
    }
    cast.stage.tell(&format!(
        "  cost centre  {}; tax card: {}; agreement: version {}, signed by both",
        text(&got["cost_centres"][0]["cost_centre"]),
        text(&got["tax_card"]["given"]),
        got["agreement"]["version"]
    ));
    let total = &package.body["approved"]["sums"]["total"];
    let stored = json!({ "reference": format!("PALKKA-{form}"), "told": got["told"] });
    let taken = hr.post(&format!("{path}/acknowledge"), stored)?;
    cast.stage
        .tell(&format!("Acknowledged, the form is {}; it is never listed twice.", taken.state()));
    let today = cast.stage.app.clock.now().day();
    hr.post(&format!("{path}/pay"), json!({ "date": today, "amount": total, "reference": "M-1" }))?;
    let seen = cast.expert.get(&format!("/v1/fee-forms/{form}"))?;
    cast.stage.tell(&format!(
        "{} sees: {}, {} on {}.",
        cast.expert.name(),
        seen.state(),
        euros(total),
        today
    ));
    Ok(())
}

/// An amount as people write it.
pub(super) fn euros(amount: &Value) -> String {
    let cents = amount["cents"].as_i64().unwrap_or_default();
    format!("{},{:02} €", cents / 100, cents % 100)
}
