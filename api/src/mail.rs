//! E-mail.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use lettre::{Message, SmtpTransport, Transport, message::Mailbox};

/// What sends e-mail.
#[derive(Clone, Debug)]
pub struct Mailer {
    way: Arc<Way>,
    /// How many letters are on their way.
    begun: Arc<AtomicUsize>,
}

/// That a letter is on its way, for as long as this is there.
#[derive(Debug)]
pub(crate) struct OnItsWay(Arc<AtomicUsize>);

impl Drop for OnItsWay {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
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

/// Why a message was not sent.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An address is not one.
    #[error("an e-mail address is malformed")]
    Address(#[from] lettre::address::AddressError),
    /// The message cannot be put together.
    #[error("the message cannot be made")]
    Message(#[from] lettre::error::Error),
    /// The mail server did not take it.
    #[error("the mail server did not take it")]
    Server(#[from] lettre::transport::smtp::Error),
}

impl Mailer {
    /// Sends through the server at `url` (`smtp://`, `smtps://`, `?tls=required`) from the address `from`.
    ///
    /// # Errors
    ///
    /// If the URL or the address is malformed.
    pub fn smtp(url: &str, from: &str) -> Result<Self, Error> {
        let transport = SmtpTransport::from_url(url)?.build();
        Ok(Self::by(Way::Smtp(Box::new(Server { transport, from: from.parse()? }))))
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
        Self { way: Arc::new(way), begun: Arc::default() }
    }

    /// Tells that a letter will be sent, before it is written.
    pub(crate) fn begin(&self) -> OnItsWay {
        self.begun.fetch_add(1, Ordering::SeqCst);
        OnItsWay(self.begun.clone())
    }

    /// Whether nothing is on its way.
    pub fn is_idle(&self) -> bool {
        self.begun.load(Ordering::SeqCst) == 0
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
                let message = Message::builder()
                    .from(from.clone())
                    .to(letter.to.parse()?)
                    .subject(letter.subject)
                    .body(letter.text)?;
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
