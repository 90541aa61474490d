//! E-mail.

use std::sync::{Arc, Mutex};

use lettre::{Message, SmtpTransport, Transport, message::Mailbox};

/// What sends e-mail.
#[derive(Clone, Debug)]
pub struct Mailer(Arc<Way>);

#[derive(Debug)]
enum Way {
    /// Through a mail server.
    Smtp(Box<Server>),
    /// Onto the terminal, for a demonstration.
    Terminal,
    /// Into memory, for tests.
    Memory(Mutex<Vec<Letter>>),
}

/// The mail server, and the address that messages come from.
#[derive(Debug)]
struct Server {
    transport: SmtpTransport,
    from: Mailbox,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The e-mail address it goes to.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
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
        Ok(Self(Arc::new(Way::Smtp(Box::new(Server { transport, from: from.parse()? })))))
    }

    /// Shows messages on the terminal.
    pub fn terminal() -> Self {
        Self(Arc::new(Way::Terminal))
    }

    /// Keeps messages in memory.
    pub fn memory() -> Self {
        Self(Arc::new(Way::Memory(Mutex::default())))
    }

    /// Sends a message, and waits until the server has taken it.
    ///
    /// # Errors
    ///
    /// If the server does not take it.
    pub fn send(&self, letter: Letter) -> Result<(), Error> {
        match &*self.0 {
            Way::Smtp(server) => {
                let Server { transport, from } = &**server;
                let message = Message::builder()
                    .from(from.clone())
                    .to(letter.to.parse()?)
                    .subject(letter.subject)
                    .body(letter.text)?;
                transport.send(&message)?;
            }
            Way::Terminal => {
                println!(
                    "✉ {} — {}\n  {}",
                    letter.to,
                    letter.subject,
                    letter.text.replace('\n', "\n  ")
                );
            }
            Way::Memory(letters) => {
                letters.lock().expect("nobody panics while holding it").push(letter);
            }
        }
        Ok(())
    }

    /// The messages kept in memory so far.
    pub fn sent(&self) -> Vec<Letter> {
        match &*self.0 {
            Way::Memory(letters) => letters.lock().expect("nobody panics while holding it").clone(),
            Way::Smtp(_) | Way::Terminal => Vec::new(),
        }
    }
}
