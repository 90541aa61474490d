//! The server is stopped under load, its database goes away, is locked, or has no more room.

use std::{
    fs,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use acceptance::{Cluster, Gap, Kind, Person, Process, Server, on_both_databases, open, story};
use api::region;
use diesel::{PgConnection, connection::SimpleConnection, prelude::*};
use serde_json::{Value, json};
use uuid::Uuid;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");

fn order(title: &str) -> Value {
    let mut form = story::form(1);
    form["task"]["title"] = json!(title);
    json!({ "node_id": region::node(story::UNIT), "form": form })
}

/// Asks for an order under a key of its own.
fn ask(person: &Person<'_>, title: &str) -> acceptance::Answer {
    let headers = [("content-type", "application/json"), ("idempotency-key", title)];
    person.send("POST", "/v1/orders", &headers, Some(order(title).to_string().into_bytes()))
}

/// A server that does not wait long for its database.
fn impatient(url: &str) -> Command {
    let mut command = Process::command(PROGRAM, url);
    hurry(&mut command);
    command
}

fn hurry(command: &mut Command) {
    command.env("KOKEMUSVAYLA_DATABASE_TIMEOUT", "400").env("KOKEMUSVAYLA_PATIENCE", "600");
}

/// Waits until something has happened, and not forever.
fn wait_until(what: &str, happened: impl Fn() -> bool) {
    let began = Instant::now();
    while !happened() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what} within a minute");
        thread::park_timeout(Duration::from_millis(20));
    }
}

/// Whoever goes on until it is over must hear of it also if something fails meanwhile.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Refused for now, quickly, and with everything that such an answer has.
fn put_off(answer: &acceptance::Answer, began: Instant) {
    assert_eq!((answer.status, answer.code()), (503, "overloaded"), "{}", answer.text);
    assert_eq!(answer.header("retry-after"), "1");
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

on_both_databases! {
    fn no_request_fails_when_the_server_stops_under_load(server) {
        let orderer = server.sign_in(story::ORDERER);
        let mut command = Process::command(PROGRAM, server.database_url());
        let mut process = Process::spawn(command.env("KOKEMUSVAYLA_DRAIN", "2"));
        let person = orderer.at(&process.url);
        let (ready, statuses) = (AtomicBool::new(true), Mutex::new(Vec::new()));
        thread::scope(|scope| {
            for client in 0..6 {
                let (person, ready, statuses) = (&person, &ready, &statuses);
                scope.spawn(move || {
                    // Half of them keep their connection as long as the server lets them.
                    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
                    for number in 0.. {
                        if !ready.load(Ordering::SeqCst) {
                            return;
                        }
                        let status = if client % 2 == 0 {
                            let title = format!("{client}-{number}");
                            person.try_raw("POST", "/v1/orders", &[("content-type", "application/json"), ("idempotency-key", &title)],
                                Some(order(&title).to_string().into_bytes())).map(|answer| answer.status)
                        } else {
                            let request = agent.get(person.address("/v1/me")).header("authorization", format!("Bearer {}", person.token()));
                            request.call().map(|answer| answer.status().as_u16())
                        };
                        statuses.lock().expect("free").push(status.map_err(|error| error.to_string()));
                    }
                });
            }
            wait_until("some answers", || statuses.lock().expect("free").len() >= 40);
            process.ask_to_stop();
            // What spreads the requests asks now and then, and sends them elsewhere from then on.
            wait_until("a no", || person.get("/readyz").status == 503);
            let then = statuses.lock().expect("free").len();
            wait_until("more answers", || statuses.lock().expect("free").len() >= then + 10);
            ready.store(false, Ordering::SeqCst);
        });
        assert!(process.wait(), "it ends well");
        let statuses = statuses.into_inner().expect("free");
        let failed: Vec<_> = statuses.iter().filter(|status| !matches!(status, Ok(200 | 201))).collect();
        assert!(failed.is_empty(), "{failed:?} of {}", statuses.len());
    }
}

#[test]
fn nothing_is_acknowledged_that_would_be_written_into_a_file_that_is_gone() {
    let server = Server::start(Kind::Sqlite);
    let orderer = server.sign_in(story::ORDERER);
    let place = server.database_url().strip_prefix("sqlite:").expect("a file").to_owned();
    let (aside, stranger) = (format!("{place}.aside"), server.stranger());
    ask(&orderer, "before").expect(201);
    let refused = |what: &str| {
        put_off(&ask(&orderer, what), Instant::now());
        put_off(&stranger.get("/readyz"), Instant::now());
        orderer.get("/v1/me").expect(200);
        stranger.get("/healthz").expect(200);
    };
    fs::rename(&place, &aside).expect("it is ours");
    refused("moved-away");
    assert!(!std::path::Path::new(&place).exists(), "and no other one is made");
    fs::copy(&aside, &place).expect("it copies");
    refused("replaced-by-a-copy");
    fs::rename(&aside, &place).expect("it is ours");
    stranger.get("/readyz").expect(200);
    ask(&orderer, "put-back").expect(201);
    let titles = orderer.items("/v1/orders?limit=200");
    let there = |title: &str| titles.iter().any(|order| order.to_string().contains(title));
    assert!(there("put-back") && !there("moved-away") && !there("replaced-by-a-copy"));
}

mod a_database_that_goes_away_and_comes_back_is_waited_for {
    use super::*;

    #[test]
    fn postgres() {
        let server = Server::start(Kind::Postgres);
        let gap = Gap::new(server.database_url());
        let process = Process::spawn(&mut impatient(&gap.url));
        let person = server.sign_in(story::ORDERER).at(&process.url);
        ask(&person, "before").expect(201);
        let (over, statuses) = (AtomicBool::new(false), Mutex::new(Vec::new()));
        thread::scope(|scope| {
            for client in 0..4 {
                let (person, over, statuses) = (&person, &over, &statuses);
                scope.spawn(move || {
                    for number in 0.. {
                        let answer = ask(person, &format!("during-{client}-{number}"));
                        statuses.lock().expect("free").push(answer.status);
                        if over.load(Ordering::SeqCst) {
                            return;
                        }
                    }
                });
            }
            let _over = Over(&over);
            for _ in 0..2 {
                let then = statuses.lock().expect("free").len();
                wait_until("some answers", || statuses.lock().expect("free").len() >= then + 8);
                gap.cut();
                let began = Instant::now();
                put_off(&person.get("/v1/me"), began);
                let began = Instant::now();
                put_off(&person.get("/readyz"), began);
                person.get("/healthz").expect(200);
                gap.mend();
                wait_until("it is ready again", || person.get("/readyz").status == 200);
            }
        });
        let statuses = statuses.into_inner().expect("free");
        assert!(statuses.iter().all(|status| matches!(status, 201 | 503)), "{statuses:?}");
        assert!(statuses.contains(&503) && statuses.contains(&201));
        let again = ask(&person, "before").expect(201);
        assert_eq!(again.header("idempotent-replayed"), "true");
    }
}

mod whether_it_is_ready_is_said_also_by_lines_that_are_gone {
    use super::*;

    #[test]
    fn postgres() {
        let server = Server::start(Kind::Postgres);
        let gap = Gap::new(server.database_url());
        let process = Process::spawn(&mut impatient(&gap.url));
        let anybody = server.stranger().at(&process.url);
        for _ in 0..3 {
            // Several ask at once, so that there are several lines, each of which is found gone only when it is asked.
            thread::scope(|scope| {
                (0..8).for_each(|_| {
                    drop(scope.spawn(|| (0..5).for_each(|_| drop(anybody.get("/readyz")))))
                });
            });
            gap.cut();
            for _ in 0..6 {
                put_off(&anybody.get("/readyz"), Instant::now());
            }
            gap.mend();
            wait_until("it is ready again", || anybody.get("/readyz").status == 200);
        }
    }
}

mod a_connection_that_was_ended_while_it_rested_is_given_to_nobody {
    use super::*;

    #[test]
    fn postgres() {
        let server = Server::start(Kind::Postgres);
        let gap = Gap::new(server.database_url());
        let mut command = impatient(&gap.url);
        let process = Process::spawn(command.env("KOKEMUSVAYLA_CONNECTIONS", "40"));
        let person = server.sign_in(story::ORDERER).at(&process.url);
        for round in 0..2 {
            thread::scope(|scope| {
                for client in 0..40 {
                    let person = &person;
                    scope.spawn(move || {
                        for number in 0..5 {
                            // They are here to have many lines opened: on a busy machine, some are put off.
                            let status = ask(person, &format!("{round}-{client}-{number}")).status;
                            assert!(matches!(status, 201 | 503), "{status}");
                        }
                    });
                }
            });
            let rests_since = Instant::now();
            wait_until("it has rested", || rests_since.elapsed() > Duration::from_millis(700));
            gap.cut();
            gap.mend();
            for number in 0..10 {
                ask(&person, &format!("after-{round}-{number}")).expect(201);
                person.get("/v1/me").expect(200);
            }
        }
    }
}

mod postgresql_itself_is_restarted_under_writes {
    use super::*;

    /// Stops PostgreSQL while four write, sees what they get meanwhile, and that nothing is lost.
    fn restart(signal: &str) {
        let mut cluster = Cluster::start();
        let server = Server::start_in(&cluster);
        let process = Process::spawn(&mut impatient(server.database_url()));
        let person = server.sign_in(story::ORDERER).at(&process.url);
        let (over, answers) = (AtomicBool::new(false), Mutex::new(Vec::new()));
        let count = || answers.lock().expect("free").len();
        thread::scope(|scope| {
            for client in 0..4 {
                let (person, over, answers) = (&person, &over, &answers);
                scope.spawn(move || {
                    for number in 0.. {
                        let title = format!("order-{client}-{number}");
                        let answer = ask(person, &title);
                        let id = answer.body["id"].clone();
                        answers.lock().expect("free").push((title, answer.status, id));
                        if over.load(Ordering::SeqCst) {
                            return;
                        }
                    }
                });
            }
            let _over = Over(&over);
            for _ in 0..2 {
                let then = count();
                wait_until("some answers", || count() >= then + 12);
                cluster.stop(signal);
                let began = Instant::now();
                put_off(&person.get("/v1/me"), began);
                let began = Instant::now();
                put_off(&person.get("/readyz"), began);
                person.get("/healthz").expect(200);
                cluster.revive();
                wait_until("it is ready again", || person.get("/readyz").status == 200);
            }
            let then = count();
            wait_until("more answers", || count() >= then + 12);
        });
        let answers = answers.into_inner().expect("free");
        let statuses: Vec<u16> = answers.iter().map(|(_, status, _)| *status).collect();
        assert!(statuses.iter().all(|status| matches!(status, 201 | 503)), "{statuses:?}");
        assert!(statuses.contains(&503) && statuses.contains(&201), "{statuses:?}");
        // What was acknowledged is there; what was put off is done once, however often it is asked for.
        for (title, status, id) in &answers {
            let (first, second) =
                (ask(&person, title).expect(201), ask(&person, title).expect(201));
            assert_eq!(first.body["id"], second.body["id"]);
            assert!(*status == 503 || first.body["id"] == *id, "{title} has been forgotten");
        }
        let found = person.items("/v1/orders?limit=200").len();
        assert_eq!(found, answers.len(), "nothing is lost, and nothing is there twice");
    }

    #[test]
    fn in_order_postgres() {
        restart("INT");
    }

    #[test]
    fn without_a_warning_postgres() {
        restart("QUIT");
    }
}

/// How often a job has failed, as far as a server shows it.
fn failed(process: &Process, job: &str) -> u32 {
    let series = format!("kokemusvayla_job_runs_total{{name=\"{job}\",outcome=\"failed\"}} ");
    let metrics = process.metrics();
    let times = metrics.lines().find_map(|line| line.strip_prefix(&series));
    times.expect("it is shown").parse().expect("a number")
}

/// Waits until jobs that only one node does are known to rest, since the lease cannot be written.
fn jobs_are_seen_to_rest(process: &Process) {
    for job in ["expire_offers", "send_notices", "forget"] {
        wait_until("it counts as failed", || failed(process, job) > 0);
        let line = format!("the job {job} was not done");
        wait_until("it is in the log", || process.log().iter().any(|said| said.contains(&line)));
    }
}

mod a_postgresql_that_only_reads_is_read_and_what_it_cannot_write_is_put_off {
    use super::*;

    /// Lets the database take nothing any more, or everything again, as others do when one takes over from another.
    fn only_reads(url: &str, only: bool) {
        let (_, name) = url.rsplit_once('/').expect("a name");
        let mut there = PgConnection::establish(url).expect("it answers");
        let set = if only { "SET default_transaction_read_only = on" } else { "RESET ALL" };
        for sql in [
            "SET default_transaction_read_only = off".to_owned(),
            format!("ALTER DATABASE {name} {set}"),
            format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE datname = '{name}' AND pid <> pg_backend_pid()"
            ),
        ] {
            there.batch_execute(&sql).expect("it obeys");
        }
    }

    #[test]
    fn postgres() {
        let server = Server::start(Kind::Postgres);
        let person = server.sign_in(story::ORDERER);
        let process = Process::spawn(&mut impatient(server.database_url()));
        let person = person.at(&process.url);
        only_reads(server.database_url(), true);
        wait_until("it is read again", || person.get("/v1/me").status == 200);
        let began = Instant::now();
        put_off(&ask(&person, "during"), began);
        let began = Instant::now();
        let code = json!({ "email": story::ORDERER });
        put_off(&person.post("/v1/sign-in/codes", code), began);
        person.get("/readyz").expect(200);
        jobs_are_seen_to_rest(&process);
        only_reads(server.database_url(), false);
        wait_until("it is read again", || person.get("/v1/me").status == 200);
        wait_until("it is written again", || ask(&person, "after").status == 201);
    }
}

mod jobs_that_rest_since_nothing_can_be_written_are_seen {
    use super::*;

    #[test]
    fn sqlite() {
        let server = Server::start(Kind::Sqlite);
        let process = Process::spawn(&mut impatient(server.database_url()));
        let database = open(server.database_url(), 1).expect("it opens");
        database
            .write(|_| -> Result<(), persistence::Error> {
                jobs_are_seen_to_rest(&process);
                Ok(())
            })
            .expect("it commits");
        let done = "kokemusvayla_job_runs_total{name=\"forget\",outcome=\"done\"} 0";
        wait_until("it is done then", || !process.metrics().contains(done));
    }
}

mod a_file_that_another_process_locks_is_waited_for {
    use super::*;

    #[test]
    fn sqlite() {
        let server = Server::start(Kind::Sqlite);
        let process = Process::spawn(&mut impatient(server.database_url()));
        let person = server.sign_in(story::ORDERER).at(&process.url);
        let database = open(server.database_url(), 1).expect("it opens");
        // This process is another one than the server's.
        database
            .write(|_| -> Result<(), persistence::Error> {
                for number in 0..3 {
                    let began = Instant::now();
                    put_off(&ask(&person, &format!("locked-{number}")), began);
                }
                person.get("/v1/me").expect(200);
                person.get("/readyz").expect(200);
                Ok(())
            })
            .expect("it commits");
        for number in 0..3 {
            ask(&person, &format!("locked-{number}")).expect(201);
        }
    }
}

mod a_full_disk_stops_writing_and_nothing_else {
    use super::*;

    /// Makes one thing after the other until one is put off. Gives those that were made.
    fn until_put_off(make: impl Fn(usize) -> acceptance::Answer) -> Vec<Uuid> {
        let mut made = Vec::new();
        loop {
            let (began, answer) = (Instant::now(), make(made.len()));
            if answer.status != 201 {
                assert!(!made.is_empty(), "there was room for something");
                put_off(&answer, began);
                return made;
            }
            made.push(answer.id());
            assert!(made.len() < 5000, "it is full at some time");
        }
    }

    #[test]
    fn sqlite() {
        let server = Server::start(Kind::Sqlite);
        let person = server.sign_in(story::ORDERER);
        let file = server.database_url().trim_start_matches("sqlite:");
        let size = std::fs::metadata(file).expect("a file").len();
        // No file may grow beyond this: to a program, that is what a full disk looks like. In blocks of 512 bytes.
        let limit = format!("trap '' XFSZ; ulimit -S -f {}", size / 512 + 2048);
        let mut command = Process::command_after(&limit, PROGRAM, server.database_url());
        hurry(&mut command);
        let process = Process::spawn(&mut command);
        let person = person.at(&process.url);
        let title = |number: usize| format!("order-{number}");
        let made = until_put_off(|number| ask(&person, &title(number)));
        person.get("/v1/me").expect(200);
        for id in &made {
            person.get(&format!("/v1/orders/{id}")).expect(200);
        }
        let freed = Command::new("prlimit")
            .args(["--fsize=unlimited:unlimited", "--pid", &process.id().to_string()])
            .status();
        assert!(freed.expect("prlimit is there").success());
        ask(&person, &title(made.len())).expect(201);
        for (number, id) in made.iter().enumerate() {
            let again = ask(&person, &title(number)).expect(201);
            assert_eq!(again.id(), *id, "the first answer is given again");
        }
    }

    #[test]
    fn postgres() {
        let cluster = Cluster::start();
        let server = Server::start_in(&cluster);
        let person = server.sign_in(&region::expert_email(1));
        let process = Process::spawn(&mut impatient(server.database_url()));
        let person = person.at(&process.url);
        // Its log is in files of 16 MiB that are there from the beginning.
        cluster.limit_files(&(17 << 20).to_string());
        // What is sealed takes as much room as it has bytes.
        let card = [b"%PDF-1.7\n".to_vec(), vec![b' '; 4 << 20]].concat();
        let upload = |number: usize| {
            let path = format!("/v1/attachments?purpose=tax_card&name=kortti-{number}.pdf");
            person.upload(&path, "application/pdf", &card)
        };
        let made = until_put_off(upload);
        person.get("/v1/me").expect(200);
        for id in &made {
            person.get(&format!("/v1/attachments/{id}/content")).expect(200);
        }
        assert_eq!(person.get("/v1/attachments").expect(200).count(), made.len());
        cluster.limit_files("unlimited");
        upload(made.len()).expect(201);
        assert_eq!(person.get("/v1/attachments").expect(200).count(), made.len() + 1);
    }
}
