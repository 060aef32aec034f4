"""Holds the files of `qingdan export data --as …` against the standards they are written by.

    python judge.py FOLDER              every file is valid
    python judge.py --spoilt FOLDER     copies with one mistake each are refused
    python judge.py --described FOLDER  only the files of api/v1, against the description beside them

STANDARDS names a folder with the published schemas, which are no part of the project:
  cpsv-ap-3.2.0/  cpsv-ap-SHACL.ttl, cpsv-ap.jsonld   (SEMICeu/CPSV-AP)
  dcat-ap-3.0.1/  shapes.ttl, range.ttl               (SEMICeu/DCAT-AP, releases/3.0.1/html/shacl)
  hsds/           service.json, service_list.json, organization.json   (openreferral/specification, schema/compiled)
What is not at hand is left out, and the last lines say so. frictionless and csvw bring what they need.
"""

import functools
import json
import os
import re
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import frictionless
import jsonschema
import pyshacl
import rdflib
from csvw import CSVW
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

SCHEMAS = Path(os.environ.get("STANDARDS", "/nonexistent"))


class LeftOut(Exception):
    """A schema is not at hand."""


def schema(*parts):
    path = SCHEMAS.joinpath(*parts)
    if not path.exists():
        raise LeftOut(f"{'/'.join(parts)} is not in the folder that STANDARDS names")
    return path


def complaints_of_shapes(graph, shapes):
    """Returns what SHACL says against a graph."""
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    return [] if conforms else [text]


def graphs(paths):
    """Reads what is there as Turtle; what stands beside it as JSON-LD has to say the same."""
    for path in sorted(paths):
        graph = rdflib.Graph().parse(path)
        beside = path.with_suffix(".jsonld")
        same = not beside.exists() or set(graph) == set(rdflib.Graph().parse(beside))
        yield path, graph, [] if same else ["Turtle and JSON-LD say different things"]


@functools.cache
def shapes(*parts):
    return rdflib.Graph().parse(schema(*parts))


def terms(value):
    """Returns every address that a JSON-LD context knows."""
    if isinstance(value, dict):
        return {value["@id"]} | set().union(*map(terms, value.values())) if "@id" in value else set().union(
            set(), *map(terms, value.values())
        )
    return {value} if isinstance(value, str) else set()


def cpsv(folder):
    """CPSV-AP: its shapes, and no property of its vocabularies that it does not have."""
    shape = shapes("cpsv-ap-3.2.0", "cpsv-ap-SHACL.ttl")
    context = json.loads(schema("cpsv-ap-3.2.0", "cpsv-ap.jsonld").read_text("utf-8"))["@context"]
    known = terms(context)
    for path, graph, found in graphs((folder / "cpsv-ap").rglob("*.ttl")):
        used = {str(term) for triple in graph for term in (triple[1],) + ((triple[2],) if triple[1] == RDF.type else ())}
        ours = {term for term in used if term.startswith(("http://data.europa.eu/m8g/", "http://purl.org/vocab/cpsv#"))}
        found += [f"no term of CPSV-AP: {term}" for term in sorted(ours - known)]
        yield path, found + complaints_of_shapes(graph, shape)


MANDATORY = {
    DCAT.Catalog: [DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset],
    DCAT.Dataset: [DCTERMS.title, DCTERMS.description],
    DCAT.Distribution: [DCAT.accessURL],
    DCAT.DataService: [DCTERMS.title, DCAT.endpointURL],
    FOAF.Agent: [FOAF.name],
}


def dcat(folder):
    """DCAT-AP: what is mandatory, and its shapes where they are at hand."""
    for path, graph, found in graphs([folder / "dcat.ttl"]):
        for kind, properties in MANDATORY.items():
            things = list(graph.subjects(RDF.type, kind))
            found += [] if things else [f"there is no {kind}"]
            found += [f"{it} has no {p}" for it in things for p in properties if (it, p, None) not in graph]
        yield path, found
    for name in ("shapes.ttl", "range.ttl"):
        yield path, complaints_of_shapes(graph, shapes("dcat-ap-3.0.1", name))


def strict(node):
    """Lets no object have properties that the schema does not name."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            node["additionalProperties"] = False
        for value in node.values():
            strict(value)
    elif isinstance(node, list):
        for value in node:
            strict(value)
    return node


def described(folder):
    """Our own API: every file is as the OpenAPI description beside it says, and has nothing that is not described."""
    root = folder / "api" / "v1"
    description = root / "openapi.json"
    if not description.exists():
        raise LeftOut("there is no api/v1")
    document = strict(json.loads(description.read_text("utf-8")))
    patterns = {}
    for address, item in document["paths"].items():
        known = dict(item["get"]["responses"]["200"]["content"]["application/json"]["schema"], components=document["components"])
        validates = jsonschema.Draft202012Validator(known, format_checker=jsonschema.FormatChecker())
        patterns[address] = (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(address[1:]))), validates)
    seen = set()
    for path in sorted(root.rglob("*.json")):
        name = path.relative_to(root).as_posix()
        if path == description:
            continue
        # An address without parts in braces comes before one that it fits as well.
        fitting = sorted((address for address, (pattern, _) in patterns.items() if pattern.fullmatch(name)), key=lambda it: it.count("{"))
        if not fitting:
            yield path, ["it is not described"]
            continue
        seen.add(fitting[0])
        errors = patterns[fitting[0]][1].iter_errors(json.loads(path.read_text("utf-8")))
        yield path, [f"{error.json_path}: {error.message[:200]}" for error in errors]
    for address in patterns.keys() - seen:
        yield description, [f"{address} is described, and there is none"]


@functools.cache
def validator(name):
    known = strict(json.loads(schema("hsds", name).read_text("utf-8")))
    return jsonschema.Draft202012Validator(known, format_checker=jsonschema.FormatChecker())


def hsds(folder):
    """HSDS: its schemas, which allow any other property; here they do not."""
    kinds = [("*/services/*.json", "service.json", False), ("*/organizations/*.json", "organization.json", False),
             ("*/services.json", "service_list.json", True)]
    for pattern, name, is_page in kinds:
        for path in sorted((folder / "hsds").glob(pattern)):
            document = json.loads(path.read_text("utf-8"))
            things = document["contents"] if is_page else [document]
            errors = [error for thing in things for error in validator(name).iter_errors(thing)]
            yield path, [f"{error.json_path}: {error.message[:200]}" for error in errors]


def package(folder):
    """A Data Package: frictionless reads the description and every cell, keys and references too."""
    path = folder / "package" / "datapackage.json"
    report = frictionless.validate(str(path))
    rows = report.flatten(["title", "rowNumber", "fieldName", "note"])
    yield path, [] if report.valid else [str(row) for row in rows] or [str(report.errors)]


def csvw(folder):
    """CSV on the Web: csvw reads the description and every cell."""
    path = folder / "package" / "csv-metadata.json"
    with warnings.catch_warnings(record=True) as noticed:
        warnings.simplefilter("always")
        # By the standard a reference may be empty; `strict` would forbid that.
        try:
            read = CSVW(str(path), validate=True, strict=False)
            told = [] if read.is_valid else [str(it.message) for it in [*noticed, *read.warnings]] or ["it is not valid"]
        except ValueError as error:
            told = [str(error)]
    yield path, told


JUDGES = [described, cpsv, dcat, hsds, package, csvw]


def judged(judge, folder):
    """Returns how many files a judge saw, what it said, and what it could not do."""
    files, said, left_out = set(), [], None
    try:
        for path, found in judge(folder):
            files.add(path)
            said += [f"{path.relative_to(folder)}: {complaint}" for complaint in found]
    except LeftOut as why:
        left_out = str(why)
    return len(files), said, left_out


def replaced(pattern, old, new, count=1, alone=True):
    """Returns a function that changes the first file of a pattern that holds `old`, and takes away the JSON-LD beside it."""

    def change(folder):
        for path in sorted(folder.rglob(pattern)):
            text = path.read_bytes().decode()
            if old in text:
                path.write_bytes(text.replace(old, new, count).encode())
                if path.suffix == ".ttl" and alone:
                    path.with_suffix(".jsonld").unlink()
                return
        raise AssertionError(f"no {pattern} holds {old!r}")

    return change


SPOILT = [
    (described, "a tier that is none", replaced("api/v1/places.json", '"tier":"', '"tier":"x')),
    (described, "a property that is none", replaced("api/v1/places.json", '"tier":', '"mayor":"nobody","tier":')),
    (described, "a file that is not described", lambda folder: (folder / "api" / "v1" / "more.json").write_text("{}")),
    (cpsv, "a service nobody is responsible for", replaced("*.ttl", "cv:hasCompetentAuthority", "dct:contributor", -1)),
    (cpsv, "a property that is none", replaced("*.ttl", "cv:hasChannel", "cv:hasChanel", -1)),
    (cpsv, "a text without language", replaced("*.ttl", "@zh-cn", "")),
    (cpsv, "Turtle without what JSON-LD says", replaced("*.ttl", "adms:status", "adms:state", alone=False)),
    (dcat, "a catalogue nobody publishes", replaced("dcat.ttl", "dct:publisher", "dct:creator", -1)),
    (dcat, "a file without an address", replaced("dcat.ttl", "dcat:accessURL", "dcat:url", -1)),
    (hsds, "a status that is none", replaced("hsds/*/services/*.json", '"status":"active"', '"status":"open"')),
    (hsds, "an identifier that is none", replaced("hsds/*/services/*.json", '{"id":"', '{"id":"x')),
    (hsds, "a property that is none", replaced("hsds/*/services/*.json", '"eligibility_description":', '"eligibility":')),
    (package, "a number that is none", replaced("services.csv", ",1,", ",one,")),
    (package, "a key twice", lambda folder: twice(folder / "package" / "places.csv")),
    (package, "a reference to nothing", replaced("lists.csv", ",shifan/", ",elsewhere/")),
    (package, "a type that is none", replaced("datapackage.json", '"type": "integer"', '"type": "nummer"')),
    (csvw, "a number that is none", replaced("services.csv", ",1,", ",one,")),
    (csvw, "a key twice", lambda folder: twice(folder / "package" / "places.csv")),
    (csvw, "a reference to nothing", replaced("lists.csv", ",shifan/", ",elsewhere/")),
]


def twice(path):
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join(lines[:2] + lines[1:]))


def spoilt(folder):
    """Returns the mistakes that were not noticed."""
    missed, left_out = [], set()
    for judge, mistake, change in SPOILT:
        with tempfile.TemporaryDirectory() as temporary:
            copy = Path(temporary) / "copy"
            shutil.copytree(folder, copy)
            change(copy)
            _, said, why = judged(judge, copy)
        if not said and why:
            left_out.add(f"{judge.__name__}: {why}")
        elif not said:
            missed.append(f"{judge.__name__} takes {mistake}")
        else:
            print(f"{judge.__name__} refuses {mistake}: {said[0].splitlines()[0][:120]}")
    return missed, sorted(left_out)


def main(arguments):
    folder = Path(arguments[-1])
    if "--spoilt" in arguments:
        said, left_out = spoilt(folder)
    else:
        said, left_out = [], []
        for judge in [described] if "--described" in arguments else JUDGES:
            files, found, why = judged(judge, folder)
            said += found
            left_out += [f"{judge.__name__}: {why}"] if why else []
            print(f"{judge.__name__}: {files} files, {len(found)} complaints")
    for line in said:
        print(line, file=sys.stderr)
    for line in left_out:
        print(f"left out: {line}")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
