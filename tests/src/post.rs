//! A mail server that does as it is told, for tests of what becomes of messages.

use std::{
    io::{BufRead, BufReader, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex},
    thread,
};

/// A mail server of a test. It goes with this.
pub struct Post {
    /// Its address, as `--smtp-url` has it.
    pub url: String,
    here: SocketAddr,
    office: Arc<Office>,
}

/// What a mail server does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Manner {
    /// It takes every message.
    Takes,
    /// It lets everybody in and says nothing, until it does something else.
    Hangs,
    /// It hears every message out, and answers this.
    Refuses(&'static str),
}

struct Office {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    manner: Manner,
    gone: bool,
    lines: Vec<TcpStream>,
    letters: Vec<String>,
}

impl Post {
    /// Opens a mail server.
    pub fn open(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let here = listener.local_addr().expect("bound");
        let state = State { manner, gone: false, lines: Vec::new(), letters: Vec::new() };
        let office = Arc::new(Office { state: Mutex::new(state), changed: Condvar::new() });
        let kept = office.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut state = kept.state.lock().expect("free");
                if state.gone {
                    return;
                }
                state.lines.push(stream.try_clone().expect("one more"));
                kept.changed.notify_all();
                let office = kept.clone();
                // Whoever hangs up in the middle has been heard all the same.
                thread::spawn(move || drop(office.serve(stream)));
            }
        });
        Self { url: format!("smtp://{here}"), here, office }
    }

    /// From now on, it does something else, also for those who are waiting for it.
    pub fn now(&self, manner: Manner) {
        self.office.state.lock().expect("free").manner = manner;
        self.office.changed.notify_all();
    }

    /// Waits until somebody has come.
    pub fn wait_for_somebody(&self) {
        let state = self.office.state.lock().expect("free");
        drop(self.office.changed.wait_while(state, |state| state.lines.is_empty()).expect("free"));
    }

    /// Every message that it has heard out, whether or not it took it, with its headers.
    pub fn letters(&self) -> Vec<String> {
        self.office.state.lock().expect("free").letters.clone()
    }
}

impl Office {
    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let hangs = |state: &mut State| state.manner == Manner::Hangs && !state.gone;
        drop(self.changed.wait_while(self.state.lock().expect("free"), hangs).expect("free"));
        stream.write_all(b"220 post\r\n")?;
        let mut lines = BufReader::new(stream.try_clone()?).lines();
        while let Some(line) = lines.next().transpose()? {
            let answer = match line.get(..4).unwrap_or_default() {
                "DATA" => {
                    stream.write_all(b"354 go on\r\n")?;
                    let letter =
                        lines.by_ref().map_while(Result::ok).take_while(|line| line != ".");
                    let letter = letter.collect::<Vec<_>>().join("\n");
                    let mut state = self.state.lock().expect("free");
                    state.letters.push(letter);
                    match state.manner {
                        Manner::Refuses(answer) => answer,
                        Manner::Takes | Manner::Hangs => "250 taken",
                    }
                }
                "QUIT" => "221 bye",
                _ => "250 well",
            };
            stream.write_all(format!("{answer}\r\n").as_bytes())?;
        }
        Ok(())
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        let mut state = self.office.state.lock().expect("free");
        state.gone = true;
        for line in state.lines.drain(..) {
            // It may have ended by itself.
            let _ = line.shutdown(Shutdown::Both);
        }
        drop(state);
        self.office.changed.notify_all();
        // Whoever waits for the next to come sees that it is over.
        let _ = TcpStream::connect(self.here);
    }
}
