//! Where resources register their handlers.
//!
//! Collecting the OpenAPI document takes longer than everything else that a worker does when it starts, so it is done once
//! for the process and not, as `utoipa_actix_web` does it, again for each worker.
//!
//! The web framework tries one pattern after the other, each by an expression of its own, until one fits: with two hundred
//! of them that costs more than all the rest of a request. So the routes of a worker stand in groups, by the fixed part
//! that their paths begin with, and within a group each pattern stands alone: the edge knows already which one it is, and
//! its expression is the only one that is tried.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{
    Scope,
    dev::HttpServiceFactory,
    guard::{Guard, fn_guard},
    web,
};
use utoipa::openapi::{Components, OpenApi};
use utoipa_actix_web::OpenApiFactory;

use crate::meta::Meta;

/// How many segments of a path its group goes by at the most, as in `/v1/orders`. No group may begin like another one.
const SEGMENTS: usize = 2;

/// What handlers are registered with: the routes of a worker, or the document.
pub(crate) struct ServiceConfig<'a>(Purpose<'a>);

enum Purpose<'a> {
    Serving {
        /// The patterns of the handlers, in the order of their registration.
        order: &'static [String],
        next: usize,
        patterns: BTreeMap<&'static str, Scope>,
    },
    Documenting {
        document: &'a mut OpenApi,
        order: &'a mut Vec<String>,
    },
}

impl<'a> ServiceConfig<'a> {
    /// Registers handlers as routes. `order` is what [`Self::documenting`] has found.
    pub(crate) fn serving(order: &'static [String]) -> Self {
        Self(Purpose::Serving { order, next: 0, patterns: BTreeMap::new() })
    }

    /// Collects what handlers say of themselves in `document`, and the pattern of each, in the order of their registration,
    /// in `order`.
    pub(crate) fn documenting(document: &'a mut OpenApi, order: &'a mut Vec<String>) -> Self {
        Self(Purpose::Documenting { document, order })
    }

    /// Registers a handler.
    pub(crate) fn service(
        &mut self,
        handler: impl HttpServiceFactory + OpenApiFactory + 'static,
    ) -> &mut Self {
        match &mut self.0 {
            Purpose::Serving { order, next, patterns } => {
                let pattern = order[*next].as_str();
                *next += 1;
                let routes = patterns.remove(pattern).unwrap_or_else(|| scope(is(pattern)));
                patterns.insert(pattern, routes.service(handler));
            }
            Purpose::Documenting { document, order } => {
                let paths = handler.paths();
                order.extend(paths.paths.keys().cloned());
                document.paths.merge(paths);
                let mut schemas = Vec::new();
                handler.schemas(&mut schemas);
                document.components.get_or_insert_with(Components::new).schemas.extend(schemas);
            }
        }
        self
    }

    /// Hands the routes over to the worker.
    pub(crate) fn finish(self, actix: &mut web::ServiceConfig) {
        let Purpose::Serving { patterns, .. } = self.0 else { return };
        let mut groups: BTreeMap<&'static str, Scope> = BTreeMap::new();
        for (pattern, routes) in patterns {
            let name = group(pattern);
            let others = groups.remove(name).unwrap_or_else(|| scope(begins(name)));
            groups.insert(name, others.service(routes));
        }
        for routes in groups.into_values() {
            actix.service(routes);
        }
    }
}

/// Routes that are only tried where `guard` lets a request pass.
fn scope(guard: impl Guard + 'static) -> Scope {
    web::scope("").guard(guard)
}

/// Lets those pass whose path is of this pattern, as the edge has found.
fn is(pattern: &'static str) -> impl Guard {
    fn_guard(move |request| {
        let found = request.req_data();
        let operation = found.get::<Arc<Meta>>().and_then(|meta| meta.operation);
        operation.is_some_and(|operation| operation.pattern == pattern)
    })
}

/// Lets those pass whose path begins like those of this group.
fn begins(group: &'static str) -> impl Guard {
    fn_guard(move |request| {
        let rest = request.head().uri.path().strip_prefix(group);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// The group of a pattern: what it begins with, up to its first parameter.
fn group(pattern: &str) -> &str {
    let fixed = pattern.split("/{").next().unwrap_or(pattern);
    let end = fixed.match_indices('/').nth(SEGMENTS).map_or(fixed.len(), |(at, _)| at);
    &fixed[..end]
}
