//! The chain, from a team's need to a paid fee and the yearly compilation, as its people live it.

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use super::stage::{Answered, Player, Stage, Step};
use crate::region;

/// The people of the play.
struct Cast<'a> {
    stage: &'a Stage,
    orderer: Player<'a>,
    liaison: Player<'a>,
    expert: Player<'a>,
    others: [Player<'a>; 2],
}

/// The task that is agreed on.
struct Task {
    assignment: String,
    day: NaiveDate,
}

/// Plays the chain to its end.
pub(in crate::commands) fn play(stage: &Stage) -> Step<()> {
    stage.scene("Kokemusväylä: a made-up region in Lapland");
    stage.tell("23 areas, two of them with organisations, units and teams; NGOs, a school, forty experts by experience.");
    stage.tell("Everything below happens through the HTTP API. Nobody of these names exists.");
    let mut cast = Cast {
        stage,
        orderer: stage.person("tilaaja@lappi.example")?,
        liaison: stage.person("yhteys.mieli@lappi.example")?,
        expert: stage.person(&region::expert_email(1))?,
        others: [stage.person(&region::expert_email(2))?, stage.person(&region::expert_email(3))?],
    };
    stage.tell(&format!(
        "{} signs in with a one-time code from the mail: nobody has a password.",
        cast.orderer.name()
    ));
    let (order, day) = order(&cast)?;
    let offers = broker(&cast, &order)?;
    let task = accept(&cast, &offers, day)?;
    agree(&cast, &task)?;
    perform(&mut cast, &task)?;
    let form = claim(&cast, &task)?;
    approve(&cast, &form)?;
    pay(&cast, &form)?;
    feedback(&cast, &task)?;
    compile(stage, task.day)
}

/// A team's need becomes an order.
fn order(cast: &Cast<'_>) -> Step<(String, NaiveDate)> {
    cast.stage.scene("1. The need and the order");
    let now: DateTime<Utc> = cast.stage.app.clock.now().into();
    let start = now + TimeDelta::days(2);
    let moment = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let form = json!({
        "task": {
            "title": "Puheenvuoro henkilöstön koulutuspäivässä",
            "what": "Kerrot omasta hoitopolustasi ja vastaat kysymyksiin.",
            "where": { "kind": "on_site", "address": "Keskuskatu 1, 96100 Rovaniemi" },
            "when": { "start": moment(start), "end": moment(start + TimeDelta::hours(2)) },
            "for_whom": "Päihdeyksikön työntekijät",
            "task_type": "lecture",
            "purpose": "staff_competence",
            "audience": "professionals",
            "length": { "minutes": 120, "preparation_minutes": 60 },
            "responsibility": "Yksikkö vastaa tilaisuudesta, asiantuntija puheenvuorostaan.",
            "competence": "Tottunut puhumaan ryhmälle.",
            "fee_basis": "paid",
            "fee": { "amount": { "cents": 4000, "currency": "EUR" }, "unit": "hour" }
        },
        "experts_wanted": 1,
        "cost_centres": [{ "cost_centre": "4410", "share": 100 }]
    });
    let body = json!({ "node_id": region::node("Päihde- ja riippuvuusyksikkö"), "form": form });
    let made = cast.orderer.post("/v1/orders", body)?;
    cast.stage.tell(&format!(
        "{} fills in an order: what, where, when, for whom. It is a {}.",
        cast.orderer.name(),
        made.state()
    ));
    let path = format!("/v1/orders/{}", made.id());
    let sent = cast.orderer.post(&format!("{path}/submit"), Value::Null)?;
    cast.stage
        .tell(&format!("It is {} and goes up the tree to the nearest liaison.", sent.state()));
    cast.stage.tell(&format!("{} can now: {}.", cast.orderer.name(), sent.allowed()));
    Ok((made.id(), start.date_naive()))
}

/// The liaison searches the bank and asks.
fn broker(cast: &Cast<'_>, order: &str) -> Step<Vec<String>> {
    cast.stage.scene("2. The search and the offers");
    let path = format!("/v1/orders/{order}");
    let seen = cast.liaison.get(&path)?;
    cast.stage.tell(&format!(
        "{} finds it in the queue and can: {}.",
        cast.liaison.name(),
        seen.allowed()
    ));
    let taken = cast.liaison.post(&format!("{path}/take"), Value::Null)?;
    cast.stage.tell(&format!("The order is {}.", taken.state()));
    let search = json!({ "order_id": order, "criteria": { "required": { "task_types": ["lecture"], "languages": ["fi"] } } });
    let found = cast.liaison.post("/v1/bank/searches", search)?;
    cast.stage.tell(&format!(
        "The bank shows {} pseudonymous cards, those with the fewest tasks lately first. Each look is on record.",
        found.body["found"]
    ));
    let cards: Vec<_> = (1..=3).map(region::experts::card).collect();
    let expires = cast.stage.app.clock.now().plus(TimeDelta::days(1));
    let ask = json!({ "card_ids": cards, "mode": "parallel", "expires_at": expires });
    let sent = cast.liaison.post(&format!("{path}/offers"), ask)?;
    let offers: Vec<String> = sent.body["items"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|offer| offer["id"].as_str().map(str::to_owned))
        .collect();
    cast.stage.tell(&format!(
        "{} asks {} of them at once. The names are still unknown.",
        cast.liaison.name(),
        offers.len()
    ));
    if offers.len() == 3 {
        Ok(offers)
    } else {
        Err(format!("three offers were meant: {}", sent.text))
    }
}

/// One accepts, one declines, and one is too late.
fn accept(cast: &Cast<'_>, offers: &[String], day: NaiveDate) -> Step<Task> {
    cast.stage.scene("3. The expert accepts freely");
    cast.others[1].post(&format!("/v1/offers/{}/decline", offers[2]), Value::Null)?;
    cast.stage.tell(&format!(
        "{} declines, without a reason. It counts against nobody, and the orderer never sees it.",
        cast.others[1].name()
    ));
    let yes = |player: &Player<'_>, offer: &str| -> Step<Answered> {
        let path = format!("/v1/offers/{offer}");
        let shown = player.get(&path)?;
        let digest = &shown.body["description_digest"];
        player.try_post(
            &format!("{path}/accept"),
            json!({ "description_digest": digest, "disclose": ["name", "phone"] }),
        )
    };
    let late = cast.others[0].get(&format!("/v1/offers/{}", offers[1]))?.body["description_digest"]
        .clone();
    let accepted = yes(&cast.expert, &offers[0])?;
    if accepted.status != 200 {
        return Err(format!("the expert could not accept: {}", accepted.text));
    }
    cast.stage.tell(&format!(
        "{} reads the description and accepts it: {}.",
        cast.expert.name(),
        accepted.state()
    ));
    let second = cast.others[0].try_post(
        &format!("/v1/offers/{}/accept", offers[1]),
        json!({ "description_digest": late }),
    )?;
    cast.stage.tell(&format!(
        "{} accepts a moment later and is refused: {}",
        cast.others[0].name(),
        second.refusal()
    ));
    if second.status != 409 {
        return Err(format!("a second acceptance went through: {}", second.text));
    }
    let mine = cast.orderer.get("/v1/assignments")?;
    let assignment = mine.body["items"][0]["id"].as_str().unwrap_or_default().to_owned();
    let disclosed = cast.orderer.get("/v1/disclosures")?;
    cast.stage.tell(&format!(
        "Only now {} learns who it is: {} disclosure with the agreed details, on record and visible to {}.",
        cast.orderer.name(),
        disclosed.body["items"].as_array().map_or(0, Vec::len),
        cast.expert.name(),
    ));
    Ok(Task { assignment, day })
}

/// The agreement is filled in together.
fn agree(cast: &Cast<'_>, task: &Task) -> Step<()> {
    cast.stage.scene("4. The agreement, filled in together");
    let view = cast.expert.get(&format!("/v1/assignments/{}", task.assignment))?;
    let path =
        format!("/v1/agreements/{}", view.body["agreement_drafting"].as_str().unwrap_or_default());
    let mut fee = cast.orderer.get(&path)?.body["content"]["fee"].clone();
    fee["deviation_reason"] = json!("Yksikkö maksaa vakiintuneen tuntipalkkion.");
    fee["cancellation"] = json!({ "notice_hours": 48, "pay_percent": 50 });
    let changed = cast.orderer.patch(&path, json!({ "fee": fee }))?;
    let revision = changed.body["revision"].clone();
    cast.stage.tell(&format!(
        "It begins from the order and the offer. {} completes it: revision {revision}.",
        cast.orderer.name()
    ));
    let confirm = json!({ "revision": revision });
    cast.expert.post(&format!("{path}/confirm"), confirm.clone())?;
    let both = cast.orderer.post(&format!("{path}/confirm"), confirm)?;
    cast.stage.tell(&format!(
        "Both confirm the same revision. The agreement is {} and does not change any more.",
        both.state()
    ));
    let delivered =
        cast.orderer.post(&format!("/v1/assignments/{}/deliver", task.assignment), json!({}))?;
    cast.expert.post(&format!("{}/read", delivered.location()), Value::Null)?;
    cast.stage.tell(&format!(
        "The orientation and both feedback forms are delivered, and {} has read them.",
        cast.expert.name()
    ));
    Ok(())
}

/// The task is done.
fn perform(cast: &mut Cast<'_>, task: &Task) -> Step<()> {
    cast.stage.pass(TimeDelta::days(3), "5. The day of the task (three days later)");
    cast.orderer.again()?;
    cast.liaison.again()?;
    cast.expert.again()?;
    let path = format!("/v1/assignments/{}", task.assignment);
    let done = json!({ "date": task.day, "minutes": 120, "participants": 14 });
    let performed = cast.orderer.post(&format!("{path}/perform"), done)?;
    cast.stage.tell(&format!(
        "{} records the task as {}: two hours, fourteen listeners.",
        cast.orderer.name(),
        performed.state()
    ));
    let oral = json!({ "date": task.day, "given_by": "Osastonhoitaja" });
    cast.orderer.post(&format!("{path}/record-oral-feedback"), oral)?;
    cast.stage.tell("Oral feedback was given at once, and that is recorded.");
    Ok(())
}

/// The expert claims the fee.
fn claim(cast: &Cast<'_>, task: &Task) -> Step<String> {
    cast.stage.scene("6. The fee form");
    let me = cast.expert.get("/v1/me")?.id();
    let identity = json!({ "hetu": "010594Y9032", "iban": "FI2112345600000785", "address": "Kuvitteellinen kuja 1, 99999 Esimerkkilä" });
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
    Ok(made.id())
}

/// Nobody approves their own claim, not even with the role for it.
fn approve(cast: &Cast<'_>, form: &str) -> Step<()> {
    cast.stage.scene("7. Check and approval");
    let path = format!("/v1/fee-forms/{form}");
    let centre = cast.stage.person("keskus@lappi.example")?;
    let today = cast.stage.app.clock.now().day();
    let terms = json!({ "person_id": cast.expert.get("/v1/me")?.id(), "role": "orderer", "node_id": region::node("Päihde- ja riippuvuusyksikkö"), "from": today });
    centre.post("/v1/grants", terms)?;
    let own = cast.expert.try_post(&format!("{path}/check"), json!({}))?;
    cast.stage.tell(&format!(
        "{} is now an orderer of the unit, too, and tries their own form: {}",
        cast.expert.name(),
        own.refusal()
    ));
    if own.status != 409 {
        return Err(format!("an own claim was handled: {}", own.text));
    }
    let checked = cast.orderer.post(&format!("{path}/check"), json!({}))?;
    cast.stage.tell(&format!(
        "{} compares it with the agreement: it is {}.",
        cast.orderer.name(),
        checked.state()
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
fn pay(cast: &Cast<'_>, form: &str) -> Step<()> {
    cast.stage.scene("8. Payroll");
    let hr = cast.stage.machine("HR Lappi")?;
    let list = hr.get("/v1/payroll/packages")?;
    cast.stage.tell(&format!(
        "The area's HR system lists what waits: {} package.",
        list.body["items"].as_array().map_or(0, Vec::len)
    ));
    let path = format!("/v1/payroll/packages/{form}");
    let package = hr.get(&path)?;
    let names: Vec<&str> =
        package.body.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    cast.stage.tell(&format!("It got: {}. No experience themes are in it.", names.join(", ")));
    let total = &package.body["approved"]["sums"]["total"];
    let taken = hr.post(&format!("{path}/acknowledge"), json!({ "reference": "PALKKA-2026-1" }))?;
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

/// Both sides give feedback.
fn feedback(cast: &Cast<'_>, task: &Task) -> Step<()> {
    cast.stage.scene("9. Feedback from both sides");
    for (player, side) in [(&cast.expert, "expert"), (&cast.orderer, "orderer")] {
        let path = format!("/v1/assignments/{}/feedback/{side}", task.assignment);
        let answers = answers(player, side)?;
        player.put(&path, answers)?;
        cast.stage.tell(&format!(
            "{} has answered as the {side}. Each side answers once.",
            player.name()
        ));
    }
    cast.orderer.post(&format!("/v1/assignments/{}/close", task.assignment), Value::Null)?;
    cast.stage.tell("The assignment is closed.");
    Ok(())
}

/// Answers to every question of the set in force, as a content person would give them.
fn answers(player: &Player<'_>, side: &str) -> Step<Value> {
    let sets = player.get(&format!("/v1/question-sets?side={side}&state=published"))?;
    let set =
        sets.body["items"].as_array().and_then(|sets| sets.last()).cloned().unwrap_or_default();
    let mut answers = serde_json::Map::new();
    for question in set["facts"]["questions"].as_array().into_iter().flatten() {
        let value = match question["kind"].as_str().unwrap_or_default() {
            "scale" | "scale_1_5" => json!(5),
            "yes_no" => json!(true),
            "text" => json!("Saimme uusia ajatuksia vastaanoton käytäntöihin."),
            _ => continue,
        };
        answers.insert(question["key"].as_str().unwrap_or_default().to_owned(), value);
    }
    Ok(json!({ "question_set": set["id"], "answers": answers, "may_quote": true }))
}

/// The coordinator compiles the year.
fn compile(stage: &Stage, day: NaiveDate) -> Step<()> {
    stage.scene("10. The yearly compilation");
    let coordinator = stage.person("koordinaattori@lappi.example")?;
    let body = json!({ "area_id": region::node("Lapin hyvinvointialue"), "year": day.year() });
    let made = coordinator.post("/v1/compilations", body)?;
    stage.tell(&format!("{} compiles {}: a {}.", coordinator.name(), day.year(), made.state()));
    let path = format!("/v1/compilations/{}", made.id());
    let frozen = coordinator.post(&format!("{path}/freeze"), Value::Null)?;
    stage.tell(&format!(
        "It is {} as a numbered version: its figures never change again.",
        frozen.state()
    ));
    let published = coordinator.post(&format!("{path}/publish"), Value::Null)?;
    stage.tell(&format!("It is {}. One task is fewer than five people: the cells that could tell about them are suppressed.", published.state()));
    stage.tell(&format!("Read it as JSON, CSV ({path}/csv) or a page with charts ({path}/page)."));
    Ok(())
}

/// An amount as people write it.
fn euros(amount: &Value) -> String {
    let cents = amount["cents"].as_i64().unwrap_or_default();
    format!("{},{:02} €", cents / 100, cents % 100)
}
