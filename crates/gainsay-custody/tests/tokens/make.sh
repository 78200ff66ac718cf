#!/bin/sh
# Makes the time stamps of this folder with a throw-away authority, whose keys are not kept. Needs OpenSSL 3.
# make.sh [FOLDER [REQUEST]]: where to write them; a request that is answered too, in own.tsr.
# The files that are kept were made by it once; running it again gives others of the same kind.
set -eu
out=${1:-.}
mkdir -p "$out"
out=$(cd "$out" && pwd)
request=${2:+$(cd "$(dirname "$2")" && pwd)/$(basename "$2")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
printf 'Four people were killed.' > said.txt

cat > ts.cnf <<'CNF'
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
[stamps]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
[web]
extendedKeyUsage = serverAuth
[tsa]
default_policy = 1.3.6.1.4.1.55555.1
digests = sha256, sha384, sha512
serial = serial
accuracy = secs:1
ordering = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[old]
default_policy = 1.3.6.1.4.1.55555.1
digests = sha256
serial = serial
ess_cert_id_chain = no
ess_cert_id_alg = sha1
CNF
echo 01 > serial

root() { # name, key options
    name=$1; shift
    openssl req -x509 -newkey "$@" -nodes -keyout "$name.key" -out "$name.pem" -days 36500 -sha256 \
        -subj "/O=Example Time/CN=Example $name" -config ts.cnf -extensions ca 2> /dev/null
}
signer() { # name, issuer, extensions, key options
    name=$1; issuer=$2; kind=$3; shift 3
    openssl req -newkey "$@" -nodes -keyout "$name.key" -out "$name.csr" -subj "/O=Example Time/CN=Example $name" \
        -config ts.cnf 2> /dev/null
    openssl x509 -req -in "$name.csr" -CA "$issuer.pem" -CAkey "$issuer.key" -CAcreateserial -days 36400 -sha256 \
        -extfile ts.cnf -extensions "$kind" -out "$name.pem" 2> /dev/null
}
answer() { # name, signer, section, hash, request options, reply options
    name=$1; by=$2; section=$3; hash=$4; asked=$5; shift 5
    openssl ts -query -data said.txt "-$hash" $asked -out "$name.tsq" 2> /dev/null
    openssl ts -reply -config ts.cnf -section "$section" -queryfile "$name.tsq" -signer "$by.pem" -inkey "$by.key" \
        "$@" -out "$out/$name.tsr" 2> /dev/null
}

root root rsa:2048
root other rsa:2048
root curve ec -pkeyopt ec_paramgen_curve:P-384
signer rsa root stamps rsa:2048
signer p256 curve stamps ec -pkeyopt ec_paramgen_curve:P-256
signer p384 curve stamps ec -pkeyopt ec_paramgen_curve:P-384
signer web root web rsa:2048
cp root.pem other.pem curve.pem "$out"
cp rsa.pem "$out/signer.pem"

answer rsa rsa tsa sha256 -cert -sha256
answer rsa-512 rsa tsa sha512 -cert -sha512
answer bare rsa tsa sha256 "" -sha256
answer old rsa old sha256 -cert -sha256
answer p256 p256 tsa sha256 -cert -sha256
answer p384 p384 tsa sha384 -cert -sha384

# By RSA-PSS, and by a certificate that is none for time stamps: `openssl ts` makes neither.
openssl ts -reply -in "$out/rsa.tsr" -token_out -out token.der 2> /dev/null
openssl cms -verify -noverify -in token.der -inform DER -out info.der 2> /dev/null
openssl cms -sign -binary -nodetach -cades -md sha256 -in info.der -econtent_type 1.2.840.113549.1.9.16.1.4 \
    -signer rsa.pem -inkey rsa.key -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:-1 \
    -outform DER -out "$out/pss.tsr"
openssl cms -sign -binary -nodetach -cades -md sha256 -in info.der -econtent_type 1.2.840.113549.1.9.16.1.4 \
    -signer web.pem -inkey web.key -outform DER -out "$out/web.tsr"

if [ -n "$request" ]; then
    openssl ts -reply -config ts.cnf -section tsa -queryfile "$request" -signer rsa.pem -inkey rsa.key -sha256 \
        -out "$out/own.tsr" 2> /dev/null
fi
