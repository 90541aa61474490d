//! The thread that writes where only one can at a time. While there is work it goes from one piece to the next, and nobody has
//! to wake it: with a thread for each piece, the database would rest whenever one of them hands over to another. What came
//! while it was busy it does in one transaction: pages that several of them change are written once.

use std::{
    iter,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, OnceLock, mpsc},
    thread,
};

use persistence::{Database, Session};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use crate::{
    answer::Answer,
    app::persevere,
    problem::{Problem, Result},
};

/// How many pieces go into one transaction at the most, and so how many may have been handed over.
pub(crate) const MOST_TOGETHER: usize = 16;

/// What one request writes. It may be done more than once; all but the last time are undone.
type Work = Box<dyn Fn(&mut Session<'_>) -> Result<Answer> + Send>;

/// Hands work to the thread, which begins with the first piece and ends with whoever could bring more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writer(Arc<OnceLock<mpsc::Sender<Piece>>>);

/// A piece of work, and who waits for it.
struct Piece {
    work: Work,
    permit: OwnedSemaphorePermit,
    tell: oneshot::Sender<Result<Answer>>,
}

impl Writer {
    /// Has `work` done in `database` after all that was handed over before. Whoever waits for the permit can go on as soon as
    /// it is.
    pub(crate) async fn run(
        &self,
        database: &Database,
        permit: OwnedSemaphorePermit,
        work: impl Fn(&mut Session<'_>) -> Result<Answer> + Send + 'static,
    ) -> Result<Answer> {
        let (tell, told) = oneshot::channel();
        let piece = Piece { work: Box::new(work), permit, tell };
        self.0.get_or_init(|| begin(database.clone())).send(piece).map_err(|_| undone())?;
        told.await.map_err(|_| undone())?
    }
}

impl Piece {
    fn end(self, answer: Result<Answer>) {
        drop(self.permit);
        // Whoever asked may have gone; the work is done all the same.
        let _ = self.tell.send(answer);
    }
}

fn begin(database: Database) -> mpsc::Sender<Piece> {
    let (send, receive) = mpsc::channel::<Piece>();
    thread::spawn(move || {
        while let Ok(first) = receive.recv() {
            let pieces = iter::once(first).chain(receive.try_iter()).take(MOST_TOGETHER).collect();
            write(&database, pieces);
        }
    });
    send
}

/// Does all the pieces: together, or if something goes wrong on our side, each by itself, so that none suffers for another.
fn write(database: &Database, pieces: Vec<Piece>) {
    match together(database, &pieces) {
        Ok(answers) => iter::zip(pieces, answers).for_each(|(piece, answer)| piece.end(answer)),
        // What is too busy or gone for one is so for all; who asks by itself would only wait longer for the same.
        Err(Problem::Overloaded) => {
            pieces.into_iter().for_each(|piece| piece.end(Err(Problem::Overloaded)));
        }
        Err(_) => pieces.into_iter().for_each(|piece| {
            let answer = alone(database, &piece);
            piece.end(answer);
        }),
    }
}

/// What comes of each piece, in one transaction. What was refused is undone; the rest is kept.
fn together(database: &Database, pieces: &[Piece]) -> Result<Vec<Result<Answer>>> {
    if let [piece] = pieces {
        return Ok(vec![alone(database, piece)]);
    }
    let beside = |session: &mut Session<'_>, piece: &Piece| {
        ours(session.beside(&piece.work)?.ok_or(Setback::Undone)?)
    };
    let part = |session: &mut Session<'_>, piece: &Piece| ours(session.part(&piece.work));
    guarded(|| {
        // Most are refused before they write, or not at all.
        if let Some(answers) = all(database, pieces, beside)? {
            return Ok(answers);
        }
        all(database, pieces, part)?.ok_or_else(undone)
    })
}

/// Why a transaction of several pieces was undone.
enum Setback {
    /// Something has gone wrong.
    Problem(Problem),
    /// One of them was refused after it had written, and could not be undone alone.
    Undone,
}

impl From<persistence::Error> for Setback {
    fn from(error: persistence::Error) -> Self {
        Self::Problem(error.into())
    }
}

/// What comes of each piece, unless something goes wrong on our side.
fn ours(result: Result<Answer>) -> std::result::Result<Result<Answer>, Setback> {
    match result {
        Err(problem) if problem.is_ours() => Err(Setback::Problem(problem)),
        result => Ok(result),
    }
}

/// What comes of all pieces in one transaction, each done by `one`; nothing if one of them could not be undone alone.
fn all(
    database: &Database,
    pieces: &[Piece],
    one: impl Fn(&mut Session<'_>, &Piece) -> std::result::Result<Result<Answer>, Setback>,
) -> Result<Option<Vec<Result<Answer>>>> {
    persevere(|| {
        let each =
            |session: &mut Session<'_>| pieces.iter().map(|piece| one(session, piece)).collect();
        match database.write(each) {
            Ok(answers) => Ok(Some(answers)),
            Err(Setback::Undone) => Ok(None),
            Err(Setback::Problem(problem)) => Err(problem),
        }
    })
}

fn alone(database: &Database, piece: &Piece) -> Result<Answer> {
    guarded(|| persevere(|| database.write(&piece.work)))
}

/// The result of `work`, of which a panic is one, too: the thread goes on.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(undone()))
}

fn undone() -> Problem {
    Problem::Internal("the work was not done".into())
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use persistence::{Keyring, Settings, secrets};
    use tokio::sync::Semaphore;

    use super::*;

    /// What became of each piece that was waiting when the thread came to them, and which secrets there are then.
    fn written(pieces: Vec<Work>) -> (Vec<Result<Answer>>, Vec<bool>) {
        let folder = tempfile::tempdir().expect("a folder");
        let database = Database::open(Settings {
            url: format!("sqlite:{}", folder.path().join("test.db").display()),
            connections: 1,
            timeout: Duration::from_secs(5),
            full_sync: false,
            keys: Keyring::parse("1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").expect("a key"),
            files: None,
        });
        let database = database.expect("it opens");
        database.migrate().expect("the schema is made");
        let permits = Arc::new(Semaphore::new(pieces.len()));
        let (pieces, told): (Vec<_>, Vec<_>) = pieces
            .into_iter()
            .map(|work| {
                let (tell, told) = oneshot::channel();
                let permit = permits.clone().try_acquire_owned().expect("room");
                (Piece { work, permit, tell }, told)
            })
            .unzip();
        let there = |number: usize| {
            let found = database.read(|session| secrets::find(session, &number.to_string()));
            found.expect("a read").is_some()
        };
        let count = pieces.len();
        write(&database, pieces);
        assert_eq!(permits.available_permits(), count);
        let answers = told.into_iter().map(|told| told.blocking_recv().expect("told")).collect();
        (answers, (0..count).map(there).collect())
    }

    /// Keeps the secret `number`, and then does as told.
    fn keep(number: usize, then: impl Fn() -> Result<Answer> + Send + 'static) -> Work {
        Box::new(move |session| {
            secrets::keep(session, &number.to_string(), b"secret")?;
            then()
        })
    }

    #[test]
    fn what_is_refused_is_undone_and_the_others_of_its_transaction_are_kept() {
        let (answers, there) = written(vec![
            keep(0, || Ok(Answer::nothing())),
            keep(1, || Err(Problem::Forbidden)),
            keep(2, || Ok(Answer::nothing())),
            // Another one was faster, in the same transaction.
            keep(2, || Ok(Answer::nothing())),
        ]);
        assert!(matches!(
            &answers[..],
            [Ok(_), Err(Problem::Forbidden), Ok(_), Err(Problem::Exists)]
        ));
        assert_eq!(there, [true, false, true, false]);
    }

    #[test]
    fn nobody_suffers_for_another_in_whose_work_something_goes_wrong() {
        let (answers, there) = written(vec![
            keep(0, || Ok(Answer::nothing())),
            keep(1, || panic!("in the middle")),
            keep(2, || Err(Problem::Internal("a fault".into()))),
            keep(3, || Ok(Answer::nothing())),
        ]);
        assert!(matches!(
            &answers[..],
            [Ok(_), Err(Problem::Internal(_)), Err(Problem::Internal(_)), Ok(_)]
        ));
        assert_eq!(there, [true, false, false, true]);
    }

    /// How often a piece was done that waited beside one that was refused, before or after that had written.
    fn times_beside_one_refused(after_writing: bool) -> usize {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = count.clone();
        let (answers, there) = written(vec![
            keep(0, move || {
                counted.fetch_add(1, Ordering::SeqCst);
                Ok(Answer::nothing())
            }),
            match after_writing {
                true => keep(1, || Err(Problem::Forbidden)),
                false => Box::new(|_| Err(Problem::Forbidden)),
            },
        ]);
        assert!(matches!(&answers[..], [Ok(_), Err(Problem::Forbidden)]));
        assert_eq!(there, [true, false]);
        count.load(Ordering::SeqCst)
    }

    #[test]
    fn nobody_is_done_again_for_one_who_was_refused_before_writing() {
        assert_eq!(times_beside_one_refused(false), 1);
        assert_eq!(times_beside_one_refused(true), 2);
    }

    #[test]
    fn who_is_alone_is_refused_alone() {
        let (answers, there) = written(vec![keep(0, || Err(Problem::Forbidden))]);
        assert!(matches!(&answers[..], [Err(Problem::Forbidden)]));
        assert_eq!(there, [false]);
    }
}
