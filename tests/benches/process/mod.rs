//! What a process costs, from its `/proc` entries.

/// CPU seconds (user and system) of a process, from its `/proc` entry (clock ticks of 10 ms).
pub fn cpu_seconds(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("the process runs");
    let after = stat.rsplit(')').next().expect("the fields after the name");
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks: f64 =
        fields[11].parse::<f64>().expect("utime") + fields[12].parse::<f64>().expect("stime");
    ticks / 100.0
}

/// Resident memory and its peak in megabytes.
pub fn memory(pid: u32) -> (f64, f64) {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("the process runs");
    let field = |name: &str| {
        let line = status
            .lines()
            .find(|l| l.starts_with(name))
            .expect("the field");
        line.split_whitespace()
            .nth(1)
            .and_then(|v| v.parse::<f64>().ok())
            .expect("a number")
            / 1024.0
    };
    (field("VmRSS:"), field("VmHWM:"))
}

/// Prints a figure with its limit.
pub fn line(what: &str, figure: String, limit: &str) {
    println!("{what:<58} {figure:>16}   {limit}");
}
