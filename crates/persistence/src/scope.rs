//! How a policy's scope filters a listing.

/// Narrows a boxed query to a [`domain::policy::Scope`]. Each key names the column that the reach is about; a reach
/// without its column shows nothing.
///
/// ```text
/// in_scope!(orders, query, scope, { below: orders::node_id, handled: orders::handler_id, own: …, party: … })
/// ```
///
/// `below` is a column that is never null, `handled` one that may be. `named` has three: of the person, and of the role and the
/// node that they are named for, which may both be null. The module has `diesel::prelude` at hand.
// A leading underscore marks what a table without that column leaves unused.
macro_rules! in_scope {
    ($table:ident, $query:expr, $scope:expr, {
        $(below: $below:expr,)? $(handled: $handled:expr,)? $(own: $own:expr,)? $(party: $party:expr,)*
        $(named: ($who:expr, $as:expr, $at:expr),)?
    }) => {{
        use domain::policy::Reach;
        use $crate::{codec::from_id, schema::nodes};
        // Identifiers are never empty: the first condition is false and the one for everything true.
        let mut query = $query.filter($table::id.eq(""));
        for reach in &$scope.0 {
            query = match reach {
                Reach::Everything => query.or_filter($table::id.ne("")),
                Reach::Below(path) => {
                    let _prefix = format!("{}%", path.as_str());
                    $(let query = query.or_filter($below.eq_any(
                        nodes::table.filter(nodes::path.like(_prefix.clone())).select(nodes::id),
                    ));)?
                    query
                }
                Reach::Around(path) => {
                    let _prefix = format!("{}%", path.as_str());
                    let _above: Vec<String> = path.ids().map(from_id).collect();
                    $(let query = query.or_filter($below.eq_any(
                        nodes::table
                            .filter(nodes::path.like(_prefix.clone()).or(nodes::id.eq_any(_above.clone())))
                            .select(nodes::id),
                    ));)?
                    query
                }
                Reach::Handled(path) => {
                    let _prefix = format!("{}%", path.as_str());
                    $(let query = query.or_filter($handled.eq_any(
                        nodes::table
                            .filter(nodes::path.like(_prefix.clone()))
                            .select(nodes::id.nullable()),
                    ));)?
                    query
                }
                // What only one table has, it sees to itself.
                Reach::Asked(_) => query,
                Reach::Own(person) => {
                    let _person = from_id(*person);
                    $(let query = query.or_filter($own.eq(_person.clone()));)?
                    query
                }
                Reach::Party(person) => {
                    let _person = from_id(*person);
                    $(let query = query.or_filter($party.eq(_person.clone()));)*
                    query
                }
                Reach::Named(_person, _role, _path) => {
                    $(let query = query.or_filter(
                        $who.eq(from_id(*_person))
                            .and($as.eq($crate::codec::from_name(_role)))
                            .and($at.eq_any(
                                nodes::table
                                    .filter(nodes::path.like(format!("{}%", _path.as_str())))
                                    .select(nodes::id.nullable()),
                            )),
                    );)?
                    query
                }
            };
        }
        query
    }};
}
pub(crate) use in_scope;
