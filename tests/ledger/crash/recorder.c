/* LD_PRELOAD: log every change to files under CRASH_FOLDER, in order, as length-prefixed records.
   A write to descriptor 1 is the application's acknowledgement. Record: kind, path, offset, bytes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int out = -1;
static char *folder;
static char paths[1024][512];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void ready(void) {
    if (folder) return;
    folder = getenv("CRASH_FOLDER");
    if (!folder) folder = "";
    char *log = getenv("CRASH_LOG");
    if (log) out = syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_WRONLY | O_APPEND, 0600);
}

static void put(char kind, const char *path, int64_t offset, const void *data, size_t size) {
    if (out < 0) return;
    uint32_t sizes[2] = {(uint32_t)strlen(path), (uint32_t)size};
    size_t whole = 1 + 8 + 8 + sizes[0] + size;
    char *record = malloc(whole), *at = record;
    *at++ = kind;
    memcpy(at, sizes, 8); at += 8;
    memcpy(at, &offset, 8); at += 8;
    memcpy(at, path, sizes[0]); at += sizes[0];
    memcpy(at, data, size);
    syscall(SYS_write, out, record, whole);
    free(record);
}

static const char *ours(int fd) { return fd >= 0 && fd < 1024 && paths[fd][0] ? paths[fd] : NULL; }

static int opened(int fd, const char *path, int flags) {
    ready();
    if (fd < 0 || fd >= 1024) return fd;
    paths[fd][0] = 0;
    if (*folder && strncmp(path, folder, strlen(folder)) == 0) {
        snprintf(paths[fd], sizeof paths[fd], "%s", path);
        if (flags & O_CREAT) put('c', path, 0, "", 0);
        if (flags & O_TRUNC) put('t', path, 0, "", 0);
    }
    return fd;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list list; va_start(list, flags); int mode = va_arg(list, int); va_end(list); \
        return opened(REAL(name)(path, flags, mode), path, flags); }
OPEN(open)
OPEN(open64)

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    ssize_t done = REAL(pwrite64)(fd, data, size, at);
    if (done > 0 && ours(fd)) put('w', ours(fd), at, data, done);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    ssize_t done = REAL(pwrite)(fd, data, size, at);
    if (done > 0 && ours(fd)) put('w', ours(fd), at, data, done);
    return done;
}
ssize_t write(int fd, const void *data, size_t size) {
    int64_t at = ours(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = REAL(write)(fd, data, size);
    if (done > 0 && ours(fd)) put('w', ours(fd), at, data, done);
    if (done > 0 && fd == 1) { ready(); put('a', "", 0, data, done); }
    return done;
}
int fsync(int fd) {
    int done = REAL(fsync)(fd);
    if (!done && ours(fd)) put('s', ours(fd), 0, "", 0);
    return done;
}
int fdatasync(int fd) {
    int done = REAL(fdatasync)(fd);
    if (!done && ours(fd)) put('s', ours(fd), 0, "", 0);
    return done;
}
static void cut(int fd, int64_t size) { if (ours(fd)) put('t', ours(fd), size, "", 0); }
int ftruncate64(int fd, off64_t size) { int done = REAL(ftruncate64)(fd, size); if (!done) cut(fd, size); return done; }
int ftruncate(int fd, off_t size) { int done = REAL(ftruncate)(fd, size); if (!done) cut(fd, size); return done; }
int unlink(const char *path) {
    int done = REAL(unlink)(path);
    ready();
    if (!done && *folder && strncmp(path, folder, strlen(folder)) == 0) put('u', path, 0, "", 0);
    return done;
}
int close(int fd) {
    if (fd >= 0 && fd < 1024) paths[fd][0] = 0;
    return REAL(close)(fd);
}
