//! The whole table of the document, and which text is for whom.

use domain::{
    document::{
        DevelopmentPhase, Document, DocumentFacts, DocumentKind, DocumentLanguage, Event, Reader,
        State, VersionForm, WORKFLOW, orientation,
    },
    localized::Language,
    policy::Role,
    refusal::{Refusal, Rule},
    time::Moment,
};
use expect_test::expect_file;
use proptest::prelude::*;

use crate::full::full;
use crate::made_up::id;

fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(seconds).expect("in range")
}

fn draft(number: u128, node: u128) -> Document {
    let facts = DocumentFacts {
        kind: DocumentKind::Orientation,
        name: "Perehdytys".to_owned(),
        task_types: Vec::new(),
        audience: Vec::new(),
        phase: DevelopmentPhase::InUse,
        acknowledged: false,
        review_due: None,
    };
    Document::new(id(number), id(node), facts, id(7), moment(0)).expect("a document")
}

fn add(language: DocumentLanguage, easy: bool) -> Event {
    let title = format!("{language:?} {easy}");
    let text = Some("teksti".to_owned());
    Event::AddVersion(Box::new(VersionForm { language, easy, title, text, attachment: None }))
}

fn published(document: Document, texts: &[(DocumentLanguage, bool)]) -> Document {
    let with = texts.iter().fold(document, |document, (language, easy)| {
        document.apply(add(*language, *easy), id(7), moment(1)).expect("adds")
    });
    with.apply(Event::Publish, id(7), moment(2)).expect("publishes")
}

fn documents() -> Vec<(&'static str, Document)> {
    let fi = [(DocumentLanguage::Fi, false)];
    let with_text = draft(1, 1).apply(add(DocumentLanguage::Fi, false), id(7), moment(1));
    let published = published(draft(1, 1), &fi);
    let fresh = published.clone().apply(add(DocumentLanguage::Fi, false), id(7), moment(3));
    let withdrawn = published.clone().apply(Event::Withdraw, id(7), moment(3));
    vec![
        ("draft", draft(1, 1)),
        ("draft, one text", with_text.expect("adds")),
        ("published", published),
        ("published, new text", fresh.expect("adds")),
        ("withdrawn", withdrawn.expect("withdraws")),
    ]
}

fn all_events() -> Vec<Event> {
    vec![
        Event::Edit(Box::new(DocumentFacts { name: "Uusi nimi".to_owned(), ..draft(1, 1).facts })),
        add(DocumentLanguage::Sv, true),
        Event::Publish,
        Event::Withdraw,
    ]
}

#[test]
fn the_whole_table() {
    let mut table = format!("{:<12}", "");
    for (name, _) in documents() {
        table += &format!("{name:<22}");
    }
    for event in all_events() {
        table += &format!("\n{:<12}", event.action());
        for (_, document) in documents() {
            let from = document.state.name();
            let next = document.apply(event.clone(), id(8), moment(5));
            let arrow = WORKFLOW.arrow(from, event.action());
            let cell = match next {
                Ok(next) => {
                    assert!(arrow.is_some_and(|arrow| arrow.to.contains(&next.state.name())));
                    next.state.name().to_owned()
                }
                Err(Refusal::OutOfTurn { machine, state, action }) => {
                    assert!(arrow.is_none());
                    assert_eq!((machine, state, action), (WORKFLOW.name, from, event.action()));
                    "·".to_owned()
                }
                Err(Refusal::Rule(rule)) => format!("{rule}!"),
                Err(refusal) => panic!("{refusal}"),
            };
            table += &format!("{cell:<22}");
        }
    }
    let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    expect_file!["../golden/document.txt"].assert_eq(&table);
}

#[test]
fn a_reader_gets_the_own_language_first_and_the_easy_text_if_there_is_one() {
    use DocumentLanguage::{En, Fi, Se, Sv};
    let document = published(draft(1, 1), &[(Fi, false), (Fi, true), (Sv, false)]);
    let text = |language, easy| {
        let version = document.text_for(Reader { language, easy }).expect("a text");
        (version.language, version.easy)
    };
    assert_eq!(text(Fi, true), (Fi, true));
    assert_eq!(text(Fi, false), (Fi, false));
    assert_eq!(text(Sv, true), (Sv, false));
    assert_eq!(text(En, true), (Fi, true));
    assert_eq!(text(Se, false), (Fi, false));
}

#[test]
fn a_new_version_takes_the_place_of_the_old_one_only_once_it_is_published() {
    let fi = [(DocumentLanguage::Fi, false)];
    let document = published(draft(1, 1), &fi);
    let added = document.apply(add(DocumentLanguage::Fi, false), id(7), moment(3)).expect("adds");
    let numbers =
        |document: &Document| document.current().map(|text| text.number).collect::<Vec<_>>();
    assert_eq!(numbers(&added), [1]);
    let again = added.apply(Event::Publish, id(7), moment(4)).expect("publishes");
    assert_eq!(numbers(&again), [2]);
}

#[test]
fn orientation_comes_down_the_tree_with_the_nearest_first() {
    let fi = [(DocumentLanguage::Fi, false)];
    let [area, unit, elsewhere] =
        [(1, 10), (2, 20), (3, 30)].map(|(number, node)| published(draft(number, node), &fi));
    let mut school = published(draft(4, 20), &fi);
    school.facts.task_types = vec!["school_lesson".to_owned()];
    let unpublished = draft(5, 20);
    let reader = Reader { language: DocumentLanguage::Fi, easy: false };
    let documents = [area, unit, elsewhere, school, unpublished];
    let chosen = orientation(&documents, &[id(1000), id(10), id(20)], "lecture", reader);
    let chosen: Vec<_> = chosen.iter().map(|(document, _)| document.id).collect();
    assert_eq!(chosen, [id(2), id(1)]);
}

proptest! {
    #[test]
    fn what_was_published_never_changes(events in prop::collection::vec(
        prop::sample::select(all_events()), 0..12,
    )) {
        let mut document = draft(1, 1);
        for (seconds, event) in (0..).zip(events) {
            let Ok(next) = document.clone().apply(event, id(7), moment(seconds)) else { continue };
            for (before, after) in document.versions.iter().zip(&next.versions) {
                if before.published.is_some() {
                    prop_assert_eq!(before, after);
                }
            }
            prop_assert!(next.versions.len() >= document.versions.len());
            let published = matches!(next.state, State::Published { .. });
            prop_assert!(!published || next.current().next().is_some());
            document = next;
        }
    }
}

#[test]
fn a_document_takes_so_many_texts_and_they_can_be_published() {
    let long = full(draft(1, 1), |document| {
        document.apply(add(DocumentLanguage::Fi, false), id(7), moment(1))
    });
    long.apply(Event::Publish, id(7), moment(2)).expect("publishes");
}

#[test]
fn a_document_is_for_its_tasks_and_its_readers_once_it_is_published() {
    let fi = [(DocumentLanguage::Fi, false)];
    let mut document = published(draft(1, 1), &fi);
    assert!(document.suits("lecture", Role::Expert));
    document.facts.task_types = vec!["lecture".to_owned()];
    document.facts.audience = vec![Role::Liaison];
    assert!(document.suits("lecture", Role::Liaison));
    assert!(!document.suits("lecture", Role::Expert) && !document.suits("panel", Role::Liaison));
    let withdrawn = document.apply(Event::Withdraw, id(7), moment(3)).expect("withdraws");
    assert!(!withdrawn.suits("lecture", Role::Liaison));
    assert!(!draft(1, 1).suits("lecture", Role::Expert));
}

#[test]
fn what_is_published_is_acknowledged_where_it_is_asked_for() {
    let fi = [(DocumentLanguage::Fi, false)];
    let mut document = published(draft(1, 1), &fi);
    let refused = Err(Rule::NotAcknowledged.into());
    assert_eq!(document.acknowledged(id(3), id(4), moment(9)), refused);
    document.facts.acknowledged = true;
    let read = document.acknowledged(id(3), id(4), moment(9)).expect("it is asked for");
    assert_eq!((read.document, read.person), (document.id, id(4)));
    assert_eq!((read.published, read.at), (moment(2), moment(9)));
    let withdrawn = document.apply(Event::Withdraw, id(7), moment(10)).expect("withdraws");
    assert_eq!(withdrawn.acknowledged(id(3), id(4), moment(11)), refused);
}

#[test]
fn a_version_is_a_text_or_a_file_and_a_task_is_one_that_there_is() {
    let language = DocumentLanguage::Fi;
    let version = |text: Option<&str>, file: Option<u128>| {
        let (title, text, attachment) = ("Opas".to_owned(), text.map(str::to_owned), file.map(id));
        Event::AddVersion(Box::new(VersionForm { language, easy: false, title, text, attachment }))
    };
    let code = |refused: Result<Document, Refusal>| match refused {
        Err(Refusal::Invalid(faults)) => format!("{} {}", faults[0].pointer, faults[0].code),
        other => panic!("{other:?}"),
    };
    for wrong in [version(None, None), version(Some("teksti"), Some(5))] {
        assert_eq!(code(draft(1, 1).apply(wrong, id(7), moment(1))), "/text one_of");
    }
    assert!(draft(1, 1).apply(version(None, Some(5)), id(7), moment(1)).is_ok());
    let task_types = vec!["lecture".to_owned(), "juggling".to_owned()];
    let edit = DocumentFacts { task_types, ..draft(1, 1).facts };
    let refused = draft(1, 1).apply(Event::Edit(Box::new(edit)), id(7), moment(1));
    assert_eq!(code(refused), "/task_types/1 unknown_code");
}

#[test]
fn people_read_documents_in_their_own_language() {
    use DocumentLanguage::{En, Fi, Sv};
    let own = [Language::Fi, Language::Sv, Language::En].map(DocumentLanguage::from);
    assert_eq!(own, [Fi, Sv, En]);
}

#[test]
fn a_document_stays_of_its_kind() {
    let before = draft(1, 1);
    let other = DocumentFacts { kind: DocumentKind::Other, ..before.facts.clone() };
    assert_ne!(before.facts.kind, other.kind);
    let after = before.clone().apply(Event::Edit(Box::new(other)), id(7), moment(1));
    assert_eq!(after.expect("edits").facts, before.facts);
}
