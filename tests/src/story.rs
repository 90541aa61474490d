//! Steps of the chain that many tests begin with.
