#!/usr/bin/env python3
"""Checks a bundle without gainsay: python3 verify.py [FOLDER or .zip [PUBLISHED NOTE ...]] (Python 3.9, nothing else)"""
import hashlib, json, pathlib, re, sys, zipfile
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519, RFC 8032
D, I = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
def add(a, b):
    A, B, C, E = (a[1]-a[0]) * (b[1]-b[0]), (a[1]+a[0]) * (b[1]+b[0]), 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    return (B-A) * (E-C) % P, (E+C) * (B+A) % P, (E-C) * (E+C) % P, (B-A) * (B+A) % P
def times(n, a): return add(times(n >> 1, add(a, a)), a if n & 1 else (0, 1, 1, 0)) if n else (0, 1, 1, 0)
def point(data):
    y = int.from_bytes(data, "little") & (1 << 255) - 1
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
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
def check(fits, what): return fits or bad.append(print("WRONG:", what))
sys.excepthook = lambda kind, error, trace: print("WRONG: cannot be read further:", repr(error))
bad, skipped, known, prev, texts, read = [], set(), {}, "0" * 64, {}, {}
where = pathlib.Path(sys.argv[1]) if sys.argv[1:] else pathlib.Path(__file__).resolve().parent
files = {p.relative_to(where).as_posix(): p.read_bytes() for p in where.rglob("*") if p.is_file()} if where.is_dir() else {n.split("/", 1)[1]: z.read(n) for z in [zipfile.ZipFile(where)] for n in z.namelist()}
stated, sums = files["SHA256SUMS"].decode(), "".join(f"{sha(files[n])}  {n}\n" for n in sorted(files) if not n.startswith("SHA256SUMS"))
for line in sorted(set(sums.split("\n")) ^ set(stated.split("\n"))): check(False, "a file or its hash in SHA256SUMS was changed: " + line[66:])
log = [json.loads(line) for line in files["log.jsonl"].splitlines()]
for number, e in enumerate(log, 1):
    payload, two, own = e["payload"], e["payload_sha256"] is not None, e.setdefault("own", json.loads(e["payload"] or "{}"))
    check(e["seq"] == number and e["prev"] == prev, f"log entry {number} does not continue the one before")
    if e["by"] is None or not (payload or two): skipped.add("the own hash of log entries of which something is left out here")
    else: check(fields("gainsay-log/" + "12"[two], prev, number.to_bytes(8, "big"), e["at"], e["by"], e["action"], e["payload_sha256"] if two else payload) == e["hash"], f"log entry {number} was changed")
    if two and payload: check(fields("gainsay-payload/1", e["salt"], payload) == e["payload_sha256"], f"the payload of log entry {number} was changed")
    if e["action"] == "key-added": known.setdefault(own.get("key", e["key"]), number)
    if not e["key"]: skipped.add("who wrote log entries that bear no signature")
    elif payload or number == len(log): check((number == 1 or not payload or known.get(e["key"])) and signed(e["key"], "log", e["hash"], e["signature"]), f"log entry {number} is not signed by a key that might sign")
    else: skipped.add("the signatures of log entries whose payload is left out; their hashes are bound by the entries after them")
    known.update({own["key"]: 0} if payload and e["action"] == "key-retired" else {}); prev = e["hash"]
for name, text in [(n, files[n].decode()) for n in files if re.match("checkpoints/.*txt", n)] + [(n, pathlib.Path(n).read_text()) for n in sys.argv[2:]]:
    m = re.fullmatch(r"gainsay checkpoint\nledger (\w{64})\nentry (\d+)\nhash (\w{64})\nat \S+\nkey (\w{64})\nsignature (\w{128})\n", text)
    check(m and signed(m[4], "checkpoint", text[:text.index("signature ")], m[5]) and m[1] == log[0]["hash"] and m[3] in [e["hash"] for e in log[int(m[2])-1:int(m[2])]], f"{name} is not a signed note of this log")
for one in [json.loads(line) for line in files["bound.jsonl"].splitlines()]:
    own, data = log[one["entry"] - 1]["own"] if one["entry"] else {}, files[one["file"]]
    if one["entry"]: check(sha(data) in json.dumps(own) and own.get("report") == one["report"], one["file"] + " is not what the log records")
    else: skipped.add("reports against the hashes in the log: their texts bear pseudonyms here, and their bytes are left out")
    texts.update({one["report"]: data.decode()} if one["file"].endswith("/text.txt") else {})
    read.update({json.loads(line)["id"]: one["report"] for line in data.splitlines()} if "/reading-" in one["file"] else {})
for claim in [json.loads(line) for line in files["claims.jsonl"].splitlines()]:
    quotes = all(texts[claim["document"]][w["start"]:w["end"]] == w["exact"] for w in claim["evidence"])
    check(quotes and (not read or read.get(claim["id"]) == claim["document"]), f"claim {claim['id']} does not quote its report, or stands in no reading of it")
m = re.fullmatch(r"key (\w{64})\nsignature (\w{128})\n", files.get("SHA256SUMS.signature", b"").decode())
if m is None and "SHA256SUMS.signature" not in files: skipped.add("the list of files as a whole: it is not signed")
else: check(m and signed(m[1], "bundle", stated, m[2]) and m[1] in [e["key"] for e in log], "SHA256SUMS.signature is not by a key of this log")
for what in sorted(skipped | {"time stamps: use openssl ts or an OpenTimestamps client, with the note as data", "event.json, decisions.jsonl and the pages, beyond their hashes"}): print("not checked:", what)
print(f"{len(bad)} WRONG" if bad else "sound:", len(files), "files,", len(log), "log entries up to", prev, "keys:", *[sha(bytes.fromhex(k))[:16] for k in known if k])
sys.exit(len(bad) > 0)
