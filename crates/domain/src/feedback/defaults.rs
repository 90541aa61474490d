//! The questions that the service starts with. No form of the field could be read when they were written: an area makes
//! its own from them (`facts.md` E).

use super::{
    Side,
    question_set::{Facts, Kind, Question, Tag},
};
use crate::localized::Localized;

/// The default questions of a side.
pub fn default_questions(side: Side) -> Facts {
    let (name, questions) = match side {
        Side::Orderer => (
            Localized::of("Tilaajan palaute", "Beställarens respons", "Feedback of the orderer"),
            orderer(),
        ),
        Side::Expert => (
            Localized::of(
                "Kokemustoimijan palaute",
                "Erfarenhetsaktörens respons",
                "Feedback of the expert",
            ),
            expert(),
        ),
        Side::Audience => (
            Localized::of("Yleisön palaute", "Publikens respons", "Feedback of the audience"),
            audience(),
        ),
    };
    Facts { side, name, questions }
}

fn orderer() -> Vec<Question> {
    vec![
        scale(
            "matched_need",
            "Vastasiko kokemustoimija tarvetta?",
            "Motsvarade erfarenhetsaktören behovet?",
            "Did the expert match the need?",
        ),
        scale(
            "preparation",
            "Toimivatko valmistelu ja yhteydenpito?",
            "Fungerade förberedelserna och kontakten?",
            "Did preparation and communication work?",
        ),
        scale(
            "aim_reached",
            "Saavutettiinko tehtävän tavoite?",
            "Nåddes uppdragets mål?",
            "Was the aim of the task reached?",
        ),
        Question {
            tag: Some(Tag::Change),
            ..question(
                "change",
                Kind::Text,
                "Mitä opitte, ja mikä muuttuu tämän ansiosta?",
                "Vad lärde ni er, och vad förändras tack vare detta?",
                "What did you learn, and what will change because of this?",
            )
        },
        question(
            "again",
            Kind::YesNo,
            "Tilaisitteko uudelleen?",
            "Skulle ni beställa igen?",
            "Would you order again?",
        ),
        scale(
            "ordering_easy",
            "Oliko tilaaminen helppoa?",
            "Var det lätt att beställa?",
            "Was ordering easy?",
        ),
        question(
            "in_time",
            Kind::YesNo,
            "Saitteko kokemustoimijan riittävän nopeasti?",
            "Fick ni en erfarenhetsaktör tillräckligt snabbt?",
            "Did you get the expert soon enough?",
        ),
        question(
            "suggestions",
            Kind::Text,
            "Mitä pitäisi kehittää?",
            "Vad borde utvecklas?",
            "What should be developed?",
        ),
    ]
}

fn expert() -> Vec<Question> {
    vec![
        scale(
            "as_agreed",
            "Oliko tehtävä sellainen kuin sovittiin?",
            "Var uppdraget som avtalat?",
            "Was the task as agreed?",
        ),
        scale(
            "orientation",
            "Oliko perehdytys riittävä?",
            "Var introduktionen tillräcklig?",
            "Was the orientation sufficient?",
        ),
        scale(
            "respect",
            "Otettiinko sinut hyvin ja kunnioittavasti vastaan?",
            "Togs du emot väl och med respekt?",
            "Were you received well and with respect?",
        ),
        Question {
            tag: Some(Tag::OwnLife),
            ..scale(
                "safe",
                "Oliko sinulla turvallinen ja tuettu olo?",
                "Kände du dig trygg och stödd?",
                "Did you feel safe and supported?",
            )
        },
        Question {
            tag: Some(Tag::Influence),
            ..scale(
                "used",
                "Käytettiinkö kokemustasi muutoksen tekemiseen?",
                "Användes din erfarenhet för att få till stånd förändring?",
                "Was your experience used to make a change?",
            )
        },
        question(
            "oral_feedback",
            Kind::YesNo,
            "Saitko suullista palautetta?",
            "Fick du muntlig respons?",
            "Did you get oral feedback?",
        ),
        Question {
            tag: Some(Tag::DebriefRequest),
            ..question(
                "debrief",
                Kind::YesNo,
                "Haluatko puhua tehtävästä jälkeenpäin?",
                "Vill du prata om uppdraget efteråt?",
                "Do you want to talk the task through?",
            )
        },
        scale(
            "payment",
            "Hoidettiinko palkkio ja kulut hyvin?",
            "Sköttes arvodet och kostnaderna väl?",
            "Were the fee and the expenses handled well?",
        ),
        question(
            "suggestions",
            Kind::Text,
            "Mitä pitäisi kehittää?",
            "Vad borde utvecklas?",
            "What should be developed?",
        ),
    ]
}

fn audience() -> Vec<Question> {
    vec![
        scale(
            "useful",
            "Oliko tilaisuudesta hyötyä?",
            "Var tillfället till nytta?",
            "Was the occasion useful?",
        ),
        question(
            "changed_view",
            Kind::YesNo,
            "Muuttuiko ajatuksesi aiheesta?",
            "Förändrades din syn på ämnet?",
            "Did it change your view?",
        ),
        Question {
            tag: Some(Tag::OwnLife),
            ..question(
                "hope",
                Kind::YesNo,
                "Saitko toivoa?",
                "Fick du hopp?",
                "Did it give you hope?",
            )
        },
    ]
}

fn scale(key: &str, fi: &str, sv: &str, en: &str) -> Question {
    question(key, Kind::Scale, fi, sv, en)
}

fn question(key: &str, kind: Kind, fi: &str, sv: &str, en: &str) -> Question {
    Question {
        key: key.to_owned(),
        kind,
        text: Localized::of(fi, sv, en),
        easy_fi: None,
        required: false,
        choices: Vec::new(),
        tag: None,
    }
}
