"""Support bundles: one file that tells all of a host, to be looked at elsewhere.

To save one, blocking, so in a thread from the window::

    write_bundle(path, bundle_of(snapshot, entries, findings=..., pseudonym_key=new_key(), private=...))

``findings`` makes the findings' JSON document of a snapshot (``lambda host: as_document(run_checks(host))``
of :mod:`console.checks`, which this room does not know). Without ``pseudonym_key`` names and addresses
are kept; credentials are never. ``private`` is the service's :attr:`private_names`.

To open one in the window: ``opened = await hosts.open_bundle(path)`` (``KnownHosts`` of
:mod:`console.startup`), then ``await session.open(opened.service, opened.close)``. It raises
:class:`BundleError`, whose ``reason`` is a Text for the person. ``session.service`` is then a
:class:`~console.backend.bundle.service.BundleService`: every page shows the host as it was,
``snapshot.host.bundle`` is True, and ``apply`` refuses.
"""

from console.backend.bundle.contents import Bundle, bundle_of, kept_key, new_key
from console.backend.bundle.layout import BundleError
from console.backend.bundle.reading import read_bundle
from console.backend.bundle.writing import write_bundle

__all__ = ["Bundle", "BundleError", "bundle_of", "kept_key", "new_key", "read_bundle", "write_bundle"]
