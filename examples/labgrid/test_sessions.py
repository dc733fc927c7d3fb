"""Every script of a folder is a test, on whatever the labgrid environment names: the lab, or a board of a pool."""

import shlex
from pathlib import Path

import pytest
from labgrid.pytestplugin.hooks import LABGRID_ENV_KEY

SECONDS = 60


def pytest_generate_tests(metafunc):
    """The scripts' names come from the folder on this machine: the board may be far away, and in use yet."""
    environment = metafunc.config.stash[LABGRID_ENV_KEY]
    if environment is None:
        raise pytest.UsageError("Name an environment: --lg-env examples/labgrid/lab.yaml")
    folder = Path(environment.config.get_path("sessions"))
    metafunc.parametrize("script", sorted(path.name for path in folder.glob("*.kdbg")))


@pytest.fixture(scope="session")
def kvmdbg(env, target):
    """Runs a script on the target; gives what it says, and its exit status."""
    shell = target.get_driver("CommandProtocol")
    program, folder = (env.config.get_option(name) for name in ("kvmdbg", "scripts"))

    def run(script):
        command = ["timeout", str(SECONDS), program, "--script", f"{folder}/{script}"]
        output, _, status = shell.run(f"{shlex.join(command)} </dev/null 2>&1", timeout=SECONDS + 30)
        return "\n".join(output).splitlines(), status

    return run


def test_session(kvmdbg, script):
    output, status = kvmdbg(script)
    if status == 4:
        pytest.skip(output[-1])
    if status != 0:
        pytest.fail("\n".join([*output, f"exit status {status}"]), pytrace=False)
