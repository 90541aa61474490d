//! How an agreement is edited, section by section, and that its content is never printed.

use domain::{
    agreement::{
        AgreedConsent, Agreement, AgreementContent, AgreementEdit, AgreementPoints,
        AgreementSection, ConfidentialityTerms, Event, FeeTerms, PartyTerms, PublicityTerms,
        SupportTerms,
    },
    order::FeeBasis,
    refusal::{Fault, Refusal},
};

use crate::made_up::{id, moment, text};

/// An agreement in which every section that an edit below empties has something.
fn written() -> AgreementContent {
    AgreementContent {
        task: AgreementPoints { place: text("auditorio"), ..AgreementPoints::default() },
        parties: PartyTerms { payer: Some(id(6)), ..PartyTerms::default() },
        fee: FeeTerms { basis: Some(FeeBasis::Paid), ..FeeTerms::default() },
        confidentiality: ConfidentialityTerms { expert: text("salassa"), orderer: None },
        ..AgreementContent::default()
    }
}

#[test]
fn an_edit_replaces_the_sections_that_it_names_and_no_others() {
    let old = written();
    let given = |edit: AgreementEdit| {
        let new = old.clone().with(edit);
        (new.differs(&old), new)
    };
    let none = AgreementEdit::default();
    assert_eq!(given(none.clone()).0, []);
    let publicity =
        PublicityTerms { recording: AgreedConsent::Refused, ..PublicityTerms::default() };
    let support = SupportTerms { contact: text("Liisa Lahti"), ..SupportTerms::default() };
    let edits = [
        (
            AgreementSection::Parties,
            AgreementEdit { parties: Some(PartyTerms::default()), ..none.clone() },
        ),
        (AgreementSection::Fee, AgreementEdit { fee: Some(FeeTerms::default()), ..none.clone() }),
        (AgreementSection::Publicity, AgreementEdit { publicity: Some(publicity), ..none.clone() }),
        (
            AgreementSection::ClosedTopics,
            AgreementEdit { closed_topics: Some(vec!["perhe".to_owned()]), ..none.clone() },
        ),
        (
            AgreementSection::Confidentiality,
            AgreementEdit {
                confidentiality: Some(ConfidentialityTerms::default()),
                ..none.clone()
            },
        ),
        (AgreementSection::Support, AgreementEdit { support: Some(support), ..none.clone() }),
        (AgreementSection::Task, AgreementEdit { task: Some(AgreementPoints::default()), ..none }),
    ];
    for (section, edit) in edits {
        let (sections, _) = given(edit);
        assert_eq!(sections, [section]);
    }
}

#[test]
fn an_edit_with_a_fault_changes_nothing() {
    let drafting = Agreement::new(id(1), id(2), written(), moment(0));
    let edit = AgreementEdit { closed_topics: Some(vec![String::new()]), ..Default::default() };
    let refused = drafting.apply(Event::Edit { by: id(5), edit: Box::new(edit) }, moment(1));
    let fault = Fault::new("/closed_topics/0", "wrong_length");
    assert_eq!(refused, Err(Refusal::Invalid(vec![fault])));
}

#[test]
fn what_can_tell_of_health_is_never_printed() {
    let mut content = written();
    content.closed_topics = vec!["SALAISUUS".to_owned()];
    content.support.adjustments = vec!["SALAISUUS".to_owned()];
    let edit = AgreementEdit { support: Some(content.support.clone()), ..Default::default() };
    let shown = format!(
        "{content:?} {edit:?} {:?} {:?} {:?}",
        content.task, content.parties, content.support
    );
    assert_eq!(
        shown,
        "AgreementContent { .. } AgreementEdit { .. } AgreementPoints { .. } PartyTerms { .. } \
         SupportTerms { .. }"
    );
}
