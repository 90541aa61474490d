//! Why a message was not sent.

use std::{
    error::Error as _,
    io::{self, ErrorKind},
};

use lettre::transport::smtp;

/// What a mail server answers that does not take this one message, and would take another: there is no such mailbox, it is
/// full, or it takes nothing (RFC 5321, 4.2.3; RFC 7504).
const OF_THIS_ONE: [&str; 5] = ["550", "551", "552", "553", "556"];

/// Why a message was not sent. Nothing of it is in words of the mail server, which likes to repeat the address.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The mail server's address is none.
    #[error("--smtp-url {0}; it is like smtps://user:password@mail.example")]
    Url(&'static str),
    /// An address is not one.
    #[error("an e-mail address is malformed")]
    Address(#[from] lettre::address::AddressError),
    /// The message cannot be put together.
    #[error("the message cannot be made")]
    Message(#[from] lettre::error::Error),
    /// The mail server did not take it.
    #[error("the mail server did not take it: {}", told(.0))]
    Server(#[from] smtp::Error),
}

impl Error {
    /// Whether it is a matter of this one message, so that others can be sent all the same.
    pub(crate) fn is_of_this_one(&self) -> bool {
        match self {
            Self::Address(_) | Self::Message(_) => true,
            Self::Server(error) => {
                error.status().is_some_and(|code| OF_THIS_ONE.contains(&&*code.to_string()))
            }
            Self::Url(_) => false,
        }
    }
}

/// What is wrong with the address of a mail server that cannot be used. Nothing of it is repeated: it holds a password.
pub(super) fn wrong_url(url: &str) -> Error {
    let known = ["smtp://", "smtps://"].iter().any(|scheme| url.starts_with(scheme));
    Error::Url(match url.split_once("tls=") {
        _ if !known => "begins neither with smtp:// nor with smtps://",
        Some((_, tls)) if !["required", "opportunistic"].contains(&tls) => {
            "says tls= something else than required or opportunistic"
        }
        _ => "names no host that there could be",
    })
}

fn told(error: &smtp::Error) -> String {
    if let Some(code) = error.status() {
        return format!("it answered {code}");
    }
    let mut cause = error.source();
    while let Some(one) = cause {
        // The system calls a read that has taken too long one that would block.
        let kind = one.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(kind, Some(ErrorKind::TimedOut | ErrorKind::WouldBlock)) {
            return "it did not answer in time".to_owned();
        }
        cause = one.source();
    }
    let why = match () {
        () if error.is_tls() => "there is no TLS with it",
        () if error.is_client() => "it cannot do what the message needs",
        () if error.is_response() => "its answer makes no sense",
        () => "it was not reached",
    };
    why.to_owned()
}

#[cfg(test)]
mod tests {
    use crate::Mailer;

    #[test]
    fn what_is_wrong_with_the_address_of_a_mail_server_is_told_without_its_password() {
        for (url, why) in [
            ("", "begins neither"),
            ("http://user:secret@mail.example", "begins neither"),
            ("user:secret@mail.example", "begins neither"),
            ("smtp://", "names no host"),
            ("smtp://user:secret@", "names no host"),
            ("smtp://user:secret@mail.example:no", "names no host"),
            ("smtp://user:secret@mail.example?tls=maybe", "says tls="),
        ] {
            let from = "kokemusvayla@mail.example".parse().expect("an address");
            let told = Mailer::smtp(url, from).expect_err("it is refused").to_string();
            assert!(told.starts_with("--smtp-url ") && told.contains(why), "{url}: {told}");
            assert!(!told.contains("secret"), "{told}");
        }
    }
}
