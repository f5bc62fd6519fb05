/* measure COMMAND ARGUMENT...: runs it with its standard output to /dev/null and standard error away, and prints
 * its wall time and processor time in milliseconds and its peak memory in KiB. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double milliseconds(const struct timeval *time)
{
    return (double)time->tv_sec * 1e3 + (double)time->tv_usec / 1e3;
}

int main(int argc, char **argv)
{
    struct timespec start, end;
    struct rusage usage;
    int status, sink = open("/dev/null", O_WRONLY);
    pid_t child;

    if (argc < 2 || sink < 0)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &start);
    child = fork();
    if (child == 0) {
        dup2(sink, STDOUT_FILENO);
        dup2(sink, STDERR_FILENO);
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &end);
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        fprintf(stderr, "measure: %s ended with status %d\n", argv[1], status);
        return 2;
    }
    printf("%.1f %.1f %ld\n", (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6,
           milliseconds(&usage.ru_utime) + milliseconds(&usage.ru_stime), usage.ru_maxrss);
    return 0;
}
