"""What QEMU's own hart does: the state before each instruction, from its log. No debugger has a part in it, and no hypervisor."""

import re
import subprocess

# The guest's own memory; the monitor's instructions are not logged.
FILTER = "0x80000000..0x87feffff"
NUMBER = re.compile(rb"[0-9a-f]{16}")


def trace(monitor, program, timeout=120):
    """pc and x1 to x31 before each instruction that is executed, up to the end of the guest."""
    machine = ["-M", "virt", "-m", "128M", "-bios", "none", "-nodefaults", "-display", "none", "-serial", "none", "-monitor", "none"]
    load = ["-device", f"loader,file={monitor},cpu-num=0", "-device", f"loader,file={program}"]
    log = ["-singlestep", "-d", "cpu,nochain", "-dfilter", FILTER, "-D", "/dev/stdout"]
    qemu = subprocess.Popen(["timeout", str(timeout), "qemu-system-riscv64", *machine, *log, *load], stdout=subprocess.PIPE)
    states, pc, registers = [], None, []
    for line in qemu.stdout:
        if line.startswith(b" pc "):
            pc = int(line.split()[1], 16)
        elif line.startswith(b" x"):
            registers += [int(number, 16) for number in NUMBER.findall(line)]
            if len(registers) == 32:
                state = (pc, *registers[1:])
                # A block that is left before it begins is logged again.
                if not states or states[-1] != state:
                    states.append(state)
                registers = []
    if qemu.wait() != 0:
        raise RuntimeError(f"qemu-system-riscv64 ended with status {qemu.returncode}")
    return states
