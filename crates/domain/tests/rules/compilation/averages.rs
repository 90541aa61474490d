//! Averages are shown where they tell of no one, and nowhere else.

use super::*;

/// The average of the answers to one question, where so many people gave each answer from one to five, so often each.
fn average(people: [u128; 5], often: usize) -> Option<f64> {
    let mut tasks = Vec::new();
    let mut expert = 0;
    for (answer, people) in (1..).zip(people) {
        for _ in 0..people {
            expert += 1;
            let task = Task {
                expert,
                state: 2,
                purpose: 0,
                unit: 1,
                scale: Some(answer),
                yes: None,
                euros: 0,
            };
            tasks.extend(vec![task; often]);
        }
    }
    let content = compile(&facts(&tasks));
    let asked = content.answers.iter().find(|answers| answers.question == "respect");
    asked.expect("it is asked").average
}

#[test]
fn an_average_of_answers_that_are_all_shown_is_shown() {
    assert_eq!(average([0, 0, 0, 5, 5], 1), Some(4.5));
    assert_eq!(average([0, 0, 0, 5, 6], 1), Some(4.5), "to one decimal: 4.545");
    assert_eq!(average([5, 0, 0, 0, 15], 1), Some(4.0));
}

#[test]
fn an_average_is_shown_beside_hidden_answers_if_it_leaves_all_of_them_open() {
    assert_eq!(average([2, 2, 2, 2, 2], 1), Some(3.0));
    assert_eq!(average([1, 1, 1, 1, 1], 1), Some(3.0));
}

#[test]
fn an_average_of_fewer_than_five_people_is_hidden_however_often_they_answered() {
    assert_eq!(average([1, 1, 1, 1, 0], 5), None);
    assert_eq!(average([0; 5], 1), None);
}

#[test]
fn averages_that_tell_who_gave_the_odd_answer_are_hidden() {
    assert!(!leaves_open(10, 49), "one of ten gave four, the rest five");
    assert!(!leaves_open(5, 12), "one of five gave two, the rest one");
    assert!(leaves_open(10, 43));
    assert!(leaves_open(10, 50), "all ten gave five");
}
