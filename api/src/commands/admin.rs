//! `kokemusvayla admin`

use std::path::PathBuf;

use clap::{Args, Subcommand, builder::NonEmptyStringValueParser};
use domain::{
    client::Client,
    grant::{Grant, Terms},
    id::Id,
    localized::{Language, Localized},
    person::{Facts, Person},
    policy::{ClientScope, Role},
    refusal::Fault,
};
use persistence::{
    Database, Session,
    backup::Missing,
    clients,
    data_key::Lost,
    grants,
    outbox::{self, Whose},
    people, signing_keys,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{
    backup,
    new_node::{NewNode, area_with, there},
    reseal,
};
use crate::{
    Clock, audit, body,
    clock::new_id,
    config::{Error, Store},
    locale,
    problem::Problem,
    region, secret, tokens,
};

/// Set up an installation without touching the database
#[derive(Args, Clone, Debug)]
pub struct Admin {
    /// Where things are kept.
    #[command(flatten)]
    pub store: Store,
    /// What to set up.
    #[command(subcommand)]
    pub task: Task,
}

/// What can be set up
#[derive(Clone, Debug, Subcommand)]
pub enum Task {
    /// Register a person who runs the installation; makes the database where there is none yet
    CreateAdministrator {
        /// The e-mail address to sign in with
        #[arg(long)]
        email: String,
        /// The name
        #[arg(long)]
        name: String,
    },
    /// Add an organisation, a unit or a team to the tree, and print its identifier
    CreateNode(NewNode),
    /// Register a machine client and print its secret, once
    CreateClient {
        /// The code of its area
        #[arg(long)]
        area: String,
        /// What people call it
        #[arg(long, value_parser = NonEmptyStringValueParser::new())]
        name: String,
        /// What it may ask for: payroll, public_bank
        #[arg(long, required = true)]
        scope: Vec<String>,
    },
    /// List the machine clients
    ListClients,
    /// Shut a machine client out
    RevokeClient {
        /// Its identifier
        #[arg(long)]
        id: uuid::Uuid,
    },
    /// Make a new key for signing tokens; the old one verifies until its last token has expired
    RotateKeys,
    /// Have all messages that wait tried at once, such as when the mail server is well again
    SendNow,
    /// Seal everything with the first data key, while servers run, so that the other ones can be left out
    Reseal {
        /// Also where a key or files are lost for good: nobody asks for them any more, and what they held stays unreadable
        #[arg(long)]
        give_up_lost: bool,
    },
    /// Write everything, files of attachments too, to one file, while the server runs
    Backup {
        /// A new file, or - for the standard output
        #[arg(long)]
        to: PathBuf,
        /// Also where files of attachments are lost; otherwise there is no backup without them
        #[arg(long)]
        without_lost_files: bool,
    },
    /// Restore a backup into an empty database, of either kind
    Restore {
        /// The file, or - for the standard input
        #[arg(long)]
        from: PathBuf,
    },
}

/// Does what the administrator asks for. Only the first administrator may come to a database that is not there yet: whatever
/// else there is to do is done where a server has been, and anything else is another database than was meant.
///
/// # Errors
///
/// If the database cannot be reached, or is none, or the values make no sense.
pub fn run(admin: &Admin, clock: &Clock) -> Result<(), Error> {
    let now = clock.now();
    match &admin.task {
        // The first two take the schema as it is, and the last one is done bit by bit.
        Task::Backup { to, without_lost_files } => {
            let allowed = if *without_lost_files { Missing::Lost } else { Missing::None };
            return backup::write(&admin.store, to, allowed, now);
        }
        Task::Restore { from } => return backup::restore(&admin.store, from),
        Task::Reseal { give_up_lost } => {
            let lost = if *give_up_lost { Lost::GivenUp } else { Lost::Kept };
            return reseal::run(&admin.store, lost, now);
        }
        Task::ListClients => return list_clients(&admin.store.open_current()?),
        _ => (),
    }
    let database = match &admin.task {
        Task::CreateAdministrator { .. } => {
            let database = admin.store.open()?;
            database.migrate()?;
            database
        }
        _ => admin.store.open_current()?,
    };
    database.note_key()?;
    // What is told is true by then, and a secret is of no use before.
    println!("{}", database.write(|session| perform(session, &admin.task, clock))?);
    Ok(())
}

fn list_clients(database: &Database) -> Result<(), Error> {
    let all = database.read(clients::all)?;
    for stored in &all {
        let client = &stored.client;
        let state = if client.revoked.is_some() { "revoked" } else { "active" };
        println!("{}  {state}  {}", client.id, client.name);
    }
    if all.is_empty() {
        eprintln!("there is no machine client");
    }
    Ok(())
}

/// Does a task that writes, and gives what is to be told of it once it is kept.
fn perform(session: &mut Session<'_>, task: &Task, clock: &Clock) -> Result<String, Error> {
    let now = clock.now();
    let done = |session: &mut Session<'_>, command, node, thing| {
        audit::record_command(session, command, node, thing, now)
            .map_err(|problem| Error::Usage(problem.to_string()))
    };
    let root = region::tree::plant(session)?;
    Ok(match task {
        Task::CreateAdministrator { email, name } => {
            let facts: Facts = fitting(json!({ "name": name, "email": email, "language": "fi" }))?;
            let person = Person::new(Id::new(new_id()), root, facts);
            let terms = Terms::open(person.id, Role::PlatformAdmin, root, now.day());
            people::add(session, person).map_err(|error| match error {
                persistence::Error::Exists => {
                    Error::Usage(format!("somebody has the address {email} already"))
                }
                error => error.into(),
            })?;
            let id = terms.person_id.raw();
            grants::add(session, Grant::give(Id::new(new_id()), terms, None, now))?;
            done(session, "create_administrator", root, Some(id))?;
            format!("{name} can sign in with {email}")
        }
        Task::CreateNode(node) => {
            let id = node.add(session)?;
            done(session, "create_node", id, Some(id.raw()))?;
            id.to_string()
        }
        Task::CreateClient { area, name, scope } => {
            let area = area_with(session, area)?.thing.id;
            let name = named(name)?;
            let scopes: Vec<ClientScope> = tokens::scopes(&scope.join(" "))
                .ok_or_else(|| Error::Usage("the scopes are payroll and public_bank".to_owned()))?;
            let secret = secret::random_secret();
            let client = Client { id: Id::new(new_id()), area, name, scopes, revoked: None };
            let id = client.id;
            clients::add(
                session,
                clients::Registered::new(client, secret::sha256(secret.as_bytes())),
            )?;
            done(session, "create_client", area, Some(id.raw()))?;
            format!("client_id:     {id}\nclient_secret: {secret}\nThe secret is not shown again.")
        }
        Task::RevokeClient { id } => {
            let found = clients::find(session, Id::new(*id));
            let stored =
                there(found, "machine client with that identifier: list-clients shows them")?;
            clients::save(session, &stored, stored.thing.clone().revoke(now))?;
            done(session, "revoke_client", stored.client.area, Some(*id))?;
            format!("{id} is shut out")
        }
        Task::RotateKeys => {
            signing_keys::rotate(session, &tokens::generate(now))?;
            done(session, "rotate_keys", root, None)?;
            "tokens are signed with a new key within seconds".to_owned()
        }
        Task::SendNow => {
            let hastened = outbox::hasten(session, Whose::All, now)?;
            done(session, "send_now", root, None)?;
            format!("{hastened} messages are tried within seconds")
        }
        Task::ListClients | Task::Backup { .. } | Task::Restore { .. } | Task::Reseal { .. } => {
            String::new()
        }
    })
}

/// A name that was given on the command line, held to the bounds that the contract publishes for names.
fn named(name: &str) -> Result<String, Error> {
    Ok(fitting::<Localized>(json!({ "fi": name }))?.fi)
}

/// What was given on the command line, held to the bounds that the contract publishes. A name is given in Finnish.
pub(super) fn fitting<T: DeserializeOwned + ToSchema + 'static>(given: Value) -> Result<T, Error> {
    body::fit(given).map_err(|problem| match problem {
        Problem::Invalid(faults) => {
            let told = |fault: &Fault| {
                let field = match fault.pointer.trim_start_matches('/') {
                    "fi" | "name/fi" => "name".to_owned(),
                    field => field.replace(['/', '_'], "-"),
                };
                let what =
                    locale::text(Language::En, &format!("field-{}", locale::key(fault.code)));
                format!("--{field}: {what}")
            };
            Error::Usage(faults.iter().map(told).collect::<Vec<_>>().join("\n"))
        }
        problem => Error::Usage(problem.to_string()),
    })
}
