//! The same chain for six more experts: a year of one task would tell nothing, because figures about few people are hidden.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};

use super::{
    chain::{Cast, Task, agree, feedback, order, perform},
    fee::{approve, claim, pay},
    stage::Step,
};
use crate::region;

/// The experts who are asked, by their number.
const EXPERTS: std::ops::RangeInclusive<usize> = 20..=25;

/// Plays it without a word, and gives the day of the tasks.
pub(super) fn play(cast: &mut Cast<'_>) -> Step<NaiveDate> {
    let stage = cast.stage;
    stage.scene("10. The same again, with six more experts (three days more)");
    let day = stage.quietly(|| {
        let mut agreed = Vec::new();
        for number in EXPERTS {
            agreed.push((number, match_up(cast, number)?));
        }
        stage.pass(TimeDelta::days(3), "");
        cast.again()?;
        let mut day = None;
        for (number, (mut double, task)) in agreed {
            double.expert.again()?;
            let double = Cast { expert: double.expert, ..cast.clone() };
            finish(&double, &task, number)?;
            day = Some(task.day);
        }
        day.ok_or_else(|| "nobody was asked".to_owned())
    })?;
    stage.tell(&format!(
        "{} orders {} more tasks: brokered, agreed on, done, claimed, approved, paid and assessed in the same way.",
        cast.orderer.name(),
        EXPERTS.count()
    ));
    Ok(day)
}

/// One order, one offer, one acceptance, one agreement.
fn match_up<'a>(cast: &Cast<'a>, number: usize) -> Step<(Cast<'a>, Task)> {
    let expert = cast.stage.person(&region::expert_email(number))?;
    let double = Cast { expert, ..cast.clone() };
    let (order, day) = order(&double)?;
    let path = format!("/v1/orders/{order}");
    double.liaison.post(&format!("{path}/take"), Value::Null)?;
    let expires = cast.stage.app.clock.now().plus(TimeDelta::days(1));
    let ask = json!({ "card_ids": [region::experts::card(number)], "mode": "parallel", "expires_at": expires });
    let sent = double.liaison.post(&format!("{path}/offers"), ask)?;
    let offer = format!("/v1/offers/{}", sent.body["items"][0]["id"].as_str().unwrap_or_default());
    let shown = double.expert.get(&offer)?;
    let yes = json!({ "description_digest": shown.body["description_digest"], "disclose": ["name", "phone"] });
    double.expert.post(&format!("{offer}/accept"), yes)?;
    let mine = double.expert.get("/v1/assignments")?;
    let assignment = mine.body["items"][0]["id"].as_str().unwrap_or_default().to_owned();
    let task = Task { assignment, day };
    agree(&double, &task)?;
    Ok((double, task))
}

/// From the task to the feedback.
fn finish(cast: &Cast<'_>, task: &Task, number: usize) -> Step<()> {
    perform(cast, task)?;
    let form = claim(cast, task, u32::try_from(number).unwrap_or_default())?;
    approve(cast, &form)?;
    pay(cast, &form)?;
    feedback(cast, task, number)
}
