//! Who is found by a search of the bank, and why.

use domain::{
    expert::{
        Criteria, Criterion, Expert, Needs, Perspective, Search, ThemeConsent, Training,
        Visibility, matches,
    },
    time::{Day, Moment},
};

use crate::aino::aino;

fn moment() -> Moment {
    Moment::from_timestamp(1_780_000_100).expect("in range")
}

fn codes(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|&code| code.to_owned()).collect()
}

fn required(required: Criteria) -> Search {
    Search { required, ..Search::default() }
}

fn wished(wished: Criteria) -> Search {
    Search { wished, ..Search::default() }
}

/// Aino, who has told everything that she can be found by.
fn known() -> Expert {
    let mut expert = aino();
    expert.profile.municipalities = codes(&["698", "240"]);
    expert.profile.task_types = codes(&["lecture", "co_design"]);
    expert.profile.activity_fields = codes(&["peer_support"]);
    expert.profile.trainings = vec![Training {
        model: "national".to_owned(),
        completed: Day::new(2024, 5, 31).expect("a day"),
        issuer: "Verkosto".to_owned(),
    }];
    let adjustments = codes(&["step_free", "breaks"]);
    let needs = Needs { adjustments, note: None, on_card: true, consent: true };
    let theme = ThemeConsent { theme: "grief".into(), visibility: vec![Visibility::BankSearch] };
    let by = expert.person;
    expert
        .need(Some(needs), moment())
        .and_then(|expert| expert.consent(theme, by, moment()))
        .expect("agreed")
}

#[test]
fn each_criterion_that_is_required_must_fit() {
    type Ask = (Criterion, Criteria, Criteria);
    let none = Criteria::default;
    let lists: [Ask; 11] = [
        (
            Criterion::Themes,
            Criteria { themes: codes(&["grief"]), ..none() },
            Criteria { themes: codes(&["debt"]), ..none() },
        ),
        (
            Criterion::Perspective,
            Criteria { perspective: Some(Perspective::Own), ..none() },
            Criteria { perspective: Some(Perspective::CloseOne), ..none() },
        ),
        (
            Criterion::Titles,
            Criteria { titles: codes(&["expert_by_experience"]), ..none() },
            Criteria { titles: codes(&["panel_member"]), ..none() },
        ),
        (
            Criterion::Languages,
            Criteria { languages: codes(&["sv", "fi"]), ..none() },
            Criteria { languages: codes(&["sv"]), ..none() },
        ),
        (
            Criterion::Areas,
            Criteria { areas: codes(&["21"]), ..none() },
            Criteria { areas: codes(&["01"]), ..none() },
        ),
        (
            Criterion::Municipality,
            Criteria { municipality: Some("240".to_owned()), ..none() },
            Criteria { municipality: Some("091".to_owned()), ..none() },
        ),
        (
            Criterion::TaskTypes,
            Criteria { task_types: codes(&["lecture"]), ..none() },
            Criteria { task_types: codes(&["media"]), ..none() },
        ),
        (
            Criterion::Modes,
            Criteria { modes: codes(&["on_site"]), ..none() },
            Criteria { modes: codes(&["remote"]), ..none() },
        ),
        (
            Criterion::ActivityFields,
            Criteria { activity_fields: codes(&["peer_support"]), ..none() },
            Criteria { activity_fields: codes(&["experience_activity"]), ..none() },
        ),
        (
            Criterion::TrainingModels,
            Criteria { training_models: codes(&["national"]), ..none() },
            Criteria { training_models: codes(&["kokoa"]), ..none() },
        ),
        (
            Criterion::Adjustments,
            Criteria { adjustments: codes(&["step_free", "breaks"]), ..none() },
            Criteria { adjustments: codes(&["step_free"]), ..none() },
        ),
    ];
    for (criterion, fitting, other) in lists {
        let found = matches(&required(fitting.clone()), &known()).expect("it fits");
        let told: Vec<_> = found.required.iter().map(|reason| reason.criterion).collect();
        assert_eq!(told, [criterion]);
        let found = matches(&wished(fitting), &known()).expect("a wish keeps nobody out");
        assert_eq!((found.wished[0].criterion, found.unfulfilled.len()), (criterion, 0));

        assert!(matches(&required(other.clone()), &known()).is_none(), "{criterion:?}");
        let found = matches(&wished(other), &known()).expect("a wish keeps nobody out");
        assert_eq!((found.wished.len(), &found.unfulfilled[..]), (0, &[criterion][..]));
    }
}

#[test]
fn a_reason_names_the_codes_that_are_both_asked_for_and_offered() {
    let asked = Criteria {
        task_types: codes(&["media", "co_design", "lecture"]),
        municipality: Some("240".to_owned()),
        trained: true,
        adjustments: codes(&["breaks", "step_free", "quiet_place"]),
        ..Criteria::default()
    };
    let found = matches(&required(asked), &known()).expect("it fits");
    let reasons: Vec<_> = found.required.into_iter().map(|reason| reason.codes).collect();
    assert_eq!(
        reasons,
        [
            codes(&["co_design", "lecture"]),
            codes(&["240"]),
            codes(&["national"]),
            codes(&["step_free", "breaks"]),
        ]
    );
}

#[test]
fn whoever_has_named_no_kinds_of_task_or_municipalities_does_any_anywhere() {
    let asked = Criteria {
        task_types: codes(&["media"]),
        municipality: Some("091".to_owned()),
        ..Criteria::default()
    };
    let found = matches(&required(asked), &aino()).expect("no limit was set");
    assert!(found.required.iter().all(|reason| reason.codes.is_empty()));
    let fields = Criteria { activity_fields: codes(&["peer_support"]), ..Criteria::default() };
    assert!(matches(&required(fields), &aino()).is_none(), "a field is had only if it is named");
}

#[test]
fn whoever_has_both_kinds_of_experience_fits_either() {
    let fits = |offered, asked| {
        let mut expert = aino();
        expert.profile.perspective = offered;
        let criteria = Criteria { perspective: Some(asked), ..Criteria::default() };
        matches(&required(criteria), &expert).is_some()
    };
    let all = [Perspective::Own, Perspective::CloseOne, Perspective::Both];
    for asked in all {
        assert!(fits(Perspective::Both, asked));
        assert_eq!(fits(Perspective::Own, asked), asked == Perspective::Own);
        assert_eq!(fits(Perspective::CloseOne, asked), asked == Perspective::CloseOne);
    }
}

#[test]
fn whoever_fits_more_wishes_comes_first_and_each_code_counts() {
    use domain::{
        expert::{Load, rank},
        id::Id,
    };
    use uuid::Uuid;
    let key = Uuid::from_u128(7);
    let place = |wishes: Criteria| {
        let found = matches(&wished(wishes), &known()).expect("anyone");
        rank(&found, Load::default(), key, Id::new(Uuid::from_u128(1)))
    };
    let languages = || codes(&["fi"]);
    let nothing = place(Criteria { titles: codes(&["panel_member"]), ..Criteria::default() });
    let one = place(Criteria { languages: languages(), ..Criteria::default() });
    let no_code = place(Criteria { perspective: Some(Perspective::Own), ..Criteria::default() });
    let two = place(Criteria {
        languages: languages(),
        perspective: Some(Perspective::Own),
        ..Criteria::default()
    });
    let both_codes =
        place(Criteria { task_types: codes(&["lecture", "co_design"]), ..Criteria::default() });
    assert!(two < one && one < nothing);
    assert_eq!((no_code, both_codes), (one, two));
}

#[test]
fn what_fits_is_not_printed() {
    let asked = Criteria { themes: codes(&["grief"]), ..Criteria::default() };
    let found = matches(&required(asked), &known()).expect("it fits");
    assert_eq!(format!("{found:?} {:?}", found.required[0]), "Match(…) Reason(Themes)");
}
