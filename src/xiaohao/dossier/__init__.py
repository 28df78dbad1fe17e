"""The case file 案卷 as one frozen value, and its written form, the bundle 案卷包 (docs/dossier.md).

Everything that judges, prints or carries a case takes a Dossier, so that every rule works without a database.
"""

from xiaohao.dossier.dossier import FORMAT, Dossier

__all__ = ["FORMAT", "Dossier"]
