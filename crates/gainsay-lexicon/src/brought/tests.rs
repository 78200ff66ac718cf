//! Lists made, opened and looked up.

use std::io::{Cursor, Read};
use std::sync::Arc;

use super::features::{of_csv, of_geojson, of_shapefile};
use super::geonames::{Dump, Dumps, import};
use super::layout::Layout;
use super::plain::{Outside, Problem, write};
use super::same::Same;
use super::sort::{InMemory, Scratch, ScratchFile};
use super::*;
use crate::{Lexicon, NameIndex, Words};

struct Text(&'static str, String);

impl Dump for Text {
    fn name(&self) -> &str {
        self.0
    }

    fn read(
        &self,
        with: &mut dyn FnMut(&mut (dyn Read + Send)) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        with(&mut self.1.as_bytes())
    }
}

/// A line of a dump.
fn line(id: u32, name: &str, others: &str, at: (f64, f64), class: &str, codes: &str, people: u32) -> String {
    let (feature, code) = class.split_once('.').unwrap();
    let mut admin: Vec<&str> = codes.split('.').collect();
    admin.resize(5, "");
    let [country, a1, a2, a3, a4] = admin[..] else { unreachable!() };
    format!(
        "{id}\t{name}\t{name}\t{others}\t{}\t{}\t{feature}\t{code}\t{country}\t\t{a1}\t{a2}\t{a3}\t{a4}\t{people}\t\t12\tAsia/Damascus\t2020-01-01\n",
        at.0, at.1
    )
}

fn made_with(
    dump: String,
    beside: Vec<Text>,
    alternates: Option<Text>,
    gazetteer: &Gazetteer,
) -> Result<Vec<u8>, Problem> {
    let same = Same::of(gazetteer);
    let places = Text("SY.txt", dump);
    let dumps = Dumps {
        places: &places,
        alternates: alternates.as_ref().map(|dump| dump as &dyn Dump),
        codes: beside.iter().map(|dump| dump as &dyn Dump).collect(),
    };
    let mut file = Cursor::new(Vec::new());
    import(&dumps, &same, Outside::of(gazetteer, &same), &InMemory, &mut file, &mut |_, _| {})?;
    Ok(file.into_inner())
}

fn made(dump: String) -> Result<Vec<u8>, Problem> {
    made_with(dump, Vec::new(), None, &Gazetteer::load().unwrap())
}

fn opened(lists: Vec<Vec<u8>>) -> Gazetteer {
    let mut gazetteer = Gazetteer::load().unwrap();
    let open = |(n, bytes): (usize, Vec<u8>)| {
        let layout = Layout::of(&bytes).unwrap();
        layout.check(Cursor::new(&bytes)).unwrap();
        PlaceList::open(&format!("list-{n}"), Arc::new(bytes)).unwrap_or_else(|wrong| panic!("{wrong}"))
    };
    gazetteer.brought = Brought::of(lists.into_iter().enumerate().map(open).collect());
    gazetteer
}

fn wrong(problem: Problem) -> String {
    match problem {
        Problem::Refused(refused) => refused.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn places_of_a_dump_are_found_by_name_and_lie_in_what_contains_them() {
    let dump = [
        line(690791, "Ukraine", "Україна", (49.0, 32.0), "A.PCLI", "UA", 44_000_000),
        line(706483, "Kharkiv", "Kharkov,Харків", (49.98081, 36.25272), "P.PPLA", "UA.07", 1_430_885),
        line(706482, "Kharkiv Oblast", "", (49.5, 36.5), "A.ADM1", "UA.07", 2_700_000),
        line(707292, "Izium Raion", "", (49.2, 37.3), "A.ADM2", "UA.07.1111", 0),
        line(707753, "Izium", "Izyum,Изюм", (49.20875, 37.24848), "P.PPL", "UA.07.1111", 50_000),
        line(99, "Izium", "", (49.201, 37.25), "S.RSTN", "UA.07.1111", 0),
    ];
    let gazetteer = opened(vec![made(dump.concat()).unwrap()]);
    let ids =
        |id: &str| gazetteer.ancestors(id).into_iter().map(|place| place.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids("gn-707753"), ["gn-707292", "gn-706482", "ukraine"]);
    assert!(gazetteer.within("gn-707753", "ukraine") && !gazetteer.within("gn-707753", "syria"));
    assert_eq!(gazetteer.governorate("gn-706483").unwrap().name, "Kharkiv Oblast");
    // The row is a country that is built in.
    assert_eq!(gazetteer.place("gn-690791").unwrap().id, "ukraine");
    let found = gazetteer.bearing("Izyum", &[]);
    assert_eq!(found.len(), 1, "the station beside it is no other place: {found:?}");
    assert!(found[0].exact && found[0].kind == "city");
    assert_eq!(gazetteer.found(&found[0]).unwrap().id, "gn-707753");
    assert_eq!(gazetteer.around(&found[0]), ["gn-707753", "gn-707292", "gn-706482", "ukraine"]);
    let folded = gazetteer.bearing("Kharkeev", &[]);
    assert!(!folded.is_empty() && !folded[0].exact);
    assert!(gazetteer.bearing("Atlantis", &[]).is_empty());
    assert!(gazetteer.place("gn-1").is_none() && gazetteer.place("gn-").is_none());
}

#[test]
fn a_row_that_is_built_in_lends_its_names_and_is_no_second_place() {
    let city = Gazetteer::load().unwrap().place("deir-ez-zor-city").cloned().unwrap();
    let dump = [
        line(
            170794,
            "Deir ez-Zor",
            "Tes Deir,Dayr az Zawr",
            (city.lat + 0.01, city.lon),
            "P.PPLA",
            "SY.07",
            240_000,
        ),
        line(170792, "Deir ez-Zor Governorate", "", (35.0, 40.2), "A.ADM1", "SY.07", 0),
        line(7, "Nowhere at All", "", (35.1, 40.4), "P.PPL", "SY.07", 0),
    ];
    let gazetteer = opened(vec![made(dump.concat()).unwrap()]);
    let found = gazetteer.bearing("Tes Deir", &[]);
    assert_eq!(gazetteer.found(&found[0]).unwrap().id, "deir-ez-zor-city");
    assert_eq!(gazetteer.around(&found[0])[..2], ["deir-ez-zor-city", "deir-ez-zor-district"]);
    assert!(gazetteer.within("gn-7", "deir-ez-zor-governorate"));
    assert_eq!(gazetteer.place("gn-170794").unwrap().id, "deir-ez-zor-city");
}

#[test]
fn codes_and_alternate_names_beside_a_dump_are_used() {
    let dump = line(7, "Umm Hajar", "", (35.1, 40.4), "P.PPL", "SY.07", 0);
    let codes = Text("admin1CodesASCII.txt", "SY.07\tDeir ez-Zor\tDeir ez-Zor\t170792\n".into());
    let names = "1\t7\tfr\tOum Hadjar Vieux\t\t\t\t\n2\t7\tlink\thttps://example.org/x\t\t\t\t\n3\t8\ten\tElse\t\t\t\t\n";
    let alternates = Text("alternateNamesV2.txt", names.into());
    let list = made_with(dump, vec![codes], Some(alternates), &Gazetteer::load().unwrap()).unwrap();
    let gazetteer = opened(vec![list]);
    assert!(gazetteer.within("gn-7", "deir-ez-zor-governorate"));
    assert_eq!(gazetteer.bearing("Oum Hadjar Vieux", &[]).len(), 1);
    assert_eq!(gazetteer.bearing("Else", &[]).len(), 0);
}

#[test]
fn every_bad_line_of_a_dump_is_told() {
    let good = line(1, "One", "", (1.0, 2.0), "P.PPL", "SY", 0);
    let north = line(2, "Two", "", (99.0, 2.0), "P.PPL", "SY", 0);
    let dump = format!("{good}\n{north}too\tfew\n{}", good.replace("1\tOne", "x\tOne"));
    let told = wrong(made(dump).unwrap_err());
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 3, "{told}");
    assert!(lines[0].starts_with("SY.txt:3: latitude is \"99\""), "{told}");
    assert!(lines[1].starts_with("SY.txt:4: 2 columns, where a GeoNames dump has 19"), "{told}");
    assert!(lines[2].starts_with("SY.txt:5: geonameid is \"x\""), "{told}");
    let many = wrong(made("bad\n".repeat(30)).unwrap_err());
    assert_eq!(many.lines().count(), 21, "{many}");
    assert!(wrong(made(String::new()).unwrap_err()).contains("holds no line"));
    assert!(
        wrong(made(format!("{good}{good}")).unwrap_err()).contains("SY.txt:2: the geonameid of line 1 again")
    );
    assert!(wrong(made(good.replace("One", "O\0ne")).unwrap_err()).contains("NUL"));
}

#[test]
fn a_damaged_file_is_told_and_never_read_beyond() {
    let dump: String =
        (0..200).map(|n| line(n, &format!("Qaryat {n} Bani"), "", (35.0, 38.0), "P.PPL", "SY", n)).collect();
    let list = made(dump).unwrap();
    let mut gazetteer = Gazetteer::load().unwrap();
    for at in (0..list.len()).step_by(97) {
        let mut bad = list.clone();
        bad[at] ^= 0xff;
        let told = Layout::of(&bad).and_then(|layout| layout.check(Cursor::new(&bad)));
        assert!(told.is_err(), "byte {at} of {}", list.len());
        // Whoever opens it all the same gets places, or none, and no panic.
        if let Ok(list) = PlaceList::open("bad", Arc::new(bad)) {
            gazetteer.brought = Brought::of(vec![list]);
            for n in (0..200).step_by(7) {
                let found = gazetteer.bearing(&format!("Qaryat {n} Bani"), &[]);
                found.iter().for_each(|one| drop((gazetteer.found(one), gazetteer.around(one))));
                gazetteer.place(&format!("gn-{n}"));
            }
        }
    }
    for end in (0..list.len()).step_by(313) {
        assert!(PlaceList::open("short", Arc::new(list[..end].to_vec())).is_err(), "{end} bytes");
    }
}

#[test]
fn of_a_name_that_many_bear_those_of_a_country_that_is_asked_for_are_given() {
    let mut dump = String::new();
    for n in 0..300 {
        dump += &line(n, "San Juan", "", (f64::from(n % 60), f64::from(n / 60)), "P.PPL", "PH", 1000 + n);
    }
    dump += &line(999, "San Juan", "", (13.9, -89.0), "P.PPL", "SV", 3);
    let gazetteer = opened(vec![made(dump).unwrap()]);
    let known = |countries: &[[u8; 2]]| {
        let found = gazetteer.bearing("San Juan", countries);
        found.iter().any(|one| gazetteer.found(one).is_some_and(|place| place.id == "gn-999"))
    };
    assert!(!known(&[]) && known(&[*b"SV"]));
    assert!(gazetteer.bearing("San Juan", &[]).len() <= MOST);
}

const LAYER: &str = r#"{"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"ADM1_EN": "North Bank", "ADM1_AR": "الضفة الشمالية", "ADM1_PCODE": "QQ01", "ADM0_EN": "Quarq", "ADM0_PCODE": "QQ"},
     "geometry": {"type": "Polygon", "coordinates": [[[10, 10], [12, 10], [12, 12], [10, 12], [10, 10]]]}},
    {"type": "Feature", "properties": {"ADM1_EN": "South Bank", "ADM1_AR": null, "ADM1_PCODE": "QQ02", "ADM0_EN": "Quarq", "ADM0_PCODE": "QQ"},
     "geometry": {"type": "MultiPolygon", "coordinates": [[[[10, 8], [12, 8], [12, 10], [10, 10], [10, 8]]]]}}]}"#;

fn cod_list(layers: &[(String, Vec<features::Feature>)]) -> Vec<u8> {
    let gazetteer = Gazetteer::load().unwrap();
    let same = Same::of(&gazetteer);
    let places = cod::places(layers, &same).unwrap_or_else(|wrong| panic!("{wrong}"));
    let mut file = Cursor::new(Vec::new());
    write(places, &same, Outside::of(&gazetteer, &same), &InMemory, &mut file).unwrap();
    file.into_inner()
}

#[test]
fn boundaries_bring_p_codes_and_hold_the_places_of_later_lists() {
    let features = of_geojson("adm1.geojson", LAYER.as_bytes()).unwrap();
    let list = cod_list(&[("adm1.geojson".into(), features)]);
    let gazetteer = opened(vec![list.clone()]);
    let north = gazetteer.place("pcode-qq01").unwrap();
    assert_eq!((north.name.as_str(), north.kind.as_str()), ("North Bank", "governorate"));
    assert_eq!(north.pcode.as_deref(), Some("QQ01"));
    assert_eq!(north.names, ["الضفة الشمالية"]);
    assert_eq!(north.parent.as_deref(), Some("pcode-qq"));
    assert_eq!(north.extent, Some([10.0, 10.0, 12.0, 12.0]));
    assert!((north.lat - 11.0).abs() < 0.01 && (north.lon - 11.0).abs() < 0.01);
    assert_eq!(gazetteer.place("pcode-qq").unwrap().name, "Quarq");
    assert!(gazetteer.boundary("pcode-qq02").unwrap().holds([11.0, 9.0]));
    // A dump without administrative codes: its villages lie in the boundaries that are there.
    let village = line(5, "Tel Marr", "", (8.5, 11.5), "P.PPL", "QQ", 0);
    let later = made_with(village, Vec::new(), None, &gazetteer).unwrap();
    let both = opened(vec![list, later]);
    assert!(both.within("gn-5", "pcode-qq02") && both.within("gn-5", "pcode-qq"));
}

#[test]
fn a_table_of_p_codes_says_what_is_wrong_with_it() {
    let gazetteer = Gazetteer::load().unwrap();
    let same = Same::of(&gazetteer);
    let places = |text: &str| {
        let features = of_csv("adm.csv", text.as_bytes())?;
        cod::places(&[("adm.csv".into(), features)], &same)
    };
    // Levels that gainsay has built in keep their ids.
    let good = "admin1Name_en,admin1Name_ar,admin1Pcode,admin0Pcode\n#adm1+name,#adm1+name+ar,#adm1+code,#adm0+code\nDeir-ez-Zor,دير الزور,SY09,SY\n";
    let found = places(good).unwrap();
    assert_eq!(found.iter().map(|place| place.id.as_str()).collect::<Vec<_>>(), ["deir-ez-zor-governorate"]);
    let told = places("ADM1_EN,ADM1_PCODE\nX,QQ 1;DROP\nY,\n,QQ03\n").unwrap_err().to_string();
    assert!(told.contains("adm.csv:2: \"QQ 1;DROP\" is no P-code"), "{told}");
    assert!(
        told.contains("adm.csv:3: has no P-code") && told.contains("adm.csv:4: `QQ03` has no name"),
        "{told}"
    );
    assert!(places("a,b\n1,2\n").unwrap_err().to_string().contains("no column of P-codes"));
    assert!(places("ADM1_EN,ADM1_PCODE\nX\n").unwrap_err().to_string().contains("adm.csv:2: 1 cells"));
    let features = of_csv("adm.csv", "ADM1_EN,ADM1_PCODE\nX,QQ01\n".as_bytes()).unwrap();
    let nowhere = cod::places(&[("adm.csv".into(), features)], &same).unwrap();
    let told = wrong(
        write(nowhere, &same, Outside::of(&gazetteer, &same), &InMemory, &mut Cursor::new(Vec::new()))
            .unwrap_err(),
    );
    assert!(told.starts_with("adm.csv:2: `X` has no point"), "{told}");
}

#[test]
fn a_shapefile_says_the_same_as_geojson() {
    use shapefile::dbase::{TableWriterBuilder, encoding::UnicodeLossy};
    let (mut shp, mut shx, mut dbf) =
        (Cursor::new(Vec::new()), Cursor::new(Vec::new()), Cursor::new(Vec::new()));
    {
        let table = TableWriterBuilder::with_encoding(UnicodeLossy)
            .add_character_field("ADM1_EN".try_into().unwrap(), 40)
            .add_character_field("ADM1_PCODE".try_into().unwrap(), 10)
            .build_with_dest(&mut dbf);
        let shapes = shapefile::ShapeWriter::with_shx(&mut shp, &mut shx);
        let mut writer = shapefile::Writer::new(shapes, table);
        let points = [(10., 10.), (10., 12.), (12., 12.), (12., 10.), (10., 10.)];
        let ring = points.map(|(x, y)| shapefile::Point::new(x, y)).to_vec();
        let mut record = shapefile::dbase::Record::default();
        record.insert("ADM1_EN".into(), shapefile::dbase::FieldValue::Character(Some("North Bänk".into())));
        record.insert("ADM1_PCODE".into(), shapefile::dbase::FieldValue::Character(Some("QQ01".into())));
        writer
            .write_shape_and_record(&shapefile::Polygon::new(shapefile::PolygonRing::Outer(ring)), &record)
            .unwrap();
    }
    let (shp, dbf) = (shp.into_inner(), dbf.into_inner());
    let read = |shp: &[u8], cpg: Option<&str>| {
        of_shapefile("adm1.shp", Cursor::new(shp.to_vec()), Cursor::new(dbf.clone()), cpg)
    };
    let features = read(&shp, Some("UTF-8")).unwrap();
    assert_eq!(features[0].cell(&["adm1_en"]), Some("North Bänk"));
    let gazetteer = opened(vec![cod_list(&[("adm1.shp".into(), features)])]);
    assert!(gazetteer.boundary("pcode-qq01").unwrap().holds([11.0, 11.0]));
    assert!(read(&shp, Some("windows-1256")).unwrap_err().to_string().contains("save it with UTF-8"));
    // A record that says it has a thousand million points.
    let mut many = shp.clone();
    many[100 + 8 + 40..100 + 8 + 44].copy_from_slice(&1_000_000_000_u32.to_le_bytes());
    assert!(read(&many, None).unwrap_err().to_string().starts_with("adm1.shp:1: "));
    for end in [0, 50, 99, 110, shp.len() - 3] {
        let told = read(&shp[..end], None).unwrap_err().to_string();
        assert!(told.starts_with("adm1.shp"), "{told}");
    }
}

#[test]
fn what_wikidata_gives_is_a_list() {
    let words = Words::builtin();
    let same = Same::of(&words.gazetteer);
    let columns = csv::Columns::default();
    let places = |text: &str| {
        let features = of_csv("q.csv", text.as_bytes())?;
        csv::places("q.csv", &features, &columns, &same, &words.index)
    };
    let text = "item,itemLabel,alt,coord,type,country\n\
        http://www.wikidata.org/entity/Q900001,Marj Saada,\"مرج سعادة|Merj Saadeh\",Point(40.2 35.1),village,Syria\n\
        http://www.wikidata.org/entity/Q900001,Marj Saada,Merdj,Point(40.2 35.1),human settlement,Syria\n\
        Q2,\"Comma, Hill\",,Point(36.0 48.0),hill,UA\n";
    let found = places(text).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].names, ["مرج سعادة", "Merj Saadeh", "Merdj"]);
    assert_eq!((found[0].id.as_str(), found[0].kind, found[0].country), ("q900001", "village", *b"SY"));
    let mut file = Cursor::new(Vec::new());
    write(found, &same, Outside::of(&words.gazetteer, &same), &InMemory, &mut file).unwrap();
    let gazetteer = opened(vec![file.into_inner()]);
    assert!(gazetteer.within("q900001", "syria") && gazetteer.within("q2", "ukraine"));
    let told = places(
        "item,itemLabel,alt,coord,type,country\nQ1,,,Point(1 2),,\nQ 3,X,,Point(1 2),,\nQ4,Y,,POINT(1;2),,\nQ5,Z,,Point(200 2),,\n",
    )
    .unwrap_err();
    assert_eq!(told.count, 4, "{told}");
    assert!(told.to_string().contains("q.csv:4: the point is \"POINT(1;2)\""), "{told}");
    assert!(places("code,title\n1,x\n").unwrap_err().to_string().contains("--columns id="));
    assert!(csv::Columns::parse("id=code,name=title").is_ok() && csv::Columns::parse("colour=x").is_err());
}

/// Scratch files that a disk without room would give.
struct Full;

impl Scratch for Full {
    fn file(&self) -> std::io::Result<Box<dyn ScratchFile>> {
        Err(std::io::Error::from(std::io::ErrorKind::StorageFull))
    }
}

#[test]
fn twenty_thousand_rows_come_back_and_the_same_dump_gives_the_same_bytes() {
    let syllables = ["ka", "ru", "min", "zal", "beh", "dor", "shi", "qa", "tul", "war"];
    let dump: String = (0..20_000_u32)
        .map(|n| {
            let part = |by: u32| syllables[(n / by % 10) as usize];
            let name = format!("{}{}{}{}{n}", part(1), part(10), part(100), part(1000));
            let at = (33.0 + f64::from(n % 300) / 100.0, 37.0 + f64::from(n / 300) / 20.0);
            line(n + 1, &name, &format!("Tell {name},Khirbat {n}"), at, "P.PPL", "SY.07", n)
        })
        .collect();
    let list = made(dump.clone()).unwrap();
    assert_eq!(list, made(dump.clone()).unwrap());
    let gazetteer = opened(vec![list]);
    for n in (0..20_000).step_by(371) {
        let found = gazetteer.bearing(&format!("Khirbat {n}"), &[]);
        let ids: Vec<&str> =
            found.iter().filter_map(|one| gazetteer.found(one)).map(|place| place.id.as_str()).collect();
        assert!(ids.contains(&format!("gn-{}", n + 1).as_str()), "{n}: {ids:?}");
    }
    let same = Same::of(&gazetteer);
    let dumps = Dumps { places: &Text("SY.txt", dump), alternates: None, codes: Vec::new() };
    let outcome = import(
        &dumps,
        &same,
        Outside::of(&gazetteer, &same),
        &Full,
        &mut Cursor::new(Vec::new()),
        &mut |_, _| {},
    );
    assert!(matches!(outcome, Err(Problem::Disk(_))));
    // A list is beside the index of built-in names, not in it.
    assert!(NameIndex::of(&Lexicon::default(), &gazetteer).find("Khirbat 371").is_empty());
}
