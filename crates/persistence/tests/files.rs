//! Attachments in the database and in a folder.

mod settled;

use std::fs;

use domain::{
    attachment::{Attachment, MediaType, Purpose},
    time::Moment,
};
use persistence::{Database, Result, attachments};
use tempfile::TempDir;
use uuid::Uuid;

use self::settled::{id, open, settle};

const CONTENT: &[u8] = b"%PDF-1.7 forty-two percent";

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
