//! What may be attached to what, and who reads it then.

use domain::{
    attachment::{Attached, Attachment, MediaType, Purpose, ThingKind, sniff},
    id::Id,
    refusal::Rule,
    time::Moment,
};
use expect_test::expect_file;
use proptest::prelude::*;
use uuid::Uuid;

const PURPOSES: [Purpose; 6] = [
    Purpose::Receipt,
    Purpose::TaxCard,
    Purpose::Decision,
    Purpose::Document,
    Purpose::Agreement,
    Purpose::Feedback,
];

fn file(purpose: Purpose) -> Attachment {
    Attachment {
        id: Id::new(Uuid::from_u128(1)),
        uploader: Id::new(Uuid::from_u128(2)),
        purpose,
        name: "kuitti.pdf".to_owned(),
        media_type: MediaType::Pdf,
        size: 3,
        digest: "00".repeat(32),
        uploaded_at: Moment::from_timestamp(1_780_000_000).expect("in range"),
        attached: None,
    }
}

fn thing(kind: ThingKind, id: u128) -> Attached {
    let (id, node) = (Uuid::from_u128(id), Id::new(Uuid::from_u128(9)));
    Attached { kind, id, node, handler: None, owner: None }
}

#[test]
fn each_purpose_has_its_kinds_of_files_its_size_its_thing_and_its_readers() {
    let mut table = String::new();
    for purpose in PURPOSES {
        let kinds: Vec<_> = purpose.media_types().iter().map(|kind| kind.name()).collect();
        let to = thing(purpose.belongs_to(), 3);
        table += &format!("{purpose:?}\n  files    {}\n", kinds.join(", "));
        table += &format!("  bytes    {}\n", purpose.max_bytes());
        table += &format!("  sealed   {}\n", purpose.is_sealed());
        table += &format!("  belongs  {:?}\n", to.kind);
        table += &format!("  read by  {:?}\n", file(purpose).read_by(&to));
        table += &format!("  known by {:?}\n", Attachment::known_by(&to));
    }
    expect_file!["../golden/attachment.txt"].assert_eq(&table);
}

#[test]
fn a_file_is_attached_to_one_thing_of_its_kind_for_good() {
    let (own, other) = (thing(ThingKind::FeeForm, 3), thing(ThingKind::FeeForm, 4));
    let attached = file(Purpose::Receipt).attach(own.clone()).expect("it is a receipt");
    assert_eq!(attached.attached, Some(own.clone()));
    assert_eq!(attached.clone().attach(own), Ok(attached.clone()));
    assert_eq!(attached.attach(other), Err(Rule::AttachedElsewhere.into()));
    let decision = thing(ThingKind::Decision, 3);
    assert_eq!(file(Purpose::Receipt).attach(decision), Err(Rule::WrongPurpose.into()));
}

#[test]
fn whoever_uploaded_a_file_takes_it_back_until_it_is_attached() {
    let loose = file(Purpose::Document);
    assert_eq!(loose.discardable(), Ok(()));
    let attached = loose.attach(thing(ThingKind::Document, 3)).expect("it is a document");
    assert_eq!(attached.discardable(), Err(Rule::StillAttached.into()));
}

#[test]
fn what_a_file_is_is_told_by_its_content() {
    let cases: [(&[u8], Option<MediaType>); 13] = [
        (b"%PDF-1.7\n", Some(MediaType::Pdf)),
        (b"\x89PNG\r\n\x1a\n\x00", Some(MediaType::Png)),
        (b"\xff\xd8\xff\xe0", Some(MediaType::Jpeg)),
        ("Hyvää\tpäivää,\r\nystävä".as_bytes(), Some(MediaType::Text)),
        ("\u{feff}teksti".as_bytes(), Some(MediaType::Text)),
        (b"", None),
        (b" <!doctype html>", None),
        ("\u{feff}<svg>".as_bytes(), None),
        (b"\r\n\t<script>", None),
        (b"bell \x07", None),
        (b"\xff\xfe", None),
        (b"MZ\x90\x00", None),
        (b"PK\x03\x04", None),
    ];
    for (content, kind) in cases {
        assert_eq!(sniff(content), kind, "{content:?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_of_content_fail(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = sniff(&bytes);
    }
}
