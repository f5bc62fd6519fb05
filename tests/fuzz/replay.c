/* Gives the files that are named to a fuzzer, one by one: corpora and findings without libFuzzer. Says which one it is
 * about to give, so that the last line names the one that failed. */
#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int replay(const char *path)
{
    struct fuzz_file file = { .descriptor = open(path, O_RDONLY | O_CLOEXEC) };
    struct mob_text input;

    if (file.descriptor < 0) {
        perror(path);
        return -1;
    }
    input = fuzz_file_bytes(&file);
    close(file.descriptor);
    LLVMFuzzerTestOneInput((const uint8_t *)input.bytes, input.length);
    free((char *)input.bytes);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s FILE...\n", argv[0]);
        return 2;
    }
    for (int i = 1; i < argc; i++) {
        printf("%s\n", argv[i]);
        fflush(stdout);
        if (replay(argv[i]) < 0)
            return 2;
    }
    return 0;
}
