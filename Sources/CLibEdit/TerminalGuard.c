// Signals, and the way out of the terminal's modes.
//
// The handlers do nothing but write, tcsetattr and raise, on memory that was set aside before (signal-safety(7)): they must
// work when Swift has just trapped or the stack is damaged.
#define _GNU_SOURCE
#include "CLibEdit.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// More than one at a time only in tests.
enum { GUARDS = 32 };

static struct {
    int taken;            // under the lock
    atomic_int ready;     // the handlers may look at the rest
    atomic_int terminal;  // -1: nothing to restore
    atomic_int signals;   // -1: nobody reads them any more
    atomic_int phase;     // which of the resets, as CLIBEDIT_GUARD_EDITING counts them
    struct termios modes;
    char reset[128];
} guards[GUARDS];

// What a view on the alternate screen leaves: that screen, brackets around pastes, the keypad's mode, a hidden cursor, a colour.
static const char view_reset[] = "\033[?1049l\033[?2004l\033[?1l\033>\033[?25h\033[0m";

static const int reported[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT};
enum { REPORTED = sizeof reported / sizeof *reported, FATAL = sizeof fatal / sizeof *fatal };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int open_guards;
static struct sigaction reported_before[REPORTED], fatal_before[FATAL];
static volatile sig_atomic_t continued;

static int is_open(void) {
    pthread_mutex_lock(&lock);
    int is_open = open_guards > 0;
    pthread_mutex_unlock(&lock);
    return is_open;
}

static void restore(int guard) {
    int terminal = atomic_exchange(&guards[guard].terminal, -1);
    if (terminal < 0) return;
    const char *resets[] = {guards[guard].reset, view_reset, ""};
    const char *reset = resets[atomic_load(&guards[guard].phase)];
    // A terminal that is gone, or not ours any more, has nothing left to restore.
    if (*reset && write(terminal, reset, strlen(reset)) < 0 && errno == EIO) return;
    tcsetattr(terminal, TCSANOW, &guards[guard].modes);
}

static void restore_all(void) {
    for (int i = 0; i < GUARDS; i++)
        if (atomic_load(&guards[i].ready)) restore(i);
}

static void report(int signal) {
    int error = errno;
    char byte = (char)signal;
    for (int i = 0; i < GUARDS; i++) {
        if (!atomic_load(&guards[i].ready)) continue;
        int signals = atomic_load(&guards[i].signals);
        // A full pipe means that the reader has enough to do, and will look at everything anyway.
        if (signals >= 0 && write(signals, &byte, 1) < 0) continue;
    }
    // Last, so that who waits for it finds the byte in the pipe.
    if (signal == SIGCONT) continued = 1;
    errno = error;
}

static void die(int signal_number) {
    // In the background a change of modes would stop the process instead.
    signal(SIGTTOU, SIG_IGN);
    restore_all();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void take_signals_over(void) {
    struct sigaction action = {0};
    sigemptyset(&action.sa_mask);
    action.sa_handler = report;
    action.sa_flags = SA_RESTART;
    for (int i = 0; i < REPORTED; i++) sigaction(reported[i], &action, &reported_before[i]);
    action.sa_handler = die;
    action.sa_flags = SA_RESETHAND | SA_NODEFER;
    for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &action, &fatal_before[i]);
    static int registered;
    if (!registered) registered = atexit(restore_all) == 0;
}

static int open_locked(int terminal, int signals, const char *reset) {
    int guard = 0;
    while (guard < GUARDS && guards[guard].taken) guard++;
    if (guard == GUARDS) return CLIBEDIT_GUARD_FULL;
    if (terminal >= 0 && tcgetattr(terminal, &guards[guard].modes) != 0) return CLIBEDIT_GUARD_NO_TERMINAL;
    strncpy(guards[guard].reset, reset, sizeof guards[guard].reset - 1);
    guards[guard].taken = 1;
    atomic_store(&guards[guard].phase, CLIBEDIT_GUARD_EDITING);
    atomic_store(&guards[guard].signals, signals);
    atomic_store(&guards[guard].terminal, terminal);
    atomic_store(&guards[guard].ready, 1);
    if (open_guards++ == 0) take_signals_over();
    return guard;
}

int clibedit_guard_open(int terminal, int signals, const char *reset) {
    pthread_mutex_lock(&lock);
    int guard = open_locked(terminal, signals, reset);
    pthread_mutex_unlock(&lock);
    return guard;
}

void clibedit_guard_set_phase(int guard, int phase) { atomic_store(&guards[guard].phase, phase); }

void clibedit_guard_mute(int signals) {
    for (int i = 0; i < GUARDS; i++) {
        int expected = signals;
        atomic_compare_exchange_strong(&guards[i].signals, &expected, -1);
    }
}

void clibedit_guard_restore(int guard) { restore(guard); }

void clibedit_guard_close(int guard) {
    restore(guard);
    pthread_mutex_lock(&lock);
    if (--open_guards == 0) {
        for (int i = 0; i < REPORTED; i++) sigaction(reported[i], &reported_before[i], NULL);
        for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &fatal_before[i], NULL);
    }
    atomic_store(&guards[guard].ready, 0);
    guards[guard].taken = 0;
    pthread_mutex_unlock(&lock);
}

int clibedit_guard_stops_by_itself(int on) {
    static atomic_int was_on;
    if (!is_open()) return 0;
    struct sigaction action = {0};
    sigemptyset(&action.sa_mask);
    action.sa_handler = on ? SIG_DFL : report;
    action.sa_flags = SA_RESTART;
    sigaction(SIGTSTP, &action, NULL);
    return atomic_exchange(&was_on, on);
}

void clibedit_guard_stop(int whole_group) {
    continued = 0;
    clibedit_guard_stops_by_itself(1);
    kill(whole_group ? 0 : getpid(), SIGTSTP);
    // Another thread may take the signal, so the stop may come a moment after kill returns. A process group without a shell
    // to continue it isn't stopped at all: then go on after a tenth of a second.
    const struct timespec pause = {0, 2000000};
    for (int i = 0; i < 50 && !continued; i++) nanosleep(&pause, NULL);
    clibedit_guard_stops_by_itself(0);
}
