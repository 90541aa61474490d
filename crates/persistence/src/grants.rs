//! Roles that people hold at nodes.

use chrono::{NaiveDate, NaiveDateTime};
use domain::grant::Grant;

use crate::{
    codec::{from_day, from_id, from_moment, from_name},
    documents::documents,
    schema::grants,
};

documents! {
    grants of Grant as grant {
        person_id: String = from_id(grant.terms.person_id),
        node_id: String = from_id(grant.terms.node_id),
        role: String = from_name(&grant.terms.role),
        from_day: NaiveDate = from_day(grant.terms.from),
        until_day: Option<NaiveDate> = grant.terms.until.map(from_day),
        ended_at: Option<NaiveDateTime> = grant.ended.map(from_moment),
    }
}
