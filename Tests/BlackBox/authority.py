"""A time-stamping authority of the tests' own, made with `openssl`: RFC 3161."""

import base64
import random
import subprocess

SETTINGS = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamping]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[signing]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
[ca]
default_ca = dated
[dated]
database = index
new_certs_dir = .
serial = numbers
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[tsa]
default_tsa = stamps
[stamps]
dir = .
serial = serial
crypto_device = builtin
signer_cert = stamper.pem
certs = chain.pem
signer_key = stamper.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
ordering = no
tsa_name = yes
ess_cert_id_alg = sha256
"""


class Authority:
    """A certificate authority, one between, and a time-stamping certificate under that."""

    def __init__(self, folder, name="Invented", extensions="stamping", digests="sha256,sha512"):
        folder.mkdir()
        self.folder, self.chain, self.between = folder, folder / "root.pem", folder / "between.pem"
        (folder / "settings").write_text(SETTINGS.format(name=name, digests=digests))
        (folder / "serial").write_text("01\n")
        self._key("root", "-x509", "-extensions", "authority", "-days", "3650",
                  "-out", "root.pem")
        self._under("root", "between", "authority")
        self._under("between", "stamper", extensions)
        (folder / "chain.pem").write_bytes((folder / "between.pem").read_bytes())

    def openssl(self, *arguments, environment=None):
        return subprocess.run(["openssl", *map(str, arguments)], cwd=self.folder, check=True,
                              capture_output=True, env=environment)

    def _key(self, name, *arguments):
        self.openssl("req", "-config", "settings", "-subj", f"/CN=Invented {name}", "-newkey", "ec",
                     "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key",
                     *arguments)

    def _under(self, issuer, name, extensions):
        self._key(name, "-out", f"{name}.csr")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", f"{issuer}.pem", "-CAkey",
                     f"{issuer}.key", "-CAcreateserial", "-days", "3650", "-extfile", "settings",
                     "-extensions", extensions, "-out", f"{name}.pem")

    def certify(self, issuer, name, extensions, start, end):
        """A certificate that is valid between two times like `20200101000000Z`."""
        (self.folder / "index").touch()
        (self.folder / "numbers").write_text("%08x\n" % random.getrandbits(31))
        self._key(name, "-out", f"{name}.csr")
        own = ("-selfsign",) if issuer == name else ("-cert", f"{issuer}.pem")
        self.openssl("ca", "-config", "settings", "-batch", "-notext", *own, "-keyfile",
                     f"{issuer}.key", "-in", f"{name}.csr", "-startdate", start, "-enddate", end,
                     "-extensions", extensions, "-out", f"{name}.pem")

    def token_by(self, name, info, file):
        """A response that the certificate of this name has signed, whatever it is for; `info` is
        what it says (TSTInfo)."""
        (self.folder / "info").write_bytes(info)
        self.openssl("cms", "-sign", "-binary", "-nodetach", "-cades", "-econtent_type",
                     "1.2.840.113549.1.9.16.1.4", "-signer", f"{name}.pem", "-inkey",
                     f"{name}.key", "-outform", "DER", "-in", "info", "-out", "signed")
        token = (self.folder / "signed").read_bytes()
        body = bytes.fromhex("3003020100") + token
        file.write_bytes(b"\x30\x82" + len(body).to_bytes(2, "big") + body)
        return file

    def answer(self, request, file, environment=None):
        """What the authority answers to a request file, in another file."""
        self.openssl("ts", "-reply", "-config", "settings", "-section", "stamps", "-queryfile",
                     request, "-out", file, environment=environment)
        return file

    def finds_good(self, response, data, folder):
        """Whether `openssl ts -verify` finds that the response stamps these bytes."""
        (folder / "data").write_bytes(data)
        return subprocess.run(
            ["openssl", "ts", "-verify", "-data", "data", "-in", response, "-CAfile", self.chain],
            cwd=folder, capture_output=True).returncode == 0


def text_of(kind, file):
    """What openssl says of a request (`-query`) or a response (`-reply`)."""
    return subprocess.run(["openssl", "ts", kind, "-in", file, "-text"], check=True,
                          capture_output=True).stdout.decode()


def imprint(text):
    """The digest that openssl prints in lines of hex."""
    digits = ""
    for line in text.split("Message data:\n")[1].splitlines()[:2]:
        digits += line.split(" - ")[1][:47].replace("-", " ").replace(" ", "")
    return digits


def indefinite(data):
    """DER with every constructed element's length made indefinite, down to the parts that are
    signed as they stand: X.690, 8.1.3.6."""
    def element(data, at):
        tag, first = data[at], data[at + 1]
        start = at + 2
        length = first
        if first & 0x80:
            start += first & 0x7F
            length = int.from_bytes(data[at + 2:start], "big")
        return tag, data[start:start + length], start + length

    def rewritten(data, depth):
        out, at = b"", 0
        while at < len(data):
            tag, content, end = element(data, at)
            # response, token, [0], SignedData, encapContentInfo, [0]
            certificates = depth == 4 and tag == 0xA0
            if tag in (0x30, 0xA0) and depth < 6 and not certificates:
                out += bytes([tag, 0x80]) + rewritten(content, depth + 1) + b"\0\0"
            elif tag == 0x04 and depth == 6:
                half = len(content) // 2
                pieces = b"".join(bytes([4, len(piece)]) + piece
                                  for piece in (content[:half], content[half:]))
                out += bytes([0x24, 0x80]) + pieces + b"\0\0"
            else:
                out += data[at:end]
            at = end
        return out

    return rewritten(data, 0)


def info_of(response):
    """What a response says (TSTInfo), as it is signed."""
    place = response.index(bytes.fromhex("060b2a864886f70d0109100104a0")) + 14
    for _ in range(2):  # [0], and the OCTET STRING in it
        count = response[place]
        place += 1
        if count & 0x80:
            length = int.from_bytes(response[place:place + (count & 0x7F)], "big")
            place += count & 0x7F
        else:
            length = count
        start, place = place, place + 1
    return response[start:start + length]


def base64_of(file):
    return base64.b64encode(file.read_bytes()).decode()
