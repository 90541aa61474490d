//! Attachments in the database and in a folder.

use std::{fs, path::PathBuf, time::Duration};

use domain::{
    attachment::{Attachment, MediaType, Purpose},
    id::Id,
    localized::{Language, Localized},
    node::{Contact, Facts, History, Level, Node, Path},
    person::{self, Person},
    time::Moment,
};
use persistence::{Database, Keyring, Result, Session, Settings, attachments, nodes, people};
use tempfile::TempDir;
use uuid::Uuid;

const CONTENT: &[u8] = b"%PDF-1.7 forty-two percent";

fn id<T>(raw: u128) -> Id<T> {
    Id::new(Uuid::from_u128(raw))
}

fn open(folder: &TempDir, files: Option<PathBuf>) -> Database {
    let database = Database::open(Settings {
        url: format!("sqlite:{}", folder.path().join("db").display()),
        connections: 2,
        timeout: Duration::from_secs(5),
        full_sync: false,
        keys: Keyring::parse("1:a29rZW11c3bDpHlsw6QgLSBvbmx5IGZvciB0ZXN0cyE=").expect("a key"),
        files,
    })
    .expect("it opens");
    database.migrate().expect("it migrates");
    database
}

fn settle(session: &mut Session<'_>) -> Result<()> {
    let facts = Facts {
        name: Localized::fi("Suomi"),
        kind: None,
        area_code: None,
        y_tunnus: None,
        contact: Contact::default(),
        cost_centre: None,
    };
    let path = Path::root(id(1));
    nodes::add(
        session,
        Node { id: id(1), path, level: Level::Nation, facts, history: History::default() },
    )?;
    let facts = person::Facts {
        name: "Aino Esimerkki".to_owned(),
        email: "aino@example.fi".to_owned(),
        phone: None,
        address: None,
        language: Language::Fi,
        title: None,
        channel: person::Channel::default(),
    };
    people::add(session, Person::new(id(2), id(1), facts))?;
    Ok(())
}

fn keep(database: &Database, raw: u128, purpose: Purpose) -> Attachment {
    let attachment = Attachment {
        id: id(raw),
        uploader: id(2),
        purpose,
        name: "verokortti.pdf".to_owned(),
        media_type: MediaType::Pdf,
        size: 26,
        digest: String::new(),
        uploaded_at: Moment::from_timestamp(1_780_000_000).expect("a moment"),
        attached: None,
    };
    let kept: Result<_> = database.write(|session| attachments::keep(session, attachment, CONTENT));
    kept.expect("it is kept").thing
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
