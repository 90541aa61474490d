//! The state machines as published.

use acceptance::on_both_databases;
use domain::workflow;

on_both_databases! {
    fn every_machine_is_published_as_the_code_has_it(server) {
        let expert = server.sign_in("kokemus01@posti.example");
        let published = expert.get("/v1/workflows").expect(200);
        assert_eq!(published.count(), workflow::ALL.len());
        for machine in workflow::ALL {
            let one = expert.get(&format!("/v1/workflows/{}", machine.name)).expect(200).body;
            let names = |field: &str, key: &str| -> Vec<String> {
                let items = one[field].as_array().into_iter().flatten();
                items.map(|item| item[key].as_str().unwrap_or_default().to_owned()).collect()
            };
            assert_eq!(names("states", "name"), machine.states);
            let actions: Vec<_> = machine.arrows.iter().map(|arrow| arrow.action).collect();
            assert_eq!(names("arrows", "action"), actions);
            for (arrow, view) in machine.arrows.iter().zip(one["arrows"].as_array().expect("a list")) {
                assert_eq!(view["from"], serde_json::json!(arrow.from));
                assert_eq!(view["to"], serde_json::json!(arrow.to));
                let may = arrow.may.map_or(0, |action| action.doers().len());
                assert_eq!(view["may"].as_array().map(Vec::len), Some(may));
                assert!(view["label"]["sv"].is_string());
            }
            let terminal: Vec<_> = machine.terminal().collect();
            let states = one["states"].as_array().expect("a list").iter();
            let ends: Vec<_> = states
                .filter(|state| state["terminal"] == true)
                .filter_map(|state| state["name"].as_str())
                .collect();
            assert_eq!(ends, terminal);
        }
        expert.get("/v1/workflows/nothing-like-it").expect(404);
        server.stranger().get("/v1/workflows").expect(401);
    }
}
