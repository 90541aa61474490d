//! The tree.

use acceptance::on_both_databases;
use api::region;

on_both_databases! {
    fn the_tree_is_listed_page_by_page(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let first = orderer.get("/v1/nodes?level=area&limit=20").expect(200);
        assert_eq!(first.count(), 20);
        let next = first.body["next"].as_str().expect("there is more");
        assert!(first.header("link").contains(next));
        let second = orderer.get(&format!("/v1/nodes?level=area&limit=20&cursor={next}")).expect(200);
        assert_eq!((second.count(), &second.body["next"]), (3, &serde_json::Value::Null));
        assert_eq!(orderer.get(&format!("/v1/nodes?level=unit&cursor={next}")).expect(400).code(), "bad_cursor");
        let wrong = orderer.get("/v1/nodes?level=planet&limit=0&colour=red").expect(400);
        assert_eq!(wrong.faults().len(), 3, "{}", wrong.text);
    }

    fn a_node_is_found_by_its_identifier(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let node = orderer.get(&format!("/v1/nodes/{}", region::node("Lapin hyvinvointialue"))).expect(200);
        assert_eq!(node.body["facts"]["name"]["sv"], "Lapplands välfärdsområde");
        orderer.get("/v1/nodes/019aa5d0-0000-7000-8000-000000000001").expect(404);
        orderer.get("/v1/nodes/nonsense").expect(404);
    }
}
