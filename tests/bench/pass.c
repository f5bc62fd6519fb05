/* pass FILE...: one bare csv_parse of each file, counting cells: what any reader through libcsv costs at least. The
 * same options as io/csv's, chunks of 256 KiB, callbacks that only count. */
#include <csv.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static unsigned long long cells, ends;

static void count_cell(void *bytes, size_t length, void *data)
{
    (void)bytes, (void)length, (void)data;
    cells++;
}

static void count_end(int character, void *data)
{
    (void)character, (void)data;
    ends++;
}

static int never_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

static int pass(const char *path)
{
    static char chunk[256 * 1024];
    struct csv_parser parser;
    int descriptor = open(path, O_RDONLY);
    ssize_t got;

    if (descriptor < 0)
        return -1;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_space_func(&parser, never_space);
    while ((got = read(descriptor, chunk, sizeof chunk)) > 0)
        if (csv_parse(&parser, chunk, (size_t)got, count_cell, count_end, NULL) < (size_t)got)
            return -1;
    csv_fini(&parser, count_cell, count_end, NULL);
    csv_free(&parser);
    close(descriptor);
    return 0;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (pass(argv[i]) < 0) {
            perror(argv[i]);
            return 1;
        }
    fprintf(stderr, "%llu cells, %llu line ends\n", cells, ends);
    return 0;
}
