"""`python -m xiaohao` is `xiaohao`."""

import sys

from xiaohao.cli.main import main

sys.exit(main())
