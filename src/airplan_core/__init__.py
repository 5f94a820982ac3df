"""airplan: executable environmental plans. Ledgers in, verdicts out, sentence by sentence.

The whole public surface is listed in `__init__.pyi`; what is heavy is imported when it is used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__version__ = "0.1.0"
