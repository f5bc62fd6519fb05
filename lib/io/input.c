#include "io/input.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

ssize_t mob_input_read(void *self, char *bytes, size_t size, struct mob_error *error)
{
    const struct mob_input *input = self;
    struct pollfd readable = { .fd = input->descriptor, .events = POLLIN };
    ssize_t count;

    if (input->before_wait && poll(&readable, 1, 0) <= 0)
        input->before_wait(input->context);
    do
        count = read(input->descriptor, bytes, size);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return mob_error_set(error, MOB_ERROR_FATAL, input->name, 0, NULL, "cannot read: %s", strerror(errno));
    return count;
}
