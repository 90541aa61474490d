//! What a thing says of what can be done with it is what can be done with it.

use std::collections::BTreeMap;

use acceptance::{
    Kind, Server,
    world::{Persona, Try, World, for_everyone},
};
use serde_json::Value;

/// Every call of the world, by its method and path.
fn calls(world: &World) -> BTreeMap<(String, String), Try> {
    let tries = world.all_tries().into_iter();
    tries.map(|one| ((one.operation.method.clone(), one.path.clone()), one)).collect()
}

/// What is wrong with one action that a thing tells somebody of, if they try it.
fn wrong(action: &Value, status: u16, code: &str) -> Option<String> {
    let why = action["why_not"]["code"].as_str();
    let fits = match why {
        None => !matches!(status, 401 | 403 | 404) && code != "out_of_turn",
        Some("not_yours") => matches!(status, 403 | 404),
        Some("not_now") => code == "out_of_turn" || matches!(status, 403 | 404),
        Some(rule) => code == rule,
    };
    (!fits).then(|| {
        format!("{} says {}, and is {status} {code}", action["name"], why.unwrap_or("allowed"))
    })
}

/// What is wrong with the actions that the persona is told of, and of how many they are.
fn look(
    world: &World,
    persona: &Persona,
    calls: &BTreeMap<(String, String), Try>,
) -> (Vec<String>, usize) {
    let mut server: Option<Server> = None;
    let (mut found, mut tried) = (Vec::new(), 0);
    for ((method, path), one) in calls {
        if method != "GET" || path.contains('?') {
            continue;
        }
        let copy = server.get_or_insert_with(|| world.copy());
        let seen = world.call(&world.caller(copy, persona), one);
        let Some(actions) = seen.body["actions"].as_array() else { continue };
        for action in actions {
            let name = action["name"].as_str().expect("a name");
            let Some(call) = calls.get(&("POST".to_owned(), format!("{path}/{name}"))) else {
                continue;
            };
            let copy = server.get_or_insert_with(|| world.copy());
            let answer = world.call(&world.caller(copy, persona), call);
            tried += 1;
            if let Some(wrong) =
                wrong(action, answer.status, answer.body["code"].as_str().unwrap_or_default())
            {
                found.push(format!(
                    "{} at {} ({}): {wrong}",
                    persona.name, one.operation.path, one.which
                ));
            }
            if answer.status < 300 {
                server = None;
            }
        }
    }
    (found, tried)
}

#[test]
fn what_a_thing_says_can_be_done_with_it_can_be_done_and_nothing_else() {
    let world = World::of(Kind::Sqlite);
    let calls = calls(world);
    let looked = for_everyone(|persona| look(world, persona, &calls));
    let tried: usize = looked.iter().map(|(_, tried)| tried).sum();
    let wrong: Vec<String> = looked.into_iter().flat_map(|(wrong, _)| wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(tried > 500, "{tried}");
}
