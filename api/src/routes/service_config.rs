//! Where resources register their handlers.
//!
//! Collecting the OpenAPI document takes longer than everything else that a worker does when it starts, so it is done once
//! for the process and not, as `utoipa_actix_web` does it, again for each worker.
//!
//! The web framework tries one pattern after the other, each by an expression of its own, until one fits: with two hundred
//! of them that costs more than all the rest of a request. So the routes of a worker stand in groups, by the fixed part
//! that their paths begin with, and only those of the right group are tried.

use std::collections::BTreeMap;

use actix_web::{Scope, dev::HttpServiceFactory, guard::fn_guard, web};
use utoipa::openapi::{Components, OpenApi};
use utoipa_actix_web::OpenApiFactory;

/// How many segments of a path its group goes by at the most, as in `/v1/orders`. No group may begin like another one.
const SEGMENTS: usize = 2;

/// What handlers are registered with: the routes of a worker, or the document.
pub(crate) struct ServiceConfig<'a>(Purpose<'a>);

enum Purpose<'a> {
    Serving {
        /// The groups of the handlers, in the order of their registration.
        order: &'a [String],
        next: usize,
        groups: BTreeMap<&'a str, Scope>,
    },
    Documenting {
        document: &'a mut OpenApi,
        order: &'a mut Vec<String>,
    },
}

impl<'a> ServiceConfig<'a> {
    /// Registers handlers as routes. `order` is what [`Self::documenting`] has found.
    pub(crate) fn serving(order: &'a [String]) -> Self {
        Self(Purpose::Serving { order, next: 0, groups: BTreeMap::new() })
    }

    /// Collects what handlers say of themselves in `document`, and the group of each, in the order of their registration,
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
            Purpose::Serving { order, next, groups } => {
                let group = order[*next].as_str();
                *next += 1;
                let routes = groups.remove(group).unwrap_or_else(|| scope(group));
                groups.insert(group, routes.service(handler));
            }
            Purpose::Documenting { document, order } => {
                let paths = handler.paths();
                order.extend(paths.paths.keys().map(|path| group(path).to_owned()));
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
        if let Purpose::Serving { groups, .. } = self.0 {
            for routes in groups.into_values() {
                actix.service(routes);
            }
        }
    }
}

/// The routes of a group.
fn scope(group: &str) -> Scope {
    let group = group.to_owned();
    web::scope("").guard(fn_guard(move |request| {
        let rest = request.head().uri.path().strip_prefix(group.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }))
}

/// The group of a pattern: what it begins with, up to its first parameter.
fn group(pattern: &str) -> &str {
    let fixed = pattern.split("/{").next().unwrap_or(pattern);
    let end = fixed.match_indices('/').nth(SEGMENTS).map_or(fixed.len(), |(at, _)| at);
    &fixed[..end]
}
