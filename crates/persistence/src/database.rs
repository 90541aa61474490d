//! The database of a process: its pool, its transactions, and the session that every query is asked of.

use std::{
    any::Any,
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use diesel::{
    migration::MigrationSource,
    pg::Pg,
    r2d2::{Pool, R2D2Connection},
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use uuid::Uuid;

use crate::{
    Error, Keyring, Result, Stored,
    callers::Known,
    connection::{
        AnyConnection, Begin, Place, Url, View,
        pool::{Manager, Pooled, Pragmas},
    },
    folder::Touched,
    grounds::{Ground, Noted},
    nodes::Met,
};

pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// How the database is reached.
#[derive(Debug)]
pub struct Settings {
    /// `sqlite:FILE` or `postgres://…`.
    pub url: String,
    /// How many connections at the most; on SQLite there is one more, which writes.
    pub connections: u32,
    /// How long to wait for a connection, and for another writer.
    pub timeout: Duration,
    /// Whether SQLite waits for the disk at every commit, so that not even a power cut loses one.
    pub full_sync: bool,
    /// What encrypts at rest.
    pub keys: Keyring,
    /// Where attachments are kept; in the database itself, if nowhere else.
    pub files: Option<PathBuf>,
}

/// The connections to the one database of this process.
#[derive(Clone, Debug)]
pub struct Database {
    pool: Pool<Manager>,
    /// The one connection that writes, where only one can at a time: it finds in its memory what it wrote before, while the
    /// others have to read again whatever has been written since they looked.
    writer: Option<Pool<Manager>>,
    /// The file, where it is one.
    place: Option<Arc<Place>>,
    keys: Arc<Keyring>,
    files: Option<Arc<Path>>,
}

/// What a schema is to this program.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Schema {
    /// There is none yet.
    Blank,
    /// It is the one that this program was built with.
    Current,
    /// It is to be brought up to date.
    Older,
    /// Something is in it that this program does not know.
    Newer,
}

/// How many connections there are, without the one that writes to SQLite, of which there is always one.
#[derive(Clone, Copy, Debug)]
pub struct Connections {
    /// In the pool.
    pub open: u32,
    /// In the pool, and not in use.
    pub idle: u32,
    /// At the most.
    pub most: u32,
}

/// What every query of this crate is asked of: one transaction, or while nothing is written one for each query.
pub struct Session<'a> {
    pub(crate) conn: &'a mut AnyConnection,
    keys: &'a Keyring,
    files: Option<&'a Path>,
    pub(crate) met: Met,
    /// Who has called through this connection, if it only reads.
    pub(crate) callers: Option<&'a mut Known>,
    /// The files of the folder that depend on how the transaction ends.
    pub(crate) touched: Touched,
    /// The thing whose version somebody has named, if somebody has.
    watched: Option<Watched>,
    /// What the answer that is being made rests on, if that is asked for.
    noted: Noted,
}

/// A thing that is looked out for, and the version at which it was found first.
#[derive(Clone, Copy, Debug)]
struct Watched {
    id: Uuid,
    version: Option<i32>,
}

impl Database {
    /// Opens the database. The schema is not touched.
    ///
    /// # Errors
    ///
    /// [`Error::Url`] and [`Error::TwoSlashes`] for an address that makes no sense, [`Error::Pool`] if it cannot be reached.
    pub fn open(settings: Settings) -> Result<Self> {
        let url = Url::read(&settings.url)?;
        let one_writer = matches!(url, Url::Sqlite(_));
        let place = Place::of(&url).map(Arc::new);
        let url = Arc::new(url);
        let pool = |connections, writes| {
            let (timeout, full_sync) = (settings.timeout, settings.full_sync);
            let pragmas = Pragmas { timeout, full_sync, writes };
            Pool::builder()
                .max_size(connections)
                .min_idle(Some(1))
                .test_on_check_out(true)
                .connection_timeout(settings.timeout)
                .connection_customizer(Box::new(pragmas))
                .build(Manager { url: url.clone(), place: place.clone() })
        };
        Ok(Self {
            writer: one_writer.then(|| pool(1, true)).transpose()?,
            pool: pool(settings.connections, false)?,
            place,
            keys: Arc::new(settings.keys),
            files: settings.files.map(Arc::from),
        })
    }

    /// Whether there is anything at an address: a file that is not there would be made. PostgreSQL says itself what it has not.
    ///
    /// # Errors
    ///
    /// [`Error::Url`] and [`Error::TwoSlashes`].
    pub fn is_there(url: &str) -> Result<bool> {
        Ok(Url::read(url)?.file().is_none_or(|file| file.exists()))
    }

    /// Which files of the database others on this machine can read.
    pub fn exposed(&self) -> Vec<PathBuf> {
        self.place.as_ref().map(|place| place.exposed()).unwrap_or_default()
    }

    /// Brings the schema up to date. Nodes that start at the same time wait for each other: on PostgreSQL, however long that takes.
    ///
    /// # Errors
    ///
    /// [`Error::Migration`] if a migration fails; nothing of it remains then.
    pub fn migrate(&self) -> Result<()> {
        self.transact(Begin::Alone, |session| {
            session.conn.wait_for_other_nodes()?;
            session
                .conn
                .run_pending_migrations(MIGRATIONS)
                .map(drop)
                .map_err(|error| Error::Migration(error.to_string()))
        })
    }

    /// Whether the schema has all that this program was built with, in the file that was opened.
    ///
    /// # Errors
    ///
    /// [`Error::Pool`], [`Error::Unavailable`], [`Error::Migration`].
    pub fn is_current(&self) -> Result<bool> {
        self.still_there()?;
        let (done, known) = self.migrations()?;
        Ok(known.iter().all(|one| done.contains(one)))
    }

    /// What the schema is to this program.
    ///
    /// # Errors
    ///
    /// Those of [`Self::is_current`].
    pub fn schema(&self) -> Result<Schema> {
        let (done, known) = self.migrations()?;
        Ok(if done.is_empty() {
            Schema::Blank
        } else if !done.iter().all(|one| known.contains(one)) {
            Schema::Newer
        } else if !known.iter().all(|one| done.contains(one)) {
            Schema::Older
        } else {
            Schema::Current
        })
    }

    /// The migrations that have made the schema, and those that this program knows.
    fn migrations(&self) -> Result<(Vec<String>, Vec<String>)> {
        let done = self.pool.get()?.conn.schema()?;
        let known = MigrationSource::<Pg>::migrations(&MIGRATIONS)
            .map_err(|error| Error::Migration(error.to_string()))?;
        Ok((done, known.iter().map(|one| one.name().version().to_string()).collect()))
    }

    fn still_there(&self) -> Result<()> {
        self.place.as_ref().map_or(Ok(()), |place| place.still_there())
    }

    /// How many connections there are at this moment.
    pub fn connections(&self) -> Connections {
        let state = self.pool.state();
        Connections {
            open: state.connections,
            idle: state.idle_connections,
            most: self.pool.max_size(),
        }
    }

    /// Whether only one transaction can write at a time.
    pub fn has_one_writer(&self) -> bool {
        self.writer.is_some()
    }

    /// A number that differs between schemas.
    pub fn schema_hash() -> u64 {
        let migrations = MigrationSource::<Pg>::migrations(&MIGRATIONS).unwrap_or_default();
        let mut hasher = DefaultHasher::new();
        migrations.iter().for_each(|migration| migration.name().to_string().hash(&mut hasher));
        hasher.finish()
    }

    /// Runs `work`, which only reads. On PostgreSQL, each query sees what is committed when it begins, in a transaction or not:
    /// to begin and to end one would only be two more things to ask.
    ///
    /// # Errors
    ///
    /// Those of `work`, and those of getting a connection and beginning.
    pub fn read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut pooled = self.pool.get().map_err(Error::from)?;
        self.view(&mut pooled, work)
    }

    /// Like [`Self::read`], if that needs neither another process nor a wait for a connection: on SQLite, while one is free.
    /// Whoever reads there waits for nobody else, as long as the log is written ahead.
    pub fn glance<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> Option<std::result::Result<T, E>> {
        self.writer.as_ref()?;
        let mut pooled = self.pool.try_get()?;
        Some(self.view(&mut pooled, work))
    }

    fn view<T, E: From<Error>>(
        &self,
        Pooled { conn, callers, went_well, .. }: &mut Pooled,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        *went_well = false;
        let mut view = View::begin(conn).map_err(Error::from)?;
        let result = work(&mut Session { callers: Some(callers), ..self.session(view.conn()) });
        *went_well = result.is_ok();
        result
    }

    /// Like [`Self::read`], and every query sees the database as it was at the first one, whatever others write meanwhile.
    pub(crate) fn snapshot<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.transact(Begin::Snapshot, work)
    }

    /// Runs `work` while no other node migrates or is alone with the database.
    pub(crate) fn alone<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.transact(Begin::Alone, |session| {
            session.conn.wait_for_other_nodes().map_err(Error::from)?;
            work(session)
        })
    }

    /// Runs `work`, which may write, in a transaction. An `Err` rolls it back.
    ///
    /// # Errors
    ///
    /// Those of `work`, and those of getting a connection, beginning and committing.
    pub fn write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.transact(Begin::Write, work)
    }

    fn transact<T, E: From<Error>>(
        &self,
        begin: Begin,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let pool = match begin {
            Begin::Snapshot => &self.pool,
            Begin::Write | Begin::Alone => self.writer.as_ref().unwrap_or(&self.pool),
        };
        if begin != Begin::Snapshot {
            // Nobody waits for a connection to what is not there.
            self.still_there()?;
        }
        let mut pooled = pool.get().map_err(Error::from)?;
        let Pooled { conn, went_well, .. } = &mut *pooled;
        *went_well = false;
        conn.begin(begin).map_err(Error::from)?;
        let mut session = self.session(conn);
        let result = work(&mut session);
        let touched = session.touched;
        let result = result.and_then(|done| match touched.sync() {
            Ok(()) => Ok(done),
            Err(error) => Err(Error::File(error).into()),
        });
        // **Invariant:** nothing is acknowledged that nobody would find after a restart.
        let result = match begin {
            Begin::Snapshot => result,
            Begin::Write | Begin::Alone => result.and_then(|done| {
                self.still_there()?;
                Ok(done)
            }),
        };
        let ended = conn.end(result.is_ok());
        // If nobody can say any more whether it was kept, nothing is taken away.
        if ended.is_ok() || !conn.is_broken() {
            touched.settle(result.is_ok() && ended.is_ok());
        }
        ended.map_err(Error::from)?;
        *went_well = result.is_ok();
        result
    }

    fn session<'a>(&'a self, conn: &'a mut AnyConnection) -> Session<'a> {
        let (keys, files) = (&*self.keys, self.files.as_deref());
        let (met, touched) = (Met::default(), Touched::default());
        let (watched, noted) = (None, Noted::default());
        Session { conn, keys, files, met, callers: None, touched, watched, noted }
    }
}

impl Session<'_> {
    /// Runs `work` as a part of the transaction: if it ends with an `Err`, what it did is undone, and nothing else.
    ///
    /// # Errors
    ///
    /// Those of `work`, and those of beginning and ending the part.
    pub fn part<T, E: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.conn.begin_part().map_err(Error::from)?;
        let (result, touched) = self.afresh(work);
        // Before the end: if that fails, the whole is undone, and with it what the part has made.
        self.touched.join(touched, result.is_ok());
        self.conn.end(result.is_ok()).map_err(Error::from)?;
        result
    }

    /// Runs `work` beside others in the transaction, without anything made ready for undoing it alone, which costs as much as
    /// many a thing that is written. Gives nothing if that would be needed: if it ends with an `Err` and has written before.
    /// Then the transaction has to be undone as a whole.
    ///
    /// # Errors
    ///
    /// [`Error::Database`].
    pub fn beside<T, E>(
        &mut self,
        work: impl FnOnce(&mut Session<'_>) -> std::result::Result<T, E>,
    ) -> Result<Option<std::result::Result<T, E>>> {
        let before = self.conn.changed_rows()?;
        let (result, touched) = self.afresh(work);
        self.touched.join(touched, result.is_ok());
        let undisturbed = result.is_ok() || {
            let now = self.conn.changed_rows()?;
            now.is_some() && now == before
        };
        Ok(undisturbed.then_some(result))
    }

    /// Does work in the same transaction that may be undone without the rest: nobody may remember what it met, because it may
    /// have made that. Gives the files that it has touched, too.
    fn afresh<T>(&mut self, work: impl FnOnce(&mut Session<'_>) -> T) -> (T, Touched) {
        let (met, touched) = (Met::default(), Touched::default());
        let (conn, keys, files) = (&mut *self.conn, self.keys, self.files);
        let (watched, noted) = (self.watched, std::mem::take(&mut self.noted));
        let mut session =
            Session { conn, keys, files, met, callers: None, touched, watched, noted };
        let result = work(&mut session);
        let (touched, noted) = (session.touched, session.noted);
        self.noted = noted;
        (result, touched)
    }

    /// Looks out for the thing with this identifier, to tell at which version it is found.
    pub fn watch(&mut self, id: Uuid) {
        self.watched = Some(Watched { id, version: None });
    }

    /// The version at which the thing that is looked out for was found first, if it was.
    pub fn watched(&self) -> Option<i32> {
        self.watched.and_then(|watched| watched.version)
    }

    /// Notes from now on what an answer rests on.
    pub fn note_grounds(&mut self) {
        self.noted = Noted::begun();
    }

    /// What the answer rests on that has been made since that was asked for. No more is noted.
    pub fn grounds(&mut self) -> BTreeSet<Ground> {
        std::mem::take(&mut self.noted).all()
    }

    /// The answer tells what `ground` stands for, which the things that are found do not say: many are told something in passing,
    /// and nothing of them is in the answer.
    pub fn rests_on(&mut self, ground: Ground) {
        self.noted.note(ground);
    }

    /// A thing was found that an answer may tell of.
    pub(crate) fn met<T: Any>(&mut self, thing: &T) {
        self.noted.meet(thing);
    }

    /// A thing was found.
    pub(crate) fn saw<T: Any>(&mut self, found: &Stored<T>) {
        self.met(&found.thing);
        if let Some(watched) = self.watched.as_mut().filter(|watched| watched.id == found.id) {
            watched.version.get_or_insert(found.version);
        }
    }

    /// Encrypts `plain` for a column that must not be readable in a copy of the database.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if the cipher fails.
    pub fn seal(&self, plain: &[u8]) -> Result<Vec<u8>> {
        self.keys.seal(plain)
    }

    /// Encrypts `plain` with the key that has this number.
    pub(crate) fn seal_with(&self, number: u8, plain: &[u8]) -> Result<Vec<u8>> {
        self.keys.seal_with(number, plain)
    }

    /// The number of the key that seals.
    pub(crate) fn sealing_key(&self) -> Result<u8> {
        self.keys.numbers().next().ok_or(Error::Key)
    }

    /// The numbers of all the keys.
    pub(crate) fn key_numbers(&self) -> impl Iterator<Item = u8> {
        self.keys.numbers()
    }

    /// Decrypts what [`Self::seal`] made.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if it was sealed with a key that is not in the ring.
    pub fn unseal(&self, sealed: &[u8]) -> Result<Vec<u8>> {
        self.keys.unseal(sealed)
    }

    /// Whether attachments are kept in a folder.
    pub(crate) fn has_folder(&self) -> bool {
        self.files.is_some()
    }

    /// The file for the content of the attachment with this identifier, if attachments are kept in a folder.
    pub(crate) fn file(&self, attachment: Uuid) -> Option<PathBuf> {
        self.files.map(|folder| folder.join(attachment.to_string()))
    }
}
