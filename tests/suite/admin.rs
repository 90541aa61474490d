//! `kokemusvayla admin`: an installation is set up without touching the database.

use acceptance::{DATA_KEY, Server, on_both_databases};
use api::{
    commands::admin,
    config::{Cli, Command, Error},
    region,
};
use clap::Parser;
use diesel::{PgConnection, SqliteConnection, connection::SimpleConnection, prelude::*};
use serde_json::{Value, json};

/// Runs `kokemusvayla admin` with these words on the server's database.
fn told(server: &Server, words: &[&str]) -> Result<(), Error> {
    let (url, key) = (server.database_url(), DATA_KEY);
    let begin = ["kokemusvayla", "admin", "--database-url", url, "--data-key", key];
    let cli = Cli::parse_from(begin.iter().chain(words).copied());
    let Command::Admin(told) = cli.command else { panic!("{words:?} are of admin") };
    admin::run(&told, &server.app.clock)
}

/// Does something to a database behind everybody's back.
fn meddle(url: &str, sql: &str) {
    match url.strip_prefix("sqlite:") {
        Some(file) => SqliteConnection::establish(file).expect("it opens").batch_execute(sql),
        None => PgConnection::establish(url).expect("it answers").batch_execute(sql),
    }
    .expect("the database obeys");
}

on_both_databases! {
    fn nothing_is_done_with_a_schema_of_another_version(server) {
        let (url, refused) = (server.database_url(), |words: &[&str]| match told(server, words) {
            Err(Error::Usage(why)) => why,
            done => panic!("{words:?}: {done:?}"),
        });
        let id = region::client("HR Lappi").to_string();
        let tasks: [&[&str]; 4] = [&["list-clients"], &["revoke-client", "--id", &id], &["rotate-keys"], &["send-now"]];
        meddle(url, "INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231000000')");
        for words in tasks {
            assert!(refused(words).contains("newer than this program"), "{words:?}");
        }
        meddle(url, "DELETE FROM __diesel_schema_migrations WHERE version = '99991231000000'");
        let newest = "(SELECT max(version) FROM __diesel_schema_migrations)";
        meddle(url, &format!("DELETE FROM __diesel_schema_migrations WHERE version = {newest}"));
        for words in tasks {
            assert!(refused(words).contains("older than this program"), "{words:?}");
        }
        server.machine("HR Lappi").get("/v1/nodes").expect(200);
    }

    fn the_first_administrator_signs_in_and_gives_roles(server) {
        let words = ["create-administrator", "--email", "uusi@yllapito.example", "--name", "Uusi Ylläpitäjä"];
        told(server, &words).expect("the address is free");
        assert!(told(server, &words).is_err(), "the address is taken");
        let me = server.sign_in("uusi@yllapito.example").get("/v1/me").expect(200);
        assert_eq!(me.body["roles"][0]["role"], "platform_admin");
    }

    fn what_makes_no_sense_is_told_in_words_and_does_nothing(server) {
        let why = |words: &[&str]| match told(server, words) {
            Err(Error::Usage(why)) => why,
            done => panic!("{words:?}: {done:?}"),
        };
        let told = why(&["create-administrator", "--email", "no address", "--name", ""]);
        assert!(told.contains("--email: ") && told.contains("--name: "), "{told}");
        let taken = why(&["create-administrator", "--email", "Yllapito@kokemusvayla.example", "--name", "Toinen"]);
        assert!(taken.contains("already"), "{taken}");
        for words in [
            ["create-node", "--area", "99", "--level", "organisation", "--name", "Olematon ry"],
            ["create-client", "--area", "99", "--name", "HR", "--scope", "payroll"],
        ] {
            assert!(why(&words).contains("no area"), "{words:?}");
        }
        let found = server.sign_in("tilaaja@lappi.example").get("/v1/nodes?name=olematon").expect(200);
        assert_eq!(found.count(), 0);
    }

    fn an_organisation_is_added_with_its_check_digit_right(server) {
        let node = |y_tunnus: &str, level: &str| {
            told(server, &[
                "create-node", "--area", "21", "--level", level, "--name", "Komennettu ry", "--kind", "ngo",
                "--y-tunnus", y_tunnus,
            ])
        };
        assert!(matches!(node("2077474-1", "organisation"), Err(Error::Usage(why)) if why.starts_with("--y-tunnus: ")));
        assert!(matches!(node("2077474-0", "team"), Err(Error::Usage(_))));
        node("2077474-0", "organisation").expect("all is right");
        let found = server.sign_in("tilaaja@lappi.example").get("/v1/nodes?name=komennettu").expect(200);
        assert_eq!(found.body["items"][0]["facts"]["y_tunnus"], "2077474-0");
        let parent = found.body["items"][0]["id"].as_str().expect("an id").to_owned();
        told(server, &["create-node", "--parent", &parent, "--level", "unit", "--name", "Sen yksikkö"]).expect("it fits");
    }

    fn names_are_as_long_as_the_contract_says_and_no_longer(server) {
        let long = "x".repeat(501);
        for words in [
            ["create-node", "--area", "21", "--level", "organisation", "--name", &long].as_slice(),
            ["create-client", "--area", "21", "--scope", "payroll", "--name", &long].as_slice(),
        ] {
            let refused = told(server, words);
            assert!(matches!(&refused, Err(Error::Usage(why)) if why.starts_with("--name: ")), "{refused:?}");
        }
        told(server, &["create-node", "--area", "21", "--level", "organisation", "--name", &long[1..]]).expect("it fits");
    }

    fn a_machine_that_is_not_there_is_told_by_what_was_named(server) {
        let refused = told(server, &["revoke-client", "--id", "019aa5d0-0000-7000-8000-00000000dead"]);
        assert!(matches!(&refused, Err(Error::Usage(why)) if why.contains("machine client")), "{refused:?}");
    }

    fn a_machine_is_shut_out(server) {
        let machine = server.machine("HR Lappi");
        machine.get("/v1/nodes").expect(200);
        let id = region::client("HR Lappi").to_string();
        told(server, &["revoke-client", "--id", &id]).expect("it is there");
        machine.get("/v1/nodes").expect(401);
        told(server, &["list-clients"]).expect("there are some");
        told(server, &["create-client", "--area", "21", "--name", "Uusi HR", "--scope", "payroll"]).expect("all is right");
        assert!(told(server, &["create-client", "--area", "21", "--name", "Väärä", "--scope", "everything"]).is_err());
    }

    fn what_a_command_changes_is_on_record(server) {
        told(server, &["create-administrator", "--email", "uusi@yllapito.example", "--name", "Uusi"]).expect("it is free");
        told(server, &["create-node", "--area", "21", "--level", "organisation", "--name", "Uusi ry"]).expect("it fits");
        told(server, &["create-client", "--area", "21", "--name", "Uusi HR", "--scope", "payroll"]).expect("all is right");
        let id = region::client("HR Lappi").to_string();
        told(server, &["revoke-client", "--id", &id]).expect("it is there");
        told(server, &["rotate-keys"]).expect("there is a key");
        told(server, &["list-clients"]).expect("there are some");
        assert!(told(server, &["create-client", "--area", "99", "--name", "HR", "--scope", "payroll"]).is_err());
        let seen = |email: &str| {
            let events = server.sign_in(email).items("/v1/audit-events?limit=200");
            events.iter().for_each(|event| {
                let (operation, person) = (event["operation"].as_str().expect("a name"), &event["person_id"]);
                assert_eq!((&event["actor"], person), (&json!("operator"), &Value::Null), "{event}");
                assert_eq!((&event["path"], &event["status"]), (&json!(format!("/admin/{operation}")), &json!(204)));
            });
            let named = |event: &Value| (event["operation"].as_str().expect("a name").to_owned(), event["thing_id"].clone());
            events.iter().map(named).collect::<Vec<_>>()
        };
        let all = seen("yllapito@kokemusvayla.example");
        let operations: Vec<&str> = all.iter().map(|(operation, _)| operation.as_str()).collect();
        assert_eq!(operations, ["create_administrator", "create_node", "create_client", "revoke_client", "rotate_keys"]);
        let new = server.sign_in("uusi@yllapito.example").id();
        assert_eq!((&all[0].1, &all[3].1, &all[4].1), (&json!(new), &json!(id), &Value::Null));
        assert_eq!(seen("keskus@lappi.example"), all[1..4], "an area sees what is about it");
        assert_eq!(seen("keskus@satakunta.example"), []);
    }
}
