//! The server as a process of its own, for tests that kill it, fill its disk, or ask what it uses.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
};

use tempfile::TempDir;

use crate::{BEGINNING, DATA_KEY, ISSUER, logged};

/// A server in a process of its own. It is killed when this goes.
pub struct Process {
    child: Child,
    /// Where it listens.
    pub url: String,
    side: String,
    log: Lines,
    printed: Lines,
    temporary: TempDir,
}

type Lines = Arc<Mutex<Vec<String>>>;

impl Process {
    /// Starts `program serve` on the database at `url`, and waits until it listens.
    pub fn start(program: &str, database_url: &str) -> Self {
        Self::spawn(&mut Self::command(program, database_url))
    }

    /// The command that [`Self::start`] runs, to be changed before it is run.
    pub fn command(program: &str, database_url: &str) -> Command {
        let mut command = Command::new(program);
        Self::set_up(&mut command, database_url);
        command
    }

    /// The same through a shell that does `first` before, such as setting a limit.
    pub fn command_after(first: &str, program: &str, database_url: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{first}; exec \"$0\" \"$@\""), program]);
        Self::set_up(&mut command, database_url);
        command
    }

    fn set_up(command: &mut Command, database_url: &str) {
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--issuer", ISSUER])
            .env("DATABASE_URL", database_url)
            .env("KOKEMUSVAYLA_DATA_KEY", DATA_KEY)
            .env("KOKEMUSVAYLA_DRAIN", "0")
            .env("KOKEMUSVAYLA_METRICS_LISTEN", "127.0.0.1:0")
            .env("KOKEMUSVAYLA_TEST_NOW", BEGINNING)
            .env("RUST_LOG", "info")
            .envs(["PERSON", "CLIENT", "ADDRESS", "SIGN_IN"].map(|whose| {
                // Load is what these tests are about.
                (format!("KOKEMUSVAYLA_RATE_{whose}"), "1000000/1")
            }))
            .stderr(Stdio::piped())
            .stdout(Stdio::piped());
    }

    /// Starts `program sandbox` with `arguments`, and waits until it listens.
    pub fn sandbox(program: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command
            .args(["sandbox", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0"])
            .args(arguments)
            .env("KOKEMUSVAYLA_TEST_NOW", BEGINNING)
            .env("RUST_LOG", "info")
            .stderr(Stdio::piped())
            .stdout(Stdio::piped());
        Self::run(&mut command, "controls are on port ")
    }

    /// Runs a command that [`Self::command`] made.
    pub fn spawn(command: &mut Command) -> Self {
        Self::run(command, "metrics are on port ")
    }

    fn run(command: &mut Command, side: &str) -> Self {
        // Whoever is killed leaves behind what it had for the time being.
        let temporary = tempfile::tempdir().expect("a folder");
        let mut child =
            command.env("TMPDIR", temporary.path()).spawn().expect("the program starts");
        let lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let mut lines =
            lines.inspect(|line| line.iter().for_each(|line| logged::look_through(line)));
        let mut wait_for = |what: &str| {
            let digits = |line: String| {
                let (_, rest) = line.split_once(what)?;
                Some(rest.chars().take_while(char::is_ascii_digit).collect::<String>())
            };
            let port = lines.by_ref().map_while(Result::ok).find_map(digits);
            format!("http://127.0.0.1:{}", port.expect("it says where it listens"))
        };
        let (side, url) = (wait_for(side), wait_for("listening on port "));
        let log = keep(lines);
        let printed = keep(BufReader::new(child.stdout.take().expect("piped")).lines());
        Self { child, url, side, log, printed, temporary }
    }

    /// What it has printed: the letters that it would send.
    pub fn printed(&self) -> Vec<String> {
        self.printed.lock().expect("free").clone()
    }

    /// Where the controls of a sandbox are.
    pub fn controls(&self) -> &str {
        &self.side
    }

    /// The folder where it puts what is there for the time being.
    pub fn temporary(&self) -> &Path {
        self.temporary.path()
    }

    /// Its number among the processes.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it shows to Prometheus.
    pub fn metrics(&self) -> String {
        let mut answer = ureq::get(format!("{}/metrics", self.side)).call().expect("it answers");
        answer.body_mut().read_to_string().expect("text")
    }

    /// What it has logged since it began to listen, as far as it has come here.
    pub fn log(&self) -> Vec<String> {
        self.log.lock().expect("free").clone()
    }

    /// How much memory it uses, in bytes.
    pub fn memory(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// How much of that is its own: the rest are pages of the program, which the system can drop and read again.
    pub fn own_memory(&self) -> u64 {
        self.status("RssAnon:")
    }

    /// What the system says of it, in bytes.
    fn status(&self, name: &str) -> u64 {
        let status =
            fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it lives");
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
        kilobytes * 1024
    }

    /// Kills it as the power does: without a warning.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// Asks it to stop.
    pub fn ask_to_stop(&self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(asked.expect("kill is there").success());
    }

    /// Waits until it has stopped, and tells whether it ended well.
    pub fn wait(&mut self) -> bool {
        self.child.wait().expect("it ends").success()
    }

    /// Asks it to stop, and waits until it has.
    pub fn stop(&mut self) -> bool {
        self.ask_to_stop();
        self.wait()
    }
}

/// Keeps lines as they come.
fn keep(lines: impl Iterator<Item = std::io::Result<String>> + Send + 'static) -> Lines {
    let kept = Lines::default();
    let here = kept.clone();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            here.lock().expect("free").push(line);
        }
    });
    kept
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already, which is what was wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
