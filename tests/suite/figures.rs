//! Supply and demand, and how long the chain takes.

use acceptance::{
    Server, on_both_databases,
    year::{self, Done},
};
use api::region;

fn path(server: &Server, what: &str) -> String {
    let year = server.app.clock.now().day().year();
    let area = region::node("Lapin hyvinvointialue");
    format!("/v1/figures/{what}?area={area}&from={year}-01-01&until={year}-12-31")
}

on_both_databases! {
    fn supply_and_demand_are_told_in_fives(server) {
        year::done(server, &(1..=12).map(Done::by).collect::<Vec<_>>());
        let steering = server.sign_in("ohjausryhma@lappi.example");
        let found = steering.get(&path(server, "supply-and-demand")).expect(200).body;
        assert_eq!((&found["overall"]["orders"], &found["overall"]["unmet"]), (&10.into(), &0.into()));
        let every = |figure: &str| -> Vec<i64> {
            let balances = ["by_task_type", "by_area", "by_theme"].into_iter();
            let all = balances.flat_map(|by| found[by].as_array().into_iter().flatten());
            all.filter_map(|balance| balance[figure].as_i64()).collect()
        };
        for figure in ["orders", "unmet", "experts", "idle"] {
            assert!(every(figure).iter().all(|count| count % 5 == 0), "{found}");
        }
        assert_eq!(found["by_area"][1]["code"], "21", "{found}");
    }

    fn lead_times_are_told_of_ten_experts_or_more(server) {
        year::done(server, &(1..=12).map(Done::by).collect::<Vec<_>>());
        let steering = server.sign_in("ohjausryhma@lappi.example");
        let found = steering.get(&path(server, "lead-times")).expect(200).body;
        assert_eq!((&found["steps"][0]["at_least"], &found["steps"][0]["median_days"]), (&10.into(), &6.into()));
        assert_eq!((&found["steps"][3]["at_least"], found["steps"][3].get("median_days")), (&0.into(), None));
    }

    fn figures_are_of_whole_months_of_an_area_that_one_may_read(server) {
        let steering = server.sign_in("ohjausryhma@lappi.example");
        let area = region::node("Lapin hyvinvointialue");
        let days = format!("/v1/figures/lead-times?area={area}&from=2026-01-02&until=2026-01-30");
        assert_eq!(steering.get(&days).expect(400).faults().len(), 2);
        let unit = region::node(acceptance::story::UNIT);
        let part = format!("/v1/figures/lead-times?area={unit}&from=2026-01-01&until=2026-12-31");
        assert_eq!(steering.get(&part).expect(400).faults()[0].1, "not_an_area");
        let there = server.sign_in("koordinaattori@satakunta.example");
        there.get(&path(server, "supply-and-demand")).expect(404);
        let own = "/v1/figures/supply-and-demand?from=2026-01-01&until=2026-12-31";
        there.get(own).expect(200);
        server.sign_in(&region::expert_email(1)).get(own).expect(403);
    }
}
