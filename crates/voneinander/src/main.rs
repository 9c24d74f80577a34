//! The binary that wires the chain together: demo, serve, and the commands of each room.
//!
//! Clock and randomness enter the program here and are handed down as parameters.

mod catalogue;
mod clock;
mod close;
mod commands;
mod compare;
mod config;
mod demo;
mod export;
mod field;
mod finder;
mod invite;
mod log;
mod pages;
mod publish;
mod secrets;

use std::process::ExitCode;

use clap::Parser;

/// A page is a thousand small strings: handing out memory was a quarter of what it costs.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Whoever reads the output may stop early (`… | head`): no fault of the program, and nothing to tell.
fn stop_with_the_reader() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let said = panic.payload().downcast_ref::<String>();
        if said.is_some_and(|said| said.starts_with("failed printing to stdout: Broken pipe")) {
            std::process::exit(0);
        }
        tell(panic);
    }));
}

fn main() -> ExitCode {
    stop_with_the_reader();
    let filter = tracing_subscriber::EnvFilter::try_from_env("VONEINANDER_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,web=info,jobs=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .event_format(log::Line)
        .with_writer(std::io::stderr)
        .init();
    match commands::Arguments::parse().run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("voneinander: {error:#}");
            ExitCode::FAILURE
        }
    }
}
