#include "queries.h"

#include "support.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    uint16_t code;
} types[] = {{"A", 1},    {"NS", 2},    {"CNAME", 5}, {"SOA", 6},  {"PTR", 12},  {"MX", 15},
             {"TXT", 16}, {"AAAA", 28}, {"SRV", 33},  {"ANY", 255}, {"HTTPS", 65}};

static uint16_t type_code(const char *name) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcasecmp(name, types[i].name) == 0) return types[i].code;
    return 0;
}

/// Appends the name in wire format. Returns its length, or 0 when it is no name. Names are
/// written without escapes, so there is nothing to unescape.
static size_t put_name(unsigned char *out, const char *name) {
    size_t length = 0;
    const char *label = name;
    if (strcmp(name, ".") == 0) label++;
    while (*label != '\0') {
        size_t label_length = strcspn(label, ".");
        if (label_length == 0 || label_length > 63 || length + label_length + 2 > 255) return 0;
        out[length] = (unsigned char)label_length;
        memcpy(out + length + 1, label, label_length);
        length += label_length + 1;
        label += label_length;
        if (*label == '.') label++;
    }
    out[length] = 0;
    return length + 1;
}

/// Writes the whole query. Returns its length, or 0 when the name or type is none.
static size_t put_query(unsigned char *out, const char *name, const char *type) {
    static const unsigned char header[12] = {[5] = 1};  // one question, no flags
    memcpy(out, header, sizeof header);
    uint16_t code = type_code(type);
    size_t name_length = put_name(out + sizeof header, name);
    if (code == 0 || name_length == 0) return 0;
    unsigned char *end = out + sizeof header + name_length;
    end[0] = (unsigned char)(code >> 8);
    end[1] = (unsigned char)(code & 255);
    end[2] = 0;
    end[3] = 1;  // class IN
    return sizeof header + name_length + 4;
}

/// Appends the OPT record (RFC 6891) that the word asks for. Returns its length, 0 when the word is
/// unknown.
static size_t put_options(unsigned char *query, unsigned char *out, const char *word) {
    // Root, OPT, 1232 octets, no flags, no data.
    static const unsigned char bare[11] = {0, 0, 41, 1232 >> 8, 1232 & 255};
    static const unsigned char subnet[8] = {0, 8, 0, 7, 0, 1, 24, 0};  // of IPv4, 24 bits, scope 0
    struct in_addr address;
    char text[INET_ADDRSTRLEN];
    query[11] = 1;  // one additional record
    memcpy(out, bare, sizeof bare);
    if (strcmp(word, "edns") == 0) return sizeof bare;
    int end = 0;
    if (sscanf(word, "subnet=%15[0-9.]/24%n", text, &end) != 1 || word[end] != '\0') return 0;
    if (inet_pton(AF_INET, text, &address) != 1) return 0;
    out[10] = sizeof subnet + 3;
    memcpy(out + sizeof bare, subnet, sizeof subnet);
    memcpy(out + sizeof bare + sizeof subnet, &address, 3);
    return sizeof bare + sizeof subnet + 3;
}

/// Reads `expect=A,B`. Returns how many addresses there are, 0 when they are none or too many.
static uint32_t read_expected(uint32_t *expected, char *word) {
    uint32_t count = 0;
    char *rest = NULL;
    for (char *text = strtok_r(word, ",", &rest); text != NULL; text = strtok_r(NULL, ",", &rest)) {
        if (count == EXPECTED_MAX || inet_pton(AF_INET, text, &expected[count]) != 1) return 0;
        count++;
    }
    return count;
}

/// Reads a line, and puts its query behind those that are there. Returns its length, or 0 when it is none.
static size_t read_line(struct query *query, unsigned char *bytes, char *line) {
    char *rest = NULL;
    const char *name = strtok_r(line, " \t\n", &rest), *type = strtok_r(NULL, " \t\n", &rest);
    size_t length = name != NULL && type != NULL ? put_query(bytes, name, type) : 0;
    static const char expectation[] = "expect=";
    for (char *word; length > 0 && (word = strtok_r(NULL, " \t\n", &rest)) != NULL;) {
        if (strncmp(word, expectation, sizeof expectation - 1) == 0) {
            query->expected_count = read_expected(query->expected, word + sizeof expectation - 1);
            if (query->expected_count == 0) return 0;
        } else {
            size_t more = bytes[11] == 0 ? put_options(bytes, bytes + length, word) : 0;
            length = more > 0 ? length + more : 0;
        }
    }
    return length;
}

static void *grown(void *memory, size_t size) {
    void *new_memory = realloc(memory, size);
    if (new_memory == NULL) fail("memory", 1);
    return new_memory;
}

struct queries read_queries(const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) fail(path, 1);
    struct queries queries = {NULL, NULL, 0};
    size_t list_room = 0, bytes_room = 0, used = 0;
    char line[512];
    for (unsigned number = 1; fgets(line, sizeof line, file) != NULL; number++) {
        if (queries.count == list_room) {
            list_room = list_room == 0 ? 1024 : list_room * 2;
            queries.list = grown(queries.list, list_room * sizeof *queries.list);
        }
        if (used + QUERY_MAX > bytes_room) {
            bytes_room = bytes_room == 0 ? 65536 : bytes_room * 2;
            queries.bytes = grown(queries.bytes, bytes_room);
        }
        struct query *query = &queries.list[queries.count++];
        *query = (struct query){.offset = (uint32_t)used};
        query->length = (uint32_t)read_line(query, queries.bytes + used, line);
        if (query->length == 0) {
            fprintf(stderr, "blast: %s:%u: a line is `name type`, then what of `edns`, `subnet=A.B.C.0/24` "
                    "and `expect=A.B.C.D,...` is wanted\n", path, number);
            exit(2);
        }
        used += query->length;
    }
    fclose(file);
    if (queries.count == 0) fail("the query file is empty", 0);
    return queries;
}

size_t queries_put(const struct queries *queries, size_t position, uint16_t id, unsigned char *out) {
    struct query query = queries->list[position];
    memcpy(out, queries->bytes + query.offset, query.length);
    out[0] = (unsigned char)(id >> 8);
    out[1] = (unsigned char)(id & 255);
    return query.length;
}

int queries_expect(const struct queries *queries, size_t position, const unsigned char *response,
                   size_t length) {
    // Of an A record whose owner is a pointer to the question, up to its data.
    static const unsigned char head[12] = {0xc0, 12, 0, 1, 0, 1, [11] = 4};
    enum { TTL = 6, RECORD = sizeof head + 4 };
    struct query query = queries->list[position];
    if (query.expected_count == 0) return 1;
    const unsigned char *sent = queries->bytes + query.offset;
    size_t end = 12 + strlen((const char *)sent + 12) + 5;
    unsigned count = (unsigned)(response[6] << 8 | response[7]);
    if ((response[3] & 15) != 0 || count == 0 || length < end + count * RECORD ||
        memcmp(response + 12, sent + 12, end - 12) != 0)
        return 0;
    for (const unsigned char *record = response + end; count > 0; record += RECORD, count--) {
        uint32_t address, matches = 0;
        memcpy(&address, record + sizeof head, sizeof address);
        for (uint32_t i = 0; i < query.expected_count; i++) matches += address == query.expected[i];
        if (matches == 0 || memcmp(record, head, TTL) != 0 ||
            memcmp(record + TTL + 4, head + TTL + 4, sizeof head - TTL - 4) != 0)
            return 0;
    }
    return 1;
}
