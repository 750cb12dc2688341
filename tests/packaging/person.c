/* A person at the dialogs of a set-up under Wine.
   person.exe            prints the texts of all dialogs that are seen, a line each
   person.exe LABEL      presses the button whose text begins so; 1 where there is none */
#include <stdio.h>
#include <string.h>
#include <windows.h>

static const char *wanted;
static HWND found;

static int CALLBACK look(HWND window, LPARAM unused)
{
    char text[1000], plain[1000], kind[100];
    int length = 0;
    if (!IsWindowVisible(window))
        return TRUE;
    GetClassNameA(window, kind, sizeof kind);
    SendMessageA(window, WM_GETTEXT, sizeof text, (LPARAM)text);
    for (char *one = text; *one; one++)
        if (*one != '&')
            plain[length++] = *one == '\n' || *one == '\r' ? ' ' : *one;
    plain[length] = 0;
    if (!wanted)
        printf("%s\n", plain);
    else if (!strcmp(kind, "Button") && IsWindowEnabled(window) && !strncmp(plain, wanted, strlen(wanted)))
        found = window;
    return TRUE;
}

static int CALLBACK look_into(HWND window, LPARAM unused)
{
    char kind[100];
    GetClassNameA(window, kind, sizeof kind);
    if (strcmp(kind, "#32770") || !IsWindowVisible(window))
        return TRUE;
    look(window, 0);
    EnumChildWindows(window, look, 0);
    return TRUE;
}

int main(int count, char **words)
{
    wanted = count > 1 ? words[1] : NULL;
    EnumWindows(look_into, 0);
    if (found)
        PostMessageA(found, BM_CLICK, 0, 0);
    return wanted && !found;
}
