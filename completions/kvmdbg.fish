# Completion of kvmdbg in fish.

function __kvmdbg_commands
    kvmdbg --batch --color=never --eval help 2>/dev/null | string match --regex --groups-only '^  (\S+) +(.*)' | paste - -
end

complete -c kvmdbg -f
complete -c kvmdbg -k -a '(__fish_complete_suffix .elf)'
complete -c kvmdbg -s x -l script -r -k -a '(__fish_complete_suffix .kdbg)' -d 'carry out the commands in FILE, then end'
complete -c kvmdbg -s e -l eval -x -a '(__kvmdbg_commands)' -d 'carry out COMMAND; may be repeated'
complete -c kvmdbg -l batch -d 'after -x and -e, end instead of showing the prompt'
complete -c kvmdbg -l check -d 'parse the scripts, tell everything that is wrong, carry out nothing'
complete -c kvmdbg -s k -l kernel -r -F -d 'boot a Linux Image, plain or compressed, or vmlinux'
complete -c kvmdbg -l initrd -r -F -d "the kernel's first file system"
complete -c kvmdbg -l append -x -d "the kernel's command line"
complete -c kvmdbg -l dtb -r -k -a '(__fish_complete_suffix .dtb)' -d "the device tree, instead of the machine's own"
complete -c kvmdbg -s m -l memory -x -a '64M 128M 256M 512M 1G 2G' -d "the guest's RAM in bytes"
complete -c kvmdbg -l smp -x -a '1 2 4 8' -d "the guest's virtual CPUs"
complete -c kvmdbg -l symbols -r -F -d 'read the symbols of FILE, too'
complete -c kvmdbg -l semihosting-files -x -a '(__fish_complete_directories)' -d "let the guest use the files in DIR by semihosting"
complete -c kvmdbg -l timeout -x -a '10s 1m 5m' -d 'end in time, with exit status 124'
complete -c kvmdbg -l define -x -d 'set the variable $NAME'
complete -c kvmdbg -l report -x -a 'human tap ktap junit json' -d 'tell a run so, in a file behind a colon'
complete -c kvmdbg -l skip-status -x -a '0 4 77' -d 'the exit status of what is skipped'
complete -c kvmdbg -l require-kvm -d 'fail, instead of skipping, where there is no KVM'
complete -c kvmdbg -l record -r -F -d 'write what is carried out at the prompt as a script'
complete -c kvmdbg -l transcript -r -F -d 'write the session as it is seen'
complete -c kvmdbg -l color -x -a 'auto always never' -d 'when to colour'
complete -c kvmdbg -s n -l no-init -d 'do not read the init file'
complete -c kvmdbg -s q -l quiet -d 'no greeting'
complete -c kvmdbg -s v -l version -d 'tell the version, then end'
complete -c kvmdbg -s h -l help -d 'tell the options, then end'
