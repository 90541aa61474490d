//! The payroll identity (*maksutiedot*): whom payroll pays, and where to.
//!
//! **Invariants** (`process.md`, invariant 13): it is sealed at rest. Payroll alone gets it whole, and only in a package;
//! everyone else, its owner too, sees it masked. It is never a key, never a way to sign in, and never printed.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    check_digits::{Account, IdentityCode, Wrong, fault},
    id::Id,
    refusal::Fault,
};

/// The identifier of a payroll identity: that of its person.
pub type PayrollIdentityId = Id<PayrollIdentity>;

/// Whom payroll pays, and where to
#[derive(Clone, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayrollIdentity {
    /// The personal identity code (*henkilötunnus*), with its check character.
    #[schema(format = "hetu", example = "131052-902Y", min_length = 11, max_length = 11)]
    pub hetu: String,
    /// The bank account as an IBAN, Finnish or foreign, with or without spaces.
    #[schema(
        format = "iban",
        example = "FI21 1234 5600 0007 85",
        min_length = 15,
        max_length = 42
    )]
    pub iban: String,
    /// The postal address.
    #[schema(example = "Kotikatu 2 A 3, 96100 Rovaniemi", min_length = 3, max_length = 300)]
    pub address: String,
    /// The municipality of residence, by its three-digit code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        example = "698",
        min_length = 3,
        max_length = 3,
        pattern = "^[0-9]{3}$"
    )]
    pub municipality: Option<String>,
}

/// A payroll identity as its owner sees it
///
/// Enough to recognize it by, and too little to use it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct MaskedPayrollIdentity {
    /// The personal identity code without its end.
    #[schema(example = "131052-****", max_length = 11)]
    pub hetu: String,
    /// The country of the bank account and its last characters.
    #[schema(example = "FI** **** 0785", max_length = 42)]
    pub iban: String,
    /// The postal address.
    #[schema(example = "Kotikatu 2 A 3, 96100 Rovaniemi", max_length = 300)]
    pub address: String,
    /// The municipality of residence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "698", max_length = 3, pattern = "^[0-9]{3}$")]
    pub municipality: Option<String>,
}

impl PayrollIdentity {
    /// What is wrong with it. A fault tells where, and never what was given.
    pub fn faults(&self) -> Vec<Fault> {
        let hetu = fault("/hetu", IdentityCode::parse(&self.hetu));
        let iban = fault("/iban", Account::parse(&self.iban));
        hetu.into_iter().chain(iban).collect()
    }

    /// The identity with its codes in the form that others expect.
    ///
    /// # Errors
    ///
    /// [`Wrong`] if a code is: ask for [`Self::faults`] first.
    pub fn in_order(self) -> Result<Self, Wrong> {
        let hetu = IdentityCode::parse(&self.hetu)?.reveal().to_owned();
        let iban = Account::parse(&self.iban)?.reveal().to_owned();
        Ok(Self { hetu, iban, ..self })
    }

    /// The identity as its owner sees it.
    pub fn masked(&self) -> MaskedPayrollIdentity {
        let hidden = || "****".to_owned();
        MaskedPayrollIdentity {
            hetu: IdentityCode::parse(&self.hetu).map_or_else(|_| hidden(), |code| code.masked()),
            iban: Account::parse(&self.iban).map_or_else(|_| hidden(), |account| account.masked()),
            address: self.address.clone(),
            municipality: self.municipality.clone(),
        }
    }
}

impl fmt::Debug for PayrollIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PayrollIdentity(…)")
    }
}
