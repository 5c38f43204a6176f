// An empty table instead of the 34 MB of locale data that a static executable would contain.
//
// Yams, which reads YAML, imports Foundation, and Foundation contains the library ICU with the names, calendars and
// collations of every language. Nothing in this tool uses them: dates, numbers and sorting follow RFC 3339, JSON and
// Unicode code points in every locale. The linker takes this table and leaves out the one of the toolchain.
//
// The name contains the version of ICU in the toolchain. With another version, this table has no effect.
// Size of the executable: `assay-bench table`.
#include <stdint.h>

// The layout of ICU's `udata.h` and `ucmndata.h`: a header for data of the format "CmnD", and the number of its entries.
__attribute__((visibility("hidden"), aligned(16))) const struct {
    uint16_t headerSize;
    uint8_t magic[2];
    uint16_t infoSize, reservedWord;
    uint8_t isBigEndian, charsetFamily, sizeofUChar, reservedByte;
    uint8_t dataFormat[4], formatVersion[4], dataVersion[4];
    uint8_t padding[8];
    uint32_t count;
} icudt76_dat = {
    .headerSize = 32,
    .magic = {0xda, 0x27},
    .infoSize = 20,
    .sizeofUChar = 2,
    .dataFormat = {'C', 'm', 'n', 'D'},
    .formatVersion = {1},
    .dataVersion = {76},
};
