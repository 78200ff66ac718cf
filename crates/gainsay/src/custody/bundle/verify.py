#!/usr/bin/env python3
"""Checks a bundle without gainsay: python3 verify.py [FOLDER or .zip [PUBLISHED NOTE ...]] (Python 3.9, nothing else)"""
import hashlib, json, pathlib, re, sys, zipfile
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493; D, I = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)  # Ed25519, RFC 8032
def add(a, b):
    A, B, C, E = (a[1]-a[0]) * (b[1]-b[0]), (a[1]+a[0]) * (b[1]+b[0]), 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    return (B-A) * (E-C) % P, (E+C) * (B+A) % P, (E-C) * (E+C) % P, (B-A) * (B+A) % P
def times(n, a): return add(times(n >> 1, add(a, a)), a if n & 1 else (0, 1, 1, 0)) if n else (0, 1, 1, 0)
def point(data):
    y = int.from_bytes(data, "little") & (1 << 255) - 1; xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = next(x for x in (pow(xx, (P + 3) // 8, P) * i % P for i in (1, I)) if x * x % P == xx)
    x = x if x & 1 == data[31] >> 7 else P - x
    return x, y, 1, x * y % P
def signed(key, purpose, text, signature):
    key, R, s = bytes.fromhex(key), bytes.fromhex(signature[:64]), int.from_bytes(bytes.fromhex(signature[64:]), "little")
    k = int.from_bytes(hashlib.sha512(R + key + f"gainsay-{purpose}/1\n{text}".encode()).digest(), "little") % L
    b, c = times(s, point(b"\x58" + b"\x66" * 31)), add(point(R), times(k, point(key)))
    return s < L and times(8, point(key))[0] % P and (b[0]*c[2] - c[0]*b[2]) % P == (b[1]*c[2] - c[1]*b[2]) % P == 0
def sha(*parts): return hashlib.sha256(b"".join(parts)).hexdigest()
def fields(*parts): return sha(*(len(p).to_bytes(8, "big") + p for p in (p if isinstance(p, bytes) else p.encode() for p in parts)))
LEFT, ALIKE = ("report-added", "claims-read", "decision", "proposal"), "title publisher published url language author guessed tool text_sha256 raw_sha256".split(); KINDS = ("/beside/", "beside"), ("/text.txt", "text_sha256"), ("/raw.", "raw_sha256"), ("/reading-", "lines_sha256"), (".txt", "note_sha256"), ("", "sha256")
def say(*what): print(*("".join(c if c.isprintable() else "?" for c in str(one)) for one in what))
def check(fits, what): return fits or bad.append(say("WRONG:", what))
sys.excepthook = lambda kind, error, trace: say("WRONG: cannot be read further:", repr(error)); bad, skipped, known, gone, seen, changed, held, prev, texts, read = [], set(), {}, set(), {}, set(), True, "0" * 64, {}, {}
where = pathlib.Path(sys.argv[1]) if sys.argv[1:] else pathlib.Path(__file__).resolve().parent
packed = [(n, where / n) for n in (p.relative_to(where).as_posix() for p in where.rglob("*") if p.is_file())] if where.is_dir() else [(n.split("/", 1)[1], zipfile.Path(where, n)) for n in zipfile.ZipFile(where).namelist() if n[-1] != "/"]; files = {name: path.read_bytes() for name, path in packed}
log = [json.loads(line) for line in files["log.jsonl"].splitlines()]; stated, sums = files["SHA256SUMS"].decode(), "".join(f"{sha(files[n])}  {n}\n" for n in sorted(n for n, _ in packed) if n not in ("SHA256SUMS", "SHA256SUMS.signature"))
for line in sorted(set(sums.split("\n")) ^ set(stated.split("\n"))): check(False, "a file or its hash in SHA256SUMS was changed: " + line[66:])
for number, e in enumerate(log, 1):
    payload, two, key, own = e["payload"], e["payload_sha256"] is not None, e["key"], {}
    check(e["seq"] == number and e["prev"] == prev, f"log entry {number} does not continue the one before")
    if e["by"] is None or not (payload or two): skipped.add("the own hash of log entries of which something is left out here: what they say counts for nothing")
    else: own = json.loads(payload or "{}"); check(fields("gainsay-log/" + "12"[two], prev, number.to_bytes(8, "big"), e["at"], e["by"], e["action"], e["payload_sha256"] if two else payload) == e["hash"] and (not (two and payload) or fields("gainsay-payload/1", e["salt"], payload) == e["payload_sha256"]) and (payload or e["action"] in LEFT), f"log entry {number} or its payload was changed, or is missing")
    e["own"], prev, new = own, e["hash"], own.get("key") if e["action"] == "key-added" else None
    if not key: skipped.add("who wrote log entries that bear no signature"); check(not seen, f"log entry {number} is not signed, though entries before it are")
    elif payload or number == len(log): check(signed(key, "log", prev, e["signature"]), f"log entry {number} is not signed by the key that it names")
    else: skipped.add("the signatures of log entries whose payload is left out" + "; their hashes are bound by the entries after them" * (e["by"] is not None))
    if key and e["by"] is not None: check(key not in gone and (number == 1 or key in known or new == key) and (number != 2 or new == key or not seen), f"log entry {number} is not signed by a key that might sign")
    known = {new: f"vouched for by {sha(bytes.fromhex(key))[:16]}" if key and key != new else "no other vouches for it", **known} if new else known; gone |= {own.get("key") if e["action"] == "key-retired" else ""}
    seen = {**seen, key: seen.get(key, 0) + 1} if key else seen; changed |= {own.get("claim") if own.get("decision") == "correct" else ""}
for name, text in [(n, files[n].decode()) for n in files if re.match("checkpoints/.*txt", n)] + [(n, pathlib.Path(n).read_text()) for n in sys.argv[2:]]:
    m = re.fullmatch(r"gainsay checkpoint\nledger (\w{64})\nentry (\d+)\nhash (\w{64})\nat \S+\nkey (\w{64})\nsignature (\w{128})\n", text)
    check(m and m[4] in seen and signed(m[4], "checkpoint", text[:text.index("signature ")], m[5]) and m[1] == log[0]["hash"] and m[3] in [e["hash"] for e in log[int(m[2])-1:int(m[2])]], f"{name} is not a signed note of this log")
for one in [json.loads(line) for line in files["bound.jsonl"].splitlines()]:
    name, data, e, kind = one["file"], files[one["file"]], log[one["entry"] - 1] if one["entry"] else {"own": {}}, next(kind for part, kind in KINDS if part in one["file"])
    own, told = e["own"], json.loads(files[one["file"].rsplit("/", 1)[0] + "/report.json"]) if kind == "text_sha256" else {}; texts.update({one["report"]: data.decode()} if told else {})
    if own: check(own.get("report") == one["report"] and (sha(data) in [b["sha256"] for b in own["beside"]] if kind == "beside" else sha(data) == own[kind]), name + " is not what the log records")
    else: skipped.add("reports against the hashes in the log: names are left out, and all here rests on the word of whoever packed it"); held = False
    if own and told: check([told[k] for k in ["report", "collector", "added", "file", "bytes", "hash", *ALIKE]] == [one["report"], e["by"], e["at"], own["raw_name"], own["raw_size"], e["hash"], *map(own.get, ALIKE)], name[:-8] + "report.json is not what the log records")
    for line in data.splitlines() if kind == "lines_sha256" else []: read.setdefault((one["report"], json.loads(line)["id"]), []).append(json.loads(line))
for claim in [json.loads(line) for line in files["claims.jsonl"].splitlines()]:
    first, name = read.get((claim["document"], claim["id"]), []), f"claim {claim['id']}"
    check(all(texts[claim["document"]][w["start"]:w["end"]] == w["exact"] for w in claim["evidence"]) and (first or not held), name + " does not quote its report, or stands in no reading of it")
    check(not held or claim["id"] in changed or any(all(claim.get(k) == r[k] for k in r) for r in first), name + " is not as it was read, and no decision corrects it")
m = re.fullmatch(r"key (\w{64})\nsignature (\w{128})\n", files.get("SHA256SUMS.signature", b"").decode())
if m is None and "SHA256SUMS.signature" not in files: skipped.add("the list of files as a whole: it is not signed")
else: check(m and signed(m[1], "bundle", stated, m[2]) and m[1] in seen, "SHA256SUMS.signature is not by a key of this log")
for what in sorted(skipped | {"time stamps: use openssl ts or an OpenTimestamps client, with the note as data", "event.json, decisions.jsonl, what was weighed of claims, and the pages, beyond their hashes"}): say("not checked:", what)
for key in seen: say(f"key {sha(bytes.fromhex(key))[:16]}: signed {seen[key]} entries; {known.get(key, 'nothing here says whose it is')}" + "; packed this" * (m is not None and m[1] == key))
say(f"{len(bad)} WRONG" if bad else "sound:" if held else "nothing wrong, and nothing shown but by whoever packed this:", len(files), "files,", len(log), "log entries up to", prev); sys.exit(len(bad) > 0)
