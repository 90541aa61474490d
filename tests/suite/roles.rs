//! The published roles, and who answers for what.

use acceptance::on_both_databases;
use serde_json::{Value, json};

on_both_databases! {
    fn anyone_reads_who_answers_for_what(server) {
        let page = server.stranger().get("/v1/roles").expect(200);
        let roles = page.body["roles"].as_array().expect("roles").clone();
        assert_eq!(roles.len(), 13);
        for family in ["steering_group", "centre", "trainers", "orderers", "experts"] {
            assert!(roles.iter().any(|role| role["family"] == family), "{family}");
        }
        for role in &roles {
            assert!(role["name"]["fi"].is_string() && role["name"]["sv"].is_string() && role["name"]["en"].is_string());
            assert!(role["easy_fi"].is_string(), "{role}");
        }
        let duties = |name: &str| roles.iter().find(|role| role["role"] == name).expect("a role")["duties"].clone();
        let has = |name: &str, action: &str, reach: &str| {
            let duties = duties(name);
            duties.as_array().expect("duties").iter().any(|duty| duty["action"] == action && duty["reach"] == reach)
        };
        assert!(has("orderer", "check_fee_form", "below"));
        assert!(has("broker", "broker_order", "handed_over"));
        assert!(has("expert", "answer_offer", "own"));
        assert!(has("support_person", "answer_offer", "delegated"));
        assert!(!has("liaison", "check_fee_form", "below"));
        assert!(page.body["everyone"].as_array().expect("actions").contains(&json!("read_node")));
    }

    fn all_of_it_has_names_in_three_languages(server) {
        let page = server.stranger().get("/v1/roles").expect(200);
        let named = |name: &Value| ["fi", "sv", "en"].iter().all(|language| name[language].is_string());
        for role in page.body["roles"].as_array().expect("roles") {
            assert!(named(&role["family_name"]) && named(&role["level_name"]), "{role}");
            for duty in role["duties"].as_array().expect("duties") {
                assert!(named(&duty["name"]) && named(&duty["reach_name"]), "{duty}");
            }
        }
        for duty in page.body["everyone_duties"].as_array().expect("duties") {
            assert!(named(&duty["name"]), "{duty}");
        }
        let orderer = page.body["roles"].as_array().expect("roles").iter().find(|role| role["role"] == "orderer").expect("a role");
        assert_eq!((&orderer["family_name"]["fi"], &orderer["level_name"]["sv"]), (&json!("Tilaajat"), &json!("Lokal nivå")));
    }
}
