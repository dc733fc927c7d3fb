# kvmdbg: `make` builds it for this machine, `make riscv64` the product, `make demo` shows it; everything lands in build/.
SHELL = /bin/bash -eu -o pipefail
.DELETE_ON_ERROR:
.SUFFIXES:

SWIFT ?= swift
PREFIX ?= /usr/local
ARCH ?= $(shell uname -m)
product_limit = 5242880
cache = $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/kvmdbg

.PHONY: all riscv64 guests linux-guest deps lab demo test bench bench-programs lint format install clean

all:
	@$(SWIFT) build -c release --product kvmdbg --scratch-path build/swift-host || \
		{ echo "make: if a header or a library is missing: make deps" >&2; exit 1; }
	@install -C build/swift-host/release/kvmdbg build/kvmdbg

riscv64_program = build/swift-riscv64/release/kvmdbg
riscv64:
	@lab/make-sdk
	@[ lab/function-order -ot $(riscv64_program) ] || rm -f $(riscv64_program) # the package manager does not know that file
	@$(SWIFT) build --swift-sdks-path build/sdk --swift-sdk kvmdbg-riscv64 -c release --product kvmdbg \
		--scratch-path build/swift-riscv64
	@mkdir -p build/riscv64
	@"$$(lab/toolchain)/bin/llvm-objcopy" --strip-all $(riscv64_program) build/riscv64/kvmdbg
	@! grep -q 'cannot print value in embedded Swift' build/riscv64/kvmdbg || \
		{ echo "make: a value without a description is interpolated somewhere: Embedded Swift cannot print it" >&2; exit 1; }
	@size=$$(stat -c %s build/riscv64/kvmdbg); [ $$size -le $(product_limit) ] || \
		{ echo "make: build/riscv64/kvmdbg has $$size bytes, more than $(product_limit)" >&2; exit 1; }

# Installing must not build as root what is there already.
build/kvmdbg:
	@$(MAKE) --no-print-directory all
build/riscv64/kvmdbg:
	@$(MAKE) --no-print-directory riscv64

# Guests: bare-metal RISC-V, built by the Swift toolchain's own clang and lld.
guests := $(patsubst Guests/%,build/guests/%.elf,$(basename $(wildcard Guests/*.S Guests/*.c)))
guest_flags = --target=riscv64-unknown-elf -march=rv64gc -mabi=lp64d -mcmodel=medany -ffreestanding -nostdlib -static \
	-g -O1 -Wall -Wextra -Werror -ffile-compilation-dir=. -fuse-ld=lld -Wl,--build-id=none

guests: $(guests) build/guests/picolibc.elf linux-guest

# A Linux guest: the lab's own kernel and busybox.
linux-guest: lab
	@lab/make-linux-guest
# A guest with a linker script of its own, Guests/NAME.ld, is linked by that.
define build_guest
	@mkdir -p $(@D)
	"$$(lab/toolchain)/bin/clang" $(guest_flags) -Wl,-T,$(or $(wildcard Guests/$*.ld),Guests/guest.ld) -o $@ $<
endef
build/guests/%.elf: Guests/%.S $(wildcard Guests/*.ld Guests/*.h) Makefile
	$(build_guest)
build/guests/%.elf: Guests/%.c $(wildcard Guests/*.ld Guests/*.h) Makefile
	$(build_guest)

# clang makes BTF for BPF alone: what its types are is the same there.
build/guests/tasks.elf: Guests/tasks.c Guests/guest.ld Makefile
	$(build_guest)
	"$$(lab/toolchain)/bin/clang" --target=bpfel -g -O1 -ffile-compilation-dir=. -c -o $(@:.elf=.bpf) $<
	"$$(lab/toolchain)/bin/llvm-objcopy" --dump-section .BTF=$(@:.elf=.btf) $(@:.elf=.bpf)
	"$$(lab/toolchain)/bin/llvm-objcopy" --add-section .BTF=$(@:.elf=.btf) $@

# A program with a C library of Debian's.
picolibc = $(cache)/trixie/guests/usr/lib/picolibc/riscv64-unknown-elf
picolibc_flags = $(filter-out -ffreestanding,$(guest_flags)) -ftls-model=local-exec -nostdinc -isystem $(picolibc)/include/release \
	-isystem "$$("$$(lab/toolchain)/bin/clang" -print-resource-dir)/include" -L$(picolibc)/lib/release -Wl,--gc-sections \
	-Wl,--defsym=vfprintf=__d_vfprintf -Wl,-T,Guests/picolibc/picolibc.ld
build/guests/picolibc.elf: $(wildcard Guests/picolibc/*) lab/packages Makefile
	@mkdir -p $(@D)
	@lab/fetch-packages guests
	"$$(lab/toolchain)/bin/clang" $(picolibc_flags) -o $@ Guests/picolibc/*.c -Wl,--start-group -lc -lsemihost -Wl,--end-group

# What `make bench` measures with: programs of the lab's Linux, and guests of their own.
bench_programs = build/benchmarks/floor build/benchmarks/measure build/benchmarks/ioctls
bench_guests := $(patsubst Benchmarks/guests/%.S,build/benchmarks/%.elf,$(wildcard Benchmarks/guests/*.S))
bench_flags = -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror

build/benchmarks/floor: $(filter-out Benchmarks/measure.c Benchmarks/ioctls.c,$(wildcard Benchmarks/*.c)) $(wildcard Benchmarks/*.h)
build/benchmarks/measure: Benchmarks/measure.c
build/benchmarks/ioctls: Benchmarks/ioctls.c
$(bench_programs): Makefile
	@mkdir -p $(@D)
	lab/cc $(bench_flags) -o $@ $(filter %.c,$^)
build/benchmarks/%.elf: Benchmarks/guests/%.S Guests/guest.ld Guests/sbi.h Makefile
	$(build_guest)

bench-programs: $(bench_programs) $(bench_guests)

bench: lab riscv64 linux-guest
	@$(MAKE) --no-print-directory bench-programs
	@Benchmarks/run $(ROWS)

deps: lab
	@lab/install-host-packages host-build host-test
	@lab/fetch-packages sysroot
	@lab/fetch-packages guests
	@lab/fetch-packages prove

lab:
	@lab/install-host-packages host-lab
	@lab/fetch-packages lab
	@lab/make-initrd >/dev/null

demo: lab riscv64 guests
	lab/run -- build/riscv64/kvmdbg --report tap --script Tests/Sessions/ebreak.kdbg

test: deps
	@lab/make-venv >/dev/null
	@$(MAKE) --no-print-directory all riscv64 guests bench-programs
	@Tests/run

lint:
	@$(SWIFT) format lint -s -r Sources Tests Package.swift
	@Tests/shellcheck
	@pages="$(wildcard man/*.[15])"; [ -z "$$pages" ] || mandoc -T lint -W warning $$pages

format:
	@$(SWIFT) format -i -r Sources Tests Package.swift

binary = $(if $(filter $(ARCH),$(shell uname -m)),build/kvmdbg,build/$(ARCH)/kvmdbg)
share = $(DESTDIR)$(PREFIX)/share
# put MODE,FOLDER,FILES: installs the files, if there are any.
put = $(if $(3),install -d "$(2)" && install -m $(1) $(3) "$(2)")

install: $(binary) $(guests)
	@$(call put,755,$(DESTDIR)$(PREFIX)/bin,$(binary))
	@$(call put,644,$(share)/man/man1,$(wildcard man/*.1))
	@$(call put,644,$(share)/man/man5,$(wildcard man/*.5))
	@$(call put,644,$(share)/zsh/site-functions,$(wildcard completions/_kvmdbg))
	@$(call put,644,$(share)/fish/vendor_completions.d,$(wildcard completions/kvmdbg.fish))
	@$(call put,644,$(share)/bash-completion/completions,$(wildcard completions/kvmdbg.bash))
	@$(call put,644,$(share)/kvmdbg/sessions,$(wildcard Tests/Sessions/*.kdbg))
	@$(call put,644,$(share)/kvmdbg/sessions/include,$(wildcard Tests/Sessions/include/*.kdbg))
	@$(call put,644,$(share)/kvmdbg/guests,$(guests))

clean:
	rm -rf build .build
