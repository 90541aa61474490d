//! A PostgreSQL of a test's own, which can be stopped and started again.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use diesel::{PgConnection, connection::SimpleConnection, prelude::*};
use tempfile::TempDir;

/// A PostgreSQL of its own. It goes when this goes.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    /// Root lends PostgreSQL another user: it refuses to run as root.
    user: Option<(u32, u32)>,
    server: Option<Child>,
}

impl Cluster {
    /// Makes one, and starts it.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("kokemusvayla-cluster").tempdir_in("/tmp");
        let folder = folder.expect("a temporary folder");
        let is_root = fs::metadata("/proc/self").expect("it is there").uid() == 0;
        let user = is_root.then(other_user);
        if let Some((user, group)) = user {
            chown(folder.path(), Some(user), Some(group)).expect("root may give it away");
        }
        let mut cluster = Self { folder, programs: programs(), user, server: None };
        let made = cluster
            .command("initdb")
            .args(["--pgdata=data", "--username=kokemusvayla", "--auth=trust", "--encoding=UTF8"])
            .args(["--locale=C", "--no-sync"])
            .output()
            .expect("initdb runs");
        assert!(made.status.success(), "{made:?}");
        cluster.revive();
        cluster
    }

    /// The URL of a new database on it, without a schema.
    pub fn database(&self, name: &str) -> String {
        let mut connection = PgConnection::establish(&self.url("postgres")).expect("it answers");
        connection.batch_execute(&format!("CREATE DATABASE {name}")).expect("it obeys");
        self.url(name)
    }

    /// Stops it as `signal` does: `INT` ends every session and closes in order, `QUIT` lets everything fall.
    pub fn stop(&mut self, signal: &str) {
        let mut server = self.server.take().expect("it runs");
        // The process of `setpriv` has become that of PostgreSQL.
        let sent =
            Command::new("kill").args([format!("-{signal}"), server.id().to_string()]).status();
        assert!(sent.expect("kill is there").success());
        server.wait().expect("it ends");
    }

    /// Starts it again, and waits until it answers.
    pub fn revive(&mut self) {
        let folder = self.folder.path().display().to_string();
        let server = self
            .command("postgres")
            .args(["-D", "data", "-k", &folder, "-c", "listen_addresses=", "-c", "fsync=off"])
            .args(["-c", "max_connections=60", "-c", "shared_buffers=32MB"])
            .spawn()
            .expect("PostgreSQL starts");
        self.server = Some(server);
        let began = Instant::now();
        while PgConnection::establish(&self.url("postgres")).is_err() {
            assert!(began.elapsed() < Duration::from_secs(60), "it answers within a minute");
            thread::park_timeout(Duration::from_millis(20));
        }
    }

    /// Lets no file of it grow beyond `bytes`, or beyond nothing again with `unlimited`: to a program, a file that may not grow
    /// is what a full disk looks like.
    pub fn limit_files(&self, bytes: &str) {
        let server = self.server.as_ref().expect("it runs").id();
        let children = fs::read_to_string(format!("/proc/{server}/task/{server}/children"));
        let children = children.expect("Linux tells the children of a process");
        for process in children.split_whitespace().chain([server.to_string().as_str()]) {
            let limited = self
                .lend("prlimit".as_ref())
                .args([&format!("--fsize={bytes}:unlimited"), "--pid", process])
                .status();
            assert!(limited.expect("prlimit is there").success());
        }
    }

    fn url(&self, database: &str) -> String {
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://kokemusvayla@{folder}/{database}")
    }

    /// One of PostgreSQL's own programs.
    fn command(&self, program: &str) -> Command {
        self.lend(&self.programs.join(program))
    }

    /// A program that runs as the user of PostgreSQL.
    fn lend(&self, program: &Path) -> Command {
        let mut command = match self.user {
            None => Command::new(program),
            Some((user, group)) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", &user.to_string(), "--regid", &group.to_string()]);
                command.arg("--clear-groups").arg(program);
                command
            }
        };
        command.current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.server.is_some() {
            self.stop("QUIT");
        }
    }
}

/// PostgreSQL's own folder of programs, the newest one: its server is not on the PATH on Debian.
fn programs() -> PathBuf {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|folders| folders.filter_map(|one| Some(one.ok()?.path().join("bin"))).collect())
        .unwrap_or_default();
    let asked = Command::new("pg_config").arg("--bindir").output();
    if let Ok(asked) = asked {
        found.insert(0, PathBuf::from(String::from_utf8_lossy(&asked.stdout).trim()));
    }
    found.retain(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file());
    let version = |folder: &Path| -> u32 {
        let name = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        name.and_then(|name| name.parse().ok()).unwrap_or_default()
    };
    found.sort_by_key(|folder| version(folder));
    found.pop().expect("PostgreSQL's initdb and postgres are installed: `make test` sees to it")
}

/// The user and group that PostgreSQL runs as when root runs the tests.
fn other_user() -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").expect("every system has it");
    let find = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut ids = line.split(':').skip(2).map_while(|id| id.parse().ok());
        Some((ids.next()?, ids.next()?))
    };
    find("postgres").or_else(|| find("nobody")).expect("there is somebody else")
}
