//! Whoever permitted that their words are quoted takes it back.

use domain::{
    assignment::Assignment,
    compilation::{Compilation, Quoted},
    feedback::{Feedback, Quote},
    person::PersonId,
    time::Moment,
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
    let words: Vec<Quoted> = given.quotes.iter().map(|quote| quoted(given, quote)).collect();
    if words.is_empty() {
        return Ok(());
    }
    in_compilations(session, assignment, |compilation| compilation.without(&words))
}

/// Puts what is cleared of `given` now in the place of what was cleared of the same answer before, wherever that is not published
/// yet.
pub(super) fn reword(session: &mut Session<'_>, given: &Feedback, quote: &Quote) -> Result<()> {
    let old = given.quotes.iter().find(|earlier| earlier.question == quote.question);
    let Some(old) = old.filter(|earlier| earlier.text != quote.text) else { return Ok(()) };
    let assignment = assignments::find(session, given.assignment)?;
    let (old, new) = (quoted(given, old), quoted(given, quote));
    in_compilations(session, &assignment, |compilation| compilation.reworded(&old, &new))
}

fn quoted(given: &Feedback, quote: &Quote) -> Quoted {
    Quoted { side: given.side, question: quote.question.clone(), text: quote.text.clone() }
}

/// Changes the compilations of the year of a task that are not published yet.
fn in_compilations(
    session: &mut Session<'_>,
    assignment: &Assignment,
    change: impl Fn(Compilation) -> Compilation,
) -> Result<()> {
    let Some(area) = nodes::path(session, assignment.node)?.area() else { return Ok(()) };
    let year = domain::compilation::day_of(assignment).year();
    // Each is saved whether it has the words or not: one that is compiled just now has read them.
    for compilation in compilations::unpublished(session, area, year)? {
        let changed = change(compilation.thing.clone());
        compilations::save(session, &compilation, changed)?;
    }
    Ok(())
}
