"""Writes what the programs of a release are made of: an SBOM for each (CycloneDX 1.6) and the licences of all crates.

    python3 .release/crates.py VERSION FOLDER

It asks Cargo, which knows the crates of each system, and reads the licence files that lie in their packages. What no crate
is (the standard library of Rust, the C library of Linux, lists of words) stands in notices.txt. The same lock file gives the
same bytes: no time of day, and a serial number that follows from what is in the file.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import time
import tomllib
import uuid

SYSTEMS = {
    "linux-x86_64": "x86_64-unknown-linux-musl",
    "linux-arm64": "aarch64-unknown-linux-musl",
    "windows-x86_64": "x86_64-pc-windows-gnu",
}
PROGRAM = "qingdan"
HERE = pathlib.Path(__file__).parent
# How packages call the files with their licences.
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|unlicense|copyright)", re.IGNORECASE)


def cargo(*words):
    return subprocess.run(["cargo", *words], check=True, stdout=subprocess.PIPE, text=True).stdout


def crates(triple):
    """Returns the packages that a program contains, by name and version, and who uses whom."""
    listed = cargo("tree", "--locked", "-p", PROGRAM, "-e", "normal", "--target", triple, "--prefix", "none", "--format", "{p}")
    inside = {tuple(line.split()[:2]) for line in listed.splitlines() if line}
    data = json.loads(cargo("metadata", "--locked", "--format-version", "1", "--filter-platform", triple))
    found = {p["id"]: p for p in data["packages"] if (p["name"], "v" + p["version"]) in inside}
    uses = {}
    for node in data["resolve"]["nodes"]:
        if node["id"] in found:
            normal = [d["pkg"] for d in node["deps"] if any(kind["kind"] is None for kind in d["dep_kinds"])]
            uses[node["id"]] = [d for d in normal if d in found]
    return found, uses


def key(package):
    return package["name"], package["version"]


def reference(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def licence(package):
    """Returns the expression; older packages write a stroke for "or"."""
    said = package["license"]
    if not said:
        sys.exit(f"{package['name']} does not say under which licence it is")
    return said.replace("/", " OR ")


def component(package, digests):
    kind = "application" if package["name"] == PROGRAM else "library"
    made = {"type": kind, "bom-ref": reference(package), "name": package["name"], "version": package["version"]}
    if package["description"]:
        made["description"] = " ".join(package["description"].split())
    digest = digests.get(key(package))
    if digest:
        made["hashes"] = [{"alg": "SHA-256", "content": digest}]
    made["licenses"] = [{"expression": licence(package)}]
    # What lies in no registry has no address there.
    if digest:
        made["purl"] = reference(package)
    if package["repository"]:
        made["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return made


def sbom(found, uses, digests):
    packages = sorted(found.values(), key=key)
    root = next(p for p in packages if p["name"] == PROGRAM)
    others = [component(p, digests) for p in packages if p is not root]
    links = [
        {"ref": reference(p), "dependsOn": sorted(reference(found[used]) for used in set(uses[p["id"]]))} for p in packages
    ]
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", "0")))),
            "component": component(root, digests),
        },
        "components": others,
        "dependencies": links,
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(made, sort_keys=True))
    return {"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "serialNumber": f"urn:uuid:{serial}", **made}


def licence_files(package):
    folder = pathlib.Path(package["manifest_path"]).parent
    files = {f for f in folder.iterdir() if f.is_file() and LICENCE_FILE.match(f.name)}
    # A field of Cargo.toml may name another.
    if package["license_file"]:
        files.add(folder / package["license_file"])
    return sorted(f.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip() for f in files)


def licences(packages):
    """Returns all licences as one text: each text once, below the crates whose package holds it."""
    packages = [p for p in sorted(packages, key=key) if p["source"]]
    texts, bare = {}, []
    for package in packages:
        own = licence_files(package)
        for text in own:
            # Many differ in blanks only.
            texts.setdefault(" ".join(text.split()), (text, []))[1].append(package)
        if not own:
            bare.append(package)
    lines = ["What qingdan is linked with, and under which licences.", ""]
    lines += [f"{p['name']} {p['version']}: {licence(p)}" for p in packages]
    lines += ["", "Packages that hold no licence file; their authors say the licence by its name, as above:", ""]
    lines += [f"{p['name']} {p['version']}, {', '.join(p['authors']) or p['repository']}" for p in bare]
    lines += ["", (HERE / "notices.txt").read_text(encoding="utf-8").strip()]
    words = HERE.parent / "src/reading/words/LICENSE-jieba"
    lines += ["", "=" * 100, "Lists of words from jieba", "", words.read_text(encoding="utf-8").strip()]
    for text, of in sorted(texts.values(), key=lambda entry: [key(p) for p in entry[1]]):
        lines += ["", "=" * 100, ", ".join(f"{p['name']} {p['version']}" for p in of), "", text]
    return "\n".join(lines) + "\n"


def main():
    version, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    with open("Cargo.lock", "rb") as file:
        locked = tomllib.load(file)["package"]
    digests = {key(p): p["checksum"] for p in locked if "checksum" in p}
    everything = {}
    for system, triple in SYSTEMS.items():
        found, uses = crates(triple)
        everything.update(found)
        text = json.dumps(sbom(found, uses, digests), indent=1, ensure_ascii=False)
        (folder / f"{PROGRAM}-{version}-{system}.cdx.json").write_text(text + "\n", encoding="utf-8")
    (folder / "LICENSES-CRATES.txt").write_text(licences(everything.values()), encoding="utf-8")


main()
