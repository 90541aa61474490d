//! Who may pay for a task (*maksaja*): the side that orders it.
//!
//! Payroll receives the expert's identity code and account with a fee, and which payroll that is follows from the payer.
//! **Invariant:** whoever writes an order or an agreement cannot thereby send them to somebody else's payroll.

use crate::node::Path;

/// Why a node does not pay, from the catalogue of field errors.
pub const CANNOT_PAY: &str = "cannot_pay";

/// Whether `payer` may pay for what is done for the node at `orderer`: the unit itself, what is above it, and whatever
/// else is in the same welfare area, such as the background community of the experts (S1-44). The unit of a national
/// organisation, which is in no area, is paid for within that organisation. The nation pays for nobody.
pub fn may_pay(payer: &Path, orderer: &Path) -> bool {
    payer == orderer || orderer.area_path().is_some_and(|area| area.covers(payer))
}
