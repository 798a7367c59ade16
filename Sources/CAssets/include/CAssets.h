#pragma once

// A file of Assets/, compiled in. A zero byte follows the last one and is not counted.
struct regulars_asset {
    const char *name;
    const unsigned char *bytes;
    unsigned long length;
};

// In the order of their names; the last entry has no name.
extern const struct regulars_asset regulars_assets[];
extern const unsigned long regulars_asset_count;

// For callers that cannot see an array of unknown length.
static inline const struct regulars_asset *regulars_asset_at(unsigned long index) { return &regulars_assets[index]; }
