//! The yearly compilation, and what it says.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::{
    fee::euros,
    player::Answered,
    stage::{Stage, Step},
};
use crate::region;

/// The coordinator compiles the year of the task, and publishes the one that is over.
pub(super) fn compile(stage: &Stage, day: NaiveDate) -> Step<()> {
    stage.scene("11. The yearly compilation");
    let coordinator = stage.person("koordinaattori@lappi.example")?;
    let area = region::node("Lapin hyvinvointialue");
    let compiled = |year: i32| -> Step<Answered> {
        let made =
            coordinator.post("/v1/compilations", json!({ "area_id": area, "year": year }))?;
        stage.tell(&format!("{} compiles {year}: a {}.", coordinator.name(), made.state()));
        Ok(made)
    };
    let made = compiled(day.year())?;
    say(stage, &made.body["content"]);
    let over = stage.app.clock.now().day().year() > day.year();
    let whole = if over {
        made
    } else {
        stage.tell("It stays a draft, which is compiled anew, until the year is over.");
        compiled(day.year() - 1)?
    };
    let path = format!("/v1/compilations/{}", whole.id());
    let frozen = coordinator.post(&format!("{path}/freeze"), Value::Null)?;
    stage.tell(&format!(
        "It is {} as number {}: its figures never change again.",
        frozen.state(),
        frozen.body["number"]
    ));
    let published = coordinator.post(&format!("{path}/publish"), Value::Null)?;
    stage.tell(&format!(
        "It is {}, as JSON ({path}), CSV ({path}/csv) and a page with charts ({path}/page).",
        published.state()
    ));
    Ok(())
}

/// What a compilation says, the hidden figures as such.
fn say(stage: &Stage, content: &Value) {
    for table in content["tables"].as_array().into_iter().flatten() {
        let name = table["name"].as_str().unwrap_or_default();
        if !["assignments_by_state", "assignments_by_fee_basis", "feedback_of_experts"]
            .contains(&name)
        {
            continue;
        }
        let rows = table["rows"].as_array().into_iter().flatten();
        let rows: Vec<String> = rows
            .map(|row| {
                format!("{} {}", row["code"].as_str().unwrap_or_default(), shown(&row["count"]))
            })
            .collect();
        stage.tell(&format!("  {name:<26} {}", rows.join(", ")));
    }
    for answer in content["answers"].as_array().into_iter().flatten() {
        if answer["average"].is_null() {
            continue;
        }
        stage.tell(&format!(
            "  {:<26} {} of 5, by {} {}s",
            answer["question"].as_str().unwrap_or_default(),
            answer["average"],
            shown(&answer["table"]["total"]),
            answer["side"].as_str().unwrap_or_default()
        ));
    }
    for sum in content["sums"].as_array().into_iter().flatten() {
        let total = &sum["total"];
        let total = if total.is_null() { shown(total) } else { euros(total) };
        stage.tell(&format!("  {:<26} {total}", sum["name"].as_str().unwrap_or_default()));
    }
    for step in content["lead_times"].as_array().into_iter().flatten() {
        let unit = match &step["median_days"] {
            Value::Null => "",
            one if *one == 1 => " day",
            _ => " days",
        };
        stage.tell(&format!(
            "  {:<26} {}{unit} in the middle",
            step["step"].as_str().unwrap_or_default(),
            shown(&step["median_days"])
        ));
    }
    stage.tell(
        "Hidden is what would tell about fewer than five people, or could be subtracted to do so.",
    );
}

/// A figure, or that it is hidden.
fn shown(figure: &Value) -> String {
    if figure.is_null() { "hidden".to_owned() } else { figure.to_string() }
}
