//! Where resources register their handlers.
//!
//! Collecting the OpenAPI document takes longer than everything else that a worker does when it starts, so it is done once
//! for the process and not, as `utoipa_actix_web` does it, again for each worker.
//!
//! The web framework tries one pattern after the other, each by an expression of its own, until one fits: with two hundred
//! of them that costs more than all the rest of a request. The edge knows already which one it is, by its number. So each
//! pattern stands alone, where its expression is the only one that is tried, and the patterns stand in rows, of which only
//! the right one is looked through.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{Scope, dev::HttpServiceFactory, guard::fn_guard, web};
use utoipa::openapi::{Components, OpenApi};
use utoipa_actix_web::OpenApiFactory;

use crate::{meta::Meta, operations};

/// How many patterns stand in a row: about as many as there are rows.
const ROW: usize = 14;

/// What handlers are registered with: the routes of a worker, or the document.
pub(crate) struct ServiceConfig<'a>(Purpose<'a>);

enum Purpose<'a> {
    Serving {
        /// The patterns of the handlers, in the order of their registration.
        order: &'static [String],
        next: usize,
        patterns: BTreeMap<usize, Scope>,
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
                let resource = operations::at(&order[*next]).expect("the contract has every path");
                *next += 1;
                let here = resource.number;
                let routes = patterns.remove(&here).unwrap_or_else(|| scope(move |it| it == here));
                patterns.insert(here, routes.service(handler));
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
        let mut rows: BTreeMap<usize, Scope> = BTreeMap::new();
        for (number, routes) in patterns {
            let row = number / ROW;
            let others = rows.remove(&row).unwrap_or_else(|| scope(move |it| it / ROW == row));
            rows.insert(row, others.service(routes));
        }
        for routes in rows.into_values() {
            actix.service(routes);
        }
    }
}

/// Routes that are only tried for requests of whose pattern the number `fits`.
fn scope(fits: impl Fn(usize) -> bool + 'static) -> Scope {
    web::scope("").guard(fn_guard(move |request| {
        let found = request.req_data();
        let operation = found.get::<Arc<Meta>>().and_then(|meta| meta.operation);
        operation.is_some_and(|operation| fits(operation.number))
    }))
}
