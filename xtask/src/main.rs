//! Developer tasks: `cargo xtask <task>`.

mod pairs;
mod predict;
mod sbom;
mod score;
mod show;
mod tidy;
mod torture;
mod train;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("predict") => predict::run(&args[1..]),
        Some("sbom") => sbom::run(&args[1..]),
        Some("score") => score::run(&args[1..]),
        Some("show") => show::run(&args[1..]),
        Some("tidy") => tidy::run(&args[1..]),
        Some("torture") => torture::run(&args[1..]),
        Some("train") => train::run(&args[1..]),
        _ => anyhow::bail!(
            "usage: cargo xtask predict CORPUS INPUT -o PRED | sbom [--licences] [-o FILE] | score [--shared DIR] | show FILE [ID] [WORDS] | tidy | torture [--only NAME] | train --ud DIR | train names --re3d DIR --ud DIR"
        ),
    }
}
