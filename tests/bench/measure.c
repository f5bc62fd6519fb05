/* measure FIGURES COMMAND ARGUMENT...: runs the command, and writes its wall time and processor time in milliseconds
 * and its peak memory in KiB into the file FIGURES. Its exit status is the command's. */
#include <stdio.h>
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
    FILE *figures;
    int status;
    pid_t child;

    if (argc < 3)
        return 126;
    clock_gettime(CLOCK_MONOTONIC, &start);
    child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0)
        return 126;
    clock_gettime(CLOCK_MONOTONIC, &end);
    figures = fopen(argv[1], "w");
    if (!figures)
        return 126;
    fprintf(figures, "%.1f %.1f %ld\n",
            (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6,
            milliseconds(&usage.ru_utime) + milliseconds(&usage.ru_stime), usage.ru_maxrss);
    if (fclose(figures) != 0)
        return 126;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
