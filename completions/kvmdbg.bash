# shellcheck shell=bash
# Completion of kvmdbg in bash. Installed where bash-completion finds it; else: source kvmdbg.bash

_kvmdbg() {
    local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]}
    COMPREPLY=()

    # bash splits --report=tap into three words.
    if [ "$word" = = ]; then
        word=
    elif [ "$option" = = ] && [ "$COMP_CWORD" -ge 2 ]; then
        option=${COMP_WORDS[COMP_CWORD-2]}
    fi

    case $option in
        -x | --script) _kvmdbg_files "$word" .kdbg ;;
        -e | --eval) _kvmdbg_words "$word" "$(kvmdbg --batch --color=never --eval help 2>/dev/null | awk '/^  / { print $1 }')" ;;
        -k | --kernel | --initrd) _kvmdbg_files "$word" "" ;;
        --dtb) _kvmdbg_files "$word" .dtb ;;
        -m | --memory) _kvmdbg_words "$word" "64M 128M 256M 512M 1G 2G" ;;
        --smp) _kvmdbg_words "$word" "1 2 4 8" ;;
        --semihosting-files) _kvmdbg_files "$word" / ;;
        --timeout) _kvmdbg_words "$word" "10s 1m 5m" ;;
        --report) _kvmdbg_words "$word" "human tap ktap junit json" ;;
        --record | --symbols | --transcript) _kvmdbg_files "$word" "" ;;
        --skip-status) _kvmdbg_words "$word" "0 4 77" ;;
        --color) _kvmdbg_words "$word" "auto always never" ;;
        *)
            case $word in
                --*) _kvmdbg_words "$word" "--script= --eval= --batch --check --kernel= --initrd= --append= --dtb= --memory= --smp= --semihosting-files= --symbols= --timeout= --define= --report= --skip-status= --require-kvm --record= --transcript= --color= --no-init --quiet --version --help" ;;
                -*) _kvmdbg_words "$word" "-x -e -k -m -n -q -v -h" ;;
                *) _kvmdbg_files "$word" .elf ;;
            esac
            ;;
    esac
    # A value follows the equals sign directly.
    case ${COMPREPLY[0]-} in --*=) [ "${#COMPREPLY[@]}" != 1 ] || compopt -o nospace 2>/dev/null ;; esac
}

_kvmdbg_words() { # WORD CHOICES
    local match
    while read -r match; do COMPREPLY+=("$match"); done < <(compgen -W "$2" -- "$1")
}

_kvmdbg_files() { # WORD SUFFIX: such files, and folders on the way to them
    local match
    compopt -o filenames 2>/dev/null
    while read -r match; do COMPREPLY+=("$match"); done < <(compgen -f -X "!*$2" -- "$1"; compgen -d -- "$1")
}

complete -F _kvmdbg kvmdbg
