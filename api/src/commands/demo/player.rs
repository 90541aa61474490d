//! The people of the demonstration, and what the server answers them.

use serde_json::Value;

use super::stage::{Stage, Step};

/// Someone on the stage.
#[derive(Clone)]
pub(super) struct Player<'a> {
    stage: &'a Stage,
    name: String,
    email: String,
    token: String,
}

/// What the server answered.
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) body: Value,
    pub(super) text: String,
    pub(super) location: String,
    pub(super) retry_after: u64,
}

impl<'a> Player<'a> {
    /// Somebody who has signed in.
    pub(super) fn new(stage: &'a Stage, name: &str, email: &str, token: String) -> Self {
        Self { stage, name: name.to_owned(), email: email.to_owned(), token }
    }

    /// What the player is called.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Signs in again: tokens live for a quarter of an hour, and time has passed.
    pub(super) fn again(&mut self) -> Step<()> {
        self.token = self.stage.person(&self.email)?.token;
        Ok(())
    }

    pub(super) fn get(&self, path: &str) -> Step<Answered> {
        self.stage.call("GET", path, Some(&self.token), &[], None)?.must(200, path)
    }

    pub(super) fn post(&self, path: &str, body: Value) -> Step<Answered> {
        let answered = self.try_post(path, body)?;
        let done = matches!(answered.status, 200..=204);
        if done {
            Ok(answered)
        } else {
            Err(format!("{} could not POST {path}: {}", self.name, answered.text))
        }
    }

    /// Tries something that may be refused.
    pub(super) fn try_post(&self, path: &str, body: Value) -> Step<Answered> {
        let body = Some(body).filter(|body| !body.is_null());
        self.stage.call("POST", path, Some(&self.token), &[], body)
    }

    /// Changes what is there, naming the version that was read.
    pub(super) fn patch(&self, path: &str, body: Value) -> Step<Answered> {
        self.stage
            .call("PATCH", path, Some(&self.token), &[("if-match", "*")], Some(body))?
            .must(200, path)
    }

    /// Puts something where nothing is yet.
    pub(super) fn put(&self, path: &str, body: Value) -> Step<Answered> {
        let answered = self.stage.call(
            "PUT",
            path,
            Some(&self.token),
            &[("if-none-match", "*")],
            Some(body),
        )?;
        let done = matches!(answered.status, 200..=204);
        if done {
            Ok(answered)
        } else {
            Err(format!("{} could not PUT {path}: {}", self.name, answered.text))
        }
    }
}

impl Answered {
    pub(super) fn must(self, status: u16, what: &str) -> Step<Self> {
        if self.status == status {
            return Ok(self);
        }
        Err(format!("{what}: {} instead of {status}: {}", self.status, self.text))
    }

    /// The identifier of the thing in the answer.
    pub(super) fn id(&self) -> String {
        self.body["id"].as_str().unwrap_or_default().to_owned()
    }

    /// Where the new thing is.
    pub(super) fn location(&self) -> &str {
        &self.location
    }

    /// The state of the thing, by name.
    pub(super) fn state(&self) -> String {
        let state = &self.body["state"];
        state.as_str().or_else(|| state["name"].as_str()).unwrap_or_default().to_owned()
    }

    /// What the caller may do with the thing now.
    pub(super) fn allowed(&self) -> String {
        let actions = self.body["actions"].as_array().into_iter().flatten();
        let names: Vec<&str> = actions
            .filter(|action| action["allowed"] == true)
            .filter_map(|action| action["name"].as_str())
            .collect();
        if names.is_empty() {
            "nothing, it is somebody else's turn".to_owned()
        } else {
            names.join(", ")
        }
    }

    /// What a refusal says.
    pub(super) fn refusal(&self) -> String {
        let text = |name: &str| self.body[name].as_str().unwrap_or_default().to_owned();
        format!("{} {} — {}", self.status, text("code"), text("detail"))
    }
}
