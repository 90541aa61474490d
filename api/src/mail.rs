//! E-mail.

mod codes;
mod failure;

use std::{
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::time::Moment;
use lettre::{
    Message, SmtpTransport, Transport,
    message::{Mailbox, SinglePart},
};
use persistence::outbox::TAKEN;
use uuid::Uuid;

use self::codes::Codes;
pub(crate) use self::failure::Error;

/// How long a mail server may take for each of its answers. One that is well needs less than a second. With one that hangs,
/// all that were taken together are over before another node takes them, after five minutes.
const PATIENCE: Duration = Duration::from_secs(10);

/// What sends e-mail.
#[derive(Clone, Debug)]
pub struct Mailer {
    way: Arc<Way>,
    begun: Arc<Begun>,
    codes: Codes,
    health: Arc<Mutex<Health>>,
}

/// How the mail server is.
#[derive(Debug, Default)]
struct Health {
    /// Whether it took the last message, as far as that was a matter of the server.
    took_last: bool,
    /// When somebody was told last that it is well.
    told_at: Option<Moment>,
}

/// How many letters are on their way, and who waits until there are none.
#[derive(Debug, Default)]
struct Begun {
    count: Mutex<usize>,
    none: Condvar,
}

impl Begun {
    fn count(&self) -> MutexGuard<'_, usize> {
        self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// That a letter is on its way, for as long as this is there.
#[derive(Debug)]
pub(crate) struct OnItsWay(Arc<Begun>);

impl Drop for OnItsWay {
    fn drop(&mut self) {
        let mut count = self.0.count();
        *count -= 1;
        if *count == 0 {
            self.0.none.notify_all();
        }
    }
}

#[derive(Debug)]
enum Way {
    /// Through a mail server.
    Smtp(Box<Server>),
    /// Onto the terminal, for a demonstration.
    Terminal,
    /// Into memory, for tests, and onto the terminal too from the moment that a demonstration asks for it.
    Memory { letters: Mutex<Vec<Letter>>, aloud: AtomicBool },
}

/// The mail server, and the address that messages come from.
#[derive(Debug)]
struct Server {
    transport: SmtpTransport,
    from: Mailbox,
}

/// How many messages are kept in memory: a sandbox may run for months.
const KEPT: usize = 10_000;

/// One message.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What tells it from every other, and is the same however often it is sent: whoever gets it twice can see that.
    pub id: Uuid,
    /// The e-mail address it goes to.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The one-time code that it brings, if it does. It cannot be told from the text: links have digits in them, too.
    pub code: Option<String>,
}

impl Letter {
    fn show(&self) {
        println!("✉ {} — {}\n  {}", self.to, self.subject, self.text.replace('\n', "\n  "));
    }
}

impl Mailer {
    /// Sends through the server at `url` (`smtp://`, `smtps://`, `?tls=required`) from the address `from`.
    ///
    /// # Errors
    ///
    /// If the URL is malformed.
    pub fn smtp(url: &str, from: Mailbox) -> Result<Self, Error> {
        let found = SmtpTransport::from_url(url).map_err(|_| failure::wrong_url(url))?;
        let transport = found.timeout(Some(PATIENCE)).build();
        Ok(Self::by(Way::Smtp(Box::new(Server { transport, from }))))
    }

    /// Shows messages on the terminal.
    pub fn terminal() -> Self {
        Self::by(Way::Terminal)
    }

    /// Keeps messages in memory.
    pub fn memory() -> Self {
        Self::by(Way::Memory { letters: Mutex::default(), aloud: AtomicBool::new(false) })
    }

    /// From now on, shows on the terminal what is kept in memory, too.
    pub fn aloud(&self) {
        if let Way::Memory { aloud, .. } = &*self.way {
            aloud.store(true, Ordering::Relaxed);
        }
    }

    fn by(way: Way) -> Self {
        Self {
            way: Arc::new(way),
            begun: Arc::default(),
            codes: Codes::default(),
            health: Arc::default(),
        }
    }

    /// Tells that a letter will be sent, before it is written.
    pub(crate) fn begin(&self) -> OnItsWay {
        *self.begun.count() += 1;
        OnItsWay(self.begun.clone())
    }

    /// The mail server has taken a message, or has not.
    pub(crate) fn took_it(&self, took: bool) {
        self.health.lock().unwrap_or_else(PoisonError::into_inner).took_last = took;
    }

    /// Whether the mail server takes messages, which is said once in five minutes.
    pub(crate) fn is_well(&self, now: Moment) -> bool {
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        let lately = health.told_at.is_some_and(|at| now.since(at) < TAKEN);
        if !health.took_last || lately {
            return false;
        }
        health.told_at = Some(now);
        true
    }

    /// Whether nothing is on its way.
    pub fn is_idle(&self) -> bool {
        *self.begun.count() == 0
    }

    /// Waits until nothing is on its way, for `patience` at the most. Tells how much still is then.
    pub fn finish(&self, patience: Duration) -> usize {
        let none = &self.begun.none;
        let waited = none.wait_timeout_while(self.begun.count(), patience, |count| *count > 0);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Has `work`, which sends a code, done by those who do nothing else. Tells whether it will be: not if too many codes wait.
    pub(crate) fn send_later(&self, work: impl FnOnce() + Send + 'static) -> bool {
        let begun = self.begin();
        self.codes.take(move || {
            let _begun = begun;
            work();
        })
    }

    /// Sends a message, and waits until the server has taken it.
    ///
    /// # Errors
    ///
    /// If the server does not take it.
    pub fn send(&self, letter: Letter) -> Result<(), Error> {
        match &*self.way {
            Way::Smtp(server) => {
                let Server { transport, from } = &**server;
                let id = format!("<{}@{}>", letter.id, from.email.domain());
                let message = Message::builder()
                    .from(from.clone())
                    .to(letter.to.parse()?)
                    .subject(letter.subject)
                    .message_id(Some(id))
                    .singlepart(SinglePart::plain(letter.text))?;
                transport.send(&message)?;
            }
            Way::Terminal => letter.show(),
            Way::Memory { letters, aloud } => {
                if aloud.load(Ordering::Relaxed) {
                    letter.show();
                }
                let mut letters = letters.lock().expect("nobody panics while holding it");
                if letters.len() == KEPT {
                    letters.drain(..KEPT / 10);
                }
                letters.push(letter);
            }
        }
        Ok(())
    }

    /// The messages kept in memory so far.
    pub fn sent(&self) -> Vec<Letter> {
        match &*self.way {
            Way::Memory { letters, .. } => {
                letters.lock().expect("nobody panics while holding it").clone()
            }
            Way::Smtp { .. } | Way::Terminal => Vec::new(),
        }
    }
}
