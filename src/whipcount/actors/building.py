"""The registry's files put together: compile, add users' files, write what is shipped.

`python -m whipcount.actors.building` rewrites `data/names.toml` (names from pycountry and CLDR)
and `data/registry.msgpack`. A test checks that the compiled file agrees with the TOML.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from whipcount.actors.compiled import ACTOR, PERSON, Compiled, Facts
from whipcount.actors.compiling import SUB_NATIONAL, Compiler, weak_surnames
from whipcount.actors.types import Source
from whipcount.errors import DataError

DATA = Path(__file__).parent / "data"
COMPILED = DATA / "registry.msgpack"


def toml_files(root: Path = DATA) -> list[Path]:
    """The registry's own TOML files, in a fixed order."""
    return sorted(root.rglob("*.toml"))


def data_version(files: Iterable[Path]) -> str:
    """Hash of the files' names and content, 12 hex digits."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def read_toml(file: Path) -> dict[str, Any]:
    """One TOML file; a syntax error becomes a DataError with the file's name."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError([f"{file}: no such file"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise DataError([f"{file}: {error}"]) from error


def compile_registry(extra: Sequence[Path] = ()) -> Compiled:
    """Compile the registry's own files and then users' files, which may add but not break."""
    files = toml_files()
    version = data_version([*files, *extra])
    compiler = Compiler()
    tables = {file.relative_to(DATA).as_posix(): read_toml(file) for file in files}
    ambiguous = tables.pop("ambiguous.toml", {})
    compiler.weak = set(ambiguous.get("weak", ()))
    compiler.weak_surnames = set(ambiguous.get("weak_surnames", ()))
    for row in (row for table in tables.values() for row in table.pop("source", ())):
        source = msgspec.convert(row, Source)
        compiler.sources[source.id] = source
    tables.pop("sources.toml")
    compiler.state_names(tables.pop("names.toml"))
    compiler.states(tables.pop("states.toml"), "states.toml")
    compiler.organisations(tables.pop("organisations.toml"), "organisations.toml")
    compiler.outlet_table(tables.pop("outlets.toml"))
    compiler.offices(tables.pop("offices.toml"), "offices.toml")
    common = set(ambiguous.get("places", ()))
    for code, names in tables.pop("places.toml", {}).get("places", {}).items():
        compiler.places.update((name, code) for name in names if name not in common)
    for place in [name for name in tables if name.startswith("known/")]:
        compiler.known(tables.pop(place), place)
    for code, tile in tables.pop("tiles.toml", {}).get("tiles", {}).items():
        actor = compiler.actors[code]
        compiler.actors[code] = msgspec.structs.replace(actor, tile=(tile[0], tile[1]))
    for row in tables.pop("facts.toml", {}).get("fact", ()):
        compiler.facts.append(msgspec.convert(row, Facts))
    compiler.membership_table(tables.pop("memberships.toml", {}), "memberships.toml")
    evidence = {place: tables.pop(place) for place in list(tables) if "evidence" in place}
    add_people(compiler, tables)
    for place, table in evidence.items():
        compiler.evidence(table, place)
    for file in extra:
        add_user_file(compiler, file)
    return compiler.finish(version)


def add_people(compiler: Compiler, tables: dict[str, dict[str, Any]]) -> None:
    """Everybody of leaders/ and persons/; files with weak surnames last, so that they take none."""
    for place, table in tables.items():
        if not weak_surnames(table):
            compiler.leaders(table, place)
    for place, table in tables.items():
        compiler.persons(table, place)
    for place, table in tables.items():
        if weak_surnames(table):
            compiler.leaders(table, place)
    compiler.weakly = False
    for place, table in tables.items():
        compiler.nationalities(table, place)
        compiler.variants(table, place)


def add_user_file(compiler: Compiler, file: Path) -> None:
    """A user's own TOML: `[states]`, `[organisations]`, `[aliases]`, `[leaders]`, `[[source]]`."""
    table = read_toml(file)
    known = {"states", "organisations", "aliases", "leaders", "people", "persons", "source"}
    for key in table:
        if key not in known:
            compiler.faults.append(
                f"unknown table {key!r}, expected one of {', '.join(sorted(known))} @ {file.name}"
            )
    for row in table.get("source", ()):
        try:
            source = msgspec.convert(row, Source)
            compiler.sources[source.id] = source
        except msgspec.ValidationError as error:
            compiler.faults.append(f"{error} @ {file.name}:source")
    try:
        compiler.states(table, file.name)
        compiler.organisations({"organisations": table.get("organisations", {})}, file.name)
        for name, target in table.get("aliases", {}).items():
            if target in compiler.actors:
                compiler.alias(name, ACTOR, target, "name", place=file.name)
            elif target in compiler.people:
                compiler.alias(name, PERSON, target, "person", place=file.name)
            else:
                compiler.faults.append(f"unknown actor {target!r} @ {file.name}:aliases.{name}")
        compiler.leaders(table.get("leaders", {}), file.name)
        compiler.persons(table, file.name)
        compiler.variants(table, file.name)
    except (AttributeError, TypeError, ValueError, KeyError) as error:
        compiler.faults.append(f"a table has the wrong form ({error}) @ {file.name}")


def names_toml() -> str:
    """The text of names.toml, made from pycountry and Babel's CLDR names."""
    from importlib.metadata import version

    import pycountry
    from babel import Locale

    territories = Locale("en").territories
    lines = [
        "# Generated by `python -m whipcount.actors.building`; don't edit.",
        f"# pycountry {version('pycountry')}, Babel {version('babel')} (CLDR names).",
        "",
        "[names]",
    ]
    for country in sorted(pycountry.countries, key=lambda row: str(row.alpha_3)):
        if country.alpha_3 in SUB_NATIONAL:
            continue
        label = territories.get(country.alpha_2, country.name)
        names = [label, country.name]
        names += [getattr(country, key, "") for key in ("common_name", "official_name")]
        names += [name.replace("&", "and") for name in names if "&" in name]
        names += [name.replace("St.", "Saint") for name in names if name.startswith("St.")]
        kept = [
            name for name in dict.fromkeys(names) if name and "," not in name and "(" not in name
        ]
        kept = kept or [label]
        quoted = ", ".join('"' + name.replace('"', '\\"') + '"' for name in kept)
        lines.append(f"{country.alpha_3} = [{quoted}]")
    return "\n".join(lines) + "\n"


def write_compiled() -> Compiled:
    """Rewrite names.toml and registry.msgpack from their sources."""
    (DATA / "names.toml").write_text(names_toml(), encoding="utf-8")
    compiled = compile_registry()
    COMPILED.write_bytes(msgspec.msgpack.encode(compiled))
    return compiled


if __name__ == "__main__":
    written = write_compiled()
    print(
        f"{len(written.actors)} actors, {len(written.aliases)} names, "
        f"{len(written.tenures)} tenures"
    )
