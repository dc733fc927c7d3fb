"""Programs of random instructions that come to an end, in assembler: every form of control flow of RV64GC, and what stands between."""

import random

ALU = "add sub sll slt sltu xor srl sra or and mul mulh mulhsu mulhu div divu rem remu".split()
ALU_WORD = "addw subw sllw srlw sraw mulw divw divuw remw remuw".split()
ALU_IMMEDIATE = "addi slti sltiu xori ori andi addiw".split()
SHIFT = [("slli", 64), ("srli", 64), ("srai", 64), ("slliw", 32), ("srliw", 32), ("sraiw", 32)]
LOAD = [("lb", 1), ("lbu", 1), ("lh", 2), ("lhu", 2), ("lw", 4), ("lwu", 4), ("ld", 8)]
STORE = [("sb", 1), ("sh", 2), ("sw", 4), ("sd", 8)]
BRANCH = "beq bne blt bge bltu bgeu".split()
AMO = "amoswap amoadd amoxor amoand amoor amomin amomax amominu amomaxu".split()
ORDER = ["", ".aq", ".rl", ".aqrl"]
FLOAT = "fadd fsub fmul fdiv fmin fmax fsgnj fsgnjn fsgnjx".split()
FUSED = "fmadd fmsub fnmadd fnmsub".split()
READABLE = "sstatus sie sip stvec sscratch sepc scause stval satp frm".split()

# x2 is the stack and x8 the data, so that the compressed loads and stores have their bases; the rest is free.
FREE = [n for n in range(1, 32) if n not in (2, 8)]
COMPRESSED = [9, 10, 11, 12, 13, 14, 15]
DATA_BYTES = 1024  # x8 points to them; x2 into the middle of another 1024

PROLOGUE = """
    .section .text.start, "ax"
    .option norelax
    .option norvc
    .globl _start
_start:
    la x1, handler
    csrw stvec, x1
    li x1, 0x2000
    csrs sstatus, x1
    la x31, registers
"""

# Goes on behind the instruction that trapped; behind the ecall of U-mode in S-mode. It uses sscratch and one register.
HANDLER = """
    .balign 4
handler:
    csrrw x31, sscratch, x31
    csrr x31, sepc
    addi x31, x31, 4
    csrw sepc, x31
    csrr x31, scause
    addi x31, x31, -8
    bnez x31, 1f
    li x31, 0x100
    csrs sstatus, x31
1:  csrr x31, sscratch
    sret
"""


class Program:
    """The text of a program with `count` sequences, s0, s1, …, and the label `done` at its end."""

    def __init__(self, seed, count):
        self.random = random.Random(seed)
        self.lines = []
        self.labels = 0
        self.kept = set()  # registers that must not be written just now
        self.simple = [
            (12, self.alu), (6, self.immediate), (4, self.upper), (6, self.load), (6, self.store), (10, self.compressed_alu),
            (6, self.compressed_memory), (3, self.atomic), (5, self.floating), (3, self.float_moves), (3, self.csr), (1, self.fence),
        ]
        self.all = self.simple + [
            (12, self.branch), (8, self.compressed_branch), (5, self.jump), (4, self.compressed_jump), (4, self.loop),
            (6, self.call), (4, self.indirect), (2, self.to_the_next), (4, self.reserved), (2, self.system_call), (2, self.user),
            (2, self.illegal), (2, self.back), (1, self.half_reserved),
        ]
        self.write(count)

    def __str__(self):
        return "\n".join(self.lines) + "\n"

    def write(self, count):
        self.lines.append(PROLOGUE)
        for n in range(32):
            self.put(f"fld f{n}, {256 + 8 * n}(x31)")
        for n in range(1, 32):
            self.put(f"ld x{n}, {8 * n}(x31)")
        for n in range(count):
            self.lines += [f"    .globl s{n}", f"s{n}:"]
            for _ in range(self.random.randint(3, 7)):
                self.item(self.all)
        self.lines += ["    .globl done", "done:", "    li a7, 0x53525354", "    li a6, 0", "    li a0, 0", "    li a1, 0", "    ecall"]
        self.lines += [HANDLER, "    .data", "    .balign 16"]
        self.lines += ["data:"] + [f"    .dword {self.number():#x}" for _ in range(DATA_BYTES // 8)]
        self.lines += ["stack:"] + [f"    .dword {self.number():#x}" for _ in range(DATA_BYTES // 8)]
        self.lines += ["registers:"]
        for n in range(32):
            special = {2: f"stack + {DATA_BYTES // 2}", 8: "data"}
            self.lines.append(f"    .dword {special.get(n) or hex(self.number())}")
        self.lines += [f"    .dword {self.double():#x}" for _ in range(32)]

    # The parts of an instruction

    def put(self, text):
        """One instruction. Where it is not one of the C extension it has four bytes, whatever it is."""
        if text.startswith("c."):
            self.lines.append(f"    .option rvc\n    {text}\n    .option norvc")
        else:
            self.lines.append("    " + text)

    def label(self):
        self.labels += 1
        return f".L{self.labels}"

    def mark(self, label):
        self.lines.append(label + ":")

    def number(self):
        """Numbers at the edges are what goes wrong."""
        edge = self.random.choice([0, 1, 2, 1 << 31, 1 << 32, 1 << 63, (1 << 64) - 1, 1 << 12])
        return self.random.choice([edge, self.random.getrandbits(64), self.random.getrandbits(8)])

    def double(self):
        return self.random.choice([
            0, 1 << 63, 0x3FF0000000000000, 0x7FF0000000000000, 0x7FF8000000000000, 1, 0xFFFFFFFF3F800000, 0xFFFFFFFF7F800000,
            self.random.getrandbits(64)])

    def any(self):
        return f"x{self.random.randrange(32)}"

    def free(self, among=FREE):
        return f"x{self.random.choice([n for n in among if f'x{n}' not in self.kept])}"

    def destination(self):
        return "x0" if self.random.random() < 0.05 else self.free()

    def small(self):
        return self.free(COMPRESSED)

    def freg(self, among=range(32)):
        return f"f{self.random.choice(list(among))}"

    def chance(self, probability):
        return self.random.random() < probability

    def keeping(self, *registers):
        """A set that a `with` keeps from being written."""
        program = self

        class Keeping:
            def __enter__(self):
                self.before = program.kept
                program.kept = program.kept | set(registers)

            def __exit__(self, *_):
                program.kept = self.before

        return Keeping()

    def item(self, kinds):
        weights, makers = zip(*kinds)
        self.random.choices(makers, weights)[0]()

    def some(self, least, most):
        for _ in range(self.random.randint(least, most)):
            self.item(self.simple)

    # What goes on to the next instruction

    def alu(self):
        self.put(f"{self.random.choice(ALU + ALU_WORD)} {self.destination()}, {self.any()}, {self.any()}")

    def immediate(self):
        if self.chance(0.4):
            name, width = self.random.choice(SHIFT)
            self.put(f"{name} {self.destination()}, {self.any()}, {self.random.randrange(width)}")
        else:
            self.put(f"{self.random.choice(ALU_IMMEDIATE)} {self.destination()}, {self.any()}, {self.random.randint(-2048, 2047)}")

    def upper(self):
        self.put(f"{self.random.choice(['lui', 'auipc'])} {self.destination()}, {self.random.getrandbits(20):#x}")

    def offset(self, width, least, most):
        """Mostly aligned."""
        offset = self.random.randint(least, most - width)
        return offset if self.chance(0.1) else offset & -width

    def place(self, width):
        if self.chance(0.5):
            return f"{self.offset(width, 0, DATA_BYTES)}(x8)"
        return f"{self.offset(width, -DATA_BYTES // 2, DATA_BYTES // 2)}(x2)"

    def load(self):
        if self.chance(0.2):
            name, width = self.random.choice([("flw", 4), ("fld", 8)])
            self.put(f"{name} {self.freg()}, {self.place(width)}")
        else:
            name, width = self.random.choice(LOAD)
            self.put(f"{name} {self.destination()}, {self.place(width)}")

    def store(self):
        if self.chance(0.2):
            name, width = self.random.choice([("fsw", 4), ("fsd", 8)])
            self.put(f"{name} {self.freg()}, {self.place(width)}")
        else:
            name, width = self.random.choice(STORE)
            self.put(f"{name} {self.any()}, {self.place(width)}")

    def compressed_alu(self):
        choice, nonzero = self.random.choice, [*range(-32, 0), *range(1, 32)]
        other = f"x{choice(range(1, 32))}"
        not_sp = self.free()
        self.put(choice([
            "c.nop", f"c.addi {not_sp}, {choice(nonzero)}", f"c.addiw {not_sp}, {choice(range(-32, 32))}",
            f"c.li {not_sp}, {choice(range(-32, 32))}", f"c.lui {not_sp}, {choice([*range(1, 32), *range(0xfffe0, 0x100000)])}",
            f"c.addi4spn {self.small()}, x2, {4 * choice(range(1, 256))}", f"c.slli {not_sp}, {choice(range(1, 64))}",
            f"c.srli {self.small()}, {choice(range(1, 64))}", f"c.srai {self.small()}, {choice(range(1, 64))}",
            f"c.andi {self.small()}, {choice(range(-32, 32))}", f"c.mv {not_sp}, {other}", f"c.add {not_sp}, {other}",
            f"c.{choice(['sub', 'xor', 'or', 'and', 'subw', 'addw'])} {self.small()}, x{choice(range(8, 16))}",
        ]))

    def compressed_memory(self):
        choice, freg = self.random.choice, lambda: f"f{self.random.choice(range(8, 16))}"
        any_small = lambda: f"x{self.random.choice(range(8, 16))}"
        self.put(choice([
            f"c.lw {self.small()}, {4 * choice(range(32))}(x8)", f"c.ld {self.small()}, {8 * choice(range(32))}(x8)",
            f"c.sw {any_small()}, {4 * choice(range(32))}(x8)", f"c.sd {any_small()}, {8 * choice(range(32))}(x8)",
            f"c.fld {freg()}, {8 * choice(range(32))}(x8)", f"c.fsd {freg()}, {8 * choice(range(32))}(x8)",
            f"c.lwsp {self.free()}, {4 * choice(range(64))}(x2)", f"c.ldsp {self.free()}, {8 * choice(range(64))}(x2)",
            f"c.swsp {self.any()}, {4 * choice(range(64))}(x2)", f"c.sdsp {self.any()}, {8 * choice(range(64))}(x2)",
            f"c.fldsp {self.freg()}, {8 * choice(range(64))}(x2)", f"c.fsdsp {self.freg()}, {8 * choice(range(64))}(x2)",
        ]))

    def pointer(self, width):
        """A register that points into the data."""
        register = self.free()
        self.put(f"addi {register}, x8, {self.random.randrange(0, DATA_BYTES, width)}")
        return register

    def atomic(self):
        suffix, width = self.random.choice([("w", 4), ("d", 8)])
        pointer = self.pointer(width)
        self.put(f"{self.random.choice(AMO)}.{suffix}{self.random.choice(ORDER)} {self.destination()}, {self.any()}, ({pointer})")

    def floating(self):
        choice, freg = self.random.choice, self.freg
        f = choice(["s", "d"])
        integer = choice(["w", "wu", "l", "lu"])
        self.put(choice([
            f"{choice(FLOAT)}.{f} {freg()}, {freg()}, {freg()}", f"fsqrt.{f} {freg()}, {freg()}",
            f"{choice(FUSED)}.{f} {freg()}, {freg()}, {freg()}, {freg()}",
            f"{choice(['feq', 'flt', 'fle'])}.{f} {self.destination()}, {freg()}, {freg()}", f"fclass.{f} {self.destination()}, {freg()}",
            f"fcvt.{integer}.{f} {self.destination()}, {freg()}", f"fcvt.{f}.{integer} {freg()}, {self.any()}",
            f"fcvt.s.d {freg()}, {freg()}", f"fcvt.d.s {freg()}, {freg()}",
        ]))

    def float_moves(self):
        self.put(self.random.choice([
            f"fmv.x.d {self.destination()}, {self.freg()}", f"fmv.x.w {self.destination()}, {self.freg()}",
            f"fmv.d.x {self.freg()}, {self.any()}", f"fmv.w.x {self.freg()}, {self.any()}"]))

    def csr(self):
        """Not a write of fcsr, and not a look at its flags: QEMU 7.2 does not tell the hypervisor of a change by such a write or by
        an instruction that writes no f-register (sstatus.FS stays clean), so KVM loses it when the guest exits."""
        choice = self.random.choice
        bits = self.free()
        # Bits of sstatus that do not stop the program: SIE, SPIE, SPP, SUM and MXR.
        if self.chance(0.3):
            self.put(f"li {bits}, {choice([2, 0x20, 0x100, 0x122, 0x40000, 0x80000])}")
            self.put(f"{choice(['csrrs', 'csrrc'])} {self.destination()}, sstatus, {bits}")
        else:
            self.put(choice([
                f"csrrs {self.destination()}, {choice(READABLE)}, x0", f"csrrc {self.destination()}, {choice(READABLE)}, x0",
                f"csrrsi {self.destination()}, sstatus, 2", f"csrrci {self.destination()}, sstatus, 2",
                f"csrrw {self.destination()}, sscratch, {self.any()}", f"csrrc {self.destination()}, sscratch, {self.any()}",
                f"csrrs {self.destination()}, sscratch, {self.any()}", f"csrrwi {self.destination()}, sscratch, 21",
                f"csrrw {self.destination()}, scause, {self.any()}", f"csrrw {self.destination()}, stval, {self.any()}",
            ]))

    def fence(self):
        self.put(self.random.choice(["fence", "fence.i", "fence rw, w", "fence.tso", "sfence.vma"]))

    # What can go elsewhere

    def branch(self):
        name, target = self.random.choice(BRANCH), self.label()
        if self.chance(0.05):
            self.put(f"bne x{(same := self.random.randrange(32))}, x{same}, .")  # to itself, and not taken
            return
        left, right = self.any(), self.any()
        self.put(f"{name} {left}, {left if self.chance(0.2) else right}, {target}")
        self.some(0, 3)  # with none, both ways lead to the same place
        self.mark(target)

    def compressed_branch(self):
        target = self.label()
        if self.chance(0.3):  # or else 0 is rare
            self.put(f"c.li {(register := self.small())}, 0")
        else:
            register = f"x{self.random.choice(range(8, 16))}"
        self.put(f"{self.random.choice(['c.beqz', 'c.bnez'])} {register}, {target}")
        self.some(0, 3)
        self.mark(target)

    def jump(self):
        target = self.label()
        self.put(f"jal {self.destination()}, {target}")
        self.some(0, 2)
        self.mark(target)

    def compressed_jump(self):
        target = self.label()
        self.put(f"c.j {target}")
        self.some(0, 2)
        self.mark(target)

    def loop(self):
        counter = self.small()
        begin = self.label()
        self.put(f"li {counter}, {self.random.randint(1, 3)}")
        with self.keeping(counter):
            self.mark(begin)
            self.some(0, 3)
        self.put(f"addi {counter}, {counter}, -1")
        self.put(self.random.choice([
            f"c.bnez {counter}, {begin}", f"bne {counter}, x0, {begin}", f"blt x0, {counter}, {begin}", f"bltu x0, {counter}, {begin}"]))

    def function(self, label, link):
        """Its return is the jump to `link`."""
        self.mark(label)
        with self.keeping(link):
            self.some(0, 2)
        self.put(self.random.choice([f"c.jr {link}", f"jalr x0, 0({link})", f"jalr {self.destination()}, 0({link})"]))

    def call(self):
        """A call forward or backward, in each form there is."""
        function, over = self.label(), self.label()
        link = self.random.choice(["x1", "x5", self.free()])
        backward = self.chance(0.5)
        if backward:
            self.put(self.random.choice([f"c.j {over}", f"jal x0, {over}"]))
            self.function(function, link)
            self.mark(over)
        self.make_call(function, link)
        if not backward:
            self.put(self.random.choice([f"c.j {over}", f"jal x0, {over}"]))
            self.function(function, link)
            self.mark(over)

    def make_call(self, function, link):
        kind = self.random.choice(["jal", "jalr", "same", "c.jalr"])
        if kind == "jal":
            self.put(f"jal {link}, {function}")
        elif kind == "c.jalr" and link == "x1":
            self.put(f"la {(through := self.free())}, {function}")
            self.put(f"c.jalr {through}")
        elif kind == "same":  # the register that holds the target is the one that gets the way back
            offset = self.random.choice([0, 1, 2, -2048, 2046, 2047])  # bit 0 of the sum is cleared
            self.put(f"la {link}, {function} - {offset & ~1}")
            self.put(f"jalr {link}, {offset}({link})")
        else:
            offset = self.random.choice([0, 1, 4, -4, -2047, 2046])
            self.put(f"la {(through := self.free())}, {function} - {offset & ~1}")
            self.put(f"jalr {link}, {offset}({through})")

    def indirect(self):
        """A jump through a register that comes back to nowhere."""
        target, through = self.label(), self.free()
        self.put(f"la {through}, {target}")
        self.put(self.random.choice([f"c.jr {through}", f"jalr x0, 0({through})", f"jalr {through}, 0({through})", f"c.jalr {through}"]))
        self.some(0, 2)
        self.mark(target)

    def to_the_next(self):
        """Jumps that lead where the program goes on anyhow."""
        register = self.free()
        kind = self.random.randrange(5)
        if kind == 0:
            self.put(f"jal {self.destination()}, . + 4")
        elif kind == 1:
            self.put("c.j . + 2")
        elif kind == 2:
            self.put(f"c.beqz {self.small()}, . + 2")
        elif kind == 3:
            self.put(f"beq {self.any()}, {self.any()}, . + 4")
        else:
            self.put(f"auipc {register}, 0")
            self.put(f"jalr {self.destination()}, 8({register})")

    def back(self):
        """Forward over a part, back to it, and forward again."""
        part, enter, leave = self.label(), self.label(), self.label()
        self.put(self.random.choice([f"c.j {enter}", f"jal x0, {enter}"]))
        self.mark(part)
        self.some(1, 2)
        self.put(self.random.choice([f"c.j {leave}", f"jal {self.destination()}, {leave}"]))
        self.mark(enter)
        self.some(0, 1)
        self.put(self.random.choice([f"c.j {part}", f"jal {self.destination()}, {part}", f"beq x0, x0, {part}"]))
        self.mark(leave)

    def reserved(self):
        """LR and SC as a unit, and what is made of them: a read-modify-write, a compare-and-swap. An SC can fail for the host's
        reasons, so it is tried again; what is done between the two can be done twice."""
        suffix, width = self.random.choice([("w", 4), ("d", 8)])
        order = self.random.choice(ORDER)
        pointer = self.pointer(width)
        again, out = self.label(), self.label()
        with self.keeping(pointer):
            old, result, *sums = [f"x{n}" for n in self.random.sample([n for n in FREE if f"x{n}" not in self.kept], 5)]
        sources = [f"x{n}" for n in range(32) if f"x{n}" not in (result, *sums)]
        self.mark(again)
        self.put(f"lr.{suffix}{order} {old}, ({pointer})")
        if self.chance(0.4):
            self.put(f"{self.random.choice(['bne', 'beq'])} {old}, {self.random.choice(sources)}, {out}")
        for register in sums[:self.random.randint(0, 3)]:
            self.put(f"addi {register}, {self.random.choice(sources)}, {self.random.randint(-9, 9)}")
        self.put(f"sc.{suffix}{order} {result}, {self.random.choice(sources)}, ({pointer})")
        self.put(f"bne {result}, x0, {again}")
        self.mark(out)

    def half_reserved(self):
        """LR without SC, or SC without LR: that one always fails."""
        suffix, width = self.random.choice([("w", 4), ("d", 8)])
        if self.chance(0.5):
            self.put(f"lr.{suffix} {self.destination()}, ({self.pointer(width)})")
        else:
            self.put(f"sc.{suffix} {self.destination()}, {self.any()}, (x2)")

    def system_call(self):
        """Of the SBI: the kernel answers probe_extension itself, kvmdbg the console and what nobody has."""
        extension, function, argument = self.random.choice([
            (0x10, 3, 0x10), (0x10, 3, 0x777777), (0x4442434E, 2, 0x7E), (0x0BADBAD, 0, 1), (0x08000000, 0, 1)])
        self.put(f"li a7, {extension:#x}")
        self.put(f"li a6, {function}")
        self.put(f"li a0, {argument:#x}")
        self.put("ecall")

    def user(self):
        """A while in U-mode, and back by an ecall, which the handler takes."""
        inside, register = self.label(), self.free()
        self.put(f"la {register}, {inside}")
        self.put(f"csrw sepc, {register}")
        self.put(f"li {register}, 0x100")
        self.put(f"csrc sstatus, {register}")
        self.put("sret")
        self.some_of_user_mode()
        self.mark(inside)
        self.some_of_user_mode()
        self.put("ecall")

    def some_of_user_mode(self):
        for _ in range(self.random.randint(0, 3)):
            self.random.choice([self.alu, self.immediate, self.load, self.store, self.compressed_alu, self.compressed_memory])()

    def illegal(self):
        """An instruction that traps: one that is none, or one that S-mode must not use."""
        self.put(self.random.choice([".word 0xc0001073", ".word 0xffffffff", "mret", "csrr x0, mstatus", "csrw cycle, x0"]))
