//! Whoever permitted that their words are quoted takes it back.

use domain::{
    assignment::Assignment, compilation::Quoted, feedback::Feedback, person::PersonId, time::Moment,
};
use persistence::{Session, assignments, compilations, feedback, nodes};

use crate::problem::Result;

/// Nothing that the expert has said of any task may be quoted any more.
pub(crate) fn unquote_all(session: &mut Session<'_>, expert: PersonId, now: Moment) -> Result<()> {
    for given in feedback::quotable_of(session, expert)? {
        let assignment = assignments::find(session, given.assignment)?;
        let silent = given.thing.clone().unquote(now);
        feedback::save(session, &given, silent)?;
        unquote(session, &assignment, &given)?;
    }
    Ok(())
}

/// Takes what was cleared of `given` out of the compilations of the year that are not published yet.
pub(super) fn unquote(
    session: &mut Session<'_>,
    assignment: &Assignment,
    given: &Feedback,
) -> Result<()> {
    let quoted = given.quotes.iter().map(|quote| Quoted {
        side: given.side,
        question: quote.question.clone(),
        text: quote.text.clone(),
    });
    let words: Vec<Quoted> = quoted.collect();
    let Some(area) = nodes::path(session, assignment.node)?.area().filter(|_| !words.is_empty())
    else {
        return Ok(());
    };
    let year = domain::compilation::day_of(assignment).year();
    // Each is saved whether it has the words or not: one that is compiled just now has read them.
    for compilation in compilations::unpublished(session, area, year)? {
        let silent = compilation.thing.clone().without(&words);
        compilations::save(session, &compilation, silent)?;
    }
    Ok(())
}
