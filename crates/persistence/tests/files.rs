//! Attachments in the database and in a folder.

mod opened;
mod settled;

use std::fs;

use domain::{
    attachment::{Attachment, MediaType, Purpose},
    time::Moment,
};
use persistence::{Database, Error, Result, Session, Stored, attachments};
use tempfile::TempDir;
use uuid::Uuid;

use self::{
    opened::{id, open, settings},
    settled::settle,
};

const CONTENT: &[u8] = b"%PDF-1.7 forty-two percent";

fn made_up(raw: u128, purpose: Purpose) -> Attachment {
    Attachment {
        id: id(raw),
        uploader: id(2),
        purpose,
        name: "verokortti.pdf".to_owned(),
        media_type: MediaType::Pdf,
        size: 26,
        digest: String::new(),
        uploaded_at: Moment::from_timestamp(1_780_000_000).expect("a moment"),
        attached: None,
    }
}

fn keep(database: &Database, raw: u128, purpose: Purpose) -> Stored<Attachment> {
    let attachment = made_up(raw, purpose);
    let kept: Result<_> = database.write(|session| attachments::keep(session, attachment, CONTENT));
    kept.expect("it is kept")
}

fn read(database: &Database, attachment: &Attachment) -> Vec<u8> {
    let content: Result<_> = database.read(|session| attachments::content(session, attachment));
    content.expect("it is there")
}

fn holds(bytes: &[u8]) -> bool {
    bytes.windows(CONTENT.len()).any(|window| window == CONTENT)
}

#[test]
fn a_tax_card_is_readable_neither_in_the_database_nor_in_the_folder() {
    let (folder, files) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let inside = open(&folder, None);
    inside.write(settle).expect("it settles");
    let receipt = keep(&inside, 10, Purpose::Receipt);
    let card = keep(&inside, 11, Purpose::TaxCard);
    let outside = open(&folder, Some(files.path().to_owned()));
    let receipt_outside = keep(&outside, 12, Purpose::Receipt);
    let card_outside = keep(&outside, 13, Purpose::TaxCard);
    for attachment in [&receipt, &card, &receipt_outside, &card_outside] {
        assert_eq!(read(&outside, attachment), CONTENT, "wherever it was kept");
    }
    let file = |raw| fs::read(files.path().join(Uuid::from_u128(raw).to_string()));
    assert!(holds(&file(12).expect("a file")));
    assert!(!holds(&file(13).expect("a file")));
    assert!(file(10).is_err() && file(11).is_err());
}

/// Which files are in the folder after a transaction that keeps one more and discards the one that was there.
fn left_by(
    work: impl FnOnce(&mut Session<'_>, Attachment, &Stored<Attachment>) -> Result<()>,
) -> Vec<u128> {
    let (folder, files) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let database = open(&folder, Some(files.path().to_owned()));
    database.write(settle).expect("it settles");
    let old = keep(&database, 10, Purpose::Receipt);
    // How it ends is what this is about.
    let _: Result<()> =
        database.write(|session| work(session, made_up(11, Purpose::Receipt), &old));
    let names = fs::read_dir(files.path()).expect("a folder").map(|file| {
        let name = file.expect("a file").file_name();
        Uuid::try_parse(name.to_str().expect("text")).expect("an identifier").as_u128()
    });
    let mut names: Vec<u128> = names.collect();
    names.sort_unstable();
    for name in &names {
        read(&database, &made_up(*name, Purpose::Receipt));
    }
    names
}

/// Keeps the new file and discards the old one, and ends well or not.
fn replace(
    session: &mut Session<'_>,
    new: &Attachment,
    old: &Stored<Attachment>,
    well: bool,
) -> Result<()> {
    attachments::keep(session, new.clone(), CONTENT)?;
    attachments::discard(session, old)?;
    if well { Ok(()) } else { Err(Error::Stale) }
}

#[test]
fn a_transaction_that_is_undone_leaves_the_folder_as_it_was() {
    assert_eq!(left_by(|session, new, old| replace(session, &new, old, true)), [11]);
    assert_eq!(left_by(|session, new, old| replace(session, &new, old, false)), [10]);
}

#[test]
fn a_part_that_is_undone_leaves_the_folder_as_it_was() {
    let part = |well| {
        left_by(move |session, new, old| {
            let _: Result<()> = session.part(|session| replace(session, &new, old, well));
            Ok(())
        })
    };
    assert_eq!((part(true), part(false)), (vec![11], vec![10]));
    let undone_later = left_by(|session, new, old| {
        session.part(|session| replace(session, &new, old, true))?;
        Err(Error::Stale)
    });
    assert_eq!(undone_later, [10]);
}

#[test]
fn what_is_done_beside_others_is_settled_with_them() {
    let beside = |well| {
        left_by(move |session, new, old| {
            match session.beside(|session| replace(session, &new, old, well))? {
                Some(_) => Ok(()),
                None => Err(Error::Stale),
            }
        })
    };
    assert_eq!((beside(true), beside(false)), (vec![11], vec![10]));
}

#[test]
fn a_file_that_cannot_be_written_leaves_nothing() {
    let (folder, files) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
    let database = open(&folder, Some(files.path().join("nowhere")));
    database.write(settle).expect("it settles");
    let card = made_up(10, Purpose::TaxCard);
    let kept = database.write(|session| attachments::keep(session, card.clone(), CONTENT));
    assert!(matches!(kept, Err(Error::File(_))));
    let found = database.read(|session| attachments::find(session, card.id));
    assert!(matches!(found, Err(Error::NotFound)));
}

#[test]
fn a_database_that_cannot_be_opened_is_named_with_what_is_in_the_way() {
    let folder = TempDir::new().expect("a folder");
    let said = |name: &str| {
        let path = folder.path().join(name);
        let opened = Database::open(settings(&path, None));
        let error = opened.expect_err("it is no file").to_string();
        assert!(error.contains(&path.display().to_string()), "{error}");
        error
    };
    assert!(said("nowhere/db").contains("No such file or directory"));
    fs::create_dir(folder.path().join("folder")).expect("it is made");
    assert!(said("folder").contains("Is a directory"));
}
