//! The made-up library of the region: what experts and units read before a task.

use domain::{
    document::{
        DevelopmentPhase, Document, DocumentFacts, DocumentKind, DocumentLanguage, Event,
        VersionForm,
    },
    policy::Role,
    refusal::Refusal,
    time::Moment,
};
use persistence::{Result, Session, library};

use super::{id, node, person};

/// A text: the language, whether it is easy, the heading and the words.
type Text = (DocumentLanguage, bool, &'static str, &'static str);

/// A document: the name, where, who wrote it, what it is, for whom and in which words.
struct Paper {
    name: &'static str,
    place: &'static str,
    author: &'static str,
    kind: DocumentKind,
    audience: &'static [Role],
    texts: &'static [Text],
}

const PAPERS: &[Paper] = &[
    Paper {
        name: "Lapin kokemustoiminnan toimintamalli",
        place: "Lapin hyvinvointialue",
        author: "keskus@lappi.example",
        kind: DocumentKind::OperatingModel,
        audience: &[Role::Liaison, Role::Orderer, Role::Broker],
        texts: &[(
            DocumentLanguage::Fi,
            false,
            "Kokemustoiminnan toimintamalli",
            "Työyksikkö tilaa, järjestöyhteyshenkilö välittää ja kokemustoimija päättää itse, ottaako tehtävän.",
        )],
    },
    Paper {
        name: "Tervetuloa kokemustehtävään",
        place: "Lapin hyvinvointialue",
        author: "keskus@lappi.example",
        kind: DocumentKind::Orientation,
        audience: &[Role::Expert],
        texts: &[
            (
                DocumentLanguage::Fi,
                false,
                "Tervetuloa kokemustehtävään",
                "Kerrot itsestäsi vain sen, minkä haluat. Yksikön yhdyshenkilö on tavattavissa koko tehtävän ajan.",
            ),
            (
                DocumentLanguage::Fi,
                true,
                "Tervetuloa tehtävään",
                "Kerro vain se, minkä haluat. Voit pitää tauon. Voit kysyä apua.",
            ),
            (
                DocumentLanguage::Sv,
                false,
                "Välkommen till uppdraget",
                "Du berättar bara det du vill om dig själv. Enhetens kontaktperson är på plats under hela uppdraget.",
            ),
            (
                DocumentLanguage::En,
                false,
                "Welcome to the task",
                "You tell of yourself only what you want to. Someone of the unit is there for you all the time.",
            ),
        ],
    },
    Paper {
        name: "Ohje kokemusosaajan tilaajalle",
        place: "Lapin hyvinvointialue",
        author: "keskus@lappi.example",
        kind: DocumentKind::Instruction,
        audience: &[Role::Orderer],
        texts: &[(
            DocumentLanguage::Fi,
            false,
            "Ohje tilaajalle",
            "Kerro tilauksessa mitä, missä, milloin ja kenelle. Ota yhteyttä viikon kuluessa siitä, kun tekijä on löytynyt.",
        )],
    },
    Paper {
        name: "Tervetuloa kokemustehtävään Satakunnassa",
        place: "Satakunnan hyvinvointialue",
        author: "keskus@satakunta.example",
        kind: DocumentKind::Orientation,
        audience: &[Role::Expert],
        texts: &[(
            DocumentLanguage::Fi,
            false,
            "Tervetuloa kokemustehtävään",
            "Yksikkö kertoo sinulle etukäteen, mitä tehtävässä tapahtuu ja kuka on paikalla.",
        )],
    },
];

/// Puts the library in place.
pub(super) fn publish(session: &mut Session<'_>, now: Moment) -> Result<()> {
    for paper in PAPERS {
        let document = paper.document(now).expect("the papers of the region are in order");
        library::add(session, document)?;
    }
    Ok(())
}

impl Paper {
    fn document(&self, now: Moment) -> std::result::Result<Document, Refusal> {
        let facts = DocumentFacts {
            kind: self.kind,
            name: self.name.to_owned(),
            task_types: Vec::new(),
            audience: self.audience.to_vec(),
            phase: DevelopmentPhase::InUse,
            acknowledged: self.kind == DocumentKind::OperatingModel,
            review_due: None,
        };
        let author = person(self.author);
        let mut document =
            Document::new(id("document", self.name), node(self.place), facts, author, now)?;
        for (language, easy, title, text) in self.texts {
            let form = VersionForm {
                language: *language,
                easy: *easy,
                title: (*title).to_owned(),
                text: Some((*text).to_owned()),
                attachment: None,
            };
            document = document.apply(Event::AddVersion(Box::new(form)), author, now)?;
        }
        document.apply(Event::Publish, author, now)
    }
}
