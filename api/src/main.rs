//! The program.

fn main() -> std::process::ExitCode {
    api::commands::main()
}
