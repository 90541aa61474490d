//! Steering groups, their meetings, and what is developed because of them.

/// Steering groups.
pub mod groups {
    use diesel::prelude::*;
    use domain::{policy::Scope, steering::SteeringGroup};

    use crate::{
        Page, Result, Session, Stored,
        codec::from_id,
        documents::{documents, page_of},
        schema::steering_groups,
        scope::in_scope,
    };

    documents! {
        steering_groups of SteeringGroup as group {
            area_id: String = from_id(group.area),
        }
    }

    /// Steering groups in the order of their making.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Database`], [`crate::Error::Corrupt`].
    pub fn list(
        session: &mut Session<'_>,
        scope: &Scope,
        page: Page,
    ) -> Result<Vec<Stored<SteeringGroup>>> {
        page_of!(
            session,
            steering_groups,
            page,
            in_scope!(steering_groups, steering_groups::table.into_boxed(), scope, {
                below: steering_groups::area_id,
            })
        )
    }
}

/// Meetings of steering groups.
pub mod meetings {
    use diesel::prelude::*;
    use domain::steering::{Meeting, SteeringGroupId};

    use crate::{
        Page, Result, Session, Stored,
        codec::from_id,
        documents::{all_of, documents, page_of},
        schema::steering_meetings,
    };

    documents! {
        steering_meetings of Meeting as meeting {
            group_id: String = from_id(meeting.group),
        }
    }

    /// Every meeting of a group.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Database`], [`crate::Error::Corrupt`].
    pub fn of(session: &mut Session<'_>, group: SteeringGroupId) -> Result<Vec<Stored<Meeting>>> {
        all_of!(
            session,
            steering_meetings::table
                .filter(steering_meetings::group_id.eq(from_id(group)))
                .order(steering_meetings::id)
        )
    }

    /// The meetings of a group in the order of their making. Whoever reads the group may read them.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Database`], [`crate::Error::Corrupt`].
    pub fn list(
        session: &mut Session<'_>,
        group: SteeringGroupId,
        page: Page,
    ) -> Result<Vec<Stored<Meeting>>> {
        page_of!(
            session,
            steering_meetings,
            page,
            steering_meetings::table.filter(steering_meetings::group_id.eq(from_id(group)))
        )
    }
}

/// Development actions.
pub mod actions {
    use diesel::prelude::*;
    use domain::{policy::Scope, steering::action::DevelopmentAction};

    use crate::{
        Page, Result, Session, Stored,
        codec::from_id,
        documents::{documents, page_of},
        schema::development_actions,
        scope::in_scope,
    };

    documents! {
        development_actions of DevelopmentAction as action {
            area_id: String = from_id(action.area),
            group_id: String = from_id(action.group),
            state: String = action.state.name().to_owned(),
        }
    }

    /// Development actions in the order of their making.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Database`], [`crate::Error::Corrupt`].
    pub fn list(
        session: &mut Session<'_>,
        scope: &Scope,
        state: Option<&str>,
        page: Page,
    ) -> Result<Vec<Stored<DevelopmentAction>>> {
        let mut query = in_scope!(development_actions, development_actions::table.into_boxed(), scope, {
            below: development_actions::area_id,
        });
        if let Some(state) = state {
            query = query.filter(development_actions::state.eq(state.to_owned()));
        }
        page_of!(session, development_actions, page, query)
    }
}
