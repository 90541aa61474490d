//! Headers of requests, checked against the published parameters.

use actix_web::HttpRequest;
use domain::refusal::Fault;
use serde_json::Value;

use crate::{
    body,
    meta::IDEMPOTENCY_KEY,
    operations::Facts,
    problem::{Problem, Result},
    schemas,
};

/// Fails unless every header that the operation declares has the form that the contract gives it.
///
/// # Errors
///
/// [`Problem::InvalidParameters`] with the names of the others. The idempotency key has a problem of its own.
pub(crate) fn check(request: &HttpRequest, facts: &Facts) -> Result<()> {
    let mut faults = Vec::new();
    for parameter in facts.parameters_in("header") {
        let name = parameter["name"].as_str().unwrap_or_default();
        let Some(value) = request.headers().get(name).filter(|_| IDEMPOTENCY_KEY != name) else {
            continue;
        };
        let text = String::from_utf8_lossy(value.as_bytes());
        let found = body::faults(&schemas::validator(&parameter["schema"]), &Value::from(text));
        faults.extend(found.into_iter().map(|fault| Fault::new(name, fault.code)));
    }
    if faults.is_empty() { Ok(()) } else { Err(Problem::InvalidParameters(faults)) }
}
