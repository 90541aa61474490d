//! A line to PostgreSQL that can be cut, as if its server had gone away.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    os::unix::net::UnixStream,
    sync::{Arc, Mutex},
    thread,
};

/// Both ends of one line.
type Ends = (TcpStream, Onward);

/// A line to PostgreSQL that can be cut.
pub struct Gap {
    /// The database at the other end, seen through here.
    pub url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    cut: bool,
    lines: Vec<Ends>,
}

/// The way to the server itself.
enum Onward {
    Tcp(TcpStream),
    Unix(UnixStream),
}

impl Gap {
    /// A line to the database at `url`.
    pub fn new(url: &str) -> Self {
        let rest = url.split_once("://").expect("a URL").1;
        let (authority, database) = rest.split_once('/').expect("a database");
        let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let here = listener.local_addr().expect("bound");
        let state = Arc::new(Mutex::new(State::default()));
        let (kept, host) = (state.clone(), host.replace("%2F", "/"));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut state = kept.lock().expect("free");
                if state.cut {
                    continue;
                }
                let onward = Onward::connect(&host);
                pump(stream.try_clone().expect("one more"), onward.both());
                pump_back(stream.try_clone().expect("one more"), onward.both());
                state.lines.push((stream, onward));
            }
        });
        Self { url: format!("postgres://{user}@{here}/{database}"), state }
    }

    /// Cuts every line, and lets no new one through.
    pub fn cut(&self) {
        let mut state = self.state.lock().expect("free");
        state.cut = true;
        for (here, there) in state.lines.drain(..) {
            // Either may have gone by itself.
            let _ = here.shutdown(Shutdown::Both);
            there.close();
        }
    }

    /// Lets new lines through again.
    pub fn mend(&self) {
        self.state.lock().expect("free").cut = false;
    }
}

impl Onward {
    fn connect(host: &str) -> Self {
        if host.starts_with('/') {
            let socket = format!("{host}/.s.PGSQL.5432");
            return Self::Unix(UnixStream::connect(socket).expect("PostgreSQL is there"));
        }
        let address = if host.contains(':') { host.to_owned() } else { format!("{host}:5432") };
        Self::Tcp(TcpStream::connect(address).expect("PostgreSQL is there"))
    }

    fn both(&self) -> Self {
        match self {
            Self::Tcp(stream) => Self::Tcp(stream.try_clone().expect("one more")),
            Self::Unix(stream) => Self::Unix(stream.try_clone().expect("one more")),
        }
    }

    fn close(&self) {
        // The other end may have closed it already.
        let _ = match self {
            Self::Tcp(stream) => stream.shutdown(Shutdown::Both),
            Self::Unix(stream) => stream.shutdown(Shutdown::Both),
        };
    }
}

impl Read for Onward {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.read(buffer),
            Self::Unix(stream) => stream.read(buffer),
        }
    }
}

impl Write for Onward {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.write(bytes),
            Self::Unix(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn pump(mut from: TcpStream, mut to: Onward) {
    thread::spawn(move || {
        // It ends when either end does.
        let _ = std::io::copy(&mut from, &mut to);
        to.close();
    });
}

fn pump_back(mut to: TcpStream, mut from: Onward) {
    thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Both);
    });
}
