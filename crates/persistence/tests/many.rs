//! Queries about more things than a query may name.

use std::time::Duration;

use domain::{id::Id, time::Moment};
use persistence::{Database, Error, Keyring, Settings, disclosures};
use uuid::Uuid;

#[test]
fn a_bank_may_hold_more_experts_than_a_query_may_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = Database::open(Settings {
        url: format!("sqlite:{}", folder.path().join("db").display()),
        connections: 1,
        timeout: Duration::from_secs(5),
        full_sync: false,
        keys: Keyring::parse("1:a29rZW11c3bDpHlsw6QgLSBvbmx5IGZvciB0ZXN0cyE=").expect("a key"),
        files: None,
    })
    .expect("it opens");
    database.migrate().expect("it migrates");
    let experts: Vec<_> = (0..40_000).map(|raw| Id::new(Uuid::from_u128(raw))).collect();
    let since = Moment::from_timestamp(0).expect("a moment");
    let loads = database.read(|session| disclosures::loads(session, &experts, since));
    assert_eq!(loads.map_err(|error: Error| error.to_string()).map(|loads| loads.len()), Ok(0));
}
