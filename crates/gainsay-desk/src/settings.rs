//! What an admin sets for everybody who works at this desk, in a file beside the ledger (`<ledger>.settings`).

use std::io::Read;
use std::path::{Path, PathBuf};

use gainsay::Error;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::security::{beside, read, replace};

/// Where pages find a file of tiles that lies on this computer.
const OWN_TILES: &str = "/tiles/user.pmtiles";
/// How every PMTiles file of version 3 begins (github.com/protomaps/PMTiles, spec/v3).
const PMTILES: &[u8; 8] = b"PMTiles\x03";
/// A setting has at most so many characters.
const LONGEST: usize = 2000;

/// The settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether a decision takes force only once a second person agrees.
    pub second_eyes: bool,
    /// The tiles under the map: a PMTiles file on this computer, or the address of tiles elsewhere.
    pub tiles: Option<String>,
}

/// The settings as pages get them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Settings)]
pub struct Shown {
    /// Where tiles are found; null where the map is drawn without.
    pub tiles: Option<String>,
    /// Whether a decision takes force only once a second person agrees.
    pub second_eyes: bool,
}

impl Settings {
    /// Those of a ledger; the plain ones where there is no file.
    ///
    /// # Errors
    /// When the file cannot be read or holds something else.
    pub fn of(ledger: &Path) -> Result<Settings, Error> {
        let path = beside(ledger, ".settings");
        let Some(text) = read(&path)? else { return Ok(Settings::default()) };
        serde_json::from_str(&text)
            .map_err(|error| Error::input(format!("{} holds no settings: {error}", path.display())))
    }

    /// Writes them.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep(&self, ledger: &Path) -> Result<(), Error> {
        let path = beside(ledger, ".settings");
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| Error::input(format!("{}: {error}", path.display())))?;
        replace(&path, &(text + "\n"))
    }

    /// As pages get them: no page learns where on this computer a file lies.
    pub fn shown(&self) -> Shown {
        let own = || OWN_TILES.to_owned();
        let tiles =
            self.tiles.as_ref().map(|tiles| if origin(tiles).is_some() { tiles.clone() } else { own() });
        Shown { tiles, second_eyes: self.second_eyes }
    }

    /// The origin of tiles that lie elsewhere: the one other host that pages may ask, because an admin said so.
    pub fn tile_origin(&self) -> Option<String> {
        origin(self.tiles.as_deref()?)
    }

    /// The file of tiles on this computer.
    pub fn tile_file(&self) -> Option<PathBuf> {
        let tiles = self.tiles.as_deref()?;
        origin(tiles).is_none().then(|| PathBuf::from(tiles))
    }
}

/// Refuses tiles that are neither an address nor a file of tiles.
///
/// # Errors
/// One line that says what is wrong.
pub fn good_tiles(tiles: &str) -> Result<(), Error> {
    let wrong = || {
        Error::input(
            "tiles are an address as https://tiles.example.org/{z}/{x}/{y}.png or https://…/map.pmtiles, or the \
             path of a PMTiles file (version 3) on the computer that the desk runs on",
        )
    };
    if tiles.chars().count() > LONGEST || tiles.chars().any(char::is_control) {
        return Err(wrong());
    }
    match origin(tiles) {
        Some(_) => Ok(()),
        None if tiles.contains("://") || !Path::new(tiles).is_absolute() => Err(wrong()),
        None => open_tiles(Path::new(tiles)).map(drop).ok_or_else(wrong),
    }
}

/// A file, if it is one of tiles: no other file of this computer's is ever handed out.
pub fn open_tiles(path: &Path) -> Option<std::fs::File> {
    let mut file =
        std::fs::File::open(path).ok().filter(|file| file.metadata().is_ok_and(|meta| meta.is_file()))?;
    let mut head = [0; 8];
    file.read_exact(&mut head).ok()?;
    (head == *PMTILES).then_some(file)
}

/// `scheme://host:port` of an address; none where it is not one. Nothing in it could end a directive of the policy.
fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let named = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let fits = matches!(scheme, "http" | "https") && !name.is_empty() && named && port.parse::<u16>().is_ok();
    fits.then(|| format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_of_an_address() {
        assert_eq!(origin("https://tiles.example.org/{z}/{x}/{y}.png").unwrap(), "https://tiles.example.org");
        assert_eq!(origin("http://localhost:8080/a.pmtiles").unwrap(), "http://localhost:8080");
        for bad in [
            "https://",
            "ftp://a.example",
            "https://a.example; script-src *",
            "https://a example/",
            "/srv/a.pmtiles",
            "https://{s}.example.org/",
            "https://user@a.example/",
            "https://*/",
            "https://a.example:x/",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }

    #[test]
    fn no_file_but_one_of_tiles_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let (tiles, other) = (folder.path().join("a.pmtiles"), folder.path().join("b.pmtiles"));
        std::fs::write(&tiles, b"PMTiles\x03 and more").unwrap();
        std::fs::write(&other, b"root:x:0:0").unwrap();
        assert!(good_tiles(tiles.to_str().unwrap()).is_ok());
        assert!(good_tiles(other.to_str().unwrap()).is_err());
        assert!(good_tiles("a.pmtiles").is_err());
        assert!(good_tiles("file:///etc/passwd").is_err());
        assert!(good_tiles(folder.path().to_str().unwrap()).is_err());
    }

    #[test]
    fn settings_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("l.gpkg");
        assert_eq!(Settings::of(&ledger).unwrap(), Settings::default());
        let set = Settings { second_eyes: true, tiles: Some("/srv/a.pmtiles".into()) };
        set.keep(&ledger).unwrap();
        assert_eq!(Settings::of(&ledger).unwrap(), set);
        assert_eq!(set.shown().tiles.as_deref(), Some(OWN_TILES));
    }
}
