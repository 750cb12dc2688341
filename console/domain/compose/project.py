"""A Compose project out of its files: :func:`load_project`.

Compose refuses a project for its first mistake; here what can be understood is shown beside what
can't, each with its place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from console.domain.compose.dotenv import read_dotenv
from console.domain.compose.includes import EnvFile, Include, Written, env_files, read_include
from console.domain.compose.interpolation import Variables, interpolated
from console.domain.compose.merge import finished, merged
from console.domain.compose.model import ComposeProblem, Folder, Project, Reference, SourceFile
from console.domain.compose.reading import broken_links, joined, read_networks, read_services
from console.domain.compose.tree import (
    ComposeError,
    Place,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    alike,
    is_null,
    read_tree,
)
from console.domain.compose.values import Values
from console.domain.severity import Severity
from console.domain.text import N_

CONTEXT = "Compose"

_TOP_LEVEL = frozenset(
    {"version", "name", "services", "networks", "volumes", "secrets", "configs", "include", "models"}
)
_RESOURCES = ("services", "networks", "volumes", "secrets", "configs", "models")
_MOST_INCLUDED = 20
_RELATIVE = N_(CONTEXT, "Its path is relative to the project directory of the file that names it.")


@dataclass(frozen=True, slots=True)
class ProjectSources:
    """All that a project is made of.

    ``files`` come in their order, later ones override; ``folder`` is the name of the first one's
    folder. ``environment`` are the variables of the system, which win over ``dotenv``. ``profiles``
    are those that are to be active, in place of the variable COMPOSE_PROFILES. ``name`` is the
    project's where a person gave one. ``others`` are files that the first ones refer to (``include``,
    ``extends``, ``env_file``); of those that need not be read (:class:`Reference`) only the path.
    ``missing`` are references that lead to no file.
    """

    files: tuple[SourceFile, ...]
    folder: str
    dotenv: SourceFile | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    profiles: frozenset[str] = frozenset()
    name: str = ""
    others: Mapping[Reference, SourceFile] = field(default_factory=dict)
    missing: frozenset[Reference] = frozenset()


def load_project(sources: ProjectSources) -> Project:
    """The project; what is wrong with its files is among its problems."""
    return _Loader(sources).load()


def project_name(text: str) -> str:
    """``text`` as Compose makes a project's name of it: lower case, without what it can't hold."""
    return re.sub(r"[^a-z0-9_-]", "", text.lower()).lstrip("_-")


@dataclass(frozen=True, slots=True)
class _Scope:
    """What holds for the files of one project, included or not: where its paths start, its variables, and
    the files that led here by ``include``.
    """

    folder: Folder
    variables: Variables
    chain: tuple[str, ...]


class _Loader:
    """One project's loading."""

    def __init__(self, sources: ProjectSources) -> None:
        self._sources = sources
        self._problems: list[ComposeProblem] = []
        self._references: list[Reference] = []
        self._env_files: list[tuple[str, Reference, Place]] = []
        self._included = 0
        self._variables = Variables(self._environment())

    def load(self) -> Project:
        trees = [tree for file in self._sources.files if (tree := self._parsed(file)) is not None]
        name = self._name(trees)
        self._variables.values = {**self._variables.values, "COMPOSE_PROJECT_NAME": name}
        whole = YamlMapping({}, {}, Place(self._sources.files[0].path if self._sources.files else "", 1))
        scope = _Scope(Folder(), self._variables, tuple(tree.place.file for tree in trees[:1]))
        for tree in trees:
            whole = self._over(whole, self._complete(tree, scope, 0))
        tree = finished(whole)
        self._check_top_level(tree)
        values = Values()
        services = read_services(tree.get("services"), self._profiles(), values)
        networks = joined(read_networks(tree.get("networks"), name, values), services, name)
        self._problems += values.problems
        self._problems += broken_links(networks, services)
        self._tell_env_files({service.key for service in services if service.active})
        self._tell_variables()
        return Project(
            name=name,
            networks=networks,
            services=services,
            profiles=tuple(dict.fromkeys(one for service in services for one in service.profiles)),
            uses=tuple(self._variables.uses),
            problems=tuple(self._problems),
            references=tuple(dict.fromkeys(self._references)),
            tree=tree,
        )

    def _error(self, error: ComposeError) -> None:
        self._problems.append(ComposeProblem("invalid", Severity.ERROR, error.text, error.place))

    # Variables, name and profiles

    def _environment(self) -> Mapping[str, str]:
        values: dict[str, str] = {}
        if (dotenv := self._sources.dotenv) is not None:
            try:
                values = read_dotenv(dotenv.path, dotenv.text, self._sources.environment)
            except ComposeError as error:
                self._error(error)
        return {**values, **self._sources.environment}

    def _name(self, trees: Iterable[YamlMapping]) -> str:
        """Given, out of COMPOSE_PROJECT_NAME, written in the last file that has one, or the folder's."""
        if given := self._sources.name or self._variables.values.get("COMPOSE_PROJECT_NAME", ""):
            return project_name(given) or "default"
        written = ""
        for tree in trees:
            node = tree.get("name")
            if isinstance(node, YamlScalar):
                told = interpolated(node, Variables(self._variables.values))
                written = told.text if isinstance(told, YamlScalar) else written
        return project_name(written or self._sources.folder) or "default"

    def _profiles(self) -> frozenset[str]:
        """Those that a person chose; only without any of them those of COMPOSE_PROFILES, as
        ``--profile`` takes their place.
        """
        wanted = self._variables.values.get("COMPOSE_PROFILES", "")
        return self._sources.profiles or frozenset(name.strip() for name in wanted.split(",") if name.strip())

    def _tell_variables(self) -> None:
        for error in self._variables.errors:
            self._problems.append(ComposeProblem("variable", Severity.ERROR, error.text, error.place))
        first: dict[str, Place] = {}
        for use in self._variables.uses:
            if use.source == "missing":
                first.setdefault(use.name, use.place)
        self._problems += [_variable_missing(name, place) for name, place in first.items()]

    # Files

    def _parsed(self, file: SourceFile) -> YamlMapping | None:
        try:
            return read_tree(file.path, file.text)
        except ComposeError as error:
            self._error(error)
            return None

    def _over(self, base: YamlMapping, override: YamlMapping) -> YamlMapping:
        try:
            return merged(base, override)
        except ComposeError as error:
            self._error(error)
            return base

    def _complete(self, tree: YamlMapping, scope: _Scope, depth: int) -> YamlMapping:
        """One file with variables put in, and with what it extends and includes."""
        node = interpolated(tree, scope.variables)
        whole = node if isinstance(node, YamlMapping) else tree
        services = whole.get("services")
        if isinstance(services, YamlMapping):
            for key, service in services.entries.items():
                self._note_env_files(key, service, scope.folder)
            extended = {key: self._extended(key, services, (), scope, depth) for key in services.entries}
            services = replace(services, entries=extended)
            whole = replace(whole, entries={**whole.entries, "services": services})
        for entry in self._include_entries(whole):
            whole = self._with_included(whole, entry, scope, depth)
        return whole

    def _other(self, reference: Reference, place: Place, what: str) -> SourceFile | None:
        """The file that another one refers to; None, with a problem, where it is not there."""
        self._included += 1
        file = self._sources.others.get(reference)
        if file is not None and self._included <= _MOST_INCLUDED:
            return file
        self._references.append(reference)
        written = reference.written
        words = N_(CONTEXT, "{what} of {file} is not shown: the file was not read.", what=what, file=written)
        if self._included > _MOST_INCLUDED:
            words = N_(CONTEXT, "{file} is not shown: the project refers to too many files.", file=written)
        self._problems.append(ComposeProblem("not-read", Severity.WARNING, words, place))
        return None

    # env_file of services

    def _note_env_files(self, key: str, service: YamlNode, folder: Folder) -> None:
        """Where they are looked for; what is in them is the containers' own affair and is not read."""
        node = service.get("env_file") if isinstance(service, YamlMapping) else None
        for item in node.items if isinstance(node, YamlSequence) else () if node is None else (node,):
            required = item.get("required") if isinstance(item, YamlMapping) else None
            path = item.get("path") if isinstance(item, YamlMapping) else item
            optional = isinstance(required, YamlScalar) and required.text.lower() == "false"
            if isinstance(path, YamlScalar) and path.text and not is_null(path) and not optional:
                self._env_files.append((key, Reference(folder, path.text, read=False), path.place))

    def _tell_env_files(self, active: Collection[str]) -> None:
        for key, reference, place in self._env_files:
            self._references.append(reference)
            if key not in active or reference not in self._sources.missing:
                continue
            self._problems.append(
                ComposeProblem(
                    "env-file-missing",
                    Severity.ERROR,
                    N_(
                        CONTEXT,
                        "The service {service} names the env_file {file}, which does not exist.",
                        service=key,
                        file=reference.written,
                    ),
                    place,
                    why=_RELATIVE,
                    remedy=N_(CONTEXT, "Correct the path, or add required: false."),
                    subject=key,
                )
            )

    # extends

    def _extended(
        self, key: str, services: YamlMapping, above: tuple[str, ...], scope: _Scope, depth: int
    ) -> YamlNode:
        """A service with the one it extends below it."""
        service = services.entries[key]
        extends = service.get("extends") if isinstance(service, YamlMapping) else None
        if extends is None or not isinstance(service, YamlMapping):
            return service
        name, file = _extension(extends)
        own = replace(
            service, entries={one: value for one, value in service.entries.items() if one != "extends"}
        )
        if not name:
            self._error(ComposeError(N_(CONTEXT, "extends must name a service."), extends.place))
            return own
        base = self._base(name, file, services, (*above, key), extends.place, scope, depth)
        if not isinstance(base, YamlMapping):
            # Kept, so that the service does not seem to have neither image nor build.
            return service
        try:
            whole = merged(
                YamlMapping({"services": _only(key, base)}, {}, base.place),
                YamlMapping({"services": _only(key, own)}, {}, own.place),
            )
        except ComposeError as error:
            self._error(error)
            return own
        found = whole.entries["services"]
        return found.entries[key] if isinstance(found, YamlMapping) else own

    def _base(
        self,
        name: str,
        file: str,
        services: YamlMapping,
        above: tuple[str, ...],
        place: Place,
        scope: _Scope,
        depth: int,
    ) -> YamlNode | None:
        if file:
            if depth >= _MOST_INCLUDED:
                return None
            other = self._other(Reference(scope.folder, file), place, name)
            tree = self._parsed(other) if other is not None else None
            if other is None or tree is None:
                return None
            node = interpolated(tree, scope.variables)
            found = node.get("services") if isinstance(node, YamlMapping) else None
            if isinstance(found, YamlMapping) and name in found.entries:
                beside = replace(scope, folder=Folder(file=other.path))
                return self._extended(name, found, (), beside, depth + 1)
        elif name in above:
            self._error(ComposeError(N_(CONTEXT, "{name} extends itself.", name=name), place))
            return None
        elif name in services.entries:
            return self._extended(name, services, above, scope, depth)
        self._error(ComposeError(N_(CONTEXT, "There is no service {name} to extend.", name=name), place))
        return None

    # include

    def _include_entries(self, tree: YamlMapping) -> Iterator[Include]:
        node = tree.get("include")
        if node is not None and not isinstance(node, YamlSequence):
            self._error(ComposeError(N_(CONTEXT, "include must be a list of files."), node.place))
        for entry in node.items if isinstance(node, YamlSequence) else ():
            try:
                yield read_include(entry)
            except ComposeError as error:
                self._error(error)

    def _with_included(self, whole: YamlMapping, include: Include, scope: _Scope, depth: int) -> YamlMapping:
        """The tree with an included project beside it: what both define is refused."""
        if depth >= _MOST_INCLUDED:
            self._error(ComposeError(N_(CONTEXT, "Files include each other too deeply."), include.place))
            return whole
        files = [
            (one, self._other(Reference(scope.folder, one.path), one.place, "include"))
            for one in include.paths
        ]
        first = files[0][1]
        if first is None or self._goes_round(first, include, scope):
            return whole
        inner = self._included_scope(include, first, scope)
        included = YamlMapping({}, {}, include.place)
        for _written, file in files:
            tree = self._parsed(file) if file is not None else None
            if tree is not None:
                included = self._over(included, self._complete(tree, inner, depth + 1))
        return self._beside(whole, included, include.place)

    def _goes_round(self, file: SourceFile, include: Include, scope: _Scope) -> bool:
        """Whether a file is included by what it includes itself, which Compose refuses."""
        if file.path not in scope.chain:
            return False
        words = N_(
            CONTEXT,
            "Files include each other in a circle, which Compose refuses: {files}",
            files=" → ".join((*scope.chain, file.path)),
        )
        self._error(ComposeError(words, include.place))
        return True

    def _included_scope(self, include: Include, first: SourceFile, scope: _Scope) -> _Scope:
        """The included project's folder and variables: those of the project that includes it win."""
        project = Folder(file=first.path)
        if include.project_directory:
            project = Folder(written=include.project_directory, within=scope.folder)
        values: dict[str, str] = {}
        for one in env_files(include, scope.folder, project):
            values |= self._env_file(one, {**values, **scope.variables.values})
        variables = replace(scope.variables, values={**values, **scope.variables.values})
        return _Scope(project, variables, (*scope.chain, first.path))

    def _env_file(self, env_file: EnvFile, known: Mapping[str, str]) -> dict[str, str]:
        file = self._sources.others.get(env_file.reference)
        if file is not None:
            try:
                return read_dotenv(file.path, file.text, known)
            except ComposeError as error:
                self._error(error)
                return {}
        self._references.append(env_file.reference)
        if env_file.written is not None:
            missing = env_file.reference in self._sources.missing
            self._problems.append(_env_file_not_read(env_file.written, missing=missing))
        return {}

    def _beside(self, whole: YamlMapping, included: YamlMapping, place: Place) -> YamlMapping:
        entries = dict(whole.entries)
        for kind in _RESOURCES:
            more, mine = included.get(kind), whole.get(kind)
            if not isinstance(more, YamlMapping):
                continue
            own = mine if isinstance(mine, YamlMapping) else YamlMapping({}, {}, more.place)
            both = {
                key: self._defined_twice(kind, key, more.entries[key], value, place)
                for key, value in own.entries.items()
                if key in more.entries
            }
            entries[kind] = replace(
                own, entries=more.entries | own.entries | both, key_places=more.key_places | own.key_places
            )
        return replace(whole, entries=entries)

    def _defined_twice(
        self, kind: str, key: str, included: YamlNode, own: YamlNode, place: Place
    ) -> YamlNode:
        """What a project and one that it includes both define: Compose before 5.0 refuses it unless both
        say the same (compose-go before 2.10, ``importResource``), later ones merge it.
        """
        if alike(included, own):
            return own
        words = N_(
            CONTEXT,
            "{kind}.{name} is defined here and in an included file: Compose before 5.0 refuses that, later "
            "versions put what is written here over what is included.",
            kind=kind,
            name=key,
        )
        remedy = N_(CONTEXT, "Give one of them another name, or use Compose 5.0 or later everywhere.")
        self._problems.append(ComposeProblem("included-twice", Severity.WARNING, words, place, remedy=remedy))
        over = self._over(_resource(kind, key, included), _resource(kind, key, own)).entries[kind]
        return over.entries[key] if isinstance(over, YamlMapping) else own

    # The top level

    def _check_top_level(self, tree: YamlMapping) -> None:
        for key in tree.entries:
            place = tree.place_of(key)
            if key == "version":
                self._problems.append(
                    ComposeProblem(
                        "version-obsolete",
                        Severity.NOTE,
                        N_(CONTEXT, "version is obsolete: Compose ignores it."),
                        place,
                        remedy=N_(CONTEXT, "Leave it out."),
                    )
                )
            elif key not in _TOP_LEVEL and not key.startswith("x-"):
                words = N_(CONTEXT, "Compose does not know {name} at the top level of a file.", name=key)
                self._error(ComposeError(words, place))


def _env_file_not_read(written: Written, *, missing: bool) -> ComposeProblem:
    words = N_(
        CONTEXT,
        "The env_file {file} of an included project was not read: its variables may have other values than "
        "are shown.",
        file=written.path,
    )
    if missing:
        words = N_(
            CONTEXT,
            "The env_file {file} of an included project does not exist: Compose refuses the project.",
            file=written.path,
        )
    return ComposeProblem(
        "env-file-missing" if missing else "not-read",
        Severity.ERROR if missing else Severity.WARNING,
        words,
        written.place,
        why=N_(CONTEXT, "Its path is relative to the folder of the project that includes."),
        remedy=N_(CONTEXT, "Correct the path; left out, the file .env in the project directory is taken."),
    )


def _variable_missing(name: str, place: Place) -> ComposeProblem:
    return ComposeProblem(
        "variable-missing",
        Severity.WARNING,
        N_(CONTEXT, "The variable {name} is not set: an empty string takes its place.", name=name),
        place,
        remedy=N_(CONTEXT, "Set it in the file .env, or write ${{{name}:-value}}.", name=name),
    )


def _extension(node: YamlNode) -> tuple[str, str]:
    """The service and the file that ``extends`` names; "" for this file."""
    if isinstance(node, YamlScalar):
        return node.text, ""
    if not isinstance(node, YamlMapping):
        return "", ""
    service, file = node.get("service"), node.get("file")
    return (
        service.text if isinstance(service, YamlScalar) else "",
        file.text if isinstance(file, YamlScalar) else "",
    )


def _resource(kind: str, key: str, node: YamlNode) -> YamlMapping:
    """A file in which nothing but one resource is defined."""
    return YamlMapping({kind: YamlMapping({key: node}, {key: node.place}, node.place)}, {}, node.place)


def _only(key: str, service: YamlMapping) -> YamlMapping:
    return YamlMapping({key: service}, {key: service.place}, service.place)
