# Reading and writing through, with all of CLI.md's rules: instructions a byte.
ours=$("$here/instructions.sh" through)
bare=$("$here/instructions.sh" pass)
ratio_row 'reading and writing through, instructions a byte' "$ours" 'the mark' 54 "$ours" 54 1
ratio_row '' "$ours" 'bare csv_parse' "$bare" "$ours" "$bare" ''
