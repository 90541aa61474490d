//! What an expert may tell of themselves.

use domain::{
    expert::{Background, Expert, Needs, Profile, Training},
    refusal::{Fault, Refusal},
    time::{Day, Moment},
};

use proptest::prelude::*;

use crate::aino::aino;
use crate::made_up::id;

const NAME: &str = "Aino Salanimi";

fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(1_780_000_100 + seconds).expect("in range")
}

fn codes(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|&code| code.to_owned()).collect()
}

fn faults(profile: &Profile) -> Vec<String> {
    let faults = profile.faults("/profile", NAME).into_iter();
    faults.map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
}

fn training(model: &str) -> Training {
    Training {
        model: model.to_owned(),
        completed: Day::new(2024, 5, 31).expect("a day"),
        issuer: "Verkosto".to_owned(),
    }
}

fn background(n: u128) -> Background {
    Background { organisation: id(n), support_contact: None }
}

/// What is said of `words` where the bank shows them.
fn said_of(words: &str) -> Vec<&'static str> {
    let profile = Profile { skills: Some(words.to_owned()), ..aino().profile };
    let faults = profile.faults("", NAME).into_iter();
    faults.inspect(|fault| assert_eq!(fault.pointer, "/skills")).map(|fault| fault.code).collect()
}

#[test]
fn every_code_of_a_profile_is_looked_up_in_its_own_set() {
    let mut profile = aino().profile;
    profile.municipalities = codes(&["698", "091"]);
    profile.trainings = vec![training("national"), training("national")];
    profile.background = vec![background(1), background(2)];
    assert!(faults(&profile).is_empty());

    profile.areas.push("77".to_owned());
    profile.task_types = codes(&["lecture", "lecture", "juggling"]);
    profile.modes.push("telepathy".to_owned());
    profile.activity_fields = codes(&["chess"]);
    profile.municipalities = codes(&["698", "6980", "69a", "698"]);
    profile.trainings.push(training("secret"));
    profile.background = vec![background(1), background(2), background(1)];
    let expected = [
        "areas/1 unknown_code",
        "task_types/1 duplicate",
        "task_types/2 unknown_code",
        "modes/1 unknown_code",
        "activity_fields/0 unknown_code",
        "municipalities/1 unknown_code",
        "municipalities/2 unknown_code",
        "municipalities/3 duplicate",
        "trainings/2/model unknown_code",
        "background/2/organisation duplicate",
    ];
    assert_eq!(faults(&profile), expected.map(|fault| format!("/profile/{fault}")));
}

#[test]
fn a_card_does_not_tell_the_name_in_any_common_form() {
    for telling in
        ["Olen Aino.", "AINON tarina", "kysy ainolta", "terveisin Salanimi", "Ai\u{ad}no"]
    {
        assert_eq!(said_of(telling), ["names_person"], "{telling}");
    }
    for silent in ["Ainoastaan puhun.", "Rohkea puhuja", "sala nimi"] {
        assert!(said_of(silent).is_empty(), "{silent}");
    }
    let short = Profile { skills: Some("Jo monta vuotta.".to_owned()), ..aino().profile };
    assert_eq!(short.faults("", "Jo Salanimi"), [], "so short a name is also a word");
    let three = Profile { skills: Some("Olen Eva.".to_owned()), ..aino().profile };
    assert_eq!(three.faults("", "Eva Salanimi"), [Fault::new("/skills", "names_person")]);
}

#[test]
fn a_name_is_known_in_the_forms_that_its_stem_takes() {
    for (name, telling) in [
        ("Koski", "Kosken tyttö"),
        ("Virtanen", "kysy Virtaselta"),
        ("Pekka", "Pekan tarina"),
        ("Lahti", "lahdella"),
        ("Mäki", "Mäen perhe"),
        ("Lampi", "Lammen väki"),
        ("Halko", "Halolle"),
        ("Räntä", "Rännän"),
        ("Matti-Pirkko", "Pirkosta ja Matista"),
    ] {
        let profile = Profile { skills: Some(telling.to_owned()), ..aino().profile };
        assert_eq!(profile.faults("", name), [Fault::new("/skills", "names_person")], "{telling}");
    }
    for (name, silent) in
        [("Aki", "ain"), ("Koski", "koskaan"), ("Virtanen", "virtaa"), ("Pekka", "peka")]
    {
        let profile = Profile { skills: Some(silent.to_owned()), ..aino().profile };
        assert_eq!(profile.faults("", name), [], "{silent}");
    }
}

#[test]
fn a_card_does_not_tell_how_to_reach_the_expert() {
    for telling in [
        "soita 040 1234",
        "(016) 123-4567",
        "+358 40 000 0000",
        "kirjoita: a@example.fi",
        "vuosina 1 2 3 4 5 6 7",
        "040 123 2019",
        "20192023",
        "Soita 040.123.4567",
        "puh. 040\u{a0}123\u{a0}4567",
        "040\u{2013}123\u{2011}4567",
        "040/123/4567",
        "04.01.23.45.67",
        "0️⃣4️⃣0️⃣ 1234",
        "\u{ff10}40 123 4567",
        "vuonna 2019. 040 123 4567",
        "1.2.2026 0401234567",
        "www.railikoski.fi",
        "WWW. railikoski",
        "https://railik.example/x",
        "Instagram @railikoski",
        "nimi@paikka",
        "@example.fi",
        "railikoski.fi",
        "Railikoski.Fi",
        "sivuni räilikoski.blogspot.com.",
        "löydyt railikoski.se-sivulta",
        "t.me/railikoski",
        "linktr.ee/railikoski",
        "raili(at)posti\u{ff0e}fi",
        "9–11, 040 123 4567",
        "20, 35, 040-1234567",
        "09-12 345 67",
        "123-4567",
        "12-34-56-78",
        "+358 (40) 1234567",
        "1 000 0401234",
        "417/2007 040 1234",
        "50 123 4567",
        "youtu.be/raili, flic.kr/raili",
    ] {
        assert_eq!(said_of(telling), ["contact_details"], "{telling}");
    }
    for silent in [
        "puhunut 123 456 kertaa",
        "asiakasraadissa 2019-2023 (1998 - 2001)",
        "1234 ja 5678",
        "me @ verkossa",
        "1.2.2026",
        "1.2.2026–3.4.2026",
        "2019–2024",
        "12.3.",
        "5.6.–7.6.2025 ja 5.–7.6.2026",
        "1.9.24-31.5.25",
        "2024-05-31",
        "12/2024, 1/2025",
        "lukuvuonna 2023/24, 2024/25",
        "klo 10.30–12.30, 13:00-15:00",
        "1.2.2026, 10.30–12.30",
        "Aloitin 2019. 150 kertaa",
        "(2019, 2020) 2021",
        "Puhun rohkeasti.Se on tärkeää.Olen",
        "t.ex. bl.a. d.v.s. e.g. mm. esim. 3.lk",
        "kurssin 1.osa ja 2.osa",
        "Tavattavissa klo 9–11, 13–15 ja 17.",
        "Klo 17:30-19:00 tai 9-11, 13-15.",
        "klo 09–12, 13–15.30, 18-20",
        "Ohjaan ryhmiä 13–15, 16–18-vuotiaille.",
        "2019–2020 (30 op), 2021–2022 (15)",
        "Tunnen lain 417/2007, 35–37 §, ja lain 1116/1990.",
        "1 000 000 askelta, 12 000 sanaa",
        "20, 35, 50, 120 kuulijaa",
        "ryhmissä 8–12, 100–120 hengelle",
        "psyk.sh ja erik.sh, sos.tt, psyk.th/sos.tt, avoinna ma.ke",
    ] {
        assert!(said_of(silent).is_empty(), "{silent}");
    }
}

proptest! {
    #[test]
    fn a_telephone_number_is_seen_whatever_stands_between_its_parts(
        (first, second, third) in ("0[1-9][0-9]", "[0-9]{3}", "[0-9]{3,5}"),
        (one, two) in ("[ ./:,_|*()\u{a0}\u{2009}\u{2010}-\u{2015}\u{2212}·•-]{0,2}", "[ ./\u{a0}\u{202f}\u{2013}-]{0,2}"),
        before in "[a-zäö]{1,9}[.:]? ?",
    ) {
        let text = format!("{before}{first}{one}{second}{two}{third}");
        prop_assert_eq!(said_of(&text), ["contact_details"], "{}", text);
    }

    #[test]
    fn a_domain_is_seen_in_whatever_it_stands(
        name in "[a-zäö][a-z0-9-]{0,10}[a-z0-9]",
        top in "(fi|com|net|org|se|ee|blog)",
        (before, after) in ("(sivuni |\\(|: |\")?", "( \\)|/|[.,!?:;)\"])?"),
    ) {
        let text = format!("{before}{name}.{top}{after}");
        prop_assert_eq!(said_of(&text), ["contact_details"], "{}", text);
    }

    #[test]
    fn days_and_years_tell_nobody_how_to_reach_the_expert(
        (day, month, year) in (1..=31_u32, 1..=12_u32, 1950..=2049_u32),
        (other_day, other_month, years) in (1..=31_u32, 1..=12_u32, 0..=30_u32),
        dash in "( ?[-–—] ?)",
        padded in any::<bool>(),
    ) {
        let until = year + years;
        let dates = if padded {
            format!("{day:02}.{month:02}.{year}{dash}{other_day:02}.{other_month:02}.{until}")
        } else {
            format!("{day}.{month}.{year}{dash}{other_day}.{other_month}.{until}")
        };
        for text in [dates, format!("{year}{dash}{until}"), format!("{day}.{month}.{dash}{other_day}.{other_month}.{until}")] {
            prop_assert!(said_of(&text).is_empty(), "{}", text);
        }
    }
}

#[test]
fn every_text_that_is_shown_is_looked_at() {
    let telling = || Some("Olen Aino, 040 123 4567".to_owned());
    let mut profile = aino().profile;
    profile.service_experience = telling();
    profile.advocacy_experience = telling();
    assert!(faults(&profile).is_empty(), "others do not see these");
    for (field, wrong) in [
        ("introduction", Profile { introduction: telling(), ..profile.clone() }),
        ("public_introduction", Profile { public_introduction: telling(), ..profile.clone() }),
        ("skills", Profile { skills: telling(), ..profile }),
    ] {
        let expected = ["names_person", "contact_details"];
        assert_eq!(faults(&wrong), expected.map(|code| format!("/profile/{field} {code}")));
    }
}

#[test]
fn a_text_that_was_there_before_keeps_nobody_from_changing_the_rest() {
    let old = Some("Soita 040 123 4567".to_owned());
    let mut expert = aino();
    expert.profile.introduction = old.clone();
    let changed = Profile { skills: Some("Puhun.".to_owned()), ..expert.profile.clone() };
    let expert = expert.edit(changed.clone(), "Raili Salanimi").expect("it was there before");
    let moved = Profile { introduction: None, public_introduction: old, ..changed };
    let refused = expert.edit(moved, "Raili Salanimi").expect_err("it is new on the public page");
    assert_eq!(
        refused,
        Refusal::Invalid(vec![Fault::new("/public_introduction", "contact_details")])
    );
}

#[test]
fn the_first_organisation_behind_an_expert_brokers_for_them() {
    assert_eq!(aino().handler(), None);
    let mut expert = aino();
    expert.profile.background = vec![background(8), background(9)];
    assert_eq!(expert.handler(), Some(id(8)));
}

#[test]
fn needs_are_kept_with_the_moment_of_the_consent_and_can_be_taken_back() {
    let needs = |adjustments: &[&str], consent| Needs {
        adjustments: codes(adjustments),
        note: None,
        on_card: false,
        consent,
    };
    let told = aino().need(Some(needs(&["breaks"], true)), moment(0)).expect("agreed");
    let agreed = told.needs.as_ref().expect("they are kept");
    assert_eq!(agreed.agreed_at, moment(0));
    assert_eq!(format!("{agreed:?} {:?}", agreed.needs), "AgreedNeeds(…) Needs(…)");
    assert!(told.need(None, moment(1)).expect("taken back").needs.is_none());

    let refused = aino().need(Some(needs(&["breaks", "breaks", "moon"], false)), moment(0));
    let faults = [
        ("/adjustments/1", "duplicate"),
        ("/adjustments/2", "unknown_code"),
        ("/consent", "consent_needed"),
    ];
    let faults = faults.map(|(pointer, code)| Fault::new(pointer, code)).to_vec();
    assert_eq!(refused, Err(Refusal::Invalid(faults)));
}

#[test]
fn a_profile_that_was_kept_with_a_channel_of_its_own_is_still_read() {
    let expert = Expert {
        profile: Profile { skills: Some("Puhun.".to_owned()), ..aino().profile },
        ..aino()
    };
    let mut kept = serde_json::to_value(&expert).expect("JSON");
    assert!(kept["profile"].get("channel").is_none(), "the person says it");
    kept["profile"]["channel"] = "post".into();
    let read: Expert = serde_json::from_value(kept.clone()).expect("it is one of before");
    assert!(read == expert);
    let wished: Result<Profile, _> = serde_json::from_value(kept["profile"].clone());
    assert!(wished.is_err(), "nobody says it here any more");
}
