//! The published roles, and who answers for what.

use acceptance::on_both_databases;
use serde_json::json;

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
            duties(name).as_array().expect("duties").contains(&json!({ "action": action, "reach": reach }))
        };
        assert!(has("orderer", "check_fee_form", "below"));
        assert!(has("broker", "broker_order", "handed_over"));
        assert!(has("expert", "answer_offer", "own"));
        assert!(has("support_person", "answer_offer", "delegated"));
        assert!(!has("liaison", "check_fee_form", "below"));
        assert!(page.body["everyone"].as_array().expect("actions").contains(&json!("read_node")));
    }
}
