//! Code sets.

use acceptance::on_both_databases;

on_both_databases! {
    fn every_code_set_is_published_with_its_labels(server) {
        let stranger = server.stranger();
        let all = stranger.get("/v1/codes").expect(200);
        let sets = all.body["sets"].as_array().expect("sets");
        assert!(sets.len() >= 25);
        for set in sets {
            let name = set["name"].as_str().expect("a name");
            let one = stranger.get(&format!("/v1/codes/{name}")).expect(200);
            assert_eq!(one.body["codes"].as_array().map(Vec::len), set["size"].as_u64().map(|n| n as usize));
            for code in one.body["codes"].as_array().expect("codes") {
                assert!(["fi", "sv", "en"].iter().all(|language| code["label"][language].is_string()), "{name} {code}");
                assert!(code["easy_fi"].as_str().is_some_and(|text| text.ends_with('.')), "{name} {code}");
            }
        }
    }

    fn the_twenty_three_areas_have_their_official_names(server) {
        let areas = server.stranger().get("/v1/codes/areas").expect(200);
        let areas = areas.body["codes"].as_array().expect("codes").clone();
        assert_eq!(areas.len(), 23);
        let lapland = areas.iter().find(|area| area["code"] == "21").expect("Lapland");
        assert_eq!(lapland["label"]["sv"], "Lapplands välfärdsområde");
        assert_eq!(lapland["label"]["en"], "Lapland wellbeing services county");
    }

    fn people_can_read_what_a_word_means_in_easy_finnish(server) {
        let themes = server.stranger().get("/v1/codes/experience_themes").expect(200);
        for theme in themes.body["codes"].as_array().expect("codes") {
            assert!(theme["easy_fi"].as_str().is_some_and(|text| text.ends_with('.')), "{theme}");
        }
        let languages = server.stranger().get("/v1/codes/languages").expect(200);
        let of = |code: &str| languages.body["codes"].as_array().expect("codes").iter().find(|one| one["code"] == code).cloned();
        assert_eq!(of("se").expect("Northern Sámi")["label"]["se"], "davvisámegiella");
    }

    fn a_code_set_is_cached_and_asked_for_again_by_its_tag(server) {
        let stranger = server.stranger();
        let first = stranger.get("/v1/codes/titles").expect(200);
        assert!(first.header("cache-control").starts_with("public"));
        assert_eq!(first.header("access-control-allow-origin"), "*");
        stranger.call("GET", "/v1/codes/titles", &[("if-none-match", &first.tag())], None).expect(304);
    }

    fn an_unknown_code_set_is_not_found(server) {
        assert_eq!(server.stranger().get("/v1/codes/nonsense").expect(404).code(), "not_found");
    }
}
