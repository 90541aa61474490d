//! Queries about more things than a query may name.

mod opened;

use domain::time::Moment;
use persistence::{Error, disclosures};

use self::opened::{id, open};

#[test]
fn a_bank_may_hold_more_experts_than_a_query_may_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = open(&folder, None);
    let experts: Vec<_> = (0..40_000).map(id).collect();
    let since = Moment::from_timestamp(0).expect("a moment");
    let loads = database.read(|session| disclosures::loads(session, &experts, since));
    assert_eq!(loads.map_err(|error: Error| error.to_string()).map(|loads| loads.len()), Ok(0));
}
