//! Where resources register their handlers.
//!
//! Collecting the OpenAPI document takes longer than everything else that a worker does when it starts, so it is done once
//! for the process and not, as `utoipa_actix_web` does it, again for each worker.

use actix_web::{dev::HttpServiceFactory, web};
use utoipa::openapi::{Components, OpenApi};
use utoipa_actix_web::OpenApiFactory;

/// What handlers are registered with: the routes of a worker, or the document.
pub(crate) struct ServiceConfig<'a> {
    actix: &'a mut web::ServiceConfig,
    document: Option<&'a mut OpenApi>,
}

impl<'a> ServiceConfig<'a> {
    /// Registers handlers as routes.
    pub(crate) fn serving(actix: &'a mut web::ServiceConfig) -> Self {
        Self { actix, document: None }
    }

    /// Collects what handlers say of themselves in `document`.
    pub(crate) fn documenting(
        actix: &'a mut web::ServiceConfig,
        document: &'a mut OpenApi,
    ) -> Self {
        Self { actix, document: Some(document) }
    }

    /// Registers a handler.
    pub(crate) fn service(
        &mut self,
        handler: impl HttpServiceFactory + OpenApiFactory + 'static,
    ) -> &mut Self {
        if let Some(document) = &mut self.document {
            document.paths.merge(handler.paths());
            let mut schemas = Vec::new();
            handler.schemas(&mut schemas);
            document.components.get_or_insert_with(Components::new).schemas.extend(schemas);
        }
        self.actix.service(handler);
        self
    }
}
