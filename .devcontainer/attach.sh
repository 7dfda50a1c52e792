# What an editor runs when it attaches: the greeting, and the first time the first exercise, where it can be opened.
cat .devcontainer/greeting.txt
opened="$HOME/.dlfb-lab-opened"
if [ ! -e "$opened" ] && command -v code > /dev/null; then
    code exercises/02_immutability.ipynb && touch "$opened"
fi
