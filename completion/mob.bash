# Completion of the mob tools in bash: `. completion/mob.bash`, with the tools on PATH.
#
# Options are taken from what TOOL --help prints, so a new one needs no line here. Names of files and directories are
# left to readline, which knows about blanks, quotes and `~`.

_mob() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local help line argument='' options=()

    COMPREPLY=()
    help=$("${COMP_WORDS[0]}" --help 2>/dev/null) || return
    # `--site=DIR` comes as three words.
    if [[ $word == = ]]; then
        word=
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    while IFS= read -r line; do
        [[ $line =~ ^'  '(-.', '|'    ')(--[a-z-]+)(' '([A-Z][A-Z=-]*))?' ' ]] || continue
        options+=("${BASH_REMATCH[2]}")
        if [[ $before == "${BASH_REMATCH[2]}" || $before == "${BASH_REMATCH[1]%, }" ]]; then
            argument=${BASH_REMATCH[4]}
        fi
    done <<<"$help"
    case $argument in
    FILE | PATH) compopt -o default ;;
    DIR) compopt -o dirnames ;;
    ?*) ;; # a number, a name, a time: nothing to offer
    *)
        if [[ $word == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "${options[*]}" -- "$word")
        elif [[ ${help%%$'\n'*} == *' [file]' ]]; then
            compopt -o default
        fi
        ;;
    esac
}

for _mob_tool in $(compgen -c mob- | sort -u); do
    complete -F _mob "$_mob_tool"
done
unset _mob_tool
