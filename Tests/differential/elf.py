"""The few things that the test asks an ELF file: the code at an address, and a symbol's address."""

import struct


class Code:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.content = file.read()
        header = struct.unpack_from("<QQQ", self.content, 24)
        count, section_count = struct.unpack_from("<H", self.content, 56)[0], struct.unpack_from("<H", self.content, 60)[0]
        self.segments = []
        for n in range(count):
            kind, _, offset, address, _, size = struct.unpack_from("<IIQQQQ", self.content, header[1] + 56 * n)
            if kind == 1:
                self.segments.append((address, size, offset))
        self.sections = [struct.unpack_from("<IIQQQQIIQQ", self.content, header[2] + 64 * n) for n in range(section_count)]

    def instruction(self, address):
        """Its bits; of a compressed one 16, and what lies behind does not count."""
        for start, size, offset in self.segments:
            if start <= address < start + size:
                bits = struct.unpack_from("<I", self.content + b"\0\0", offset + address - start)[0]
                return bits if bits & 3 == 3 else bits & 0xFFFF
        return 0

    def symbols(self):
        """Name to address."""
        result = {}
        for section in self.sections:
            if section[1] != 2:
                continue
            names = self.sections[section[6]][4]
            for at in range(section[4], section[4] + section[5], 24):
                name, _, _, _, value, _ = struct.unpack_from("<IBBHQQ", self.content, at)
                text = self.content[names + name:self.content.index(b"\0", names + name)]
                result[text.decode()] = value
        return result


def is_atomic(bits, function):
    """LR is function 2, SC 3."""
    return bits & 0x7F == 0x2F and bits >> 27 == function


def is_lr(bits):
    return is_atomic(bits, 2)


def is_sc(bits):
    return is_atomic(bits, 3)
