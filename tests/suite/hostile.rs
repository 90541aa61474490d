//! Clients who mean no good: each is answered or cut off, in bounded time and memory, while others are served.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use acceptance::{Kind, Person, Process, Raw, Server};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");
const ORDERER: &str = "tilaaja@lappi.example";

/// By how many bytes the server may grow while it is attacked.
const MOST_MEMORY: u64 = 128 * 1024 * 1024;

/// How long others may have to wait, on a machine that runs everything at once.
const LONGEST: Duration = Duration::from_secs(5);

/// Defines tests that run on SQLite only: what is attacked stands before the database.
macro_rules! on_sqlite {
    ($(fn $name:ident($server:ident) $body:block)*) => {$(
        #[test]
        fn $name() {
            let $server = &Server::start(Kind::Sqlite);
            $body
        }
    )*};
}

/// A server that waits for the body of a request for a second.
fn start(url: &str) -> Process {
    Process::spawn(Process::command(PROGRAM, url).env("KOKEMUSVAYLA_BODY_TIME", "1"))
}

/// Attacks the server while somebody else goes on working, and sees what it costs.
fn endure(process: &Process, bystander: &Person<'_>, longest: Duration, attack: impl FnOnce()) {
    let bystander = bystander.at(&process.url);
    bystander.get("/v1/me").expect(200);
    let before = process.memory();
    let over = AtomicBool::new(false);
    let waits = Mutex::new(Vec::new());
    thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                let began = Instant::now();
                bystander.get("/v1/me").expect(200);
                waits.lock().expect("free").push(began.elapsed());
                thread::park_timeout(Duration::from_millis(20));
            }
        });
        // Whoever waits for the end must hear of it also if the attack fails the test.
        struct Over<'a>(&'a AtomicBool);
        impl Drop for Over<'_> {
            fn drop(&mut self) {
                self.0.store(true, Ordering::SeqCst);
            }
        }
        let _over = Over(&over);
        attack();
    });
    let slowest = waits.lock().expect("free").iter().max().copied().unwrap_or_default();
    assert!(slowest < longest, "somebody else waited for {slowest:?}");
    let grown = process.memory().saturating_sub(before);
    assert!(grown < MOST_MEMORY, "the server has grown by {grown} bytes");
    bystander.get("/readyz").expect(200);
}

/// One request in an otherwise well-formed frame.
fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").into_bytes()
}

fn post(headers: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("POST /v1/sign-in/codes HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

fn json(body: &[u8]) -> Vec<u8> {
    post(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()), body)
}

on_sqlite! {
    fn who_takes_their_time_is_cut_off(server) {
        let process = start(server.database_url());
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            let open = |bytes: &[u8]| {
                let mut raw = Raw::connect(&process.url);
                raw.send(bytes);
                raw
            };
            let mut silent: Vec<Raw> = (0..50).map(|_| open(b"")).collect();
            let mut heads: Vec<Raw> = (0..50).map(|_| open(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ")).collect();
            let mut bodies: Vec<Raw> = (0..50)
                .map(|_| open(b"POST /v1/sign-in/codes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n{"))
                .collect();
            // A byte now and then keeps nobody's place.
            let began = Instant::now();
            let mut slow = [&mut silent[0], &mut heads[0], &mut bodies[0]];
            while began.elapsed() < Duration::from_secs(9) && slow.iter_mut().any(|raw| raw.send(b"a")) {
                thread::park_timeout(Duration::from_millis(300));
            }
            for raw in silent.iter_mut().chain(&mut heads).chain(&mut bodies) {
                let back = raw.read(Duration::from_secs(10));
                assert!(back.closed, "{:?}", back.text());
                assert!(back.statuses().iter().all(|status| *status == 408), "{}", back.text());
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        });
    }

    fn more_connections_than_there_is_room_for_shut_nobody_out_for_long(server) {
        let limited = "ulimit -n 256";
        let mut command = Process::command_after(limited, PROGRAM, server.database_url());
        let process = Process::spawn(&mut command);
        endure(&process, &server.sign_in(ORDERER), Duration::from_secs(20), || {
            let idle: Vec<Raw> = (0..250).filter_map(|_| Raw::try_connect(&process.url).ok()).collect();
            assert!(idle.len() > 150, "{}", idle.len());
            server.stranger().at(&process.url).get("/v1/codes").expect(200);
        });
    }

    fn who_never_reads_does_not_fill_the_memory(server) {
        let process = start(server.database_url());
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            // Neither long answers nor thousands of tiny requests in one breath are held for whoever does not read.
            let long = b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(500);
            let tiny = b"GET / HTTP/1.1\r\n\r\n".repeat(3000);
            let mut deaf: Vec<Raw> = (0..200).map(|_| Raw::connect(&process.url)).collect();
            for _ in 0..8 {
                for (number, raw) in deaf.iter_mut().enumerate() {
                    raw.send_without_waiting(if number % 2 == 0 { &long } else { &tiny });
                }
                thread::park_timeout(Duration::from_millis(20));
            }
        });
    }

    fn who_takes_nothing_of_an_answer_is_cut_off(server) {
        let mut command = Process::command(PROGRAM, server.database_url());
        let process = Process::spawn(command.env("KOKEMUSVAYLA_ANSWER_TIME", "1"));
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            let request = b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100);
            let mut deaf: Vec<Raw> = (0..20).map(|_| Raw::connect(&process.url)).collect();
            for raw in &mut deaf {
                raw.send(&request);
            }
            // The server has hung up as soon as nothing can be sent any more.
            let began = Instant::now();
            for raw in &mut deaf {
                while raw.send(b"GET") {
                    assert!(began.elapsed() < Duration::from_secs(60), "it is cut off within a minute");
                    thread::park_timeout(Duration::from_millis(50));
                }
            }
        });
    }

    fn who_asks_nothing_more_is_cut_off_and_who_goes_on_is_not(server) {
        let process = start(server.database_url());
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            let request = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
            let (mut silent, mut busy) = (Raw::connect(&process.url), Raw::connect(&process.url));
            silent.send(request);
            thread::scope(|scope| {
                let silent = scope.spawn(move || silent.read(Duration::from_secs(20)));
                let mut asked = 0;
                while !silent.is_finished() {
                    assert!(busy.send(request));
                    asked += 1;
                    assert_eq!(busy.read(Duration::from_millis(500)).statuses(), [200], "after {asked}");
                }
                let back = silent.join().expect("it is read");
                assert!(back.closed, "{:?}", back.text());
                assert_eq!(back.statuses(), [200]);
                assert!((4..10).contains(&back.took.as_secs()), "five seconds, it says: {:?}", back.took);
            });
        });
    }

    fn who_has_asked_once_is_not_waited_for_longer_than_others(server) {
        let process = start(server.database_url());
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            let whole = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
            let unread = b"POST /v1/nowhere HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n";
            let mut later: Vec<(u16, Raw)> = Vec::new();
            for part in [&b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: "[..], b"\r\n", b"G"] {
                let mut raw = Raw::connect(&process.url);
                raw.send(&[whole, part].concat());
                later.push((200, raw));
            }
            // A body that nobody wants is not waited for, either.
            let mut raw = Raw::connect(&process.url);
            raw.send(unread);
            later.push((404, raw));
            for (status, mut raw) in later {
                let back = raw.read(Duration::from_secs(20));
                assert!(back.closed, "{:?}", back.text());
                assert_eq!(back.statuses(), [status]);
            }
        });
    }

    fn a_file_of_a_stranger_is_refused_before_it_comes(server) {
        let process = start(server.database_url());
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            let mut request = b"POST /v1/attachments?purpose=support_need HTTP/1.1\r\nHost: x\r\nContent-Type: application/pdf\r\nContent-Length: 10000000\r\n\r\n".to_vec();
            request.extend([b'a'; 1000]);
            let back = Raw::ask(&process.url, &request);
            assert_eq!(back.statuses(), [401], "{}", back.text());
        });
    }

    fn requests_in_one_breath_are_answered_one_by_one_in_their_order(server) {
        let process = start(server.database_url());
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            let kind = "Content-Type: application/json\r\n";
            // With empty lines where heads could seem to end.
            let body = "{\"email\":\r\n\r\n\r\n\r\n\"a@b.example\"}";
            let post = "POST /v1/sign-in/codes HTTP/1.1\r\nHost: x\r\n";
            let known = format!("{post}{kind}Content-Length: {}\r\n\r\n{body}", body.len());
            let mut chunked = format!("{post}{kind}Transfer-Encoding: chunked\r\n\r\n");
            for part in [&body[..9], &body[9..13], &body[13..]] {
                chunked += &format!("{:x}\r\n{part}\r\n", part.len());
            }
            chunked += "0\r\n\r\n";
            let round = [
                "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", &known, "\r\n\r\nGET /v1/me HTTP/1.1\r\nHost: x\r\n\r\n", &chunked,
                "GET /v1/nowhere HTTP/1.1\nHost: x\n\n",
            ];
            let rounds = 20;
            let mut all = round.concat().repeat(rounds);
            all += "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            let mut expected = [200, 202, 401, 202, 404].repeat(rounds);
            expected.push(200);
            for size in [all.len(), 7, 1000] {
                let mut raw = Raw::connect(&process.url);
                let mut twin = raw.twin();
                let back = thread::scope(|scope| {
                    let back = scope.spawn(move || twin.read(Duration::from_secs(60)));
                    for piece in all.as_bytes().chunks(size) {
                        assert!(raw.send(piece));
                    }
                    back.join().expect("answers")
                });
                assert!(back.closed);
                // So many codes are not sent to one address.
                let answered = back.statuses().into_iter().map(|status| if status == 429 { 202 } else { status });
                assert_eq!(answered.collect::<Vec<u16>>(), expected, "in pieces of {size}");
            }
        });
    }

    fn what_is_too_large_or_too_deep_is_refused_at_once(server) {
        let process = start(server.database_url());
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            let kind = "Content-Type: application/json\r\n";
            let deep = |open: &str| json(open.repeat(100_000 / open.len()).as_bytes());
            let wide = format!("{{{}\"a\":1}}", (0..20_000).map(|n| format!("\"f{n}\":1,")).collect::<String>());
            let endless = [&b"{\"email\":\""[..], &[b'a'; 400_000]].concat();
            for (what, request, status) in [
                ("a length beyond all bounds", post(&format!("{kind}Content-Length: 99999999999\r\n"), b"{"), 413),
                ("more than there may be", json(&endless), 413),
                ("chunks without an end", post(&format!("{kind}Transfer-Encoding: chunked\r\n"), &b"10000\r\n".iter().copied().chain([b'a'; 0x10000]).chain(*b"\r\n").collect::<Vec<u8>>().repeat(8)), 413),
                ("deep lists", deep("["), 400),
                ("deep objects", deep("{\"a\":"), 400),
                ("many unknown fields", json(wide.as_bytes()), 400),
                ("a number beyond all bounds", json(format!("{{\"email\":1{}}}", "0".repeat(200_000)).as_bytes()), 400),
                ("a packed body", post(&format!("{kind}Content-Encoding: gzip\r\nContent-Length: 4\r\n"), b"\x1f\x8b\x08\x00"), 415),
                ("a twice packed body", post(&format!("{kind}Content-Encoding: br, gzip\r\nContent-Length: 4\r\n"), b"\x1f\x8b\x08\x00"), 415),
                ("many headers", [b"GET /healthz HTTP/1.1\r\nHost: x\r\n".to_vec(), b"X-A: b\r\n".repeat(1000), b"\r\n".to_vec()].concat(), 400),
                ("an endless header", [b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ".to_vec(), vec![b'a'; 1_000_000]].concat(), 431),
                ("an endless path", get(&format!("/{}", "a".repeat(200_000))), 400),
                ("an endless query", get(&format!("/v1/codes?{}", "a=b&".repeat(20_000))), 400),
            ] {
                let back = Raw::ask(&process.url, &request);
                let statuses = back.statuses();
                // Who is cut off while still sending may find the line dead before the answer.
                let fine = statuses == [status] || (statuses.is_empty() && back.closed && request.len() > 60_000)
                    || (statuses == [400] && status == 431) || (statuses == [414] || statuses == [431]) && status == 400;
                assert!(fine, "{what}: {statuses:?}");
                assert!(back.bytes.len() < 300_000, "{what}: {} bytes", back.bytes.len());
                assert!(back.closed && back.took < LONGEST, "{what}: {:?}", back.took);
            }
        });
    }

    fn tricks_with_paths_lead_nowhere(server) {
        let process = start(server.database_url());
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            for path in [
                "/v1/../../etc/passwd", "/v1/%2e%2e/%2e%2e/etc/passwd", "/v1/..%2f..%2fetc/passwd", "/v1/..%5c..%5cetc",
                "/v1/%00", "/v1/me%00", "/v1/me%2f", "/v1/m%65", "/v1/m%65/", "/v1//me", "//v1/me", "/v1/./me", "/v1/me/.", "/v1/me/..",
                "/v1/orders/%2e", "/v1/orders/..%2fme", "/v1/codes/..%2f..%2fme", "/v1/codes/%c0%ae%c0%ae%c0%af", "/v1/codes/%e0%80%af",
                "/v1/codes/%ff%fe", "/v1/codes/\u{7f}", "/v1/codes/%f0%28%8c%bc", "/v1/codes/a%0d%0aX-Evil:%20yes", "/v1/me;a=b",
                "/v1/me%3Fa", "/V1/ME", "/docs/..%2f..%2fopenapi.yaml", "/docs/%2e%2e%2f", "*", "http://elsewhere.example/v1/me",
            ] {
                let back = Raw::ask(&process.url, &get(path));
                let statuses = back.statuses();
                let refused = statuses.iter().all(|status| (400..500).contains(status));
                assert!(refused && statuses.len() <= 1 && back.closed, "{path}: {}", back.text());
                assert!(!back.text().to_lowercase().contains("\nx-evil"), "{path}");
            }
        });
    }

    fn text_that_is_none_is_refused(server) {
        let process = start(server.database_url());
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            let with = |header: &[u8]| {
                [&b"GET /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"[..], header, &b"\r\n\r\n"[..]].concat()
            };
            for (request, statuses) in [
                (json(b"{\"email\":\"\xff\xfe@x.example\"}"), &[400][..]),
                (json(b"{\"email\":\"\\ud800@x.example\"}"), &[400]),
                (json(b"{\"email\":\"a\\u0000@x.example\"}"), &[202, 400]),
                (json(b"\xef\xbb\xbf{}"), &[400]),
                (json(b"\x00"), &[400]),
                (get("/v1/orders?limit=%ff"), &[400, 401]),
                ([&b"GET /v1/codes/\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"[..]].concat(), &[400, 404]),
                (with(b"Authorization: Bearer \xff\xfe"), &[401]),
                (with(b"Authorization: Bearer a.b.c, Bearer d.e.f"), &[401]),
                (with(b"Accept-Language: \xff\xfe;q=nan"), &[400, 401]),
                (with(b"If-None-Match: \"\xc3\x28"), &[400, 401]),
                (with(b"X-Request-Id: <script>\xff"), &[400, 401]),
                (with(b"Traceparent: \xff"), &[400, 401]),
                (with(b"X-Forwarded-For: \xff, 1.2.3.4"), &[400, 401]),
                (with(b"Cookie: a=\x01"), &[400]),
            ] {
                let back = Raw::ask(&process.url, &request);
                let answered = back.statuses();
                assert!(answered.len() == 1 && statuses.contains(&answered[0]), "{:?}: {}", String::from_utf8_lossy(&request), back.text());
                assert!(!back.text().contains("<script>"));
            }
        });
    }

    fn no_request_is_smuggled_in_another(server) {
        let process = start(server.database_url());
        let hidden = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            let chunked = format!("0\r\n\r\n{hidden}");
            let long = hidden.len();
            for (what, headers, body) in [
                ("both lengths, chunks first", format!("Transfer-Encoding: chunked\r\nContent-Length: {}", chunked.len()), chunked.as_str()),
                ("both lengths, bytes first", format!("Content-Length: {}\r\nTransfer-Encoding: chunked", chunked.len()), chunked.as_str()),
                ("two lengths", format!("Content-Length: 0\r\nContent-Length: {long}"), hidden),
                ("two lengths in one", format!("Content-Length: 0, {long}"), hidden),
                ("a length with a sign", "Content-Length: +0".to_owned(), hidden),
                ("a negative length", "Content-Length: -1".to_owned(), hidden),
                ("a length in hexadecimal", "Content-Length: 0x0".to_owned(), hidden),
                ("a length with a space in its name", "Content-Length : 0".to_owned(), hidden),
                ("an unknown encoding", "Transfer-Encoding: xchunked".to_owned(), chunked.as_str()),
                ("a hidden encoding", "Transfer-Encoding: identity, chunked".to_owned(), chunked.as_str()),
                ("two encodings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity".to_owned(), chunked.as_str()),
                ("an encoding with a tab", "Transfer-Encoding:\tchunked\r\nContent-Length: 5".to_owned(), chunked.as_str()),
                ("a folded header", format!("X-A: b\r\n Content-Length: {long}\r\nContent-Length: 0"), hidden),
                ("a bare line feed", "X-A: b\nContent-Length: 0\r\nTransfer-Encoding: chunked".to_owned(), chunked.as_str()),
                ("a chunk with a wrong size", "Transfer-Encoding: chunked".to_owned(), "-1\r\n\r\n0\r\n\r\n"),
                ("a chunk with a huge size", "Transfer-Encoding: chunked".to_owned(), "fffffffffffffffff\r\na\r\n0\r\n\r\n"),
            ] {
                let request = format!("POST /v1/sign-in/codes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{headers}\r\n\r\n{body}");
                let back = Raw::ask(&process.url, request.as_bytes());
                assert!(back.closed, "{what}");
                assert!(back.statuses().iter().all(|status| *status == 400), "{what}: {}", back.text());
                assert!(!back.text().contains("\"ok\""), "{what}: what was hidden has been answered");
            }
        });
    }

    // RFC 9110, 7.8: nobody has to change to what is asked for. A body is as long as it says, and what follows it is no request.
    fn who_would_rather_speak_websocket_is_answered_as_others_are(server) {
        let process = start(server.database_url());
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            for (number, wish) in ["Upgrade: websocket\r\nConnection: Upgrade\r\n", "Upgrade: WebSocket\r\n", "Upgrade: h2c\r\nConnection: Upgrade\r\n", "Upgrade: h2c\r\nUpgrade: websocket\r\n"].into_iter().enumerate() {
                let body = format!(r#"{{ "email": "nobody-{number}@elsewhere.example" }}"#);
                let head = format!("POST /v1/sign-in/codes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{wish}\r\n", body.len());
                // It stays open, as it does while somebody waits for a WebSocket.
                let mut raw = Raw::connect(&process.url);
                raw.send(&[head.as_bytes(), body.as_bytes()].concat());
                let back = raw.read(Duration::from_secs(10));
                assert_eq!(back.statuses(), [202], "{wish}: {}", back.text());
                if wish.to_lowercase().contains("websocket") {
                    let mut raw = Raw::connect(&process.url);
                    raw.send(&[head.as_bytes(), body.as_bytes(), b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"].concat());
                    let back = raw.read(Duration::from_secs(10));
                    assert_eq!((back.statuses(), back.closed), (vec![202], true), "{wish}: {}", back.text());
                }
            }
            // Who announces more than comes is cut off as ever.
            let mut raw = Raw::connect(&process.url);
            raw.send(b"POST /v1/sign-in/codes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nUpgrade: websocket\r\nContent-Length: 50\r\n\r\n{");
            assert_eq!(raw.read(Duration::from_secs(10)).statuses(), [408]);
        });
    }

    fn half_closed_and_odd_connections_harm_nobody(server) {
        let process = start(server.database_url());
        endure(&process, &server.sign_in(ORDERER), LONGEST, || {
            // Who has said all that there is to say may stop talking, and still gets the answer.
            let whole = Raw::ask(&process.url, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            assert_eq!(whole.statuses(), [200]);
            for part in [
                &b"GET /healthz HTTP/1.1\r\nHost"[..],
                b"POST /v1/sign-in/codes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
                b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                b"GET /healthz\r\n\r\n",
                b"GET /healthz HTTP/9.9\r\n\r\n",
                b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
                b"\x00\x00\x00\x00",
                b"nonsense\r\n\r\n",
                b"",
            ] {
                let back = Raw::ask(&process.url, part);
                assert!(back.closed, "{:?}", String::from_utf8_lossy(part));
                assert!(back.statuses().iter().all(|status| (400..500).contains(status)), "{}", back.text());
            }
            // Many who hang up in the middle.
            for _ in 0..500 {
                Raw::connect(&process.url).send(b"POST /v1/sign-in/codes HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{");
            }
        });
    }
}
