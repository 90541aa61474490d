//! One thing of every kind, for tests that call every operation.

use std::collections::BTreeMap;

/// The identifiers of things, by the names that they have in paths.
pub struct World(BTreeMap<&'static str, String>);

impl World {
    /// A world without things.
    pub const fn empty() -> Self {
        Self(BTreeMap::new())
    }

    /// The path with the names of things filled in. What is not in the world is something that is nowhere.
    pub fn fill_in(&self, path: &str) -> String {
        let part = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}'))
        {
            Some(name) => self
                .0
                .get(name)
                .cloned()
                .unwrap_or_else(|| "019aa5d0-0000-7000-8000-000000000001".to_owned()),
            None => part.to_owned(),
        };
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    /// Whether the world has a thing by this name.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}
