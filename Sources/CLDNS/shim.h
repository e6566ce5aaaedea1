// <stdbool.h> comes first: without it ldns redefines _Bool, and Swift then sees `bool` as Int8.
#include <stdbool.h>
#include <ldns/ldns.h>
