/* Stands between a program and the system: makes the N-th change to a folder fail, or kills the program there, and sets
 * its clock. Loaded with LD_PRELOAD; `shim.rs` builds it and says what the variables mean. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real(#name))

enum { COUNT, FULL, FAIL, KILL, READONLY };
/* What a change does to the space on a disk. */
enum { TAKES, FREES };

static const char *folder, *told, *clock_file;
static size_t folder_length;
static long at = 0;
static int how = COUNT;
static long done = 0;
static int ready = 0;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void begin(void) {
    if (ready) return;
    const char *word = getenv("TORTURE_DO"), *number = getenv("TORTURE_AT");
    folder = getenv("TORTURE_FOLDER");
    folder_length = folder ? strlen(folder) : 0;
    told = getenv("TORTURE_TOLD");
    clock_file = getenv("TORTURE_CLOCK");
    at = number ? atol(number) : 0;
    if (word && !strcmp(word, "full")) how = FULL;
    if (word && !strcmp(word, "fail")) how = FAIL;
    if (word && !strcmp(word, "kill")) how = KILL;
    if (word && !strcmp(word, "readonly")) how = READONLY;
    ready = 1;
}

__attribute__((constructor)) static void constructed(void) { begin(); }

__attribute__((destructor)) static void destructed(void) {
    if (!told || how != COUNT) return;
    char line[32];
    int length = snprintf(line, sizeof line, "%ld\n", done);
    int fd = REAL(open)(told, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd >= 0 && REAL(write)(fd, line, (size_t)length) < 0) { /* the test finds nothing there */ }
}

static int below(const char *path) {
    begin();
    if (!folder) return 0;
    char whole[8192];
    if (path[0] != '/') {
        char here[4096];
        if (!getcwd(here, sizeof here)) return 0;
        snprintf(whole, sizeof whole, "%s/%s", here, path);
        path = whole;
    }
    return !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

static int of(int fd) {
    begin();
    if (!folder) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    if (path[0] != '/') return 0; /* a pipe or a socket */
    return below(path);
}

/* A change is about to be made: 0 lets it be, 1 refuses it, 2 lets half of it be. errno is set. */
static int refused(int sort) {
    long now = __atomic_add_fetch(&done, 1, __ATOMIC_SEQ_CST);
    switch (how) {
    case KILL:
        if (now == at) raise(SIGKILL);
        return 0;
    case FAIL:
        if (now != at) return 0;
        errno = EIO;
        return 1;
    case FULL:
        if (now < at || sort == FREES) return 0;
        errno = ENOSPC;
        return now == at ? 2 : 1;
    case READONLY:
        errno = EROFS;
        return 1;
    default:
        return 0;
    }
}

/* Whether a write puts nothing behind the end of a file: a full disk has room for that. */
static int within(int fd, size_t length, long long offset) {
    struct stat file;
    if (how != FULL || fstat(fd, &file)) return 0;
    if (offset < 0) offset = lseek(fd, 0, SEEK_CUR);
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && !(flags & O_APPEND) && offset >= 0 && offset + (long long)length <= file.st_size;
}

static int opened(const char *path, int flags) {
    int writes = (flags & O_ACCMODE) != O_RDONLY;
    if (!(flags & (O_CREAT | O_TRUNC)) && !writes) return 0;
    if (!below(path)) return 0;
    if (how == READONLY) {
        errno = EROFS;
        return (flags & O_CREAT) && !(flags & O_EXCL) && !writes && access(path, F_OK) == 0 ? 0 : 1;
    }
    if ((flags & O_CREAT) && access(path, F_OK) != 0) return refused(TAKES) != 0;
    return 0;
}

#define OPEN(name)                                                                                                    \
    int name(const char *path, int flags, ...) {                                                                      \
        va_list more;                                                                                                 \
        va_start(more, flags);                                                                                        \
        mode_t mode = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;               \
        va_end(more);                                                                                                 \
        if (opened(path, flags)) return -1;                                                                           \
        return REAL(name)(path, flags, mode);                                                                         \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                                  \
    int name(int dir, const char *path, int flags, ...) {                                                             \
        va_list more;                                                                                                 \
        va_start(more, flags);                                                                                        \
        mode_t mode = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;               \
        va_end(more);                                                                                                 \
        if ((dir == AT_FDCWD || path[0] == '/') && opened(path, flags)) return -1;                                    \
        return REAL(name)(dir, path, flags, mode);                                                                    \
    }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int fd, const void *bytes, size_t length) {
    int no = of(fd) ? refused(within(fd, length, -1) ? FREES : TAKES) : 0;
    if (no == 1 || (no == 2 && length < 2)) return -1;
    return REAL(write)(fd, bytes, no == 2 ? length / 2 : length);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (of(fd) && refused(TAKES)) return -1;
    return REAL(writev)(fd, parts, count);
}

#define PWRITE(name, offset_type)                                                                                     \
    ssize_t name(int fd, const void *bytes, size_t length, offset_type offset) {                                      \
        int no = of(fd) ? refused(within(fd, length, offset) ? FREES : TAKES) : 0;                                    \
        if (no == 1 || (no == 2 && length < 2)) return -1;                                                            \
        return REAL(name)(fd, bytes, no == 2 ? length / 2 : length, offset);                                          \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define CUT(name, offset_type)                                                                                        \
    int name(int fd, offset_type length) {                                                                            \
        if (of(fd) && refused(FREES) == 1) return -1;                                                                 \
        return REAL(name)(fd, length);                                                                                \
    }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

#define SYNC(name)                                                                                                    \
    int name(int fd) {                                                                                                \
        if (of(fd) && how != READONLY && refused(TAKES)) return -1;                                                   \
        return REAL(name)(fd);                                                                                        \
    }
SYNC(fsync)
SYNC(fdatasync)

int rename(const char *from, const char *to) {
    if (below(to) && refused(TAKES)) return -1;
    return REAL(rename)(from, to);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to) {
    if (below(to) && refused(TAKES)) return -1;
    return REAL(renameat)(from_dir, from, to_dir, to);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags) {
    if (below(to) && refused(TAKES)) return -1;
    return REAL(renameat2)(from_dir, from, to_dir, to, flags);
}

int link(const char *from, const char *to) {
    if (below(to) && refused(TAKES)) return -1;
    return REAL(link)(from, to);
}

int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags) {
    if (below(to) && refused(TAKES)) return -1;
    return REAL(linkat)(from_dir, from, to_dir, to, flags);
}

int mkdir(const char *path, mode_t mode) {
    if (below(path) && refused(TAKES)) return -1;
    return REAL(mkdir)(path, mode);
}

int unlink(const char *path) {
    if (below(path) && refused(FREES) == 1) return -1;
    return REAL(unlink)(path);
}

int unlinkat(int dir, const char *path, int flags) {
    if ((dir == AT_FDCWD ? below(path) : of(dir)) && refused(FREES) == 1) return -1;
    return REAL(unlinkat)(dir, path, flags);
}

int rmdir(const char *path) {
    if (below(path) && refused(FREES) == 1) return -1;
    return REAL(rmdir)(path);
}

/* How many seconds the clock is wrong by, read anew each time: it may jump while the program runs. */
static long long wrong_by(void) {
    begin();
    if (!clock_file) return 0;
    int fd = REAL(open)(clock_file, O_RDONLY);
    if (fd < 0) return 0;
    char text[32] = {0};
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    return length > 0 ? atoll(text) : 0;
}

int clock_gettime(clockid_t which, struct timespec *time) {
    int failed = REAL(clock_gettime)(which, time);
    if (!failed && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) time->tv_sec += wrong_by();
    return failed;
}

int gettimeofday(struct timeval *time, void *zone) {
    int failed = REAL(gettimeofday)(time, zone);
    if (!failed) time->tv_sec += wrong_by();
    return failed;
}

time_t time(time_t *to) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to) *to = now.tv_sec;
    return now.tv_sec;
}
