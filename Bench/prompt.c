/* The least that a program with a libedit prompt can do: the yardstick for the time from start to prompt. */
#include <histedit.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static char *prompt(EditLine *el) { (void)el; return "> "; }

int main(int argc, char **argv) {
    (void)argc;
    setlocale(LC_ALL, "");
    EditLine *el = el_init(argv[0], stdin, stdout, stderr);
    el_set(el, EL_PROMPT, prompt);
    el_set(el, EL_EDITOR, "emacs");
    int count;
    const char *line;
    while ((line = el_gets(el, &count)) != NULL && count > 0) printf("%s", line);
    el_end(el);
    return 0;
}
