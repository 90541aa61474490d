//! How an agreement is edited, section by section, and that its content is never printed.

use domain::{
    agreement::{
        AgreedConsent, Agreement, AgreementContent, AgreementPoints, AgreementSection,
        ConfidentialityTerms, Event, FeeTerms, PartyTerms, PublicityTerms, SupportTerms,
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
fn an_edit_tells_the_sections_that_it_changes_and_no_others() {
    let edited = |content: AgreementContent| {
        let drafting = Agreement::new(id(1), id(2), written(), moment(0));
        let event = Event::Edit { by: id(5), content: Box::new(content.clone()) };
        let after = drafting.apply(event, moment(1)).expect("edits");
        assert_eq!(after.content, content);
        (after.revision, after.changes.into_iter().flat_map(|change| change.sections).collect())
    };
    assert_eq!(edited(written()), (1, Vec::<AgreementSection>::new()));
    let publicity =
        PublicityTerms { recording: AgreedConsent::Refused, ..PublicityTerms::default() };
    let support = SupportTerms { contact: text("Liisa Lahti"), ..SupportTerms::default() };
    let none = ConfidentialityTerms::default();
    let edits = [
        (
            AgreementSection::Parties,
            AgreementContent { parties: PartyTerms::default(), ..written() },
        ),
        (AgreementSection::Fee, AgreementContent { fee: FeeTerms::default(), ..written() }),
        (AgreementSection::Publicity, AgreementContent { publicity, ..written() }),
        (
            AgreementSection::ClosedTopics,
            AgreementContent { closed_topics: vec!["perhe".to_owned()], ..written() },
        ),
        (
            AgreementSection::Confidentiality,
            AgreementContent { confidentiality: none, ..written() },
        ),
        (AgreementSection::Support, AgreementContent { support, ..written() }),
        (
            AgreementSection::Task,
            AgreementContent { task: AgreementPoints::default(), ..written() },
        ),
    ];
    for (section, content) in edits {
        assert_eq!(edited(content), (2, vec![section]));
    }
}

#[test]
fn an_edit_with_a_fault_changes_nothing() {
    let drafting = Agreement::new(id(1), id(2), written(), moment(0));
    let content = AgreementContent { closed_topics: vec![String::new()], ..written() };
    let event = Event::Edit { by: id(5), content: Box::new(content) };
    let fault = Fault::new("/closed_topics/0", "wrong_length");
    assert_eq!(drafting.apply(event, moment(1)), Err(Refusal::Invalid(vec![fault])));
}

#[test]
fn what_can_tell_of_health_is_never_printed() {
    let mut content = written();
    content.closed_topics = vec!["SALAISUUS".to_owned()];
    content.support.adjustments = vec!["SALAISUUS".to_owned()];
    let shown =
        format!("{content:?} {:?} {:?} {:?}", content.task, content.parties, content.support);
    assert_eq!(
        shown,
        "AgreementContent { .. } AgreementPoints { .. } PartyTerms { .. } SupportTerms { .. }"
    );
}
