#!/usr/bin/env bash
# Kernels, initrds and device trees that are none, or do not fit: each is refused with a sentence, before there is a guest.
. "$(dirname -- "${BASH_SOURCE[0]}")/../lab/tests/tap.sh"
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." || exit
exec </dev/null

host=$PWD/build/kvmdbg guest=$PWD/build/guests/count.elf
cd "$scratch" || exit
python3 - "$guest" <<'PYTHON'
import gzip, struct, sys

def image(count=1 << 20, offset=2 << 20, size=None, flags=0):
    head = struct.pack("<IIQQQIIQ8s4sI", 0x6F, 0, offset, count if size is None else size, flags, 2, 0, 0, b"RISCV", b"RSC\5", 0)
    return head + bytes(count - len(head))

def put(name, content):
    with open(name, "wb") as file:
        file.write(content)

put("Image", image())
put("empty", b"")
put("text", b"This is no kernel, and long enough to be one: " * 10)
put("short", image()[:63])
put("cut", image(size=1 << 10))
put("big-endian", image(flags=1))
put("misplaced", image(offset=0x1000))
put("far", image(offset=1 << 30))
put("large", image(size=1 << 30))
packed = gzip.compress(image())
put("Image.gz", packed)
put("cut.gz", packed[:-100])
put("changed.gz", packed[:40] + bytes([packed[40] ^ 0x10]) + packed[41:])
put("two.gz", gzip.compress(image()[:4096]) + gzip.compress(image()[4096:]) + bytes(100))
put("bomb.gz", gzip.compress(bytes(200 << 20)))
put("text.gz", gzip.compress(b"no kernel"))
put("cut.zst", bytes([0x28, 0xB5, 0x2F, 0xFD, 4, 0]))
put("garbage.zst", bytes([0x28, 0xB5, 0x2F, 0xFD]) + bytes(range(200)))
put("initrd", bytes([7]) * 100000)
with open("sparse", "wb") as file:
    file.truncate(200 << 20)
with open(sys.argv[1], "rb") as file:
    put("cut.elf", file.read(1000))
PYTHON
mkdir folder
echo '/dts-v1/; / { model = "test"; #address-cells = <2>; #size-cells = <2>; chosen { bootargs = "old"; }; };' | dtc -O dtb -o good.dtb 2>/dev/null
head -c 100 good.dtb >cut.dtb
# The header is good; behind it, the first token of the structure is none.
python3 - <<'PYTHON'
blob = bytearray(open("good.dtb", "rb").read())
blob[int.from_bytes(blob[8:12], "big") + 3] = 7
open("damaged.dtb", "wb").write(blob)
PYTHON

tell() { "$@" >out 2>err; echo "$? $(tr '\n' '~' <err)$(tr '\n' '~' <out)"; }
# refused STATUS ARGUMENT... -- PATTERN: ends with the status, and says what the pattern matches, once and nothing else.
refused() {
    local status=$1 words=()
    shift
    while [ "$1" != -- ]; do words+=("$1"); shift; done
    like "$(tell "$host" --batch "${words[@]}" -e 'echo not carried out')" "$status $2~" "${words[*]}"
}
anew='the file is damaged or cut short. Copy it anew.'
neither='It is neither an ELF file nor a Linux Image for RISC-V *. Name arch/riscv/boot/Image, *'

like "$(tell "$host" --batch --kernel Image -e machine)" '0 *program *"Image"~*' "a good one"
like "$(tell "$host" --batch --kernel Image.gz -e machine)" '0 *program *"Image.gz"~*' "a good one, packed"
like "$(tell "$host" --batch --kernel two.gz -e machine)" '0 *program *"two.gz"~*' "a good one in two members, with bytes behind them"
like "$(tell "$host" --batch --kernel Image --initrd initrd --dtb good.dtb --append 'a b' -e machine)" \
    '0 *initrd *"initrd", 100000 bytes~*command line *a b~*device tree *"good.dtb"~' "with all that a kernel is given"

refused 1 --kernel missing -- '*"missing": No such file or directory (ENOENT).*'
refused 1 --kernel folder -- '*"folder"*'
refused 1 --kernel empty -- 'Cannot load "empty". The file is empty.'
refused 1 --kernel text -- "Cannot load \"text\". $neither"
refused 1 --kernel short -- "Cannot load \"short\". $neither"
refused 1 --kernel cut -- 'Cannot load "cut". By its header the kernel takes 1024 bytes of memory, and the file has 1048576: *'
refused 1 --kernel big-endian -- 'Cannot load "big-endian". By its header the kernel is big-endian*'
refused 1 --kernel misplaced -- 'Cannot load "misplaced". Its header asks for the place 0x1000 bytes behind the start of RAM*'
refused 1 --kernel cut.elf -- '*"cut.elf"*'
refused 1 --kernel cut.gz -- "Cannot load \"cut.gz\". It begins as gzip data, but does not decompress: $anew"
refused 1 --kernel changed.gz -- "Cannot load \"changed.gz\". It begins as gzip data, but does not decompress: $anew"
refused 1 --kernel bomb.gz -- 'Cannot load "bomb.gz". It begins as gzip data, which are more than 128 MiB when decompressed. *--memory*'
refused 1 --kernel text.gz -- "Cannot load \"text.gz\". $neither"
refused 1 --kernel cut.zst -- "Cannot load \"cut.zst\". It begins as zstd data, but does not decompress: $anew"
refused 1 --kernel garbage.zst -- "Cannot load \"garbage.zst\". It begins as zstd data, but does not decompress: $anew"
refused 1 --kernel far -- 'Cannot load "far". Segment 0 (0xc0000000 to 0xc00fffff) does not lie in the guest'"'"'s RAM *. Give the guest more with --memory: at least 1025M.'
refused 1 --kernel large -- 'Cannot load "large". Segment 0 *. Give the guest more with --memory: at least 1026M.'
refused 1 --memory 2M --kernel Image -- 'Cannot load "Image". Segment 0 *. Give the guest more with --memory: at least 3M.'
refused 1 --memory 3M --kernel Image -- 'Cannot load "Image". There is no room for the device tree of *. Give the guest more with --memory.'

refused 1 --kernel Image --initrd missing -- '*"missing": No such file or directory (ENOENT).*'
refused 1 --kernel Image --initrd folder -- '*"folder"*'
refused 1 --kernel Image --initrd empty -- 'Cannot load "empty". The file is empty.'
refused 1 --kernel Image --initrd sparse -- '*There is no room for the initrd of 209715200 bytes: the program ends at 0x80300000, *. Give the guest more with --memory.'

refused 1 --dtb text -- 'Cannot use "text". It is no device tree blob that can be used: FDT_ERR_BADMAGIC. *dtc -O dtb*'
refused 1 --dtb cut.dtb -- 'Cannot use "cut.dtb". It is no device tree blob that can be used: FDT_ERR_TRUNCATED. *'
refused 1 --dtb damaged.dtb -- 'Cannot use "damaged.dtb". It is no device tree blob that can be used: FDT_ERR_BADSTRUCTURE. *'
refused 1 --dtb empty -- 'Cannot load "empty". The file is empty.'
refused 1 --kernel Image --dtb damaged.dtb -- 'Cannot use "damaged.dtb". *'
refused 1 --kernel Image --append "$(printf '%1024s' x)" -- 'Cannot load "Image". The kernel'"'"'s command line has 1024 bytes, and Linux takes 1023 on RISC-V. Shorten it.'

refused 1 Image -- 'Cannot load "Image" as a guest: it is no ELF file, but looks like a Linux kernel. Boot it with "kernel Image", or by the option --kernel.'
refused 1 Image.gz -- 'Cannot load "Image.gz" as a guest: *--kernel.'
refused 2 --kernel Image "$guest" -- "kvmdbg: One guest can be debugged at a time: \"$guest\" or the kernel \"Image\". Try *"
for size in 0 1 4095 1P -1 some; do refused 2 --memory $size --kernel Image -- 'kvmdbg: *'; done

# What is refused changes nothing.
like "$(tell "$host" --batch --kernel Image -e 'expect error kernel cut.gz' -e 'expect error machine memory 2M' \
    -e 'expect error machine dtb cut.dtb' -e 'expect error initrd sparse' -e machine)" \
    '0 *RAM *128 MiB *program *"Image"~device tree *of the machine~' "what is refused changes nothing"
