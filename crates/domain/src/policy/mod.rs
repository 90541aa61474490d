//! Who may do what: the one table of the product, and its two readers.
//!
//! [`decide`] answers for one thing, [`scope`] for a listing; a property test holds them equal.
//!
//! **Invariant:** no other place decides who may do what. Machines add only what no combination of roles can lift, such
//! as that nobody approves their own claim.

mod actor;
mod duties;
mod table;

pub use self::{
    actor::{Actor, ClientScope, Delegation, Grant, Identity, Named, Power, Role, Subject},
    duties::{Duty, DutyReach, RoleFamily, RoleLevel},
    table::Action,
};
use crate::{id::Id, node::Path, person::Person};

/// Whom a rule covers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Who {
    /// Every signed-in person. Machine clients get what their scope says, and nothing else.
    Anyone,
    /// Whoever has the role at the organisation that is asked about the subject, or above it.
    Asked(Role),
    /// Whoever has the role at the subject's node or above it: *own unit and below*.
    Below(Role),
    /// A machine client with the scope, at the subject's node or above it.
    Client(ClientScope),
    /// Whoever the subject's owner lets act for them in this matter (*tukihenkilö*).
    Delegate(Power),
    /// Whoever has the role at the organisation that handles the subject, or above it.
    Handler(Role),
    /// Whoever has the role at the subject's node, above it or below it: what an area decides concerns its teams.
    Member(Role),
    /// Whoever is named in the subject for what they did in the role, as long as they have it where they did that.
    Named(Role),
    /// The person whom the subject is about.
    Own,
    /// The persons named in the subject.
    Party,
}

/// An answer to [`decide`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Decision {
    /// Go ahead.
    Allow,
    /// The actor may know that the subject exists, but not do this to it.
    Forbid,
    /// The actor may not even know that the subject exists.
    Hide,
}

/// One way in which a subject comes into a listing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reach {
    /// Every subject.
    Everything,
    /// Those at this node or below it.
    Below(Path),
    /// Those handled by an organisation at this node or below it.
    Handled(Path),
    /// Those that an organisation at this node or below it is asked about.
    Asked(Path),
    /// Those at this node, above it or below it.
    Around(Path),
    /// Those about this person.
    Own(Id<Person>),
    /// Those that name this person.
    Party(Id<Person>),
    /// Those that name this person for what they did in the role at this node or below it.
    Named(Id<Person>, Role, Path),
}

/// The subjects that a listing may show: all that at least one of the reaches covers, none if there is none.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Scope(pub Vec<Reach>);

impl Scope {
    /// Whether it covers all that belongs to an area, or more: much of everything there is.
    pub fn is_wide(&self) -> bool {
        let high = |path: &Path| path.ids().count() <= 2;
        self.0.iter().any(|reach| match reach {
            Reach::Everything => true,
            Reach::Below(path) | Reach::Around(path) => high(path),
            Reach::Handled(_)
            | Reach::Asked(_)
            | Reach::Own(_)
            | Reach::Party(_)
            | Reach::Named(..) => false,
        })
    }
}

/// Decides whether `actor` may do `action` to `subject`.
pub fn decide(actor: &Actor, action: Action, subject: &Subject) -> Decision {
    if allows(actor, action, subject) {
        return Decision::Allow;
    }
    if allows(actor, action.known_by(), subject) { Decision::Forbid } else { Decision::Hide }
}

/// Whether `actor` may do `action` to `subject`.
pub fn allows(actor: &Actor, action: Action, subject: &Subject) -> bool {
    ground(actor, action, subject).is_some()
}

/// The rule that lets `actor` do `action` to `subject`, the first of its row.
pub fn ground(actor: &Actor, action: Action, subject: &Subject) -> Option<Who> {
    action.doers().iter().copied().find(|who| covers(*who, actor, subject))
}

/// The role that lets `actor` do `action` to `subject`, if it is one, and the node at which it is asked for.
pub fn role_held(actor: &Actor, action: Action, subject: &Subject) -> Option<(Role, Path)> {
    let (role, node) = match ground(actor, action, subject)? {
        Who::Below(role) | Who::Member(role) => (role, subject.node.as_ref()),
        Who::Handler(role) => (role, subject.handler.as_ref()),
        Who::Asked(role) => (role, subject.asked.as_ref()),
        Who::Named(role) => (role, subject.named.as_ref().map(|named| &named.node)),
        Who::Anyone | Who::Client(_) | Who::Delegate(_) | Who::Own | Who::Party => return None,
    };
    Some((role, node?.clone()))
}

/// The subjects for which [`decide`] would say [`Decision::Allow`].
pub fn scope(actor: &Actor, action: Action) -> Scope {
    let mut reaches = Vec::new();
    for who in action.doers() {
        let found = match *who {
            Who::Anyone => actor.person().map(|_| Reach::Everything).into_iter().collect(),
            Who::Below(role) => grants(actor, role).cloned().map(Reach::Below).collect(),
            Who::Member(role) => grants(actor, role).cloned().map(Reach::Around).collect(),
            Who::Handler(role) => grants(actor, role).cloned().map(Reach::Handled).collect(),
            Who::Asked(role) => grants(actor, role).cloned().map(Reach::Asked).collect(),
            Who::Client(scope) => {
                actor.client(scope).cloned().map(Reach::Below).into_iter().collect()
            }
            Who::Own => actor.person().map(Reach::Own).into_iter().collect(),
            Who::Named(role) => {
                let named = |person| {
                    let paths = grants(actor, role).cloned();
                    paths.map(move |path| Reach::Named(person, role, path)).collect()
                };
                actor.person().map(named).unwrap_or_default()
            }
            Who::Party => actor.person().map(Reach::Party).into_iter().collect(),
            Who::Delegate(power) => actor.delegators(power).map(Reach::Own).collect::<Vec<_>>(),
        };
        for reach in found {
            if !reaches.contains(&reach) {
                reaches.push(reach);
            }
        }
    }
    Scope(reaches)
}

fn covers(who: Who, actor: &Actor, subject: &Subject) -> bool {
    let owns = |person: Id<Person>| subject.owner == Some(person);
    let named =
        |role| subject.named.as_ref().filter(|one| one.role == role && one.counts_for(actor));
    match who {
        Who::Anyone => actor.person().is_some(),
        Who::Below(role) => grants(actor, role).any(|grant| reaches(grant, subject.node.as_ref())),
        Who::Member(role) => grants(actor, role).any(|grant| {
            subject.node.as_ref().is_some_and(|node| grant.covers(node) || node.covers(grant))
        }),
        Who::Handler(role) => {
            grants(actor, role).any(|grant| reaches(grant, subject.handler.as_ref()))
        }
        Who::Asked(role) => grants(actor, role).any(|grant| reaches(grant, subject.asked.as_ref())),
        Who::Client(scope) => {
            actor.client(scope).is_some_and(|area| reaches(area, subject.node.as_ref()))
        }
        Who::Own => actor.person().is_some_and(owns),
        Who::Named(role) => named(role).is_some(),
        Who::Party => actor.person().is_some_and(|person| subject.parties.contains(&person)),
        Who::Delegate(power) => actor.delegators(power).any(owns),
    }
}

fn reaches(grant: &Path, node: Option<&Path>) -> bool {
    node.is_some_and(|node| grant.covers(node))
}

fn grants(actor: &Actor, role: Role) -> impl Iterator<Item = &Path> {
    actor.grants.iter().filter(move |grant| grant.role == role).map(|grant| &grant.path)
}

impl Scope {
    /// Whether the scope covers the subject: what [`scope`] promises to agree on with [`decide`].
    pub fn covers(&self, subject: &Subject) -> bool {
        let within =
            |path: &Path, node: &Option<Path>| node.as_ref().is_some_and(|node| path.covers(node));
        self.0.iter().any(|reach| match reach {
            Reach::Everything => true,
            Reach::Below(path) => within(path, &subject.node),
            Reach::Handled(path) => within(path, &subject.handler),
            Reach::Asked(path) => within(path, &subject.asked),
            Reach::Around(path) => {
                subject.node.as_ref().is_some_and(|node| path.covers(node) || node.covers(path))
            }
            Reach::Own(person) => subject.owner == Some(*person),
            Reach::Party(person) => subject.parties.contains(person),
            Reach::Named(person, role, path) => subject.named.as_ref().is_some_and(|named| {
                named.person == *person && named.role == *role && path.covers(&named.node)
            }),
        })
    }
}
