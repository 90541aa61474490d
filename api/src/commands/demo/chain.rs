//! The chain, from a team's need to a paid fee and the yearly compilation, as its people live it.

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{
    fee::{approve, claim, pay, refuse_own},
    player::{Answered, Player},
    season,
    stage::{Stage, Step},
    year,
};
use crate::region;

/// The people of the play.
#[derive(Clone)]
pub(super) struct Cast<'a> {
    pub(super) stage: &'a Stage,
    pub(super) orderer: Player<'a>,
    pub(super) liaison: Player<'a>,
    pub(super) expert: Player<'a>,
}

/// The task that is agreed on.
pub(super) struct Task {
    pub(super) assignment: String,
    pub(super) day: NaiveDate,
}

/// How much of a year is played.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::commands) enum Length {
    /// One task.
    Task,
    /// That task, and as many more as give the compilation figures.
    Season,
}

/// Plays the chain to its end.
pub(in crate::commands) fn play(stage: &Stage, length: Length) -> Step<()> {
    stage.scene("Kokemusväylä: a made-up region in Lapland");
    stage.tell("23 areas, two of them with organisations, units and teams; NGOs, a school, forty experts by experience.");
    stage.tell("Everything below happens through the HTTP API. Nobody of these names exists.");
    let mut cast = Cast {
        stage,
        orderer: stage.person("tilaaja@lappi.example")?,
        liaison: stage.person("yhteys.mieli@lappi.example")?,
        expert: stage.person(&region::expert_email(1))?,
    };
    let others = [stage.person(&region::expert_email(2))?, stage.person(&region::expert_email(3))?];
    stage.tell(&format!(
        "{} signs in with a one-time code from the mail: nobody has a password.",
        cast.orderer.name()
    ));
    let (order, day) = order(&cast)?;
    let offers = broker(&cast, &order)?;
    let task = accept(&cast, &others, &offers, day)?;
    agree(&cast, &task)?;
    stage.pass(TimeDelta::days(3), "5. The day of the task (three days later)");
    cast.again()?;
    perform(&cast, &task)?;
    let form = claim(&cast, &task, 1)?;
    refuse_own(&cast, &form)?;
    approve(&cast, &form)?;
    pay(&cast, &form)?;
    feedback(&cast, &task, 1)?;
    let day = match length {
        Length::Task => task.day,
        Length::Season => season::play(&mut cast)?,
    };
    year::compile(stage, day)
}

impl Cast<'_> {
    /// They sign in again, because time has passed.
    pub(super) fn again(&mut self) -> Step<()> {
        self.orderer.again()?;
        self.liaison.again()?;
        self.expert.again()
    }
}

/// A team's need becomes an order.
pub(super) fn order(cast: &Cast<'_>) -> Step<(String, NaiveDate)> {
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
fn accept(
    cast: &Cast<'_>,
    others: &[Player<'_>; 2],
    offers: &[String],
    day: NaiveDate,
) -> Step<Task> {
    cast.stage.scene("3. The expert accepts freely");
    others[1].post(&format!("/v1/offers/{}/decline", offers[2]), Value::Null)?;
    cast.stage.tell(&format!(
        "{} declines, without a reason. It counts against nobody, and the orderer never sees it.",
        others[1].name()
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
    let late =
        others[0].get(&format!("/v1/offers/{}", offers[1]))?.body["description_digest"].clone();
    let accepted = yes(&cast.expert, &offers[0])?;
    if accepted.status != 200 {
        return Err(format!("the expert could not accept: {}", accepted.text));
    }
    cast.stage.tell(&format!(
        "{} reads the description and accepts it: {}.",
        cast.expert.name(),
        accepted.state()
    ));
    let second = others[0].try_post(
        &format!("/v1/offers/{}/accept", offers[1]),
        json!({ "description_digest": late }),
    )?;
    cast.stage.tell(&format!(
        "{} accepts a moment later and is refused: {}",
        others[0].name(),
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
pub(super) fn agree(cast: &Cast<'_>, task: &Task) -> Step<()> {
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
    let seen = cast.expert.get(&path)?;
    cast.stage.tell(&format!("{} sees it and can: {}.", cast.expert.name(), seen.allowed()));
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
pub(super) fn perform(cast: &Cast<'_>, task: &Task) -> Step<()> {
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

/// Both sides give feedback.
pub(super) fn feedback(cast: &Cast<'_>, task: &Task, number: usize) -> Step<()> {
    cast.stage.scene("9. Feedback from both sides");
    for (player, side) in [(&cast.expert, "expert"), (&cast.orderer, "orderer")] {
        let path = format!("/v1/assignments/{}/feedback/{side}", task.assignment);
        let answers = answers(player, side, number)?;
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
fn answers(player: &Player<'_>, side: &str, number: usize) -> Step<Value> {
    let sets = player.get(&format!("/v1/question-sets?side={side}&state=published"))?;
    let set =
        sets.body["items"].as_array().and_then(|sets| sets.last()).cloned().unwrap_or_default();
    let mut answers = serde_json::Map::new();
    for question in set["facts"]["questions"].as_array().into_iter().flatten() {
        let value = match question["kind"].as_str().unwrap_or_default() {
            "scale" | "scale_1_5" => json!([5, 4, 5, 3, 4][number % 5]),
            "yes_no" => json!(true),
            "text" => json!("Saimme uusia ajatuksia vastaanoton käytäntöihin."),
            _ => continue,
        };
        answers.insert(question["key"].as_str().unwrap_or_default().to_owned(), value);
    }
    Ok(json!({ "question_set": set["id"], "answers": answers, "may_quote": true }))
}
