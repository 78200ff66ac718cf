//! Tells cargo to build the desk anew when its pages were.

use std::path::Path;

fn main() {
    // A folder that is not there would have the desk built anew each time; the one it will be made in would not.
    let pages = if Path::new("web/dist").is_dir() { "web/dist" } else { "web" };
    println!("cargo:rerun-if-changed={pages}");
}
