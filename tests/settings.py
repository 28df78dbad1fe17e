"""Django's settings for the tests: a throw-away installation for each process, so that no test touches the folder, keys or clock of a real one."""

import atexit
import os
import shutil
import tempfile

os.environ["XIAOHAO_HOME"] = tempfile.mkdtemp(prefix="xiaohao-tests-")
#: The browser's driver leaves an event loop running in the process; the tests that follow in it use the database all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
atexit.register(shutil.rmtree, os.environ["XIAOHAO_HOME"], ignore_errors=True)

from xiaohao.web.settings import *  # noqa: E402, F403

TESTING = True
#: Set for the run of the same tests on PostgreSQL (tests/postgresql).
if url := os.environ.get("XIAOHAO_TEST_DATABASE"):
    DATABASES = {"default": database(url)}  # noqa: F405
#: Tests sign in often; how strong the hashing is is not what they test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
