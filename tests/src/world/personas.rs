//! Everybody who may ask.

use api::region::expert_email;

use crate::{Person, Server};

/// How someone gets in.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// They do not.
    None,
    /// With a code to this address.
    Mail(&'static str),
    /// As the expert with this number.
    Expert(usize),
    /// As the machine client with this name.
    Machine(&'static str),
}

/// Someone who may ask, by what they are in the world.
#[derive(Clone, Copy, Debug)]
pub struct Persona {
    /// What they are.
    pub name: &'static str,
    way: Way,
}

const fn of(name: &'static str, way: Way) -> Persona {
    Persona { name, way }
}

/// Everybody.
pub const PERSONAS: &[Persona] = &[
    of("stranger", Way::None),
    // The expert whom most things of the world are about, the one who does the same task, and two who have no part in
    // it; the second expert also has every role of the network.
    of("expert", Way::Expert(1)),
    of("fellow expert", Way::Expert(3)),
    of("other expert", Way::Expert(2)),
    of("expert elsewhere", Way::Expert(31)),
    // The expert lets them answer offers, agree and give feedback: not more.
    of("support person", Way::Mail("tukihenkilo@lappi.example")),
    of("orderer", Way::Mail("tilaaja@lappi.example")),
    of("colleague", Way::Mail("esihenkilo@lappi.example")),
    of("orderer of another unit", Way::Mail("vammais@lappi.example")),
    of("orderer of a school", Way::Mail("opettaja@opisto.example")),
    of("orderer elsewhere", Way::Mail("tilaaja@satakunta.example")),
    of("liaison", Way::Mail("yhteys.mieli@lappi.example")),
    of("liaison of the area", Way::Mail("yhteys@lappi.example")),
    of("liaison elsewhere", Way::Mail("yhteys@satakunta.example")),
    of("broker", Way::Mail("valittaja@kokemuspolku.example")),
    of("broker of another NGO", Way::Mail("valittaja@tunturintuki.example")),
    of("broker elsewhere", Way::Mail("valittaja@lounaankokemus.example")),
    of("trainer", Way::Mail("kouluttaja@kokemuspolku.example")),
    of("coordinator", Way::Mail("koordinaattori@lappi.example")),
    of("coordinator elsewhere", Way::Mail("koordinaattori@satakunta.example")),
    of("steering member", Way::Mail("ohjausryhma@lappi.example")),
    of("centre", Way::Mail("keskus@lappi.example")),
    of("centre elsewhere", Way::Mail("keskus@satakunta.example")),
    of("administrator", Way::Mail("yllapito@kokemusvayla.example")),
    of("payroll", Way::Machine("HR Lappi")),
    of("payroll elsewhere", Way::Machine("HR Satakunta")),
    of("website", Way::Machine("Kokemuspolun verkkosivu")),
];

impl Persona {
    /// The persona of this name.
    pub fn named(name: &str) -> &'static Self {
        let found = PERSONAS.iter().find(|persona| persona.name == name);
        found.unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    /// Whether it is a machine.
    pub const fn is_machine(&self) -> bool {
        matches!(self.way, Way::Machine(_))
    }

    /// The persona signed in at a server, if they can be.
    pub(super) fn sign_in<'a>(&self, server: &'a Server) -> Option<Person<'a>> {
        match self.way {
            Way::None => None,
            Way::Mail(email) => Some(server.sign_in(email)),
            Way::Expert(number) => Some(server.sign_in(&expert_email(number))),
            Way::Machine(name) => Some(server.machine(name)),
        }
    }
}
