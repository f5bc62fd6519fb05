#include "view/html.h"

#include "view/letter.h"

void mob_html_add(struct mob_buffer *buffer, struct mob_text data)
{
    while (data.length > 0) {
        size_t size = mob_letter_size(data);
        struct mob_text shown = { data.bytes, size };

        if (size == 0)
            shown = memchr("\t\n\r", data.bytes[0], 3) ? MOB_TEXT(" ") : MOB_TEXT("\xef\xbf\xbd");
        else if (data.bytes[0] == '&')
            shown = MOB_TEXT("&amp;");
        else if (data.bytes[0] == '<')
            shown = MOB_TEXT("&lt;");
        else if (data.bytes[0] == '>')
            shown = MOB_TEXT("&gt;");
        else if (data.bytes[0] == '"')
            shown = MOB_TEXT("&quot;");
        else if (data.bytes[0] == '\'')
            shown = MOB_TEXT("&#39;");
        mob_buffer_add(buffer, shown);
        size = size ? size : 1;
        data = (struct mob_text){ data.bytes + size, data.length - size };
    }
}

void mob_html_markup(struct mob_buffer *buffer, const char *markup)
{
    mob_buffer_add(buffer, mob_text_of(markup));
}

void mob_html_percent(struct mob_buffer *buffer, const char *name, int64_t millionths)
{
    mob_buffer_add_byte(buffer, ' ');
    mob_html_markup(buffer, name);
    mob_html_markup(buffer, "=\"");
    mob_buffer_add_number(buffer, millionths / 10000);
    mob_buffer_add_byte(buffer, '.');
    for (int64_t digit = 1000; digit > 0; digit /= 10)
        mob_buffer_add_byte(buffer, (char)('0' + millionths / digit % 10));
    mob_html_markup(buffer, "%\"");
}

void mob_html_number(struct mob_buffer *buffer, const char *name, int64_t number)
{
    mob_buffer_add_byte(buffer, ' ');
    mob_html_markup(buffer, name);
    mob_html_markup(buffer, "=\"");
    mob_buffer_add_number(buffer, number);
    mob_buffer_add_byte(buffer, '"');
}
