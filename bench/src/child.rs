//! Another program run to its end, with its time and the most memory it held.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

/// How often the memory of a running program is looked at: its peak is kept by the system and only ever grows, so
/// what is missed is what it took in its last moments.
const LOOK: Duration = Duration::from_millis(2);

/// What a program took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    /// From start to end.
    pub wall: Duration,
    /// Most memory held at once, in bytes (`VmHWM`); 0 where the system does not tell or the program was too short.
    pub peak: u64,
}

/// Runs a program, its standard output into the file `out`.
///
/// # Errors
/// When it cannot be started or does not end well.
pub fn run(command: &mut Command, out: &Path) -> anyhow::Result<Took> {
    let file = std::fs::File::create(out).with_context(|| out.display().to_string())?;
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(file).stderr(Stdio::inherit()).spawn()?;
    let mut peak = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak = peak_of(child.id()).unwrap_or(peak);
        std::thread::sleep(LOOK);
    };
    ensure!(status.success(), "{command:?}: {status}");
    Ok(Took { wall: start.elapsed(), peak })
}

/// The most memory that a running program has held at once, in bytes.
pub fn peak_of(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn memory_of_a_program_is_seen() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let took = run(Command::new("sleep").arg("0.05"), &folder.path().join("out"))?;
        assert!(took.peak > 100_000 && took.wall >= Duration::from_millis(50), "{took:?}");
        assert!(run(&mut Command::new("false"), &folder.path().join("out")).is_err());
        Ok(())
    }
}
