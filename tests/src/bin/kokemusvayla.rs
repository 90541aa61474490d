//! The program itself, for tests that kill it.

fn main() -> std::process::ExitCode {
    api::commands::main()
}
